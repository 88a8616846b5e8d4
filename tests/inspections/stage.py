"""双随机舞台: twelve filed bodies and five inspectors of the home district, and a draw brought, by the real operations, as far as a test needs it.

Only the filings are put down as they would stand after acceptance; how they come about is told in tests/filings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.cast import Cast
from tests.exams.stage import moment
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.operations import enter_person, grant_role, open_log_in
from touchstone.accounts.queries import office
from touchstone.bodies.models import Body
from touchstone.bodies.operations import register_body
from touchstone.filings.models import Filing
from touchstone.inspections.models import Draw, Plan, Task, Visit
from touchstone.inspections.operations import (
    PlanTerms,
    SourceTold,
    announce,
    approve_plan,
    attest_chance,
    begin_draw,
    draft_plan,
    draw_and_match,
    enter_chance,
    open_visit,
    reveal,
    submit_plan,
)
from touchstone.policy.inspections import Source
from touchstone.policy.roles import BodyKind, Ownership, Role
from touchstone.simulation.cast import HOME, PASSWORD
from touchstone.simulation.cast import actor_of as person_acting
from touchstone.simulation.identity import id_number, phone, uscc
from touchstone.simulation.inspections import fill_in, sign_and_seal

SECRET = bytes(range(32))
MARCH = PlanTerms(("filing", "archive"), (3, 9), "重点检查申报条件审核")
VISITS_FROM = date(2026, 3, 16)
EVENING, MORNING_AFTER = moment(date(2026, 3, 10), 21, 15), moment(date(2026, 3, 11), 9)
OUTCOMES = {"union": "03 08 11 19 27 33 + 05", "super": "04 12 18 25 33 + 03 11", "seven": "3 5 0 9 1 7 12"}
SOURCES = [SourceTold(Source(key), EVENING, "彩票中心官方网站开奖公告") for key in OUTCOMES]
NAMED = {one.plain()["name"]: OUTCOMES[one.source.value] for one in SOURCES}
INSPECTORS = ("检查甲", "检查乙", "检查丙", "检查丁")


@dataclass
class Stage:
    """A district with bodies to inspect; each method goes one step further. `wang` supervises, `wu` directs."""

    cast: Cast
    bodies: int = 12
    people: int = len(INSPECTORS)
    plan: Plan = field(init=False)
    draw: Draw = field(init=False)

    def __post_init__(self) -> None:
        for n in range(self.people):
            inspector(n, self.cast.at)
        for n in range(self.bodies):
            filed_body(n, self.cast.at)

    def planned(self, terms: PlanTerms = MARCH) -> "Stage":
        """Approve the plan of the year."""
        wang, at = self.cast.wang, self.cast.at
        self.plan = draft_plan(year=2026, terms=terms, by=wang, at=at)
        submit_plan(number=self.plan.number, by=wang, at=at)
        self.plan = approve_plan(number=self.plan.number, opinion="同意", by=self.cast.wu, at=at)
        return self

    def frozen(self) -> "Stage":
        """Freeze both rosters."""
        if not hasattr(self, "plan"):
            self.planned()
        self.draw = begin_draw(plan_number=self.plan.number, visits_from=VISITS_FROM, by=self.cast.wang, at=self.cast.at)
        return self

    def announced(self, secret: bytes = SECRET) -> "Stage":
        """Announce the draw."""
        self.frozen()
        self.draw = announce(number=self.draw.number, sources=SOURCES, secret=secret, by=self.cast.wang, at=self.cast.at)
        return self

    def attested(self) -> "Stage":
        """Put the public numbers down twice, on the morning after."""
        self.announced()
        enter_chance(number=self.draw.number, outcomes=NAMED, by=self.cast.wang, at=MORNING_AFTER)
        self.draw = attest_chance(number=self.draw.number, outcomes=NAMED, by=self.cast.wu, at=MORNING_AFTER)
        return self

    def drawn(self) -> "Stage":
        """Draw, and hand the visits out."""
        self.attested()
        self.draw = draw_and_match(number=self.draw.number, by=self.cast.wang, at=MORNING_AFTER)
        return self

    def inspectors(self, task: Task) -> tuple[Actor, Actor]:
        """Give the two who are sent on a visit, as they act."""
        names = [sent.person.user.username for sent in task.inspectors.order_by("place")]
        first, second = (person_acting(name, self.cast.at.date()) for name in names)
        return first, second

    def first_task(self) -> Task:
        """Give the first visit that was drawn."""
        if not hasattr(self, "draw") or not Task.objects.exists():
            self.drawn()
        return Task.objects.order_by("number")[0]

    def opened(self) -> Visit:
        """Begin the first visit at its hour."""
        task = self.first_task()
        return open_visit(number=task.number, by=self.inspectors(task)[0], at=task.opens_at)

    def visited(self, wrong: Mapping[str, str] | None = None) -> Task:
        """Answer, sign and seal the first visit on its day; `wrong` are notes by question."""
        visit, task = self.opened(), self.first_task()
        first, second = self.inspectors(task)
        fill_in(visit.number, wrong or {}, by=first, at=task.opens_at)
        sign_and_seal(visit.number, (first, second), at=task.opens_at)
        return Task.objects.get(pk=task.pk)

    def revealed(self) -> "Stage":
        """Tell the secret after the last visit is known."""
        self.drawn()
        self.draw = reveal(number=self.draw.number, by=PLATFORM, at=moment(date(2026, 4, 30), 9))
        return self


def inspector(n: int, at: datetime) -> Actor:
    """Enter one more inspector of the home district, with a log-in."""
    person = enter_person(
        name=INSPECTORS[n], id_number=id_number(440 + n, birthday=date(1985, 5, 1 + n), male=True), phone=phone(900 + n), by=PLATFORM, at=at
    )
    open_log_in(person=person, username=f"inspector{n}", password=PASSWORD, by=PLATFORM, at=at)
    grant_role(person=person, office=office(f"RS-{HOME}"), role=Role.SUPERVISOR, since=date(2026, 1, 1), by=PLATFORM, at=at)
    return person_acting(f"inspector{n}", at.date())


def filed_body(n: int, at: datetime, district: str = HOME, ownership: Ownership = Ownership.PRIVATE) -> Body:
    """Enter an enterprise with a filing in force."""
    body = register_body(
        name=f"上海抽查{n:02d}号机械有限公司", uscc=uscc(700 + n), kind=BodyKind.ENTERPRISE, ownership=ownership, district=district,
        industry="machinery", address=f"虚构路{700 + n}号", legal_representative="李某", founded_on=date(2010, 1, 1), contact_name="林某",
        contact_phone=phone(700 + n), by=PLATFORM, at=at,
    )  # fmt: skip
    Filing.objects.create(
        number=f"BA20260007{n:02d}", body=body, route="C2", state="accepted", begun_at=at, saved_at=at, decided_at=at,
        in_force_from=date(2026, 2, 2), until=date(2029, 2, 2),
    )  # fmt: skip
    return body
