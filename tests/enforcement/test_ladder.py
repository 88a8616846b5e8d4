"""分类处理测试: the ladder of 三(四)2 by hand, through the real case: which tier proposes what, and what is refused?"""

from collections.abc import Callable
from datetime import date

import pytest

from tests.enforcement.stage import ALL, GRAVE, MINOR, SERIOUS, TERMS, UNLAWFUL, Proceedings
from touchstone.enforcement import operations as acts
from touchstone.enforcement.facts.procedure import proposal_of
from touchstone.enforcement.operations import Charge, Proposed
from touchstone.enforcement.queries import missing_before_sealing
from touchstone.kernel.law import Refusal
from touchstone.policy.supervision.ladder import Measure as M

pytestmark = pytest.mark.django_db
Begin = Callable[..., Proceedings]

BY_HAND = [
    (MINOR, "minor", {M.SUMMONS, M.ORDER}),
    (SERIOUS, "serious", {M.WARNING, M.RECTIFY, M.SUSPEND}),
    (GRAVE, "grave", {M.TERMINATE, M.REVOKE}),
    ("sells_certificates", "grave", {M.TERMINATE, M.REVOKE, M.HAND_OVER}),
    ("false_advertising", "serious", {M.WARNING, M.RECTIFY, M.SUSPEND, M.HAND_OVER}),
    (UNLAWFUL, "unlawful", {M.HAND_OVER}),
]


@pytest.mark.parametrize(("act", "tier", "measures"), BY_HAND)
def test_tier_and_measures_by_hand(proceedings: Begin, act: str, tier: str, measures: set[M]) -> None:
    """各情形的档次和处理建议与手写的表一致。"""
    told = proceedings(act).begun()
    assert (told.case.tier, set(proposal_of(told.case, told.at.date()).names)) == (tier, measures)


@pytest.mark.parametrize(
    ("chosen", "why", "says"),
    [
        ((M.WARNING,), "", "处理重于档次"),
        ((M.TERMINATE,), "从重", "处理重于档次"),
        ((M.SUMMONS,), "", "没有写明理由"),
        ((M.REVOKE, M.SUMMONS, M.ORDER), "", "不涉及"),
        ((), "轻微", "应予以"),
    ],
)
def test_minor_case_is_not_decided_otherwise(proceedings: Begin, chosen: tuple[M, ...], why: str, says: str) -> None:
    """一般情形：不得重于档次，少一项须有理由，不涉及的不得加。"""
    told = proceedings().opened()
    with pytest.raises(Refusal, match=says):
        acts.notify_body(number=told.number, proposed=Proposed(chosen, TERMS, why), by=told.cast.wang, at=told.at)


def test_milder_with_a_reason(proceedings: Begin) -> None:
    """只作约谈提醒的，写明理由可以，不需要事先告知。"""
    told = proceedings().opened()
    acts.send_up(number=told.number, proposed=Proposed((M.SUMMONS,), {}, "缺口很短，已自行修复"), by=told.cast.wang, at=told.at)
    acts.decide_case(number=told.number, reason="情节轻微。", by=told.cast.wu, at=told.at)
    assert told.case.decision == ["summons"]


def test_heavier_than_notified_is_told_anew(proceedings: Begin) -> None:
    """报送的处理重于告知内容的，须重新告知。"""
    told = proceedings(SERIOUS).opened()
    milder = Proposed((M.WARNING, M.RECTIFY), TERMS, "首次发生，主动报告")
    acts.notify_body(number=told.number, proposed=milder, by=told.cast.wang, at=told.at)
    with pytest.raises(Refusal, match="暂停评价没有事先告知"):
        acts.send_up(number=told.number, proposed=Proposed(ALL[SERIOUS], TERMS), by=told.cast.wang, at=told.at)


@pytest.mark.parametrize(("days", "says"), [(0, "应晚于"), (16, "不晚于"), (15, "")])
def test_time_to_correct_is_in_bounds(proceedings: Begin, days: int, says: str) -> None:
    """责令改正最长十五日：零日和十六日不行，十五日可以。"""
    told = proceedings().opened()
    proposed = Proposed(ALL[MINOR], {"order": {"days": days}})
    if not says:
        assert acts.notify_body(number=told.number, proposed=proposed, by=told.cast.wang, at=told.at).terms["order"]["days"] == 15
        return
    with pytest.raises(Refusal, match=says):
        acts.notify_body(number=told.number, proposed=proposed, by=told.cast.wang, at=told.at)


def test_second_minor_within_a_year_is_serious(proceedings: Begin) -> None:
    """一年内再次发生一般情形的，按严重处理；理由写明上次的日期。"""
    first = proceedings().served()
    again = Proceedings(first.cast, "fees_not_published", acted_on=date(2026, 4, 1))
    again.at = first.at.replace(month=4, day=7)
    charge = Charge({"fees_not_published": date(2026, 4, 1)}, "收费标准没有公布。", date(2026, 4, 2))
    made = acts.begin_case(body=again.cast.body_a, charge=charge, by=again.cast.wang, at=again.at)
    assert made.tier == "serious" and "再次发生" in made.tier_reason


def test_slight_is_no_case(proceedings: Begin) -> None:
    """尚未构成违纪违规的不立案，在检查中立行立改。"""
    with pytest.raises(Refusal, match="不立案"):
        proceedings("late_report").begun()


def test_what_is_missing_is_named_with_its_place(proceedings: Begin) -> None:
    """决定前还缺什么：逐项列出，做完一项少一项。"""
    told = proceedings(SERIOUS).begun()
    acts.approve_opening(number=told.number, opinion="", by=told.cast.wu, at=told.at)
    there = {one.anchor for one in missing_before_sealing(told.case, told.at.date()) if not one.is_met}
    assert there == {"officers", "evidence", "notify", "statement", "hearing", "lawyer", "send-up"}
    told = Proceedings(told.cast, SERIOUS, acted_on=date(2026, 2, 24)).sent_up()
    left = [one for one in missing_before_sealing(told.case, told.at.date(), told.cast.wu.user_id) if not one.is_met]
    assert left == []
