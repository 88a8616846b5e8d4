"""任意次序: whatever is done in whatever order, no body is dealt with without its steps, beyond its tier, off its ground, or after it was cleared.

Bounded: some fifteen cases of fifteen steps, on the real database; each is rolled back.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.cast import Cast
from tests.enforcement.stage import ALL, GRAVE, MINOR, SERIOUS, TERMS, UNLAWFUL, file_body
from touchstone.bodies.queries.restricted import restrictions_by
from touchstone.enforcement import operations as acts
from touchstone.enforcement.facts.procedure import ever_officers, steps_of
from touchstone.enforcement.models import Case
from touchstone.enforcement.operations import Charge, Piece, Proposed
from touchstone.enforcement.states import STANDS, State
from touchstone.filings.models import Suspension, Termination
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.policy.supervision.ladder import Measure

pytestmark = pytest.mark.django_db
WHO = ("wang", "zhou", "wu", "he", "zheng", "feng", "qian", "lin", "du", "shi", "han")
ACTED = date(2026, 2, 25)


class Cases(RuleBasedStateMachine):
    """One body, its cases, and everything that anybody may try on them."""

    held: tuple[Cast]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        (self.cast,) = self.held
        self.at: datetime = self.cast.at
        self.number, self.act = "", MINOR

    def teardown(self) -> None:
        """Forget the cases."""
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def attempt(self, verb: Callable[..., object], **how: Any) -> None:
        """Try an operation; to be refused is an answer too."""
        with suppress(Refusal), transaction.atomic():
            verb(at=self.at, **how)

    @initialize(act=st.sampled_from([MINOR, SERIOUS, GRAVE, UNLAWFUL]))
    def begin(self, act: str) -> None:
        """Put a case down."""
        self.act = act
        self.number = self._begin("wang").number

    def _begin(self, who: str) -> Case:
        charge = Charge({self.act: ACTED}, "查明的事实。", date(2026, 3, 2))
        return acts.begin_case(body=self.cast.body_a, charge=charge, by=getattr(self.cast, who), at=self.at)

    @rule(steps=st.integers(1, 9))
    def go_on(self, steps: int) -> None:
        """Those whose turn it is do the next things, so that the later stages are reached."""
        cast = self.cast
        both: dict[str, Any] = {"number": self.number}
        proposed = Proposed(ALL[self.act], TERMS)
        way: list[Callable[[], None]] = [
            lambda: self.attempt(acts.approve_opening, opinion="", by=cast.wu, **both),
            lambda: self.attempt(acts.invite_officer, user_id=cast.zhou.user_id, by=cast.wang, **both),
            lambda: self.attempt(acts.join_case, by=cast.zhou, **both),
            lambda: self.attempt(acts.add_evidence, piece=Piece("截图", "机构", "王"), name="a.pdf", content=b"%PDF-1", by=cast.wang, **both),
            lambda: self.attempt(acts.notify_body, proposed=proposed, by=cast.wang, **both),
            lambda: self.receive("qian"),
            lambda: self.attempt(acts.waive_statement, by=cast.qian, **both),
            lambda: self.attempt(acts.send_up, proposed=proposed, by=cast.wang, **both),
            lambda: self.attempt(acts.decide_case, reason="事实清楚。", by=cast.wu, **both),
        ]
        for step in way[:steps]:
            step()

    @rule(days=st.integers(1, 12))
    def wait(self, days: int) -> None:
        """Days go by."""
        self.at += timedelta(days=days)

    @rule(who=st.sampled_from(WHO))
    def receive(self, who: str) -> None:
        """Somebody signs for every letter."""
        for letter in Case.objects.get(number=self.number).letters.filter(served_on__isnull=True).values_list("number", flat=True):
            self.attempt(acts.receive_letter, letter=letter, by=getattr(self.cast, who))

    @rule(who=st.sampled_from(WHO))
    def review(self, who: str) -> None:
        """Somebody looks at its lawfulness, and discusses."""
        by = getattr(self.cast, who)
        self.attempt(acts.examine_lawfulness, number=self.number, opinion="合法", by=by)
        self.attempt(acts.sign_discussion, number=self.number, opinion="同意", by=by)

    @rule(who=st.sampled_from(WHO))
    def decide(self, who: str) -> None:
        """Somebody tries to decide."""
        self.attempt(acts.decide_case, number=self.number, reason="事实清楚。", by=getattr(self.cast, who))

    @rule(who=st.sampled_from(WHO), chosen=st.sets(st.sampled_from(list(Measure)), max_size=4))
    def put_forward(self, who: str, chosen: set[Measure]) -> None:
        """Somebody puts any measures forward, with a reason."""
        proposed = Proposed(tuple(chosen), TERMS, "理由")
        self.attempt(acts.notify_body, number=self.number, proposed=proposed, by=getattr(self.cast, who))
        self.attempt(acts.send_up, number=self.number, proposed=proposed, by=getattr(self.cast, who))

    @rule(who=st.sampled_from(WHO))
    def clear(self, who: str) -> None:
        """Somebody finds nothing borne out."""
        self.attempt(acts.clear_case, number=self.number, reason="查无实据", by=getattr(self.cast, who))

    @rule(who=st.sampled_from(WHO), upheld=st.booleans())
    def appeal(self, who: str, upheld: bool) -> None:
        """The body appeals, and somebody answers."""
        self.attempt(acts.appeal_case, number=self.number, appeal="不服", by=self.cast.qian)
        self.attempt(acts.answer_appeal, number=self.number, upheld=upheld, answer="审查意见", by=getattr(self.cast, who))

    @rule(who=st.sampled_from(WHO))
    def again(self, who: str) -> None:
        """Somebody puts the same facts down once more."""
        before = Case.objects.count()
        with suppress(Refusal), transaction.atomic():
            self._begin(who)
        assert Case.objects.count() == before, "同一天的同一行为两次立案"

    @invariant()
    def no_sanction_without_its_steps(self) -> None:
        """决定所依据的每一项都符合；决定人没有办理过；措施不重于档次。"""
        for case in Case.objects.filter(decided_at__isnull=False):
            assert all(one["outcome"] == "met" for one in case.findings if not one["rule"].startswith("supervision.clocks"))
            assert case.decided_by_id not in ever_officers(case) and case.decided_by_id == self.cast.wu.user_id
            wanted = steps_of(case, [Measure(one) for one in case.decision], (case.decided_at or self.at).date(), case.decided_by_id)
            assert all(one.outcome is Outcome.MET for one in wanted if not one.rule.endswith("case_is_alive")), wanted

    @invariant()
    def effects_stand_on_a_served_decision(self) -> None:
        """暂停、终止、限制都有已送达（限制：已作出）而没有撤销的决定。"""
        live = {one.number for one in Case.objects.filter(state__in=[state.value for state in STANDS])}
        served = {one.number for one in Case.objects.filter(served_on__isnull=False)} & live
        assert {one.case for one in Suspension.objects.filter(restored_at__isnull=True)} <= served
        assert all(any(one.reason.startswith(f"案件{number}") for number in served) for one in Termination.objects.filter(undone_at__isnull=True))
        for case in Case.objects.all():
            standing = restrictions_by(case.number).filter(lifted_at__isnull=True).exists()
            assert not standing or case.number in live

    @invariant()
    def the_cleared_stay_cleared(self) -> None:
        """认定不成立的案件没有决定，也没有措施。"""
        for case in Case.objects.filter(state=State.CLEARED):
            assert case.decided_at is None and not case.measures.exists()


def test_any_order(cast: Cast) -> None:
    """任意次序办理，都没有缺程序、越档次、越管辖、对已认定不成立的机构的处理。"""
    file_body(cast)
    machine = type("Cases", (Cases,), {"held": (cast,)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
