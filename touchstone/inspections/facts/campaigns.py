"""专项督导事实: which bodies are in the scope of a campaign, which of them have been checked, and at which was something found?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from touchstone.bodies.queries import bodies
from touchstone.filings.queries import filings_in_force, scope_in_force
from touchstone.filings.queries.supervised import inspected_in
from touchstone.inspections.models import Campaign, RecordsCall, RecordsItem, Visit, Watch
from touchstone.inspections.states import VisitState
from touchstone.inspections.states.records import CallState, ItemState
from touchstone.inspections.states.watching import WatchState
from touchstone.policy.inspections import VisitOutcome
from touchstone.policy.roles import OfficeKind

if TYPE_CHECKING:
    from touchstone.filings.models import Filing

FOUND = [one.value for one in VisitOutcome if one.found_something]


def in_scope(campaign: Campaign, day: date) -> "QuerySet[Filing, int]":
    """This function will give the keys of the bodies in the scope of a campaign on a day: filed, inspected by its office, and as narrowed by it."""
    rows = filings_in_force(day).select_related(None).filter(body__gone_on__isnull=True)
    if campaign.office.kind == OfficeKind.DISTRICT_BUREAU:
        rows = inspected_in(rows, campaign.office.district, day)
    if campaign.kinds:
        rows = rows.filter(body__kind__in=campaign.kinds)
    if campaign.districts:
        rows = rows.filter(body__district__in=campaign.districts)
    if campaign.occupations:
        lines = scope_in_force(day).select_related(None).order_by().filter(occupation__code__in=campaign.occupations)
        rows = rows.filter(body__in=lines.values("filing__body"))
    return rows.order_by().values_list("body", flat=True).distinct()


def checked(campaign: str) -> set[int]:
    """This function will give the keys of the bodies checked under a campaign: by visits sealed, records received and sittings watched.

    A way of checking that carries a campaign's number is one line here and one in `found_at`.
    """
    ways: Iterable[Iterable[int]] = (
        Visit.objects.filter(campaign=campaign, state=VisitState.SEALED).values_list("body", flat=True),
        RecordsCall.objects.filter(campaign=campaign, state=CallState.CLOSED).values_list("body", flat=True),
        Watch.objects.filter(campaign=campaign, state=WatchState.CONFIRMED).values_list("body", flat=True),
    )
    return {key for way in ways for key in way}


def found_at(campaign: str) -> set[int]:
    """This function will give the keys of the bodies at which something was found under a campaign."""
    lacking = RecordsItem.objects.filter(state=ItemState.LACKING).values("call")
    late = Q(overdue_at__isnull=False) | Q(pk__in=lacking)
    ways: Iterable[Iterable[int]] = (
        Visit.objects.filter(campaign=campaign, state=VisitState.SEALED, outcome__in=FOUND).values_list("body", flat=True),
        RecordsCall.objects.filter(late, campaign=campaign, state=CallState.CLOSED).values_list("body", flat=True),
        Watch.objects.filter(campaign=campaign, state=WatchState.CONFIRMED, outcome__in=FOUND).values_list("body", flat=True),
    )
    return {key for way in ways for key in way}


@dataclass(frozen=True)
class InDistrict:
    """How far a campaign is in one district."""

    district: str
    scope: int
    checked: int
    found: int

    @property
    def left(self) -> int:
        return self.scope - self.checked


def by_district(campaign: Campaign, day: date) -> list[InDistrict]:
    """This function will count the bodies in scope, those checked, and those at which something was found, by the district of registration."""
    done, found = checked(campaign.number), found_at(campaign.number)
    counted: dict[str, list[int]] = {}
    for key, district in bodies().filter(pk__in=in_scope(campaign, day)).order_by().values_list("pk", "district").iterator():
        line = counted.setdefault(district, [0, 0, 0])
        line[0] += 1
        line[1] += key in done
        line[2] += key in found
    return [InDistrict(district, *line) for district, line in sorted(counted.items())]
