"""虚构认定: how does a plan of the synthetic city come to a stage, by the real operations, each on the day it would be done?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.people import Identity
from touchstone.bodies.queries import staff_of
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.operations.arrangement import SittingTerms, add_sitting
from touchstone.exams.operations.arranging import arrange
from touchstone.exams.operations.asking import ask_for_assessors
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.day import close_sitting, open_sitting
from touchstone.exams.operations.eligibility_evidence import check_evidence
from touchstone.exams.operations.eligibility_review import close_review, refuse_candidate
from touchstone.exams.operations.issuing import issue_certificates
from touchstone.exams.operations.plan_report import report_plan, sign_for_plan
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.exams.operations.registration_entry import Entry
from touchstone.exams.operations.results import announce_results, conclude, confirm_results
from touchstone.exams.operations.score_review import Seen, draw_review, look_again
from touchstone.exams.operations.scores import ScoreLine, enter_scores
from touchstone.exams.operations.seating import assign_seats
from touchstone.exams.queries import plans as plan_queries
from touchstone.exams.queries import score_book
from touchstone.exams.queries import sittings as sitting_queries
from touchstone.exams.queries.assessors import assessors_of, user_of
from touchstone.exams.states import Part
from touchstone.experts.operations import accept_assignment, dispatch
from touchstone.notices.queries import of_case
from touchstone.parameters.queries import calendar
from touchstone.policy.exams.deadlines import PLAN_BEFORE, REGISTRATION_BEFORE
from touchstone.simulation.crowd import Application, Crowd, Someone

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate, Plan
    from touchstone.filings.models import ScopeItem

STAGES = ("drafted", "reported", "registered", "reviewed", "seated", "arranged", "held", "scored", "announced", "confirmed", "certified")
PASSED = Decimal("82.5")
HOURS = {"theory": (time(8, 30), time(10)), "practical": (time(10, 30), time(12)), "panel": (time(13, 30), time(15))}


@dataclass
class Evaluation:
    """One plan on its way. `planner` and `leader` are the body's, `supervisor` signs for it in the district; those named
    in `also` register with their papers complete, come and pass. Where a `judge` is named, the skills test is judged by people drawn, among them
    the judge."""

    item: "ScopeItem"
    exam_on: date
    people: int
    crowd: Crowd
    planner: Actor
    leader: Actor
    supervisor: Actor
    also: tuple[tuple[Someone, Application], ...] = ()
    open_to_candidates: bool = False
    fee: int = 0
    hours: Mapping[str, tuple[time, time]] = field(default_factory=lambda: HOURS)
    judge: Actor | None = None
    number: str = field(default="", init=False)

    def bring_to(self, stage: str) -> str:
        """This method will bring a new plan to a stage of `STAGES` and give its number."""
        for name in STAGES[: STAGES.index(stage) + 1]:
            getattr(self, f"_{name}")()
        return self.number

    @property
    def plan(self) -> "Plan":
        return plan_queries.plan(self.number, self.planner)

    @property
    def random(self) -> Random:
        return self.crowd.random

    def _at(self, working_days: int, hour: int, minute: int = 0) -> datetime:
        day = calendar().add_working_days(self.exam_on, working_days) if working_days else self.exam_on
        return at_hour(day, hour, minute)

    def _drafted(self) -> None:
        day = self._at(-PLAN_BEFORE.on(self.exam_on).value - 5, 9)
        closes_on = calendar().add_working_days(self.exam_on, -REGISTRATION_BEFORE.on(self.exam_on).value)
        contact = f"{self.planner.person_name} 021-00000000"
        terms = PlanTerms(self.exam_on, closes_on, self.people + 10, contact, open_to_candidates=self.open_to_candidates, fee=self.fee)
        self.number = draft_plan(scope_item_id=self.item.pk, terms=terms, by=self.planner, at=day).number

    def _reported(self) -> None:
        report_plan(number=self.number, by=self.planner, at=self._at(-PLAN_BEFORE.on(self.exam_on).value - 4, 9))
        sign_for_plan(number=self.number, by=self.supervisor, at=self._at(-PLAN_BEFORE.on(self.exam_on).value - 3, 10))

    def _registered(self) -> None:
        at = self._at(-PLAN_BEFORE.on(self.exam_on).value - 3, 14)
        for count in range(self.people):
            self._one(*self.crowd.applies(self.item.level, at.date(), able=count % 12 != 11), at)
        for someone, application in self.also:
            self._one(someone, application, at, complete=True)

    def _one(self, someone: Someone, application: Application, at: datetime, *, complete: bool = False) -> None:
        entry = Entry(
            identity=Identity(someone.name, someone.id_number, someone.phone),
            ground="own_staff",
            employment="直接用工" if self.random.random() < 0.8 else "劳务派遣",
            employer=self.planner.office_name,
            condition=application.condition,
            claims=application.claims,
        )
        candidate = register_candidate(plan_number=self.number, entry=entry, by=self.planner, at=at)
        if not complete and self.random.random() < 0.1:
            return  # nothing handed in yet
        wanted = {"employment": {"remark": "已核劳动合同"}, **application.proofs} if candidate.state == "unproven" else {}
        for kind, proof in wanted.items():
            self._check(candidate, ProofKind(kind), proof, at)

    def _check(self, candidate: "Candidate", kind: ProofKind, proof: dict[str, object], at: datetime) -> None:
        facts = {key: value for key, value in proof.items() if key not in {"attachments", "remark"}}
        check_evidence(number=candidate.number, kind=kind, facts=facts, remark=str(proof["remark"]), by=self.planner, at=at)

    def _reviewed(self) -> None:
        at = self._at(-REGISTRATION_BEFORE.on(self.exam_on).value, 10)
        for candidate in self.plan.candidates.filter(state="unproven").order_by("number"):
            refuse_candidate(number=candidate.number, reason="未在报名截止前补交证明材料", by=self.planner, at=at)
        close_review(number=self.number, by=self.planner, at=at)

    def _seated(self) -> None:
        at, plan = self._at(-6, 15), self.plan
        staff = {duty: [one.pk for one in staff_of(plan.body, at.date(), duty)] for duty in ("invigilator", "assessor", "internal_supervisor")}
        entrants = sitting_queries.entrants(plan).count()
        for part in sitting_queries.plan_parts(plan):
            left = entrants
            for place, room in enumerate(r for r in sitting_queries.rooms(plan, plan.exam_on) if r.purpose == part.value):
                if left <= 0:
                    break
                starts, ends = (datetime.combine(self.exam_on, hour, at.tzinfo) for hour in _hours(self.hours[part.value], part.value, place))
                people = staff["invigilator"][:3] if part.value == "theory" else staff["assessor"][:3]
                terms = SittingTerms(part, room.pk, starts, ends, people, staff["internal_supervisor"][0])
                add_sitting(plan_number=self.number, terms=terms, by=self.planner, at=at)
                left -= room.seats
        assign_seats(plan_number=self.number, by=self.planner, at=at, seed=f"{self.random.getrandbits(64):016x}")

    def _arranged(self) -> None:
        if self.judge is not None:
            self._drawn_with(self.judge)
        arrange(plan_number=self.number, by=self.planner, at=self._at(-6, 16))

    def _drawn_with(self, judge: Actor) -> None:
        """Have the assessors of the skills test drawn, again and again until the judge is among them; of the other draws nothing stays."""
        for sitting in sitting_queries.sittings(self.plan).filter(part=Part.PRACTICAL):
            own = next(filter(None, (self._drawn_once(sitting.number, judge) for _ in range(200))), None)
            if own is not None:
                accept_assignment(number=own, by=judge, at=self._at(-6, 15, 30))

    def _drawn_once(self, sitting: str, judge: Actor) -> str | None:
        with transaction.atomic():
            asked = ask_for_assessors(sitting_number=sitting, secret=self.random.randbytes(32), by=self.planner, at=self._at(-6, 15))
            dispatch(number=asked.number, by=PLATFORM, at=self._at(-6, 15, 1))
            sent = (one for one in assessors_of(sitting_queries.sitting(sitting)) if user_of(one) == judge.user_id)
            own = next(sent, None)
            if own is None:
                transaction.set_rollback(True)
        return own.number if own is not None else None

    def send_assessors(self) -> None:
        """This method will ask for assessors for every sitting that needs them, and have them drawn."""
        for sitting in sitting_queries.sittings(self.plan):
            if sitting.part != Part.THEORY:
                secret = self.random.randbytes(32)
                asked = ask_for_assessors(sitting_number=sitting.number, secret=secret, by=self.planner, at=self._at(-5, 9))
                dispatch(number=asked.number, by=PLATFORM, at=self._at(-5, 9, 1))

    def _held(self) -> None:
        absent = {one.ticket_number for one in sitting_queries.entrants(self.plan) if one.name not in self._named and self.random.random() < 0.05}
        for sitting in sitting_queries.sittings(self.plan):
            marks = {seat.candidate.ticket_number or "": seat.candidate.ticket_number not in absent for seat in sitting_queries.seats(sitting)}
            before = sitting.starts_at - timedelta(minutes=30)
            open_sitting(sitting_number=sitting.number, identity="id_card", by=self.planner, at=before)
            note_attendance(sitting_number=sitting.number, marks=marks, by=self.planner, at=sitting.ends_at)
            close_sitting(sitting_number=sitting.number, by=self.planner, at=sitting.ends_at)
        close_sittings(plan_number=self.number, by=self.planner, at=self._at(0, 18))

    @property
    def _named(self) -> set[str]:
        return {someone.name for someone, _ in self.also}

    def _scored(self) -> None:
        plan = self.plan
        parts = sitting_queries.plan_parts(plan)
        here = [one for one in sitting_queries.entrants(plan) if one.seats.filter(present=True).exists()]
        lines = [
            ScoreLine(one.ticket_number or "", {part: PASSED if one.name in self._named else mark(self.random) for part in parts}) for one in here
        ]
        enter_scores(plan_number=self.number, lines=lines, by=self.planner, at=self._at(1, 10))
        conclude(plan_number=self.number, by=self.planner, at=self._at(1, 16))
        look_at_drawn(self.number, secret=self.random.randbytes(32), planner=self.planner, reviewer=self.leader, at=self._at(1, 17))

    def _announced(self) -> None:
        announce_results(plan_number=self.number, by=self.leader, at=self._at(2, 9))

    def _confirmed(self) -> None:
        confirm_results(plan_number=self.number, by=PLATFORM, at=at_hour(of_case(self.number).get().closes_on, 1))

    def _certified(self) -> None:
        day = of_case(self.number).get().closes_on
        issue_certificates(plan_number=self.number, by=self.leader, at=at_hour(calendar().add_working_days(day, 1), 9))


def look_at_drawn(number: str, *, secret: bytes, planner: Actor, reviewer: Actor, at: datetime) -> int:
    """This function will have scores drawn and looked at again by somebody who did not enter them, who reads what stands, and count them."""
    rows = score_book.review_rows(draw_review(plan_number=number, secret=secret, by=planner, at=at))
    seen = [Seen(one.entry.candidate.ticket_number or "", Part(one.entry.part), one.entry.value) for one in rows]
    return sum(one.done for one in look_again(plan_number=number, lines=seen, by=reviewer, at=at))


def mark(random: Random) -> Decimal:
    """This function will give a score as they fall: about one in twenty below the pass mark."""
    return Decimal(max(20, min(100, round(random.gauss(78, 10.5) * 2) / 2))).quantize(Decimal("0.1"))


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """This function will give a moment of a day in the city's time zone."""
    from django.utils import timezone

    return datetime.combine(day, time(hour, minute), timezone.get_default_timezone())


def _hours(hours: tuple[time, time], part: str, place: int) -> tuple[time, time]:
    """The hours of a part; the second room of a skills test comes after the first, because the same assessors judge there."""
    starts, ends = hours
    if not place or part == "theory":
        return starts, ends
    later = timedelta(hours=3 * place)
    return tuple((datetime.combine(date.min, hour) + later).time() for hour in (starts, ends))  # type: ignore[return-value]
