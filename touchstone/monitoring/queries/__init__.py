"""比对与预警查询: which rules are there and how well do they hit, how far is a run, and which cases may somebody see?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, F, Prefetch, Q, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.bodies.queries import search
from touchstone.certificates.queries import with_numbers
from touchstone.monitoring.models import Alert, AlertRow, AlertSet, Concerned, RuleRun, Run
from touchstone.monitoring.states import UNDECIDED, UNFINISHED, RunKind, RunState, State
from touchstone.policy.monitoring import RULES, AskedOf
from touchstone.policy.monitoring.handling import WARNED
from touchstone.policy.roles import OfficeKind

if TYPE_CHECKING:
    from datetime import datetime


def alerts(actor: Actor) -> AlertSet:
    """This function will give the cases the actor may see, newest first."""
    return Alert.objects.visible_to(actor).select_related("owner", "handler__person").order_by("-id")


def alert(number: str, actor: Actor) -> Alert:
    """This function will give a case the actor may see. :raises NotAllowed: for another's, and where there is none."""
    found = alerts(actor).select_related("first_run", "last_run", "decided_by__person").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这件预警，或者它不归您查看。", WARNED, "请从预警清单中打开。")
    return found


def own_alerts(actor: Actor) -> QuerySet[Concerned]:
    """This function will give what the actor's body was asked, newest first: each line with its case."""
    found = Concerned.objects.filter(body__office_id=actor.office_id, asked_at__isnull=False).select_related("alert")
    return found.order_by("-alert_id")


def concerned(alert: Alert, actor: Actor) -> list[Concerned]:
    """This function will give the bodies a case concerns; a body sees its own line only."""
    found = alert.concerned.select_related("body__office", "asked_by__person").order_by("pk")
    return list(found.filter(body__office_id=actor.office_id) if actor.office_kind is OfficeKind.ASSESSMENT_BODY else found)


def rows_of(alert: Alert, actor: Actor) -> tuple[list[AlertRow], int]:
    """This function will give the rows a case rests on, and how many it keeps from the actor: a body sees its own rows only."""
    found = alert.rows.select_related("body").order_by("place")
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY:
        return list(found), 0
    own = list(found.filter(body__office_id=actor.office_id))
    return own, found.count() - len(own)


def certificates_behind(alert: Alert) -> list[str]:
    """This function will give the numbers of the valid certificates a case rests on, in the order of its rows."""
    numbers = list(alert.rows.order_by("place").values_list("number", flat=True))
    valid = {one.number for one in with_numbers(numbers) if one.is_valid}
    return [number for number in dict.fromkeys(numbers) if number in valid]


def with_bodies(found: AlertSet) -> AlertSet:
    """This function will give the same cases, each with the bodies it concerns at hand, in one query more."""
    return found.prefetch_related(Prefetch("concerned", Concerned.objects.select_related("body").order_by("pk")))


@dataclass(frozen=True)
class Tally:
    """How a rule does: what it found in its last run, and what came of its cases so far."""

    states: Mapping[str, int] = field(default_factory=dict)
    last: RuleRun | None = None

    @property
    def cases(self) -> int:
        return sum(self.states.values())

    @property
    def upheld(self) -> int:
        return self.states.get(State.UPHELD, 0)

    @property
    def decided(self) -> int:
        return self.upheld + self.states.get(State.DISMISSED, 0)

    @property
    def open(self) -> int:
        return sum(self.states.get(one, 0) for one in UNDECIDED)

    @property
    def hit_rate(self) -> float | None:
        """Hits for each row looked at; None before the first whole run, or where there was nothing to look at."""
        return self.last.hit_rate if self.last is not None else None

    @property
    def upheld_share(self) -> float | None:
        """How many of the decided cases were upheld; None while none is decided."""
        return self.upheld / self.decided if self.decided else None


def tallies() -> dict[str, Tally]:
    """This function will give, by rule, how it does in the whole city, in a few queries."""
    states: dict[str, dict[str, int]] = {}
    for rule, state, many in Alert.objects.order_by().values_list("rule", "state").annotate(many=Count("*")):
        states.setdefault(rule, {})[state] = many
    last = _last_lines()
    return {rule: Tally(states.get(rule, {}), last.get(rule)) for rule in states.keys() | last.keys()}


def tally(rule: str) -> Tally:
    """This function will give how one rule does in the whole city."""
    states = dict(Alert.objects.filter(rule=rule).order_by().values_list("state").annotate(many=Count("*")))
    return Tally(states, RuleRun.objects.filter(rule=rule, run__kind=RunKind.WHOLE).order_by("-pk").first())


def _last_lines() -> dict[str, RuleRun]:
    """What each rule found when everything was compared last: the lines of the last whole run, and for rules it did not ask (switched off since, or
    new) one look into the index for each. The lines of every ten minutes are never read."""
    whole = Run.objects.filter(kind=RunKind.WHOLE, state=RunState.DONE).order_by("-pk").first()
    found = {one.rule: one for one in whole.rules.all()} if whole is not None else {}
    asked = [rule.key for rule in RULES if rule.population.asked_of is not AskedOf.FILES and rule.key not in found]
    before = [RuleRun.objects.filter(rule=key, run__kind=RunKind.WHOLE).order_by("-pk")[:1] for key in asked]
    return found | ({one.rule: one for one in before[0].union(*before[1:], all=True)} if before else {})


def rule_runs(rule: str) -> QuerySet[RuleRun]:
    """This function will give what a rule found run by run, newest first."""
    return RuleRun.objects.filter(rule=rule).select_related("run").order_by("-pk")


def runs() -> QuerySet[Run]:
    """This function will give every run, newest first."""
    return Run.objects.select_related("begun_by__person").order_by("-pk")


def run(number: str) -> Run | None:
    """This function will give a run by its number; None where there is none."""
    return runs().filter(number=number).first()


def rules_of(run: Run) -> QuerySet[RuleRun]:
    """This function will give what each rule found in a run, most hits first."""
    return run.rules.order_by(F("hits").desc(), "rule")


def unfinished(before: "datetime") -> list[str]:
    """This function will give the runs that nobody has looked after since `before`, by number."""
    return list(Run.objects.filter(state__in=UNFINISHED, looked_after_at__lt=before).order_by("pk").values_list("number", flat=True))


def last_done() -> Run | None:
    """This function will give the run that was finished last."""
    return Run.objects.filter(state=RunState.DONE).order_by("-pk").first()


def began_on(kind: RunKind, day: date) -> bool:
    """This function will say whether a run of this kind was begun on `day`."""
    return Run.objects.filter(kind=kind, begun_at__date=day).exists()


def is_running() -> bool:
    """This function will say whether any run is under way."""
    return Run.objects.filter(state__in=UNFINISHED).exists()


def counts(actor: Actor, day: date) -> dict[str, int]:
    """This function will count the undecided cases the actor's office has, those overdue, and those a body was asked and has answered."""
    own = Alert.objects.filter(owner_id=actor.office_id, state__in=UNDECIDED)
    # what is counted stands in the index (owner, state, due_on): no case is read
    return own.aggregate(
        open=Count("state"), overdue=Count("due_on", filter=Q(due_on__lt=day)), answered=Count("state", filter=Q(state=State.ANSWERED))
    )


def concerning_bodies_named(text: str) -> QuerySet[Concerned, int]:
    """This function will give the keys of the cases that concern a body whose name holds `text`, or whose credit code or number it is."""
    return Concerned.objects.filter(body__in=search(text).order_by().values("pk")).values_list("alert", flat=True)


def concerning_district(district: str) -> QuerySet[Concerned, int]:
    """This function will give the keys of the cases that concern what a district supervises."""
    return Concerned.objects.filter(district=district).values_list("alert", flat=True)


def upheld_alerts(bodies: Iterable[int], since: date, until: date) -> list[tuple[int, str]]:
    """This function will give (key of the body, number of the case) of the cases about some bodies that were upheld from `since` to the day before
    `until`, in order."""
    found = Concerned.objects.filter(body__in=list(bodies), alert__state=State.UPHELD, alert__decided_at__date__gte=since)
    found = found.filter(alert__decided_at__date__lt=until)
    return list(found.order_by("alert_id").values_list("body", "alert__number"))


def resting_on(number: str) -> QuerySet[AlertRow, int]:
    """This function will give the keys of the cases that rest on the row of this number."""
    return AlertRow.objects.filter(number=number).values_list("alert", flat=True)
