"""双随机事实: whom does an office inspect, in which stratum is each, and whom may it send where? As it stands on a day, to be frozen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from touchstone.accounts.queries import people_with
from touchstone.bodies.queries import standing_districts, ties_of_people
from touchstone.filings.queries import filings_in_force
from touchstone.inspections.models import Draw, Recusal, Task
from touchstone.inspections.states import TaskState
from touchstone.kernel.periods import add_years
from touchstone.monitoring.queries import upheld_about
from touchstone.parameters.queries import in_force
from touchstone.policy.inspections import (
    FORMER_EMPLOYER_YEARS,
    FOUND_WITHIN,
    MOST_VISITS,
    Ground,
    VisitOutcome,
    in_charge,
    inspector_is_free,
    quota,
    rate_of,
    stratum_of,
)
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership, Role
from touchstone.revocations.queries import bodies_with_revoked
from touchstone.trust.draw_teams import Inspector, Terms
from touchstone.trust.draws import Entry

if TYPE_CHECKING:
    from touchstone.accounts.models import Office, Person
    from touchstone.bodies.models import Body


@dataclass(frozen=True)
class Supervised:
    """A body that an office inspects, its stratum, and the district where it is visited."""

    body: "Body"
    stratum: str
    district: str


def supervised_by(office: "Office", at: datetime) -> list[Supervised]:
    """This function will give the bodies with a filing in force that an office inspects, by number; six queries."""
    day = at.date()
    bodies = {one.body_id: one.body for one in filings_in_force(day) if one.body.gone_on is None}
    venues = standing_districts(bodies, day)
    mine = [one for key, one in bodies.items() if _in_charge(office, one, venues.get(key, []))]
    since = at - timedelta(days=in_force(FOUND_WITHIN, day).value)
    keys = [one.pk for one in mine]
    found = upheld_about(keys, since) | bodies_with_revoked(keys, since) | found_on_visits(keys, since)
    lines = [Supervised(one, stratum_of(BodyKind(one.kind), one.pk in found), office.district or one.district) for one in mine]
    return sorted(lines, key=lambda line: line.body.number)


def found_on_visits(bodies: Sequence[int], since: datetime) -> set[int]:
    """This function will give those of some bodies (by key) at which a visit found something since a moment."""
    telling = [one.value for one in VisitOutcome if one.found_something]
    rows = Task.objects.filter(body__in=bodies, state=TaskState.CONFIRMED, outcome__in=telling, confirmed_at__gte=since)
    return set(rows.values_list("body", flat=True))


def _in_charge(office: "Office", body: "Body", venues_in: Sequence[str]) -> bool:
    return in_charge(OfficeKind(office.kind), office.district, BodyKind(body.kind), Ownership(body.ownership), body.district, venues_in)


@dataclass(frozen=True)
class Stratum:
    """How many bodies a stratum holds, and how many of them are drawn at which rate."""

    key: str
    count: int
    rate: int
    drawn: int


def strata_of(lines: Iterable[Supervised], day: date) -> list[Stratum]:
    """This function will count the bodies of each stratum and reckon how many are drawn."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.stratum] = counts.get(line.stratum, 0) + 1
    rates = {key: rate_of(key, day).value for key in counts}
    return [Stratum(key, count, rates[key], quota(count, rates[key])) for key, count in sorted(counts.items())]


@dataclass
class MaySend:
    """An inspector: how many visits at most, and from which bodies (by number) they stay away, each with its reason."""

    person: "Person"
    most: int
    recused_from: dict[str, str] = field(default_factory=dict)


def inspectors_of(office: "Office", bodies: "Sequence[Body]", day: date) -> list[MaySend]:
    """This function will give the inspectors of an office (质量督导员), by number, with what ties them to some bodies; three queries."""
    people = list(people_with(Role.SUPERVISOR, office, day).order_by("number"))
    numbers = {one.pk: one.number for one in bodies}
    left_since = add_years(day, -in_force(FORMER_EMPLOYER_YEARS, day).value)
    ties: dict[tuple[int, int], list[str]] = {}
    for person, body in sorted(ties_of_people([one.pk for one in people], numbers, left_since)):
        ties.setdefault((person, body), []).append(Ground.FORMER_EMPLOYER.label)
    declared = Recusal.objects.filter(person__in=people, body__in=list(numbers), ended_at__isnull=True)
    for person, body, ground in declared.order_by("pk").values_list("person_id", "body_id", "ground"):
        ties.setdefault((person, body), []).append(Ground(ground).label)
    most = in_force(MOST_VISITS, day).value
    found = {one.pk: MaySend(one, most) for one in people}
    for (person, body), reasons in ties.items():
        found[person].recused_from[numbers[body]] = inspector_is_free(reasons).reason
    return list(found.values())


def terms_of(draw: Draw, per_object: int) -> Terms:
    """This function will give a draw's frozen rosters as the engine of draws reads them."""
    rows = draw.roster.order_by("body__number").values_list("body__number", "stratum")
    people = draw.inspectors.order_by("person__number").values_list("person__number", "most", "recused_from")
    return Terms(
        draw.number,
        [Entry(number, stratum) for number, stratum in rows],
        draw.quotas,
        [Inspector(number, most, tuple(sorted(recused))) for number, most, recused in people],
        per_object,
    )
