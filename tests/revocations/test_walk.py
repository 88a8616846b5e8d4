"""撤销漫步测试: whatever is tried in whatever order, a certificate's standing is what its row says, and nothing void is revived."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from tests.cast import Cast
from tests.revocations.giving import OPENED, Case, holder
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.certificates.models import Certificate
from touchstone.kernel.law import Refusal
from touchstone.policy.certificates.revocation import Verdict
from touchstone.revocations import operations as acts
from touchstone.revocations.models import RevocationRow
from touchstone.revocations.states import RowState, State

STEPS = 70
STANDING = {
    RowState.LISTED: {"有效"},
    RowState.EXAMINED: {"核查中"},
    RowState.ORDERED: {"核查中"},
    RowState.KEPT: {"有效"},
    RowState.REVOKED: {"已撤销"},
    RowState.CORRECTED: {"已撤销"},
    RowState.REVERSED: {"已撤销"},
}
OPEN = {State.OPENED, State.NOTIFIED, State.PROPOSED, State.ORDERED}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_order_of_acts_keeps_the_register_and_the_case_together(cast: Cast, seed: int) -> None:
    """随意尝试告知、陈述、意见、报送、退回、决定、执行、申诉、答复、撤案：每一步以后证书状态与案件一致，作废的不复活，每人每级至多一本有效。"""
    case, dice, at, void = Case(cast).opened(), Random(seed), OPENED, set()
    owners = [holder(case.certificate(n)) for n in range(3)]
    done = 0
    for _ in range(STEPS):
        at += timedelta(hours=dice.choice([2, 5, 60]))
        try:
            dice.choice(_acts(case, dice, owners, at))()
            done += 1
        except Refusal as refusal:
            assert refusal.sentence.endswith("。") and refusal.next_step
        rows = list(RevocationRow.objects.filter(case__number=case.number).select_related("certificate"))
        for row in rows:
            assert row.certificate.standing in STANDING[RowState(row.state)], row.state
            assert not (row.certificate_number in void and row.certificate.is_valid)
            valid = Certificate.objects.filter(holder_id=row.certificate.holder_id, state="issued").count()
            assert valid == (0 if row.state == RowState.REVOKED else 1)
        void |= {row.certificate_number for row in rows if not row.certificate.is_valid}
        under_way = any(row.state in {RowState.LISTED, RowState.EXAMINED, RowState.ORDERED} for row in rows)
        assert under_way == (case.case.state in OPEN)
    assert done > 3


def _acts(case: Case, dice: Random, owners: list[Actor], at: datetime) -> list[Callable[[], object]]:
    n, cast = dice.randrange(3), case.cast
    row, number = case.row(n).number, case.number
    verdict = dice.choice(list(Verdict))
    changes = {"姓名": f"王{'洁婕杰'[n]}"} if verdict is Verdict.CORRECT else {}
    told: dict[str, Any] = {"number": number, "rows": [row], "verdict": verdict, "reason": "已核", "changes": changes, "by": cast.wang, "at": at}
    return [
        lambda: acts.notify_holders(number=number, by=cast.wang, at=at),
        lambda: acts.take_statement(row=row, words="不是这样", by=owners[n], at=at),
        lambda: acts.propose_rows(**told),
        lambda: acts.propose_rows(**told),
        lambda: acts.send_up(number=number, by=cast.wang, at=at),
        lambda: acts.return_proposals(number=number, reason="再核", by=cast.wu, at=at),
        lambda: acts.decide_rows(number=number, rows=(), by=cast.wu, at=at),
        lambda: acts.decide_rows(number=number, rows=[row], by=cast.wu, at=at),
        lambda: acts.execute_rows(number=number, rows=[row], by=cast.qian, at=at),
        lambda: acts.execute_rows(number=number, rows=(), by=PLATFORM, at=at),
        lambda: acts.appeal_row(row=row, words="不服", by=owners[n], at=at),
        lambda: acts.answer_appeal(row=row, granted=dice.random() < 0.5, answer="已查", by=cast.han, at=at),
    ] + ([lambda: acts.withdraw_case(number=number, reason="查无实据", by=cast.wu, at=at)] if dice.random() < 0.05 else [])
