"""参数: two people, a day to come, and nothing the law itself fixes."""

from datetime import date, timedelta

import pytest

from tests.cast import START, Cast
from touchstone.kernel.law import Dated, Refusal
from touchstone.ledger.models import Entry
from touchstone.parameters.models import ParameterVersion
from touchstone.parameters.operations import answer_proposal, load_calendar, propose_value
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy import reading

NAMED: dict[str, Dated[object]] = {dated.key: dated for _, dated in reading.dated_values() if dated.key}
KEY = "filing.term_years"
TABLE, SHARES = "receiving.share_by_grade", {"A": 5, "B": 10, "C": 30, "D": 100, "未定级": 10}
TOMORROW = START.date() + timedelta(days=1)


def proposed(cast: Cast, **changed: object) -> ParameterVersion:
    given = {"key": KEY, "value": 4, "since": TOMORROW, "reason": "细则规定", "by": cast.shen, "at": START} | changed
    return propose_value(**given)  # type: ignore[arg-type]


def test_in_force_only_once_approved_and_from_its_day(cast: Cast) -> None:
    """提出后尚不生效，复核后自指定日起生效。"""
    version = proposed(cast)
    assert in_force(NAMED[KEY], TOMORROW).value == 3
    answer_proposal(version_id=version.pk, approve=True, answer="同意", by=cast.han, at=START)
    assert in_force(NAMED[KEY], START.date()).value == 3
    value = in_force(NAMED[KEY], TOMORROW)
    assert value.value == 4 and "四(三)" in str(value.clause)


def test_nobody_approves_their_own_proposal(cast: Cast) -> None:
    """提出人不能复核自己的提议。"""
    version = proposed(cast)
    with pytest.raises(Refusal, match="两人"):
        answer_proposal(version_id=version.pk, approve=True, answer="", by=cast.shen, at=START)


def test_a_proposal_turned_down_never_takes_effect(cast: Cast) -> None:
    """退回的提议不生效。"""
    version = proposed(cast)
    answer_proposal(version_id=version.pk, approve=False, answer="理由不足", by=cast.han, at=START)
    assert in_force(NAMED[KEY], TOMORROW).value == 3
    with pytest.raises(Refusal, match="已经复核"):
        answer_proposal(version_id=version.pk, approve=True, answer="", by=cast.han, at=START)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        pytest.param({"since": START.date()}, "必须晚于今天", id="不能追溯"),
        pytest.param({"reason": " "}, "理由", id="没有理由"),
        pytest.param({"value": "三"}, "类型", id="类型不同"),
        pytest.param({"value": -1}, "负数", id="负数"),
        pytest.param({"key": TABLE, "value": {"A": 5, "B": 10, "C": 30, "D": 100}}, "缺少“未定级”", id="表缺一行"),
        pytest.param({"key": TABLE, "value": {**SHARES, "E": 100}}, "多出“E”", id="表多一行"),
        pytest.param({"key": TABLE, "value": {**SHARES, "A": "5"}}, "“A”的类型", id="表中数字写成文字"),
        pytest.param({"key": TABLE, "value": {**SHARES, "A": -5}}, "负数", id="表中有负数"),
        pytest.param({"key": "exams.pass_mark"}, "法规直接规定", id="法规规定的数值"),
        pytest.param({"key": "没有这个"}, "法规直接规定", id="没有的参数"),
    ],
)
def test_refuses_a_proposal_and_changes_nothing(cast: Cast, changed: dict[str, object], sentence: str) -> None:
    """拒绝提出且什么都没变。"""
    before = Entry.objects.count()
    with pytest.raises(Refusal, match=sentence):
        proposed(cast, **changed)
    assert Entry.objects.count() == before and not ParameterVersion.objects.exists()


@pytest.mark.parametrize("who", ["lin", "wu", "zhu", "xu"])
def test_only_policy_officers_propose(cast: Cast, who: str) -> None:
    """没有政策管理员岗位的人不能提出。"""
    with pytest.raises(Refusal, match="政策管理员"):
        proposed(cast, by=getattr(cast, who))


def test_a_loaded_notice_changes_the_working_days(cast: Cast) -> None:
    """载入节假日安排后工作日随之改变。"""
    day = date(2027, 1, 4)
    assert calendar().is_working_day(day) and calendar().is_provisional(day)
    notices = {"2027": {"off": ["2027-01-04"], "worked": ["2027-01-09"]}}
    assert load_calendar(notices=notices, document="国办发明电〔2026〕1号", by=cast.han, at=START) == [2027]
    days = calendar()
    assert not days.is_working_day(day) and days.is_working_day(date(2027, 1, 9)) and not days.is_provisional(day)


@pytest.mark.parametrize(
    "notices", [{"2027": {"off": ["2026-01-01"]}}, {"2027": {"off": ["一月"]}}, {"2027": 3}], ids=["不在年内", "不是日期", "形状不对"]
)
def test_refuses_a_wrong_notice_and_loads_nothing(cast: Cast, notices: dict[str, object]) -> None:
    """节假日安排有误时说明并且不载入。"""
    with pytest.raises(Refusal, match="节假日安排有误"):
        load_calendar(notices=notices, document="文号", by=cast.han, at=START)  # type: ignore[arg-type]
    assert calendar().is_provisional(date(2027, 1, 4))
