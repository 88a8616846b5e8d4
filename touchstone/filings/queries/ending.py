"""终止查询: what is known of a filing as far as its end goes, what will end in the months to come, and what has ended?"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from touchstone.filings.models import CatalogueFlag, EndingRun, Filing, ScopeItem, Termination
from touchstone.filings.states import State
from touchstone.policy.filing.ending import Ending, FilingFacts, LineFacts, forecast
from touchstone.policy.filing.purposes import Purpose

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

_NOT_ASKED = (State.DRAFTED, State.WITHDRAWN)


def standing_lines(root: Filing, day: date) -> list[ScopeItem]:
    """This function will give the lines of a filing and of its amendments that have not ended by `day`."""
    found = ScopeItem.objects.filter(since__isnull=False).select_related("occupation", "trade", "filing")
    family = found.filter(filing=root) | found.filter(filing__root=root)
    return [one for one in family.order_by("id") if one.until is None or one.until > day or one.until == root.until]


def ending_facts(root: Filing, day: date) -> FilingFacts:
    """This function will give the facts on which the end of a filing rests, as they stand on `day`."""
    if root.until is None:
        raise ValueError(f"{root.number} is not in force")
    renewals = root.changes_of.filter(purpose=Purpose.RENEW, submitted_at__isnull=False)
    granted = renewals.filter(state=State.ACCEPTED).order_by("-decided_at").first()
    asked = renewals.exclude(state=State.ACCEPTED)  # what was asked for and taken back was not granted either
    if granted is not None and granted.decided_at is not None:
        asked = asked.filter(submitted_at__gt=granted.decided_at)
    renewal = asked.order_by("submitted_at").first()
    wish = root.end_requests.order_by("asked_at").first()
    return FilingFacts(
        key=root.number,
        until=root.until,
        renewal_asked_on=renewal.submitted_at.date() if renewal and renewal.submitted_at else None,
        renewal_undecided=root.renewal_pending,
        gone_on=root.body.gone_on,
        gone_because=root.body.gone_because,
        end_asked_on=wish.asked_at.date() if wish else None,
        lines=tuple(_line(root, one) for one in standing_lines(root, day)),
    )


def _line(root: Filing, item: ScopeItem) -> LineFacts:
    flag = CatalogueFlag.objects.filter(item=item, settled_at__isnull=True).order_by("due_on").first()
    title = f"{item}{item.level_label}"
    if flag is None:
        return LineFacts(str(item.pk), title)
    changes = root.changes_of.filter(purpose=Purpose.AMEND, submitted_at__gte=flag.flagged_at)
    asked = changes.exclude(state__in=(*_NOT_ASKED, State.REFUSED)).order_by("submitted_at").first()
    asked_on = asked.submitted_at.date() if asked and asked.submitted_at else None
    return LineFacts(str(item.pk), title, flag.flagged_at.date(), flag.what, flag.due_on, asked_on)


def standing_filings() -> QuerySet[Filing]:
    """This function will give every filing that may still end."""
    found = Filing.objects.filter(root__isnull=True, state__in=[State.ACCEPTED, State.SUSPENDED])
    return found.select_related("body__office").order_by("number")


def forecast_of(filings: QuerySet[Filing], day: date, months: int = 12) -> list[tuple[Filing, Ending]]:
    """This function will give what will end in the months after `day` if nothing is done, by day."""
    found = [(one, ending) for one in filings for ending in forecast(ending_facts(one, day), day, months)]
    return sorted(found, key=lambda pair: (pair[1].day, pair[0].number, pair[1].line))


def terminations_of(body: "Body") -> QuerySet[Termination]:
    """This function will give every end of a body's filings, the undone ones included, newest first."""
    return Termination.objects.filter(filing__body=body).select_related("filing", "run").order_by("-decided_at", "-id")


def ending_runs() -> QuerySet[EndingRun]:
    """This function will give every run that looked for filings to end, newest first."""
    return EndingRun.objects.order_by("-run_at", "-id")
