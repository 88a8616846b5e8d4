"""往事簿: what has one evaluation left behind so far, not yet in any table, and when was each step done?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import Actor
from touchstone.exams.facts.decision import Evaluator, printed_standard
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.models import Candidate, Plan, Sitting
from touchstone.exams.queries.sittings import plan_parts
from touchstone.exams.states import Part
from touchstone.kernel.periods import Calendar
from touchstone.ledger.history import PastLine
from touchstone.policy.eligibility.override import PrintedStandard
from touchstone.policy.exams.results import Score
from touchstone.policy.roles import BodyKind, Role

if TYPE_CHECKING:
    from touchstone.certificates.models import Certificate
    from touchstone.filings.models import ScopeItem


@dataclass(frozen=True)
class Moments:
    """When each step of an evaluation was (or would be) done."""

    drafted: datetime
    reported: datetime
    signed: datetime
    registered: datetime
    closes_on: date
    checked: datetime
    reviewed: datetime
    seated: datetime
    arranged: datetime
    held: datetime
    scored: datetime
    concluded: datetime
    drawn: datetime
    looked: datetime
    announced: datetime
    opened_on: date
    notice_until: date
    """The first day after the notice."""
    confirmed: datetime
    certified: datetime


@dataclass
class PastSeat:
    """A seat, and whether its candidate came; lighter than a row of the table, for there are millions."""

    sitting: Sitting
    candidate: Candidate
    number: int
    form: str
    present: bool | None = None
    noted_at: datetime | None = None


@dataclass(frozen=True)
class PastScore:
    """A score of one part."""

    candidate: Candidate
    part: Part
    value: Decimal


@dataclass(frozen=True)
class PastReview:
    """The review of locked scores: how it was drawn, what the rule found, and the scores that were looked at again and agreed."""

    draws: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    chosen: list[PastScore]
    by: Actor


def planned(item: "ScopeItem", **terms: Any) -> Plan:
    """This function will make (not save) a plan under a line of scope: its occupation, level, standard and venue are the plan's."""
    own = {"occupation": item.occupation, "trade": item.trade, "level": item.level, "standard": item.standard, "venue": item.venue}
    return Plan(scope_item=item, **own, **terms)


@dataclass
class Book:
    """One evaluation on its way, by whom, and what it leaves behind.

    Body, standard and the like are asked of the tables once; the plan, its candidates and its sittings get their keys when all is kept.
    """

    plan: Plan
    moments: Moments
    calendar: Calendar
    planner: Actor
    leader: Actor
    district: Actor | None
    candidates: list[Candidate] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)
    seats: list[PastSeat] = field(default_factory=list)
    scores: list[PastScore] = field(default_factory=list)
    marks: dict[str, Mapping[Part, Score]] = field(default_factory=dict)
    reviews: list[PastReview] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)
    certificates: "list[Certificate]" = field(default_factory=list)
    archives: list[dict[str, Any]] = field(default_factory=list)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    lines: list[PastLine] = field(default_factory=list)

    @cached_property
    def kind(self) -> BodyKind:
        return kind_of_plan(self.plan)

    @cached_property
    def evaluator(self) -> Evaluator:
        return Evaluator(self.kind, self.plan.body.name)

    @cached_property
    def standard(self) -> PrintedStandard:
        return printed_standard(self.plan.standard)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return plan_parts(self.plan)

    @property
    def entrants(self) -> list[Candidate]:
        """Those found eligible, in the order of `queries.sittings.entrants`."""
        return sorted((one for one in self.candidates if one.state == "eligible"), key=lambda one: (one.ticket_number or "", one.number))

    def note(self, event: str, subject: str, by: Actor, at: datetime, detail: dict[str, Any] | None = None, reason: str = "") -> None:
        """This method will write a line of the ledger."""
        self.lines.append(PastLine(event, subject, by, at, detail or {}, reason))

    def owe(self, matter: str, title: str, office_id: int, role: Role, by: Actor, at: datetime, due_on: date, case: str = "") -> None:
        """This method will open a task, as `tasks.operations.open_task` does."""
        self.tasks.append({
            "case": case or self.plan.number,
            "matter": matter,
            "title": title[:200],
            "office_id": office_id,
            "role": role.value,
            "from_office": by.office_name or by.label,
            "opened_by_id": by.user_id,
            "opened_at": at,
            "due_on": due_on,
            "closed_at": None,
            "closed_by_id": None,
            "outcome": "",
        })  # fmt: skip

    def done(self, matter: str, by: Actor, at: datetime, outcome: str) -> None:
        """This method will close the open tasks of a matter, of every matter where it is empty."""
        for task in self.tasks:
            if task["closed_at"] is None and (not matter or task["matter"] == matter):
                task["closed_at"], task["closed_by_id"], task["outcome"] = at, by.user_id, outcome[:120]

    def owe_planner(self, matter: str, words: str, by: Actor, at: datetime, due_on: date, role: Role = Role.BODY_PLANNER) -> None:
        """This method will put a step before the body."""
        self.owe(matter, f"{words}：{self.plan.title}", self.plan.body.office_id, role, by, at, due_on)

    def after(self, days: int) -> date:
        """This method will give the day so many working days after the exam (before it, when negative)."""
        return self.calendar.add_working_days(self.plan.exam_on, days)

