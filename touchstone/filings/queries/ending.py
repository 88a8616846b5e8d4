"""终止查询: what is known of filings as far as their end goes, and what will end in the months to come?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localtime

from touchstone.filings.models import CatalogueFlag, EndRequest, Filing, ScopeItem
from touchstone.filings.states import State
from touchstone.kernel.periods import add_months
from touchstone.policy.filing.ending import Ending, FilingFacts, LineFacts, forecast
from touchstone.policy.filing.purposes import Purpose

_NOT_ASKED = (State.DRAFTED, State.WITHDRAWN, State.REFUSED)
_NO_WISH = (EndRequest.Outcome.TAKEN_BACK, EndRequest.Outcome.RETURNED)
CHUNK = 500


def standing_lines(root: Filing, day: date) -> list[ScopeItem]:
    """This function will give the lines of a filing and of its amendments that have not ended by `day`."""
    return _lines_by_root([root], day)[root.pk]


def ending_facts(root: Filing, day: date) -> FilingFacts:
    """This function will give the facts on which the end of a filing rests, as they stand on `day`."""
    return facts_of([root], day)[0]


def facts_of(roots: Sequence[Filing], day: date) -> list[FilingFacts]:
    """This function will give the facts of many filings, in order, in a fixed number of queries. :raises ValueError: for one not in force."""
    if lacking := [one.number for one in roots if one.until is None]:
        raise ValueError(f"{lacking[0]} is not in force")
    changes, wishes = _changes(roots), _wishes(roots)
    lines, flags = _lines_by_root(roots, day), _flags(roots)
    return [_facts(one, changes[one.pk], wishes.get(one.pk), lines[one.pk], flags) for one in roots]


def _facts(
    root: Filing, changes: list[Filing], wish: date | None, lines: list[ScopeItem], flags: dict[int, CatalogueFlag]
) -> FilingFacts:
    assert root.until is not None
    renewals = [one for one in changes if one.purpose == Purpose.RENEW]
    granted = max((one.decided_at for one in renewals if one.state == State.ACCEPTED and one.decided_at), default=None)
    asked = [one for one in renewals if one.state != State.ACCEPTED]  # what was asked for and taken back was not granted either
    renewal = next((one for one in asked if granted is None or (one.submitted_at and one.submitted_at > granted)), None)
    return FilingFacts(
        key=root.number,
        until=root.until,
        renewal_asked_on=_day_of(renewal.submitted_at) if renewal else None,
        renewal_undecided=root.renewal_pending,
        gone_on=root.body.gone_on,
        gone_because=root.body.gone_because,
        end_asked_on=wish,
        lines=tuple(_line(one, flags.get(one.pk), changes) for one in lines),
    )


def _line(item: ScopeItem, flag: CatalogueFlag | None, changes: list[Filing]) -> LineFacts:
    title = f"{item}{item.level_label}"
    if flag is None:
        return LineFacts(str(item.pk), title)
    amended = [one.submitted_at for one in changes if one.purpose == Purpose.AMEND and one.state not in _NOT_ASKED]
    asked = next((moment for moment in amended if moment and moment >= flag.flagged_at), None)
    return LineFacts(str(item.pk), title, _day_of(flag.flagged_at), flag.what, flag.due_on, _day_of(asked))


def _day_of(moment: datetime | None) -> date | None:
    """The day in the city on which something was asked for: at midnight it is not yet yesterday there."""
    return localtime(moment).date() if moment else None


def _changes(roots: Iterable[Filing]) -> dict[int, list[Filing]]:
    """What was asked for on each filing, oldest first."""
    found: dict[int, list[Filing]] = defaultdict(list)
    asked = Filing.objects.filter(root__in=[one.pk for one in roots], submitted_at__isnull=False)
    for one in asked.order_by("submitted_at"):
        found[one.root_id or 0].append(one)
    return found


def _wishes(roots: Iterable[Filing]) -> dict[int, date]:
    """On which day each body first asked for the end itself; a request taken back or sent back is none."""
    found: dict[int, date] = {}
    for one in EndRequest.objects.filter(filing__in=[one.pk for one in roots]).exclude(outcome__in=_NO_WISH).order_by("asked_at"):
        found.setdefault(one.filing_id, localtime(one.asked_at).date())
    return found


def _lines_by_root(roots: Iterable[Filing], day: date) -> dict[int, list[ScopeItem]]:
    until = {one.pk: one.until for one in roots}
    found: dict[int, list[ScopeItem]] = {pk: [] for pk in until}
    theirs = ScopeItem.objects.filter(Q(filing__in=until) | Q(filing__root__in=until), since__isnull=False)
    for one in theirs.select_related("occupation", "trade", "filing").order_by("id"):
        root = one.filing.root_id or one.filing_id
        if one.until is None or one.until > day or one.until == until[root]:
            found[root].append(one)
    return found


def _flags(roots: Iterable[Filing]) -> dict[int, CatalogueFlag]:
    """The unsettled change of catalogue of each line, by the earliest day on which it must be put right."""
    pks = [one.pk for one in roots]
    found: dict[int, CatalogueFlag] = {}
    unsettled = CatalogueFlag.objects.filter(Q(item__filing__in=pks) | Q(item__filing__root__in=pks), settled_at__isnull=True)
    for one in unsettled.order_by("due_on", "id"):
        found.setdefault(one.item_id, one)
    return found


def standing_filings() -> QuerySet[Filing]:
    """This function will give every filing that may still end."""
    found = Filing.objects.filter(root__isnull=True, state__in=[State.ACCEPTED, State.SUSPENDED])
    return found.select_related("body__office").order_by("number")


def may_end_by(day: date) -> QuerySet[Filing]:
    """This function will give the standing filings that some fact may end by `day`: the term, a body that is gone, a change of catalogue."""
    flagged = CatalogueFlag.objects.filter(settled_at__isnull=True).annotate(root=F("item__filing__root"))
    own, changed = flagged.filter(root__isnull=True).values("item__filing"), flagged.filter(root__isnull=False).values("root")
    touched = Q(pk__in=own) | Q(pk__in=changed)
    return standing_filings().filter(Q(until__lte=day) | Q(body__gone_on__isnull=False) | touched)


def with_facts(filings: QuerySet[Filing], day: date) -> Iterator[tuple[Filing, FilingFacts]]:
    """This function will give filings with their facts, some hundred at a time, so that ten thousand fill no memory."""
    keys = list(filings.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        some = list(filings.filter(pk__in=keys[start : start + CHUNK]))
        yield from zip(some, facts_of(some, day), strict=True)


def forecast_of(filings: QuerySet[Filing], day: date, months: int = 12) -> list[tuple[Filing, Ending]]:
    """This function will give what will end in the months after `day` if nothing is done, by day."""
    wanted = filings.filter(pk__in=may_end_by(add_months(day, months)).order_by().values("pk"))
    found = [(one, ending) for one, facts in with_facts(wanted, day) for ending in forecast(facts, day, months)]
    return sorted(found, key=lambda pair: (pair[1].day, pair[0].number, pair[1].line))
