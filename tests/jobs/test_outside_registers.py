"""外部登记通道测试: each adaptor against its register in a process of its own: right, slow, wrong, doubled, absent, and refused."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.jobs.outside import Process, running
from touchstone.exams.facts.enquiries import Asked
from touchstone.jobs.adapters.outside import Line, Pending, Refused, Unavailable
from touchstone.jobs.enquiries import ADAPTERS
from touchstone.policy.eligibility import outside
from touchstone.policy.eligibility.outside import Answer, Register, Spell
from touchstone.policy.eligibility.schooling import School, SchoolClass
from touchstone.simulation.identity import id_number

NUMBER = id_number(7, birthday=date(1990, 5, 5), male=True)
ASKED = Asked("CX20260001C1", "陈一诺", NUMBER, "上海甲辰精密机械有限公司", "Y000031000001205000001")
SAYS: dict[Register, tuple[dict[str, Any], Answer]] = {
    Register.IDENTITY: ({"known": True, "fits": False}, outside.IdentityAnswer(False)),
    Register.DEATH: ({"died_on": "2024-05-01"}, outside.DeathAnswer(date(2024, 5, 1))),
    Register.INSURANCE: (
        {"spells": [{"since": "2015-01-01", "until": None, "by_named_employer": True}]},
        outside.InsuranceAnswer((Spell(date(2015, 1, 1), None, True),)),
    ),
    Register.SCHOOLING: (
        {"records": [{"school": "university", "school_class": "ordinary", "major": "机械", "graduated_on": "2012-07-01", "final_year": False}]},
        outside.SchoolingAnswer((outside.SchoolRecord(School.UNIVERSITY, SchoolClass.ORDINARY, "机械", date(2012, 7, 1)),)),
    ),
    Register.CERTIFICATE: (
        {"found": True, "is_holders": True, "level": 5, "occupation_code": "6-18-01-01", "issued_on": "2020-06-01", "valid": True},
        outside.CertificateAnswer(True, True, 5, "6-18-01-01", date(2020, 6, 1), True),
    ),
}
UNREADABLE: dict[Register, list[dict[str, Any]]] = {
    Register.IDENTITY: [{"known": "是"}, {"known": True, "fits": None}],
    Register.DEATH: [{"died_on": "去年"}],
    Register.INSURANCE: [{"spells": None}, {"spells": [7]}, {"spells": [{"since": "2015-01-01", "until": "2014-01-01", "by_named_employer": True}]}],
    Register.SCHOOLING: [{"records": [{"school": "私塾", "school_class": "ordinary", "final_year": False}]}],
    Register.CERTIFICATE: [{"found": True, "is_holders": True, "level": 9, "occupation_code": ""}, {"found": True}],
}
REGISTERS = [pytest.param(one, id=one.label) for one in Register]


@pytest.fixture(scope="module")
def processes() -> Iterator[dict[Register, Process]]:
    """Give the five registers, running."""
    with running(*Register) as found:
        yield found


@pytest.fixture(params=REGISTERS)
def there(request: pytest.FixtureRequest, processes: dict[Register, Process]) -> Process:
    """Give one register after another, knowing our person."""
    found = processes[request.param]
    found.does(records={NUMBER: {found.register.value: SAYS[found.register][0]}})
    return found


def put(there: Process, **changes: Any) -> Answer:
    """Put the question over the adaptor."""
    return ADAPTERS[there.register](there.line(**changes), ASKED)


def test_an_answer_is_read(there: Process) -> None:
    assert put(there) == SAYS[there.register][1]


def test_no_more_is_told_than_the_register_needs(there: Process) -> None:
    put(there)
    fields = set(there.heard()["told"]) - {"reference"}
    extra = {Register.INSURANCE: {"employer"}, Register.CERTIFICATE: {"certificate"}}.get(there.register, set())
    assert fields == {"name", "id_number"} | extra
    assert len(there.register.sends) == len(fields)


def test_who_is_not_on_record_is_answered_too(there: Process) -> None:
    nothing: dict[Register, tuple[dict[str, Any], Answer]] = {
        Register.IDENTITY: ({"known": False}, outside.IdentityAnswer(None)),
        Register.DEATH: ({"died_on": None}, outside.DeathAnswer(None)),
        Register.INSURANCE: ({"spells": []}, outside.InsuranceAnswer(())),
        Register.SCHOOLING: ({"records": []}, outside.SchoolingAnswer(())),
        Register.CERTIFICATE: ({"found": False}, outside.CertificateAnswer(False)),
    }
    said, meant = nothing[there.register]
    there.does(records={NUMBER: {there.register.value: said}})
    assert put(there) == meant


def test_the_same_question_twice_is_one(there: Process) -> None:
    assert put(there) == put(there)
    assert there.heard()["asked"] == {ASKED.number: 2}


def test_a_slow_register_is_not_waited_for(there: Process) -> None:
    there.does(seconds=0.6)
    with pytest.raises(Unavailable, match="时限内"):
        put(there, timeout=0.2)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"drop": True}, "没有应答", id="挂断"),
        pytest.param({"code": 500}, "500", id="故障"),
        pytest.param({"code": 204}, "签名不符", id="没有内容"),
        pytest.param({"body": "<html>维护中</html>"}, "无法读取", id="网页"),
        pytest.param({"body": "[]"}, "无法读取", id="不是对象"),
        pytest.param({"body": "{" * 70_000}, "无法读取", id="太长"),
        pytest.param({"body": "[" * 60_000}, "无法读取", id="太深"),
        pytest.param({"unsigned": True}, "签名不符", id="签名不符"),
        pytest.param({"another": True}, "不是关于本人", id="别人的答复"),
        pytest.param({"reference": "CX9"}, "不是对这次查询", id="别次的答复"),
    ],
)
def test_what_cannot_be_believed_is_no_answer(wrong: dict[str, Any], says: str, there: Process) -> None:
    there.does(**wrong)
    with pytest.raises(Unavailable, match=says):
        put(there)


def test_what_cannot_be_read_is_no_answer(there: Process) -> None:
    for answer in UNREADABLE[there.register]:
        there.does(records={NUMBER: {there.register.value: answer}})
        with pytest.raises(Unavailable):
            put(there)


def test_still_looking_is_not_unavailable(there: Process) -> None:
    there.does(pending=True)
    with pytest.raises(Pending):
        put(there)


@pytest.mark.parametrize("changes", [pytest.param({"secret": "别的"}, id="密钥"), pytest.param({"client": "another"}, id="客户")])
def test_a_wrong_log_in_is_refused(changes: dict[str, str], there: Process) -> None:
    with pytest.raises(Refused, match="身份验证"):
        put(there, **changes)
    assert there.heard()["asked"] == {}


def test_nobody_there_and_no_open_line() -> None:
    with pytest.raises(Unavailable, match="没有应答"):
        ADAPTERS[Register.IDENTITY](Line("http://127.0.0.1:9/identity", "touchstone", "x", timeout=0.2), ASKED)
    with pytest.raises(Unavailable, match="https"):
        ADAPTERS[Register.IDENTITY](Line("http://register.example.org/identity", "touchstone", "x"), ASKED)
