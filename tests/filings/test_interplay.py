"""退回、加签、转办、催办、并行同意、专家组: does each do what it says, and is each refused, changing nothing, where it must be?"""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.filings.conftest import people
from tests.refusing import all_refused_and_nothing_changed, everything
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.queries import office
from touchstone.filings import operations, queries
from touchstone.filings.states import State
from touchstone.jobs.filings import escalate_unanswered_consents, remind_of_overdue_consents
from touchstone.kernel.law import Refusal
from touchstone.policy.roles import Role
from touchstone.simulation.filing import add_venue
from touchstone.tasks.operations import hand_on
from touchstone.tasks.queries import open_on


def case(number: str) -> Any:
    return queries.filing(number, PLATFORM)


def standing(number: str, day) -> dict[str, str]:
    """Give every office asked for consent and how it stands."""
    groups = queries.consents_wanted(case(number), day)
    return {one.wanted.label: one.state for group in groups for one in group.offices}


def consent(number: str, by, at, given: bool = True) -> Any:
    return operations.answer_consent(number=number, given=given, opinion="意见如上。", by=by, at=at)


def seek(number: str, cast, by, *numbers: str) -> Any:
    return operations.seek_consent(number=number, office_ids=[office(one).pk for one in numbers], by=by, at=cast.at)


def appoint_panel(number: str, cast, by, *names: str, recusal: str = "已核对。") -> Any:
    return operations.appoint_panel(number=number, person_ids=[cast.person(n).pk for n in names], recusal=recusal, by=by, at=cast.at)


def review(number: str, cast, by, opinion: str = "条件具备。") -> Any:
    return operations.submit_panel_opinion(number=number, favourable=True, opinion=opinion, by=by, at=cast.at)


def first(number: str, cast, by, opinion: str = "同意。") -> Any:
    return operations.give_first_opinion(number=number, favourable=True, opinion=opinion, by=by, at=cast.at)


def ask(number: str, cast, by, role: Role = Role.REGISTRAR, at_office: str = "CENTRE", question: str = "请核对。") -> Any:
    return operations.ask_opinion(number=number, office_id=office(at_office).pk, role=role, question=question, by=by, at=cast.at)


def decide(number: str, cast, by) -> Any:
    return operations.decide(number=number, accept=True, opinion="同意", by=by, at=cast.at)


def recall(number: str, cast, reason: str) -> Any:
    return operations.recall_consent(number=number, reason=reason, by=cast.cui, at=cast.at)


def appoint(number: str, cast, by, *names: str) -> Any:
    return operations.appoint_assessors(number=number, person_ids=[cast.person(n).pk for n in names], recusal="无。", by=by, at=cast.at)


def step_back(number: str, cast, by, step: str = "technical_assessment", reason: str = "请重新评估。") -> Any:
    return operations.return_to_step(number=number, step=step, reason=reason, by=by, at=cast.at)


REFUSED = [
    # 路线, 环节, 说明, 尝试, 拒绝的话里应有
    ("school", "concluded", "初审_受理经办人无权", lambda n, c: first(n, c, c.zhou), "审批负责人"),
    ("school", "concluded", "初审_市职鉴中心无权", lambda n, c: first(n, c, c.han), "不由您所在的机构"),
    ("school", "concluded", "初审_没有理由", lambda n, c: first(n, c, c.wu, opinion=" "), "理由"),
    ("school", "concluded", "决定_区人社局不能越过专家复核", lambda n, c: decide(n, c, c.wu), "不由您"),
    ("school", "concluded", "专家组_还在区初审", lambda n, c: appoint_panel(n, c, c.tao, "ge", "mo", "bai"), "选定复核专家"),
    ("school", "opined", "初审_已经提过", lambda n, c: first(n, c, c.wu), "提出初审意见"),
    ("school", "opined", "专家组_区人社局无权", lambda n, c: appoint_panel(n, c, c.zhou, "ge", "mo", "bai"), "市职鉴中心"),
    ("school", "opined", "专家组_双数", lambda n, c: appoint_panel(n, c, c.tao, "ge", "mo", "bai", "ji"), "单数"),
    ("school", "opined", "专家组_同一人凑数", lambda n, c: appoint_panel(n, c, c.tao, "ge", "ge", "mo"), "单数"),
    ("school", "opined", "专家组_不是专家", lambda n, c: appoint_panel(n, c, c.tao, "ge", "mo", "hua"), "评审专家"),
    ("school", "opined", "专家组_没有回避核查", lambda n, c: appoint_panel(n, c, c.tao, "ge", "mo", "bai", recusal=""), "回避"),
    ("school", "panelled", "专家组_已经选定", lambda n, c: appoint_panel(n, c, c.tao, "ge", "mo", "ji"), "已经选定"),
    ("school", "panelled", "声明_已经声明", lambda n, c: operations.declare_no_tie(number=n, by=c.ge, at=c.at), "已经作出"),
    ("school", "panelled", "意见_没有选中的专家", lambda n, c: review(n, c, c.ji), "不由您"),
    ("school", "panelled", "意见_没有理由", lambda n, c: review(n, c, c.ge, opinion=""), "理由"),
    ("school", "panelled", "汇总_还没交齐", lambda n, c: operations.conclude_panel(number=n, by=c.tao, at=c.at), "没有提交意见"),
    ("school", "panelled", "汇总_负责人不汇总", lambda n, c: operations.conclude_panel(number=n, by=c.han, at=c.at), "受理经办人"),
    ("school", "reviewed", "退回_没有这个环节", lambda n, c: step_back(n, c, c.han, step="decision"), "已经办过"),
    ("school", "reviewed", "退回_没有理由", lambda n, c: step_back(n, c, c.han, reason=""), "理由"),
    ("school", "reviewed", "退回_区人社局已不承办", lambda n, c: step_back(n, c, c.wu), "不由您"),
    ("school", "announced", "退回_已经公示", lambda n, c: step_back(n, c, c.han), "不能退回"),
    ("central_enterprise", "drafted", "征求_申请单位没有权限的人", lambda n, c: seek(n, c, c.pan, "HY-machinery"), "备案经办人"),
    ("central_enterprise", "drafted", "撤回征求_还没征求", lambda n, c: recall(n, c, "改"), "不能撤回征求"),
    ("central_enterprise", "consent_sought", "撤回征求_没有原因", lambda n, c: recall(n, c, ""), "原因"),
    ("central_enterprise", "consent_sought", "答复_没被征求的部门", lambda n, c: consent(n, c.lu, c.at), "不由您"),
    ("central_enterprise", "submitted", "指派_注册地区人社局不承办市级备案", lambda n, c: appoint(n, c, c.zhou, "zheng", "feng"), "不由您"),
    ("central_enterprise", "submitted", "指派_区评估员不评市级备案", lambda n, c: appoint(n, c, c.tao, "zheng", "feng"), "在任的技术评估员"),
    ("central_enterprise", "submitted", "加签_没有写问题", lambda n, c: ask(n, c, c.tao, question=""), "问题"),
    ("central_enterprise", "submitted", "加签_对方没有这个岗位", lambda n, c: ask(n, c, c.tao, at_office="HY-machinery"), "不能出具"),
    ("central_enterprise", "submitted", "加签_申请单位不能提出", lambda n, c: ask(n, c, c.cui), "加签由"),
    ("central_enterprise", "consented", "加签_不在审核中", lambda n, c: ask(n, c, c.tao), "不能加签"),
    ("central_enterprise", "submitted", "催办_看不到这件的机构", lambda n, c: operations.urge(number=n, by=c.shi, at=c.at), "不在您的职责范围"),
    ("central_enterprise", "drafted", "催办_没有别的单位待办", lambda n, c: operations.urge(number=n, by=c.cui, at=c.at), "没有其他单位"),
    ("central_enterprise", "signed", "知悉_没有被告知的区", lambda n, c: operations.take_note(number=n, by=c.wu, at=c.at), "质量督导员"),
]


@pytest.mark.parametrize(("route", "stage"), sorted({row[:2] for row in REFUSED}))
def test_refuses_and_changes_nothing(route, stage, wide_cast, on_route):
    """每个动作在不该办时都被拒绝，而且什么都不变。"""
    number = on_route(route, stage)
    here = (row for row in REFUSED if row[:2] == (route, stage))
    all_refused_and_nothing_changed((name, partial(attempt, number, wide_cast), said) for _, _, name, attempt, said in here)


HOME_VENUE, AWAY_VENUE = "考核点所在区（浦东新区）人力资源社会保障局", "考核点所在区（徐汇区）人力资源社会保障局"
WANTED = {
    "central_enterprise": {"行业主管部门", HOME_VENUE, AWAY_VENUE},
    "district_enterprise": {"注册地区行业主管部门", "注册地区人力资源社会保障局"},
    "social_body": {"行业主管部门", HOME_VENUE, AWAY_VENUE},
    "school": {"行业主管部门"},
}


@pytest.mark.parametrize("route", WANTED)
def test_whose_consent_each_route_needs(route, wide_cast, on_route):
    """每条路线须征求谁的同意。"""
    number = on_route(route, "drafted")
    assert standing(number, wide_cast.at.date()) == dict.fromkeys(WANTED[route], "not_asked")


def test_consents_run_side_by_side_and_all_are_needed(wide_cast, on_route):
    """行业主管部门和考核点所在区并行答复，缺一不可；不同意的重新征求时，已同意的不再问。"""
    c, number = wide_cast, on_route("central_enterprise", "consent_sought")
    consent(number, c.pan, c.at)
    consent(number, c.he, c.at)
    assert case(number).state == State.CONSENT_SOUGHT
    consent(number, c.du, c.at, given=False)
    assert case(number).state == State.DRAFTED
    with pytest.raises(Refusal, match="不能提交"):
        operations.submit(number=number, by=c.cui, at=c.at)
    asked = operations.seek_consent(number=number, office_ids=[], by=c.cui, at=c.at)
    assert [one.office.number for one in asked] == ["RS-310104"]
    consent(number, c.du, c.at)
    assert case(number).state == State.CONSENTED


def test_outgrown_consent_is_asked_for_again(wide_cast, on_route):
    """增加市外考核点：涉及的由市职鉴中心同意，其他已取得的同意继续有效。"""
    c, number = wide_cast, on_route("central_enterprise", "consent_sought")
    consent(number, c.pan, c.at)
    consent(number, c.he, c.at)
    operations.recall_consent(number=number, reason="增加市外考核点。", by=c.cui, at=c.at)
    body = case(number).body
    venue = add_venue(body, "外省基地", "", by=c.cui, at=c.at)
    line = case(number).scope.filter(level=5)[0]
    operations.add_scope_item(
        number=number, occupation=line.occupation.code, trade="", level=5, standard=line.standard.number, venue=venue, by=c.cui, at=c.at
    )
    now = standing(number, c.at.date())
    assert now == {"行业主管部门": "given", HOME_VENUE: "given", AWAY_VENUE: "not_asked", "市职鉴中心（市外考核点）": "not_asked"}
    asked = operations.seek_consent(number=number, office_ids=[], by=c.cui, at=c.at)
    assert {one.office.number for one in asked} == {"RS-310104", "CENTRE"}


def test_silence_is_reminded_then_escalated_and_never_consent(wide_cast, on_route):
    """逾期先催办一次，再提请督办，始终不视为同意。"""
    c, number = wide_cast, on_route("school", "consent_sought")
    late = c.at + timedelta(days=60)
    assert (remind_of_overdue_consents(late), remind_of_overdue_consents(late)) == (1, 0)
    assert (escalate_unanswered_consents(late), escalate_unanswered_consents(late)) == (1, 0)
    assert {(t.office.number, t.role) for t in open_on(number)} == {("HY-education", "consent_officer"), ("HY-education", "director")}
    assert case(number).state == State.CONSENT_SOUGHT
    consent(number, c.lu, late)
    assert {t.matter for t in open_on(number)} == {"filing.submit"}


def test_panel_is_blind_until_all_have_spoken(wide_cast, on_route):
    """专家交齐前互不可见，多数同意才通过。"""
    c, number = wide_cast, on_route("school", "panelled")

    def seen_by(actor) -> set[str]:
        panel = queries.latest_panel(case(number))
        assert panel is not None
        return {seat.expert.name for seat in queries.opinions_shown_to(panel, actor)}

    for by, favourable in ((c.ge, True), (c.mo, False)):
        operations.submit_panel_opinion(number=number, favourable=favourable, opinion="理由。", by=by, at=c.at)
    assert (seen_by(c.ge), seen_by(c.tao), seen_by(c.han)) == ({"葛文渊"}, set(), set())
    operations.submit_panel_opinion(number=number, favourable=False, opinion="理由。", by=c.bai, at=c.at)
    assert seen_by(c.tao) == {"葛文渊", "莫怀远", "白露晞"}
    operations.conclude_panel(number=number, by=c.tao, at=c.at)
    before = everything()
    with pytest.raises(Refusal, match="专家复核未通过"):
        decide(number, c, c.han)
    assert everything() == before


def test_expert_of_the_applicant_stands_aside(wide_cast, on_route):
    """在申请单位任职的专家须回避；没有作声明的不能提意见。"""
    c, number = wide_cast, on_route("school", "opined")
    from touchstone.accounts.operations import grant_role

    grant_role(person=c.person("ji"), office=c.body_f.office, role=Role.BODY_PLANNER, since=c.at.date(), by=PLATFORM, at=c.at)
    with pytest.raises(Refusal, match="应当回避"):
        appoint_panel(number, c, c.tao, "ge", "mo", "ji")
    appoint_panel(number, c, c.tao, "ge", "mo", "bai")
    with pytest.raises(Refusal, match="须先声明"):
        review(number, c, c.ge)


def test_sent_back_to_an_earlier_step_the_form_comes_back_filled(wide_cast, on_route):
    """退回技术评估：旧的评估、初审和复核留档，重新评分时原分数还在。"""
    c, number = wide_cast, on_route("school", "reviewed")
    old = queries.latest_assessment(case(number))
    assert old is not None
    step_back(number, c, c.han)
    filing = case(number)
    assert filing.step == "technical_assessment" and queries.latest_assessment(filing) is None and queries.latest_panel(filing) is None
    assert queries.latest_first_opinion(filing) is None and filing.assessments.count() == 1
    assert {(t.office.number, t.matter) for t in open_on(number)} == {("RS-310115", "filing.appoint")}
    ids = [c.person("zheng").pk, c.person("feng").pk]
    again = operations.appoint_assessors(number=number, person_ids=ids, recusal="无。", by=c.zhou, at=c.at)
    assert [s.scores for s in again.sheets.order_by("pk")] == [s.scores for s in old.sheets.order_by("pk")]


def test_step_waits_for_an_added_opinion(wide_cast, on_route):
    """加签没有答复，本环节不能办结；撤回或答复之后可以。"""
    c, number = wide_cast, on_route("central_enterprise", "concluded")
    asked = ask(number, c, c.han, role=Role.CONSENT_OFFICER, at_office="HY-machinery")
    before = everything()
    with pytest.raises(Refusal, match="装备制造行业主管部门的加签意见尚未答复"):
        decide(number, c, c.han)
    with pytest.raises(Refusal, match="不由您"):
        operations.answer_opinion(opinion_id=asked.pk, answer="属实", by=c.lu, at=c.at)
    assert everything() == before
    operations.answer_opinion(opinion_id=asked.pk, answer="产能属实。", by=c.pan, at=c.at)
    decide(number, c, c.han)
    assert case(number).state == State.ANNOUNCED


def test_added_opinion_lapses_when_the_case_goes_back(wide_cast, on_route):
    """退回补正时没有答复的加签不再需要，重新提交后不受它影响。"""
    c, number = wide_cast, on_route("central_enterprise", "submitted")
    asked = ask(number, c, c.tao)
    operations.return_for_supplement(number=number, reason="请补充。", points={}, by=c.tao, at=c.at)
    asked.refresh_from_db()
    assert asked.called_back_at == c.at and {t.matter for t in open_on(number)} == {"filing.supplement"}
    with pytest.raises(Refusal, match="没有待答复"):
        operations.answer_opinion(opinion_id=asked.pk, answer="属实。", by=c.xu, at=c.at)


def test_urged_once_a_day(wide_cast, on_route):
    """申请单位可以催办，同一事项每天一次。"""
    c, number = wide_cast, on_route("central_enterprise", "submitted")
    assert operations.urge(number=number, by=c.cui, at=c.at) == 1
    before = everything()
    with pytest.raises(Refusal, match="今天已经催办"):
        operations.urge(number=number, by=c.cui, at=c.at + timedelta(hours=3))
    assert everything() == before
    assert operations.urge(number=number, by=c.cui, at=c.at + timedelta(days=1)) == 1


def test_task_is_handed_on_within_office_and_role(wide_cast, on_route):
    """转办只给本单位同岗位的同事，并写明原因。"""
    c, number = wide_cast, on_route("central_enterprise", "appointed")
    task = open_on(number).filter(matter="filing.assess_1")[0]
    hand_on(task_id=task.pk, to_user_id=c.yan.user_id, words="本人出差。", by=c.hua, at=c.at)
    before = everything()
    for by, to, words, said in (
        (c.yan, c.tao, "请办理。", "同一岗位"),
        (c.yan, c.hua, "", "原因"),
        (c.hua, c.yan, "请办理。", "已由同事签收"),
        (c.zheng, c.yan, "请办理。", "不属于您"),
    ):
        with pytest.raises(Refusal, match=said):
            hand_on(task_id=task.pk, to_user_id=to.user_id, words=words, by=by, at=c.at)
    assert everything() == before
    assert open_on(number).get(pk=task.pk).taken_by_id == c.yan.user_id


def test_body_names_its_superior_and_may_ask_it_instead(wide_cast, on_route):
    """登记上级主管部门后，可以在行业主管部门和上级主管部门中选一个征求。"""
    from touchstone.bodies.operations import choose_superior

    c, number = wide_cast, on_route("central_enterprise", "drafted")
    before = everything()
    for wrong, by in ((office("CENTRE").pk, c.cui), (office("HY-state_assets").pk, c.shi)):
        with pytest.raises(Refusal):
            choose_superior(body=c.body_d, office_id=wrong, by=by, at=c.at)
    assert everything() == before
    choose_superior(body=c.body_d, office_id=office("HY-state_assets").pk, by=c.cui, at=c.at)
    with pytest.raises(Refusal, match="请选择向哪个部门"):
        seek(number, c, c.cui)
    seek(number, c, c.cui, "HY-state_assets")
    for by in (c.mei, c.he, c.du):
        consent(number, by, c.at)
    assert case(number).state == State.CONSENTED


def test_gates_come_before_a_social_bodys_application(wide_cast, on_route):
    """没有入选项目的社会评价组织不能征求同意。"""
    c, number = wide_cast, on_route("social_body", "drafted")
    c.body_e.selections.update(ended_on=c.at.date())
    before = everything()
    with pytest.raises(Refusal) as refusal:
        seek(number, c, people(c, "social_body")["filer"], "HY-civil_affairs")
    assert any("入选" in line and "三(一)2" in line for line in refusal.value.details)
    assert everything() == before


def test_who_sees_a_case_of_the_centre(wide_cast, on_route):
    """市级备案：考核点所在区、被征求的部门和市职鉴中心看得到，别的不行。"""
    c, number = wide_cast, on_route("central_enterprise", "consent_sought")
    everyone = ("cui", "pan", "he", "du", "tao", "han", "lu", "fan", "lin", "jiang")
    seen = {w for w in everyone if queries.filings(getattr(c, w)).filter(number=number).exists()}
    assert seen >= {"cui", "pan", "he", "du", "tao", "han"} and not seen & {"lu", "fan", "lin"}
