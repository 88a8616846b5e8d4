"""双随机事实: whom does an office inspect, in which stratum is each, and whom may it send where? As it stands on a day, to be frozen."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from touchstone.accounts.queries import people_with
from touchstone.bodies.queries import ties_of_people
from touchstone.bodies.queries.grades import grades_of
from touchstone.filings.queries import supervised
from touchstone.inspections.models import Draw, Recusal
from touchstone.kernel.periods import add_years
from touchstone.parameters.queries import in_force
from touchstone.policy.inspections import FORMER_EMPLOYER_YEARS, MOST_VISITS, Ground, inspector_is_free, share_of_draw
from touchstone.policy.roles import BodyKind, Role
from touchstone.policy.supervision.grade import Grade
from touchstone.policy.supervision.treatment import stratum_of, to_draw, treatment_of
from touchstone.trust.draw_teams import Inspector, Terms
from touchstone.trust.draws import Entry

if TYPE_CHECKING:
    from touchstone.accounts.models import Office, Person
    from touchstone.bodies.models import Body


@dataclass(frozen=True)
class Supervised:
    """A body that an office inspects, its grade on the day, and the district where it is visited."""

    body: "Body"
    grade: Grade
    district: str

    @property
    def kind(self) -> BodyKind:
        return BodyKind(self.body.kind)

    @property
    def stratum(self) -> str:
        return stratum_of(self.kind, self.grade)


def supervised_by(office: "Office", day: date) -> list[Supervised]:
    """This function will give the bodies with a filing in force that an office inspects, by number, each with its grade."""
    bodies = {one.body_id: one.body for one in supervised.supervised_by(office, day)}
    grades = grades_of(bodies, day)
    lines = [Supervised(one, grades.get(key, Grade.NONE), office.district or one.district) for key, one in bodies.items()]
    return sorted(lines, key=lambda line: line.body.number)


@dataclass(frozen=True)
class Stratum:
    """How many bodies a stratum holds, and how many of them are drawn: in a year, at which rate, or in one draw."""

    key: str
    count: int
    rate: int
    drawn: int


def strata_of(lines: Iterable[Supervised], day: date) -> list[Stratum]:
    """This function will count the bodies of each stratum and reckon how many are drawn in a year."""
    counts = Counter((line.kind, line.grade) for line in lines)
    strata = [
        Stratum(stratum_of(kind, grade), count, treatment_of(kind, grade, day).drawn, to_draw(kind, grade, count, day))
        for (kind, grade), count in counts.items()
    ]
    return sorted(strata, key=lambda one: one.key)


def quotas_of(lines: Iterable[Supervised], before: Collection[int], draws_left: int, day: date) -> dict[str, int]:
    """This function will say how many of each stratum one draw takes: what the year still asks for, spread over the draws left; `before` are the
    bodies (by key) drawn in the year already, who are on the roster no more."""
    lines = list(lines)
    done = Counter(line.stratum for line in lines if line.body.pk in before)
    shares = {one.key: min(one.count - done[one.key], share_of_draw(one.drawn, done[one.key], draws_left)) for one in strata_of(lines, day)}
    return {key: share for key, share in shares.items() if share}


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
