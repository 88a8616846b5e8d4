"""外部登记查询测试: what is asked with a registration, what does an answer change, and does anything wait for it?"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.exams.registering import entry
from tests.exams.stage import Stage
from tests.exams.test_own_registration import CLAIMS, filled, handed_in, open_plan  # noqa: F401
from tests.jobs.outside import Process, connected, running
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Candidate, Enquiry, Plan
from touchstone.exams.operations import enquiry_answers as operations
from touchstone.exams.operations.eligibility_evidence import check_evidence
from touchstone.exams.operations.own_changes import choose_another_condition
from touchstone.exams.operations.registration import register_candidate, withdraw_candidate
from touchstone.exams.queries import enquiries as queries
from touchstone.jobs.enquiries import ask_due
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry as Line
from touchstone.policy.eligibility.outside import DeathAnswer, IdentityAnswer, Register
from touchstone.simulation.cast import identity_of
from touchstone.tasks.models import Task

CHEN = identity_of("chen").id_number
LONG = {"spells": [{"since": "2014-01-01", "until": None, "by_named_employer": True}]}
SHORT = {"spells": [{"since": "2024-01-01", "until": None, "by_named_employer": True}]}


@pytest.fixture(scope="module")
def processes() -> Iterator[dict[Register, Process]]:
    """Give the registers of residents and of social insurance, running."""
    with running(Register.IDENTITY, Register.DEATH, Register.INSURANCE) as found:
        yield found


@pytest.fixture
def registers(processes: dict[Register, Process], monkeypatch: pytest.MonkeyPatch) -> dict[Register, Process]:
    """Give the registers, to which the platform is connected."""
    for name, value in connected(processes).items():
        monkeypatch.setenv(name, value)
    for one in processes.values():
        one.does(records={})
    return processes


@pytest.fixture
def mine(cast: Cast, open_plan: Plan) -> Candidate:  # noqa: F811
    """Give 陈, registered by themselves with eight years at the lathe, nothing proved."""
    return handed_in(filled(open_plan, cast.chen, cast), cast.chen, cast)


def again(candidate: Candidate) -> Candidate:
    """Give the candidate as they stand now."""
    return Candidate.objects.select_related("plan", "person").get(pk=candidate.pk)


def standings(candidate: Candidate) -> dict[str, str]:
    """Give by register how each question stands."""
    return {one.register: queries.standing_word(one) for one in queries.standing_of(candidate)}


def test_only_what_a_finding_hangs_on_is_asked(cast: Cast, mine: Candidate) -> None:
    """年限和在岗待证明：问社会保险；没有申报证书、学历：不问。本机构登记、材料齐全的，只问身份和死亡。"""
    assert standings(mine) == {"identity": "waiting", "death": "waiting", "insurance": "waiting"}
    assert mine.state == "unproven"


def test_an_answer_proves(cast: Cast, mine: Candidate, registers: dict[Register, Process]) -> None:
    """缴费记录从2014年起、由所填单位缴费：年限和在岗都有了证明，资格通过；只算自述的八年。"""
    registers[Register.INSURANCE].does(records={CHEN: {"insurance": LONG}})
    assert ask_due(Register.INSURANCE, cast.at) == {"answered": 1, "pending": 0, "unavailable": 0}
    after = again(mine)
    assert after.state == "eligible"
    assert after.proofs["work"]["periods"] == [{"since": "2018-03-02", "until": "2026-03-02", "relation": "same"}]
    assert after.proofs["employment"]["checked_by"] == "社会保险缴费登记"
    assert after.reviewed_by_id is None
    line = Line.objects.get(event="enquiry.answered", subject=mine.number)
    assert line.detail["before"]["state"] == "unproven" and line.detail["proved"] == ["employment", "work"]


def test_what_leaves_the_platform_is_on_record_without_the_number(cast: Cast, mine: Candidate, registers: dict[Register, Process]) -> None:
    ask_due(Register.INSURANCE, cast.at)
    sent = Line.objects.get(event="enquiry.sent")
    assert sent.detail == {"candidate": mine.number, "register": "insurance", "sent": ["姓名", "证件号码", "所填工作单位"]}
    kept = " ".join(str(value) for line in Line.objects.all() for value in (line.detail, line.reason, line.subject))
    rows = " ".join(str(value) for row in Enquiry.objects.values() for value in row.values())
    assert CHEN not in kept and CHEN not in rows


def test_a_contradiction_is_shown_and_decides_nothing(cast: Cast, mine: Candidate, registers: dict[Register, Process]) -> None:
    """自述八年、缴费两年：与登记不符，证明的年限按登记，其余仍可用材料证明；审核人核对的材料优先。"""
    registers[Register.INSURANCE].does(records={CHEN: {"insurance": SHORT}})
    ask_due(Register.INSURANCE, cast.at)
    after = again(mine)
    assert (after.state, standings(after)["insurance"]) == ("unproven", "contradicted")
    assert any("只有2年2个月有证明" in one["reason"] for one in after.findings)
    work = {"periods": [{"since": "2017-01-01", "until": None, "relation": "same"}]}
    checked = check_evidence(number=mine.number, kind=ProofKind.WORK, facts=work, remark="原单位工作证明原件", by=cast.sun, at=cast.at)
    assert checked.state == "eligible"
    found = operations.ask_again(candidate_number=mine.number, register=Register.INSURANCE, by=cast.sun, at=cast.at)
    ask_due(Register.INSURANCE, cast.at)
    assert again(mine).state == "eligible" and again(mine).proofs["work"]["checked_by"] == cast.sun.person_name
    assert Enquiry.objects.filter(candidate=mine, register="insurance").count() == 2 and found.number.endswith("C2")


def test_no_answer_is_a_third_thing_and_is_asked_again_by_itself(cast: Cast, mine: Candidate, registers: dict[Register, Process]) -> None:
    """挂断：暂时查不到，资格仍为待证明；两分钟后再问，再失败等四分钟；恢复后答复。"""
    there = registers[Register.INSURANCE]
    there.does(drop=True)
    assert ask_due(Register.INSURANCE, cast.at)["unavailable"] == 1
    row = Enquiry.objects.get(register="insurance")
    assert (row.state, row.why, row.next_at) == ("unavailable", "对方没有应答", cast.at + timedelta(minutes=2))
    assert again(mine).findings == mine.findings
    assert ask_due(Register.INSURANCE, cast.at + timedelta(minutes=1))["unavailable"] == 0
    later = cast.at + timedelta(minutes=2)
    ask_due(Register.INSURANCE, later)
    row.refresh_from_db()
    assert row.next_at == later + timedelta(minutes=4)
    there.does(records={CHEN: {"insurance": LONG}})
    assert ask_due(Register.INSURANCE, later + timedelta(minutes=4))["answered"] == 1
    assert again(mine).state == "eligible"
    assert there.heard()["asked"] == {row.number: 1}


def test_still_looking_waits(cast: Cast, mine: Candidate, registers: dict[Register, Process]) -> None:
    registers[Register.INSURANCE].does(pending=True)
    assert ask_due(Register.INSURANCE, cast.at)["pending"] == 1
    assert Enquiry.objects.get(register="insurance").state == "waiting"


def test_one_register_does_not_keep_back_another(cast: Cast, open_plan: Plan, registers: dict[Register, Process]) -> None:  # noqa: F811
    """社保拒绝登录：问一次就停，其余不问；人口登记照常答复。"""
    for n in range(5):
        register_candidate(plan_number=open_plan.number, entry=entry(n, employment="劳务派遣"), by=cast.sun, at=cast.at)
    registers[Register.INSURANCE].does(code=401)
    assert ask_due(Register.INSURANCE, cast.at)["unavailable"] == 1
    assert Enquiry.objects.filter(register="insurance", state="waiting").count() == 4
    registers[Register.INSURANCE].does(code=500)
    assert ask_due(Register.INSURANCE, cast.at)["unavailable"] == 3
    assert ask_due(Register.IDENTITY, cast.at)["answered"] == 5


def test_an_answer_that_comes_twice_counts_once(cast: Cast, mine: Candidate) -> None:
    number = Enquiry.objects.get(register="identity").number
    for _ in range(2):
        operations.take_answer(number=number, answer=IdentityAnswer(True), by=PLATFORM, at=cast.at)
    operations.note_unavailable(number=number, why="迟到的失败", by=PLATFORM, at=cast.at)
    assert Line.objects.filter(event="enquiry.answered").count() == 1
    assert Enquiry.objects.get(number=number).state == "answered"
    assert operations.begin_asking(number=number, by=PLATFORM, at=cast.at) is None


@pytest.mark.parametrize(
    ("register", "answer"),
    [
        pytest.param(Register.IDENTITY, IdentityAnswer(False), id="姓名不符"),
        pytest.param(Register.DEATH, DeathAnswer(None), id="健在"),
    ],
)
def test_who_somebody_is_is_looked_into_by_a_person(register: Register, answer: Any, cast: Cast, open_plan: Plan) -> None:  # noqa: F811
    """材料齐全、但姓名与登记不符：改为待证明，审核人当面核实后通过；相符的不受影响。"""
    made = register_candidate(plan_number=open_plan.number, entry=entry(), by=cast.sun, at=cast.at)
    work = {"periods": [{"since": "2015-01-01", "relation": "same"}]}
    assert check_evidence(number=made.number, kind=ProofKind.WORK, facts=work, remark="已核", by=cast.sun, at=cast.at).state == "eligible"
    operations.take_answer(number=Enquiry.objects.get(register=register.value).number, answer=answer, by=PLATFORM, at=cast.at)
    contradicted = register is Register.IDENTITY
    assert again(made).state == ("unproven" if contradicted else "eligible")
    settle: dict[str, Any] = {"candidate_number": made.number, "register": register, "by": cast.sun, "at": cast.at}
    if not contradicted:
        with pytest.raises(Refusal, match="没有待核实"):
            operations.settle_contradiction(**settle, words="已核")
        return
    with pytest.raises(Refusal, match="写明核实了什么"):
        operations.settle_contradiction(**settle, words=" ")
    operations.settle_contradiction(**settle, words="身份证原件相符，登记为曾用名")
    assert again(made).state == "eligible" and standings(made)["identity"] == "borne_out"


def test_another_condition_asks_what_it_needs(cast: Cast, open_plan: Plan, mine: Candidate) -> None:  # noqa: F811
    claims = CLAIMS | {"certificate": {"level": 5, "number": "Y000031000001205000001"}}
    choose_another_condition(number=mine.number, condition="4-2", claims=claims, by=cast.chen, at=cast.at)
    assert set(standings(mine)) == {"identity", "death", "insurance", "certificate"}
    assert Enquiry.objects.get(register="insurance", superseded_at__isnull=True).number.endswith("C2")


def test_who_leaves_is_asked_about_no_more(cast: Cast, mine: Candidate, registers: dict[Register, Process]) -> None:
    withdraw_candidate(number=mine.number, reason="报错", by=cast.sun, at=cast.at)
    assert ask_due(Register.INSURANCE, cast.at) == {"answered": 0, "pending": 0, "unavailable": 0}
    assert registers[Register.INSURANCE].heard()["asked"] == {} and not Line.objects.filter(event="enquiry.sent").exists()
    with pytest.raises(Refusal, match="已退出"):
        operations.ask_again(candidate_number=mine.number, register=Register.INSURANCE, by=cast.sun, at=cast.at)


def test_a_late_answer_changes_no_decision_but_is_put_before_the_body(cast: Cast) -> None:
    """审核已结束，人口登记才答复姓名不符：结论不变，考务经办人得到待办；核实后办结。"""
    Stage(cast, people=1).reviewed()
    late = Candidate.objects.get()
    operations.take_answer(number=Enquiry.objects.get(register="identity").number, answer=IdentityAnswer(False), by=PLATFORM, at=cast.at)
    assert again(late).state == "eligible"
    task = Task.objects.get(case=late.number, matter="undertaking_doubted")
    assert "不是这个姓名" in task.title and task.closed_at is None
    operations.settle_contradiction(candidate_number=late.number, register=Register.IDENTITY, words="曾用名，已核", by=cast.sun, at=cast.at)
    task.refresh_from_db()
    assert task.closed_at is not None


def test_without_a_line_it_is_said_so(cast: Cast, mine: Candidate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOUCHSTONE_OUTSIDE_SCHOOLING_URL", raising=False)
    Enquiry.objects.filter(register="insurance").update(register="schooling")
    assert ask_due(Register.SCHOOLING, cast.at)["unavailable"] == 1
    row = Enquiry.objects.get(register="schooling")
    assert row.why == "本平台还没有接通这项登记" and row.next_at == cast.at + timedelta(days=1)


@pytest.mark.parametrize("who", ["chen", "lin", "shi", "zhou"])
def test_nobody_else_asks_again_or_settles(who: str, cast: Cast, mine: Candidate) -> None:
    """本人、备案经办人、其他机构、主管部门都不能重新查询或者核实。"""
    number = Enquiry.objects.get(register="identity").number
    operations.take_answer(number=number, answer=IdentityAnswer(False), by=PLATFORM, at=cast.at)
    lines, actor = Line.objects.count(), getattr(cast, who)
    for act in (
        lambda: operations.ask_again(candidate_number=mine.number, register=Register.IDENTITY, by=actor, at=cast.at),
        lambda: operations.settle_contradiction(candidate_number=mine.number, register=Register.IDENTITY, words="已核", by=actor, at=cast.at),
        lambda: operations.take_answer(number=number, answer=IdentityAnswer(True), by=actor, at=cast.at),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Line.objects.count() == lines
