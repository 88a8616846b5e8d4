"""任意次序: whatever is done to an evaluation in whatever order, no certificate lacks a link, no score is overwritten, and nothing has two effects.

Few cases in `make test`; many by `TOUCHSTONE_CASES=400` (the campaign). Every case is rolled back.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from tests.cast import Cast
from tests.exams.stage import EXAM_ON, Stage, moment, stage_of
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.certificates.models import Certificate
from touchstone.exams.models import Candidate, Plan, Remark, ReviewedScore, ScoreEntry, ScoreLock, ScoreReview, Seat
from touchstone.exams.operations import attendance, day, eligibility_review, issuing, keying, locking, remarks, results, score_review, scores, voiding
from touchstone.exams.operations.arranging import arrange, rearrange
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.registration import withdraw_candidate
from touchstone.exams.operations.score_review import Seen
from touchstone.exams.operations.scores import ScoreLine
from touchstone.exams.operations.seating import assign_seats
from touchstone.exams.states import Part, PlanState, ReviewOutcome
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.notices.models import PublicNotice
from touchstone.notices.operations import make_objection
from touchstone.notices.queries import objections_of

CASES = int(os.environ.get("TOUCHSTONE_CASES", "10"))
STEPS = 24
AHEAD = ("reviewed", "arranged", "held", "concluded", "looked at", "announced", "confirmed")
PARTS = (Part.THEORY, Part.PRACTICAL)
LINKS = (
    "plan.reported", "plan.reviewed", "plan.seated", "plan.arranged", "sitting.opened", "sitting.closed", "plan.held", "results.concluded",
    "scores.review_drawn", "results.announced", "plan.results_confirmed",
)  # fmt: skip
MARKS = st.sampled_from(("40", "60", "75.5", "90"))
PLACES = st.integers(0, 2)


def at_state(*states: PlanState) -> Callable[[Any], bool]:
    """Tell whether the plan is at one of these states; elsewhere `anything` tries often enough, and is refused."""
    return lambda machine: machine.plan is not None and machine.plan.state in states


class Evaluations(RuleBasedStateMachine):
    """One evaluation, and everything that anybody may try on it."""

    held: "tuple[Cast, int]"

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.cast, self.key = self.held
        self.stage: Stage | None = None
        self.asked, self.scores = 0, dict[int, tuple[Any, ...]]()

    def teardown(self) -> None:
        """Forget the case."""
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @property
    def plan(self) -> Plan | None:
        """The plan as it stands."""
        return self.stage.plan if self.stage else None

    @initialize(ahead=st.integers(0, len(AHEAD)))
    def begin(self, ahead: int) -> None:
        """Take the registered plan some way ahead."""
        stage: Stage = stage_of(self.key, self.cast)
        for name in AHEAD[:ahead]:
            match name:
                case "reviewed":
                    eligibility_review.close_review(number=stage.plan.number, by=self.cast.sun, at=self.cast.at)
                    stage._again().with_sittings()
                case "arranged":
                    stage.arranged()
                case "held":
                    stage.held(absent=0)
                case "concluded":
                    stage.scored(("80", "85"), ("58", "70"), look=False)
                case "looked at":
                    stage.checked()
                case "announced":
                    stage.announced()
                case "confirmed":
                    stage.confirmed()
        self.stage = stage

    @property
    def at(self) -> datetime:
        """A moment that fits where the plan stands, a little later each time."""
        assert self.plan is not None
        later = timedelta(seconds=self.asked)
        if self.plan.state in {PlanState.REPORTED, PlanState.REVIEWED}:
            return self.cast.at + later
        if self.plan.state == PlanState.ARRANGED:
            return moment(EXAM_ON, 17) + later
        if self.plan.state == PlanState.HELD:
            return moment(date(2026, 3, 26), 9) + later
        return moment(date(2026, 3, 27), 9) + later

    def attempt(self, verb: Callable[..., object], by: Actor, **how: Any) -> bool:
        """Try an operation as a request of its own; to be refused is an answer too. What was done is asked again, and has no second effect."""
        assert self.stage is not None
        self.asked += 1
        when = how.pop("when", self.at)
        keyed = by.with_key(f"q{self.asked}")
        try:
            with transaction.atomic():
                verb(by=keyed, at=when, **how)
        except Refusal:
            return False
        finally:
            self.stage._again()
        lines = Entry.objects.count()
        with suppress(Refusal), transaction.atomic():
            verb(by=keyed, at=when, **how)
        assert Entry.objects.count() == lines, f"{verb.__name__} 重复提交，写了两次"
        self.stage._again()
        return True

    @property
    def of_plan(self) -> dict[str, str]:
        assert self.plan is not None
        return {"plan_number": self.plan.number}

    def ticket(self, place: int) -> str:
        assert self.stage is not None
        found = self.stage.tickets()
        return found[place % len(found)] if found else "0"

    @precondition(at_state(PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED))
    @rule(place=PLACES)
    def somebody_withdraws(self, place: int) -> None:
        assert self.plan is not None
        own = Candidate.objects.filter(plan=self.plan).order_by("id")[place]
        self.attempt(withdraw_candidate, self.cast.sun, number=own.number, reason="不参加了")

    @precondition(at_state(PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED))
    @rule(back=st.sampled_from((False, False, True)))
    def review_and_rooms(self, back: bool) -> None:
        """The next step on the way to the day, or a step back."""
        assert self.stage is not None and self.plan is not None
        number, sun, state = self.plan.number, self.cast.sun, self.plan.state
        if state == PlanState.REPORTED:
            self.attempt(eligibility_review.close_review, sun, number=number)
        elif state == PlanState.REVIEWED and back:
            self.attempt(eligibility_review.reopen_review, sun, number=number, reason="补报名")
        elif state == PlanState.REVIEWED:
            if not self.stage.sittings():
                self.stage.with_sittings()
            self.attempt(assign_seats, sun, seed="种子", **self.of_plan)
            self.attempt(arrange, sun, **self.of_plan)
        elif back:
            self.attempt(rearrange, sun, reason="换考场", **self.of_plan)

    @precondition(at_state(PlanState.ARRANGED))
    @rule(part=st.integers(0, 1), absent=st.integers(0, 1))
    def a_sitting_is_held(self, part: int, absent: int) -> None:
        assert self.stage is not None
        one, sun = self.stage.sittings()[part], self.cast.sun
        self.attempt(day.open_sitting, sun, sitting_number=one.number, identity="id_card", when=one.starts_at - timedelta(minutes=30))
        tickets = self.stage.tickets()
        marks = {ticket: n < len(tickets) - absent for n, ticket in enumerate(tickets)}
        self.attempt(attendance.note_attendance, sun, sitting_number=one.number, marks=marks, when=one.ends_at)
        self.attempt(day.close_sitting, sun, sitting_number=one.number, when=one.ends_at)

    @precondition(at_state(PlanState.ARRANGED))
    @rule()
    def the_exam_is_over(self) -> None:
        self.attempt(attendance.close_sittings, self.cast.sun, **self.of_plan)

    @precondition(at_state(PlanState.HELD))
    @rule(who=st.sampled_from(("sun", "qian")), theory=MARKS, practical=MARKS)
    def scores_are_typed(self, who: str, theory: str, practical: str) -> None:
        assert self.stage is not None
        marks = {Part.THEORY: Decimal(theory), Part.PRACTICAL: Decimal(practical)}
        lines = [ScoreLine(ticket, marks) for ticket in self.stage.tickets()]
        self.attempt(keying.key_scores, getattr(self.cast, who), lines=lines, **self.of_plan)

    @precondition(at_state(PlanState.HELD))
    @rule(place=PLACES, part=st.sampled_from(PARTS), mark=MARKS)
    def typing_is_compared(self, place: int, part: Part, mark: str) -> None:
        self.attempt(keying.compare_keyings, self.cast.sun, **self.of_plan)
        how = {"ticket": self.ticket(place), "part": part, "mark": Decimal(mark), "reason": "见答题卡"}
        self.attempt(keying.settle_difference, self.cast.sun, **how, **self.of_plan)

    @precondition(at_state(PlanState.HELD))
    @rule(place=PLACES, theory=MARKS, practical=MARKS)
    def scores_are_imported(self, place: int, theory: str, practical: str) -> None:
        lines = [ScoreLine(self.ticket(place), {Part.THEORY: Decimal(theory), Part.PRACTICAL: Decimal(practical)})]
        self.attempt(scores.enter_scores, self.cast.sun, lines=lines, **self.of_plan)

    @precondition(at_state(PlanState.HELD))
    @rule(place=PLACES, part=st.sampled_from(PARTS), mark=MARKS)
    def a_score_is_corrected(self, place: int, part: Part, mark: str) -> None:
        how = {"ticket": self.ticket(place), "part": part, "mark": Decimal(mark), "reason": "登分笔误"}
        self.attempt(scores.correct_score, self.cast.sun, **how, **self.of_plan)

    @precondition(at_state(PlanState.HELD))
    @rule()
    def concluded_and_drawn(self) -> None:
        self.attempt(results.conclude, self.cast.sun, **self.of_plan)
        self.attempt(score_review.draw_review, self.cast.sun, secret=b"s" * 32, **self.of_plan)

    @precondition(at_state(PlanState.HELD))
    @rule(who=st.sampled_from(("lin", "lin", "qian")), off=st.sampled_from((0, 0, 0, 1)), misread=st.booleans())
    def drawn_ones_are_looked_at(self, who: str, off: int, misread: bool) -> None:
        assert self.plan is not None
        rows = ReviewedScore.objects.filter(review__lock__plan=self.plan, review__lock__unlocked_at__isnull=True).select_related("entry__candidate")
        waiting = list(rows.filter(outcome=ReviewOutcome.WAITING).order_by("id"))
        seen = [
            Seen(one.entry.candidate.ticket_number or "", Part(one.entry.part), one.entry.value - (off if n == 0 else 0))
            for n, one in enumerate(waiting)
        ]
        self.attempt(score_review.look_again, getattr(self.cast, who), lines=seen, **self.of_plan)
        for one in rows.filter(outcome=ReviewOutcome.DIFFERS).order_by("id"):
            mark = one.entry.value if misread else one.seen
            how = {"ticket": one.entry.candidate.ticket_number, "part": Part(one.entry.part), "mark": mark, "reason": "见答题卡"}
            self.attempt(score_review.settle_found, self.cast.sun, **how, **self.of_plan)

    @precondition(at_state(PlanState.HELD))
    @rule()
    def unlocked(self) -> None:
        self.attempt(locking.unlock_scores, self.cast.qian, reason="自查发现差错", **self.of_plan)

    @precondition(at_state(PlanState.HELD, PlanState.ANNOUNCED))
    @rule(place=PLACES, part=st.sampled_from(PARTS), mark=MARKS, answered=st.booleans(), objected=st.booleans())
    def looked_at_again_for_somebody(self, place: int, part: Part, mark: str, answered: bool, objected: bool) -> None:
        assert self.plan is not None
        objection = objections_of(self.plan.number).filter(answered_at__isnull=True).first() if objected else None
        about: dict[str, Any] = {"ticket": self.ticket(place), "part": part, **self.of_plan}
        self.attempt(remarks.ask_remark, self.cast.sun, reason="考生有异议", objection=objection.number if objection else "", **about)
        if answered:
            self.attempt(remarks.answer_remark, self.cast.lin, mark=Decimal(mark), words="经核对答题卡", **about)

    @precondition(at_state(PlanState.HELD))
    @rule()
    def announced(self) -> None:
        self.attempt(results.announce_results, self.cast.qian, **self.of_plan)

    @precondition(at_state(PlanState.ANNOUNCED))
    @rule(upheld=st.booleans(), answered=st.booleans())
    def objected(self, upheld: bool, answered: bool) -> None:
        assert self.plan is not None
        standing = PublicNotice.objects.filter(case=self.plan.number, closed_at__isnull=True).first()
        if standing is not None:
            how = {"notice_number": standing.number, "name": "李某", "phone": "10000000001", "content": "分数有误"}
            self.attempt(make_objection, self.cast.lv, **how)
        for one in objections_of(self.plan.number).filter(answered_at__isnull=True):
            if answered:
                self.attempt(results.answer_objection, self.cast.qian, number=one.number, upheld=upheld, answer="经复核")

    @precondition(at_state(PlanState.ANNOUNCED))
    @rule()
    def taken_back(self) -> None:
        self.attempt(results.withdraw_results, self.cast.qian, reason="自查发现差错", **self.of_plan)

    @precondition(at_state(PlanState.ANNOUNCED, PlanState.CONFIRMED, PlanState.CERTIFIED))
    @rule()
    def days_pass(self) -> None:
        self.attempt(results.confirm_results, PLATFORM, when=moment(date(2026, 4, 9), 1), **self.of_plan)
        self.attempt(issuing.issue_certificates, self.cast.qian, when=moment(date(2026, 4, 9), 9), **self.of_plan)

    @precondition(at_state(PlanState.HELD, PlanState.ANNOUNCED, PlanState.CONFIRMED, PlanState.CERTIFIED))
    @rule(place=PLACES, undone=st.booleans())
    def a_case_takes_a_part_away(self, place: int, undone: bool) -> None:
        assert self.plan is not None
        who = Candidate.objects.filter(plan=self.plan).order_by("id")[place]
        self.asked += 1
        case = f"WJ{self.asked}"
        with transaction.atomic():
            voiding.void_parts(candidate_number=who.number, parts=[Part.THEORY], case=case, reason="夹带", by=PLATFORM, at=self.at)
            if undone:
                voiding.give_back_parts(case=case, reason="申诉成立", by=PLATFORM, at=self.at)
        assert self.stage is not None
        self.stage._again()

    @rule(how=st.sampled_from(("certify", "confirm", "announce", "close", "arrange", "conclude", "unlock")))
    def anything(self, how: str) -> None:
        """Somebody tries what may not be its turn."""
        verbs: dict[str, tuple[Callable[..., object], Actor, dict[str, str]]] = {
            "certify": (issuing.issue_certificates, self.cast.qian, {}),
            "confirm": (results.confirm_results, PLATFORM, {}),
            "announce": (results.announce_results, self.cast.qian, {}),
            "close": (attendance.close_sittings, self.cast.sun, {}),
            "arrange": (arrange, self.cast.sun, {}),
            "conclude": (results.conclude, self.cast.sun, {}),
            "unlock": (locking.unlock_scores, self.cast.qian, {"reason": "自查"}),
        }
        verb, by, more = verbs[how]
        self.attempt(verb, by, **more, **self.of_plan)

    @invariant()
    def no_score_is_overwritten(self) -> None:
        """登记过的每个分数都还在，值、来源、时间不变；每科只有一个有效；每次更正一条存证。"""
        rows = {one.pk: (one.candidate_id, one.part, one.value, one.entered_at, one.reason) for one in ScoreEntry.objects.all()}
        assert all(rows.get(pk) == before for pk, before in self.scores.items())
        self.scores = rows
        standing = list(ScoreEntry.objects.filter(replaced_at__isnull=True).values_list("candidate", "part"))
        assert len(standing) == len(set(standing))
        assert Entry.objects.filter(event="score.corrected").count() == ScoreEntry.objects.filter(replaced_at__isnull=False).count()

    @invariant()
    def every_effect_has_its_line(self) -> None:
        """锁定、解锁、抽样、公示、复核、发证，各有一条存证，不多不少。"""
        counted = dict.fromkeys(("scores.unlocked", "scores.review_drawn", "results.announced", "remark.answered", "certificate.issued"), 0)
        for event in Entry.objects.filter(event__in=counted).values_list("event", flat=True):
            counted[event] += 1
        assert counted == {
            "scores.unlocked": ScoreLock.objects.filter(unlocked_at__isnull=False).count(),
            "scores.review_drawn": ScoreReview.objects.count(),
            "results.announced": PublicNotice.objects.count(),
            "remark.answered": Remark.objects.filter(closed_at__isnull=False).count(),
            "certificate.issued": Certificate.objects.count(),
        }

    @invariant()
    def nobody_sits_twice_at_a_time(self) -> None:
        """同一时间没有人有两个座位；退出的人排座后没有新的座位。"""
        taken: dict[int, list[tuple[datetime, datetime]]] = {}
        for who, starts, ends in Seat.objects.values_list("candidate", "sitting__starts_at", "sitting__ends_at"):
            assert not any(starts < other_end and other_start < ends for other_start, other_end in taken.get(who, []))
            taken.setdefault(who, []).append((starts, ends))

    @invariant()
    def nothing_goes_before_the_public_unlooked_at(self) -> None:
        """公示以后的成绩都是锁定并复核完毕的；公示期满以后没有未办结的复核和异议。"""
        if self.plan is None or self.plan.state not in {PlanState.ANNOUNCED, PlanState.CONFIRMED, PlanState.CERTIFIED}:
            return
        lock = ScoreLock.objects.get(plan=self.plan, unlocked_at__isnull=True)
        assert lock.review.finished_at is not None
        if self.plan.state != PlanState.ANNOUNCED:
            assert not Remark.objects.filter(closed_at__isnull=True).exists()
            assert not objections_of(self.plan.number).filter(answered_at__isnull=True).exists()

    @invariant()
    def no_certificate_lacks_a_link(self) -> None:
        """有证书的，从上报到公示期满每一环都有存证，次序不乱；本人到考、各科成绩在、没有作废。"""
        issued = list(Certificate.objects.all())
        if not issued:
            return
        assert self.plan is not None and self.plan.state == PlanState.CERTIFIED
        lines = list(Entry.objects.filter(event__in=[*LINKS, "plan.certified"]).order_by("id").values_list("event", flat=True))
        last = {event: max(n for n, one in enumerate(lines) if one == event) for event in LINKS}
        assert sorted(last, key=lambda event: last[event]).index("plan.results_confirmed") == len(LINKS) - 1
        assert last["plan.reviewed"] < last["plan.arranged"] < last["plan.held"] < last["results.announced"]
        assert PublicNotice.objects.filter(case=self.plan.number, outcome="公示期满").count() == 1
        for one in issued:
            who = Candidate.objects.get(number=one.candidate_number)
            assert set(who.seats.filter(present=True).values_list("sitting__part", flat=True)) == {"theory", "practical"}
            assert set(who.scores.filter(replaced_at__isnull=True, value__gte=60).values_list("part", flat=True)) == {"theory", "practical"}


def test_any_order(cast: Cast) -> None:
    """任意次序办理、重复提交、退出、作废、解锁、复核，都不会少一环、改掉一个分数、有两次效果。"""
    stage = Stage(cast)
    report_plan(number=stage.plan.number, by=cast.sun, at=cast.at)
    for n in range(stage.people):
        stage._candidate(n)
    machine = type("Cases", (Evaluations,), {"held": (cast, stage.plan.pk)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=CASES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=CASES <= 10,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
