"""预警办理测试: a case is asked about, answered, handed on, decided, opened again; and who may not."""

from datetime import datetime
from functools import partial

import pytest

from tests.cast import SHANGHAI, Cast
from tests.certificates.issuing import AT
from tests.monitoring.hits import raised, raised_across
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import VISITOR, Actor
from touchstone.files.queries import of_case
from touchstone.ledger.models import Entry
from touchstone.monitoring import operations as acts
from touchstone.monitoring.models import Alert
from touchstone.monitoring.queries import alert as seen
from touchstone.monitoring.queries import alerts, certificates_behind, concerned, rows_of, tallies
from touchstone.monitoring.states import State
from touchstone.policy.certificates.revocation import Cause
from touchstone.revocations.models import Revocation
from touchstone.tasks.models import Task

LATER = datetime(2026, 4, 14, 9, 0, tzinfo=SHANGHAI)
"""The day before the bodies' time is over; it ends with 14 April."""
OVER = datetime(2026, 4, 15, 9, 0, tzinfo=SHANGHAI)
QUESTION = "请说明登分过程。"


def asked(cast: Cast) -> Alert:
    """Give a case of 浦东新区 about which body 甲 was asked."""
    return acts.ask_bodies(number=raised(cast).number, question=QUESTION, by=cast.wang, at=AT)


def test_a_body_is_asked_and_answers_with_evidence(cast: Cast) -> None:
    """区质量督导员请机构说明，机构附证据答复，转回承办单位认定。"""
    alert = asked(cast)
    line = alert.concerned.get()
    assert (alert.state, line.question, str(line.answer_due_on)) == (State.ASKED, QUESTION, "2026-04-14")
    owed = Task.objects.open().filter(case=alert.number)
    assert {(one.matter, one.office_id) for one in owed} == {("answer_alert", cast.body_a.office_id), ("decide_alert", alert.owner_id)}
    acts.answer(number=alert.number, words="为批量导入成绩册。", files=[("成绩册.pdf", b"%PDF-1.7 x")], by=cast.sun, at=LATER)
    alert.refresh_from_db()
    assert alert.state == State.ANSWERED
    assert [one.name for one in of_case(alert.number, cast.body_a.number)] == ["成绩册.pdf"]
    assert not Task.objects.open().filter(case=alert.number, matter="answer_alert").exists()
    refused_and_nothing_changed(lambda: acts.answer(number=alert.number, words="再说", by=cast.sun, at=LATER), "不能作出说明", "monitoring")


def test_it_is_upheld_only_after_the_body_was_heard(cast: Cast) -> None:
    """没有请机构说明、说明期未满的，不能认定属实；期满没有说明的可以。"""
    alert = raised(cast)

    def uphold(at: datetime) -> Alert:
        return acts.uphold(number=alert.number, reason="登分异常", by=cast.wang, at=at)

    refused_and_nothing_changed(lambda: uphold(AT), "不能认定属实", "monitoring")
    acts.ask_bodies(number=alert.number, question=QUESTION, by=cast.wang, at=AT)
    refused_and_nothing_changed(lambda: uphold(LATER), "尚未届满", "monitoring")
    upheld = uphold(OVER)
    assert upheld.state == State.UPHELD
    assert [one["outcome"] for one in upheld.findings] == ["met", "met"]
    assert not Task.objects.open().filter(case=alert.number).exists()


def test_what_is_decided_late_says_so(cast: Cast) -> None:
    """逾期认定的，审查意见里写明逾期。"""
    late = datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
    found = acts.dismiss(number=raised(cast).number, reason="情况属实", by=cast.wang, at=late)
    assert [one["outcome"] for one in found.findings] == ["unmet"]


def test_a_rule_shows_how_much_was_upheld(cast: Cast) -> None:
    """规则的命中率和属实率随认定更新。"""
    alert = asked(cast)
    acts.close(number=alert.number, upheld=True, reason="现场检查属实", by=cast.wu, at=OVER)
    tally = tallies()["pace.scores"]
    assert (tally.cases, tally.upheld, tally.decided, tally.upheld_share) == (1, 1, 1, 1.0)
    assert tally.hit_rate == 1 / 400


def test_a_case_of_two_bodies_waits_for_both(cast: Cast) -> None:
    """涉及两家机构的，各自说明，互相看不到；都说明了才待认定。"""
    alert = raised_across(cast)
    acts.ask_bodies(number=alert.number, question=QUESTION, by=cast.han, at=AT)
    acts.answer(number=alert.number, words="甲的说明", by=cast.qian, at=AT)
    assert seen(alert.number, cast.han).state == State.ASKED
    assert [one.answer for one in concerned(alert, cast.shi)] == [""]
    rows, kept_back = rows_of(alert, cast.shi)
    assert ([row.body for row in rows], kept_back) == ([cast.body_b], 1)
    acts.answer(number=alert.number, words="乙的说明", by=cast.shi, at=AT)
    assert seen(alert.number, cast.han).state == State.ANSWERED
    assert [one.answer for one in concerned(alert, cast.han)] == ["甲的说明", "乙的说明"]


def test_it_is_handed_to_a_district_it_concerns_and_to_a_colleague(cast: Cast) -> None:
    """市职鉴中心可以转交所涉的区，区里可以指定经办人；不涉及的区不能转。"""
    number = raised_across(cast).number
    for office in ("RS-310101", "RS-999999", "CENTRE"):
        hand_on = partial(acts.assign, number=number, office=office, reason="牵头", by=cast.han, at=AT)
        refused_and_nothing_changed(hand_on, "只能转交", "monitoring")
    alert = acts.assign(number=number, office="RS-310115", reason="由浦东牵头核实", by=cast.han, at=AT)
    assert (alert.owner.district, Task.objects.open().get(case=number).office_id) == ("310115", alert.owner_id)
    alert = acts.assign(number=number, user_id=cast.wang.user_id, reason="熟悉情况", by=cast.wu, at=AT)
    assert alert.handler_id == cast.wang.user_id
    refused_and_nothing_changed(lambda: acts.assign(number=number, user_id=cast.lv.user_id, reason="x", by=cast.wu, at=AT), "本单位", "monitoring")


def test_reopening(cast: Cast) -> None:
    """审批负责人可以重新核实，期限重新起算；据此已立案的不能。"""
    alert = asked(cast)
    acts.uphold(number=alert.number, reason="属实", by=cast.wang, at=OVER)
    again = acts.reopen(number=alert.number, reason="收到新证据", by=cast.wu, at=OVER)
    assert (again.state, again.reopened, str(again.due_on)) == (State.OPEN, 1, "2026-05-15")
    acts.ask_bodies(number=alert.number, question=QUESTION, by=cast.wang, at=OVER)
    acts.answer(number=alert.number, words="确有错误", by=cast.sun, at=OVER)
    acts.uphold(number=alert.number, reason="属实", by=cast.wang, at=OVER)
    acts.lead_on(number=alert.number, case="CX202600001", by=cast.wu, at=OVER)
    refused_and_nothing_changed(lambda: acts.reopen(number=alert.number, reason="x", by=cast.wu, at=OVER), "已立案CX202600001", "monitoring")
    refused_and_nothing_changed(lambda: acts.lead_on(number=alert.number, case="x", by=cast.wu, at=OVER), "没有后续案件", "monitoring")


def test_an_upheld_case_leads_to_a_case_of_revocation(cast: Cast) -> None:
    """认定属实的预警可以提请撤销：案件写明来源，预警写明案件，只能提请一次；没有认定的、别的区、只能查看的不能。"""
    alert = asked(cast)
    numbers = certificates_behind(alert)
    assert numbers == [row.number for row in alert.rows.order_by("place")]

    def lead(by: Actor, numbers: list[str] = numbers) -> str:
        return acts.open_revocation(
            number=alert.number, cause=Cause.WRONG, clause_words=alert.clause, certificate_numbers=numbers, reason=alert.told, by=by, at=OVER
        )

    refused_and_nothing_changed(lambda: lead(cast.wang), "只有认定属实", "monitoring")
    acts.uphold(number=alert.number, reason="属实", by=cast.wang, at=OVER)
    refused_and_nothing_changed(lambda: lead(cast.du), "承办", "revocations")
    refused_and_nothing_changed(lambda: lead(cast.sun), "办理", "revocations")
    refused_and_nothing_changed(lambda: lead(cast.wang, ["Y000000000000000000"]), "不能立案", "monitoring")
    made = Revocation.objects.get(number=lead(cast.wang))
    alert.refresh_from_db()
    assert (made.origin, made.row_count, alert.led_to) == (alert.number, 2, made.number)
    refused_and_nothing_changed(lambda: lead(cast.wang), "没有后续案件", "revocations")


def test_who_may_not(cast: Cast) -> None:
    """岗位不对、别的区、别家机构、没有登录，都办不了，也没有写明理由的。"""
    number = asked(cast).number

    def tries(verb: str, by: Actor, words: str = "理由") -> object:
        verbs = {
            "ask": lambda: acts.ask_bodies(number=number, question=words, by=by, at=LATER),
            "answer": lambda: acts.answer(number=number, words=words, by=by, at=LATER),
            "uphold": lambda: acts.uphold(number=number, reason=words, by=by, at=OVER),
            "dismiss": lambda: acts.dismiss(number=number, reason=words, by=by, at=LATER),
            "assign": lambda: acts.assign(number=number, office="CENTRE", reason=words, by=by, at=LATER),
            "reopen": lambda: acts.reopen(number=number, reason=words, by=by, at=LATER),
        }
        return verbs[verb]()

    others = (("zhou", "办理"), ("du", "承办"), ("han", "承办"), ("pan", "承办"), ("sun", "办理"), ("shi", "办理"))
    verbs = ("ask", "uphold", "dismiss", "assign")
    refused = [(f"{verb}{who}", verb, getattr(cast, who), said) for verb in verbs for who, said in others]
    refused += [(f"{verb}没有登录", verb, VISITOR, "办理") for verb in (*verbs, "answer", "reopen")]
    refused += [("别家机构答复", "answer", cast.shi, "没有请您"), ("备案经办人答复", "answer", cast.lin, "办理")]
    refused += [("督导员重开", "reopen", cast.wang, "办理")]
    no_words = [(f"{verb}没有写", verb, cast.wang, "请写明") for verb in ("ask", "uphold", "dismiss")]
    no_words += [("转交没有写", "assign", cast.wang, "须写明")]
    all_refused_and_nothing_changed(
        [(name, partial(tries, verb, by), said) for name, verb, by, said in refused]
        + [(name, partial(tries, verb, by, " "), said) for name, verb, by, said in no_words]
        + [("机构没有写", partial(tries, "answer", cast.sun, " "), "请填写情况说明")],
        "monitoring",
    )


def test_a_heavy_case_is_dismissed_by_the_director_only(cast: Cast) -> None:
    """高级别预警认定不属实，须由审批负责人作出。"""
    alert = raised(cast)
    Alert.objects.update(severity="high")
    refused_and_nothing_changed(lambda: acts.dismiss(number=alert.number, reason="x", by=cast.wang, at=AT), "审批负责人", "monitoring")
    assert acts.dismiss(number=alert.number, reason="系统时间有误", by=cast.wu, at=AT).state == State.DISMISSED


@pytest.mark.parametrize(
    ("who", "count"),
    [
        pytest.param("wang", 1, id="监管区"),
        pytest.param("du", 1, id="所涉的另一区"),
        pytest.param("han", 1, id="市职鉴中心"),
        pytest.param("shen", 1, id="市局"),
        pytest.param("pan", 1, id="行业主管"),
        pytest.param("jiang", 1, id="区里的行业主管"),
        pytest.param("tang", 0, id="别的行业"),
        pytest.param("qian", 0, id="没有被请说明的机构"),
        pytest.param("song", 0, id="考评人员"),
    ],
)
def test_who_sees_a_case(cast: Cast, who: str, count: int) -> None:
    """预警由监管的区、市和行业主管查看；机构只看请它说明的。"""
    raised_across(cast)
    assert alerts(getattr(cast, who)).count() == count


def test_every_step_leaves_one_line(cast: Cast) -> None:
    """每一步在存证里留一行。"""
    alert = asked(cast)
    acts.answer(number=alert.number, words="说明", by=cast.sun, at=AT)
    acts.uphold(number=alert.number, reason="属实", by=cast.wang, at=AT)
    lines = Entry.objects.filter(subject=alert.number, event__startswith="alert.").order_by("pk")
    assert [one.event for one in lines] == ["alert.raised", "alert.asked", "alert.answered", "alert.upheld"]
