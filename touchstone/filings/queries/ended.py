"""已终止查询: which requests, ends, hand-overs and runs may an actor see, and what does the public learn of an end?"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.models import Custody, EndingForecast, EndingRow, EndingRun, EndRequest, Filing, ScopeItem, Termination
from touchstone.filings.states import State
from touchstone.ledger.queries import entries, history
from touchstone.policy.documents import notice

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

_END = notice("三(四)3")
_NUMBER = "请核对编号，或返回“到期与终止”查找。"


def end_requests(actor: Actor) -> QuerySet[EndRequest]:
    """This function will give the requests to end that an actor may see, newest first."""
    found = EndRequest.objects.filter(filing__in=_seen(actor)).select_related("filing__body__office", "termination", "decided_by__person")
    return found.order_by("-asked_at", "-id")


def end_request(number: str, actor: Actor) -> EndRequest:
    """This function will give one request to end. :raises NotAllowed: when there is none, or it is not the actor's to see."""
    found = end_requests(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed(f"没有找到终止申请{number}，或者它不在您的职责范围内。", _END, _NUMBER)
    return found


def requests_due(day: date) -> list[str]:
    """This function will give the numbers of granted requests whose day has come."""
    granted = EndRequest.objects.filter(outcome=EndRequest.Outcome.GRANTED, wanted_on__lte=day)
    return list(granted.order_by("wanted_on", "id").values_list("number", flat=True))


def terminations(actor: Actor) -> QuerySet[Termination]:
    """This function will give the ends an actor may see, the undone ones included, newest first."""
    found = Termination.objects.filter(filing__in=_seen(actor)).select_related("filing__body__office", "filing__body__superior", "run")
    return found.select_related("decided_by__person", "undone_by__person", "custody__keeper").order_by("-decided_at", "-id")


def termination(number: str, actor: Actor) -> Termination:
    """This function will give one end. :raises NotAllowed: when there is none, or it is not the actor's to see."""
    found = terminations(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed(f"没有找到终止决定{number}，或者它不在您的职责范围内。", _END, _NUMBER)
    return found


def terminations_of(body: "Body") -> QuerySet[Termination]:
    """This function will give every end of a body's filings, the undone ones included, newest first; these are public."""
    return Termination.objects.filter(filing__body=body).select_related("filing", "run").order_by("-decided_at", "-id")


def lines_of(ended: Termination) -> QuerySet[ScopeItem]:
    """This function will give the lines that an end has ended (or, undone, had ended)."""
    found = ScopeItem.objects.filter(pk__in=[one["item"] for one in ended.lines])
    return found.select_related("occupation", "trade", "standard", "venue").order_by("occupation__code", "-level", "id")


def standing_ends() -> QuerySet[Termination]:
    """This function will give every end that was not undone."""
    return Termination.objects.filter(undone_at__isnull=True).select_related("filing__body__office")


def custodies(actor: Actor) -> QuerySet[Custody]:
    """This function will give the hand-overs of records an actor may see, the most urgent first."""
    found = Custody.objects.filter(termination__filing__in=_seen(actor)).select_related("termination__filing__body__office", "keeper")
    return found.order_by("due_on", "id")


def forecasts(actor: Actor) -> QuerySet[EndingForecast]:
    """This function will give what was last foreseen to end, where the actor may see it and it has not ended since, by day."""
    standing = EndingForecast.objects.filter(filing__in=_seen(actor), filing__state__in=[State.ACCEPTED, State.SUSPENDED])
    return standing.select_related("filing__body__office", "item__occupation", "item__trade").order_by("day", "id")


def ending_runs() -> QuerySet[EndingRun]:
    """This function will give every run that looked for filings to end, newest first."""
    return EndingRun.objects.select_related("approved_by__person", "discarded_by__person").order_by("-run_at", "-id")


def ending_run(number: str) -> EndingRun:
    """This function will give one run. :raises NotAllowed: when there is none."""
    found = ending_runs().filter(number=number).first()
    if found is None:
        raise NotAllowed(f"没有找到自动终止运行{number}。", _END, _NUMBER)
    return found


def ran_on(day: date) -> bool:
    """This function will say whether the run of a day has been finished (or stopped)."""
    return EndingRun.objects.filter(day=day, dry_run=False, finished_at__isnull=False).exists()


def approved_unfinished() -> list[str]:
    """This function will give the numbers of approved runs with rows still to be ended."""
    waiting = EndingRow.objects.filter(run__approved_at__isnull=False, outcome=EndingRow.Outcome.LISTED)
    return sorted(set(waiting.values_list("run__number", flat=True)))


def foreseen_on(day: date) -> bool:
    """This function will say whether the ends to come have been foreseen on a day."""
    return history(day.isoformat()).filter(event="ending.foreseen").exists()


def foreseen_before(day: date) -> bool:
    """This function will say whether the ends to come have ever been foreseen before a day."""
    return entries().filter(event="ending.foreseen", at__date__lt=day).exists()


def ending_rows(run: EndingRun, actor: Actor) -> QuerySet[EndingRow]:
    """This function will give the rows of a run that lie on the actor's ground."""
    found = run.rows.filter(filing__in=_seen(actor))
    return found.select_related("filing__body__office", "item__occupation", "item__trade").order_by("id")


def last_end(filing_number: str, day: date) -> Termination | None:
    """This function will give the end, standing on `day`, of the filing with this number (or of the one it changed): for anyone who holds a
    certificate issued under it."""
    if not filing_number:
        return None
    its = Q(filing__number=filing_number) | Q(filing__changes_of__number=filing_number)
    standing = Termination.objects.filter(its, whole=True, undone_at__isnull=True, effective_on__lte=day)
    return standing.order_by("-effective_on").first()


def _seen(actor: Actor) -> "QuerySet[Filing, Any]":
    return Filing.objects.visible_to(actor).order_by().values("pk")
