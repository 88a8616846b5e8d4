"""平台数据: what does the platform know of some bodies from one day to another, each number with the rows it rests on?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from touchstone.accounts.queries import city_centre, offices
from touchstone.bodies.queries import venues
from touchstone.bodies.queries.grades import Equipped, equipped
from touchstone.certificates.queries import issued_by_bodies
from touchstone.exams.queries.yearly import ExamYear, exam_years
from touchstone.filings.queries import filings_in_force
from touchstone.filings.queries.supervised import watched
from touchstone.filings.states import State
from touchstone.grading.facts.enforced import upheld_complaints, upheld_decisions
from touchstone.inspections.queries.visiting import sealed_between
from touchstone.monitoring.queries import upheld_alerts
from touchstone.policy.inspections import VisitOutcome
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.acts import Tier
from touchstone.policy.supervision.grade import VISIT_POINTS
from touchstone.policy.supervision.who import leads
from touchstone.questions.queries.yearly import bank_years
from touchstone.tasks.queries import punctuality_of
from touchstone.uploads.queries import correctness_of

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.bodies.models import Body
    from touchstone.filings.models import Filing


@dataclass
class Known:
    """What is known of one body: its filing, visits [(number, outcome, points)], and whatever else counts, each with the numbers of its rows."""

    body: "Body"
    filing: "Filing"
    office: "Office"
    visits: list[tuple[str, str, float]] = field(default_factory=list)
    entries: tuple[int, int, list[str]] = (0, 0, [])
    tasks: tuple[int, int, list[str]] = (0, 0, [])
    exams: ExamYear = field(default_factory=ExamYear)
    alerts: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    decisions: Sequence[tuple[Tier, date]] = ()
    equipped: Equipped = field(default_factory=Equipped)
    bank: tuple[int, int] = (0, 0)
    certificates: int = 0

    @property
    def visits_average(self) -> float | None:
        """The points of its visits, on average; None where there was none."""
        return round(sum(points for _, _, points in self.visits) / len(self.visits), 1) if self.visits else None

    @property
    def suspended(self) -> bool:
        return self.filing.state == State.SUSPENDED


def bodies_filed(day: date, after: int = 0) -> "list[Filing]":
    """This function will give one filing in force on `day` for each body that still exists, by key of the body, those after a key."""
    rows = filings_in_force(day).filter(body__gone_on__isnull=True, body__gt=after)
    rows = rows.prefetch_related(Prefetch("body__venues", venues().select_related(None))).order_by("body", "in_force_from", "pk")
    found: dict[int, Filing] = {}
    for one in rows:
        found.setdefault(one.body_id, one)
    return list(found.values())


def leading_offices(filings: "Sequence[Filing]", day: date) -> "Mapping[int, Office]":
    """This function will give, by key of the body, the office that leads in supervising it: a district's bureau, or the city centre."""
    by_district = {one.district: one for one in offices(OfficeKind.DISTRICT_BUREAU)}
    centre = city_centre()
    return {one.body_id: by_district.get(leads(watched(one, day), day), centre) for one in filings}


def known_of(filings: "Sequence[Filing]", since: date, until: date, day: date) -> list[Known]:
    """This function will give what is known of the bodies of some filings from `since` to the day before `until`, as seen on `day`."""
    at = leading_offices(filings, day)
    found = {one.body_id: Known(one.body, one, at[one.body_id]) for one in filings}
    keys = list(found)
    points = VISIT_POINTS.on(day).value
    for key, number, outcome, score in sealed_between(keys, since, until):
        if score is not None or outcome in points:
            found[key].visits.append((number, VisitOutcome(outcome).label, points[outcome] if score is None else score))
    for key, number in upheld_alerts(keys, since, until):
        found[key].alerts.append(number)
    for key, number in upheld_complaints(keys, since, until):
        found[key].complaints.append(number)
    by_office = punctuality_of([one.body.office_id for one in filings], since, min(until, day))
    entries, exams, banks = correctness_of(keys, since, until), exam_years(keys, since, until), bank_years(keys, since, until)
    decisions, people, issued = upheld_decisions(keys, since, until), equipped(keys, day), issued_by_bodies(keys, since, until)
    for key, one in found.items():
        one.entries, one.tasks = entries.get(key, (0, 0, [])), by_office.get(one.body.office_id, (0, 0, []))
        one.exams, one.bank, one.certificates = exams[key], banks.get(key, (0, 0)), issued.get(key, 0)
        one.decisions, one.equipped = decisions.get(key, ()), people[key]
    return list(found.values())
