"""备案拒绝: is every verb refused in the wrong state, by the wrong role, on foreign ground, without words, and is nothing changed?"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from tests.refusing import all_refused_and_nothing_changed, everything, refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.filings import operations, queries
from touchstone.kernel.law import Refusal
from touchstone.notices.operations import make_objection
from touchstone.notices.queries import of_case
from touchstone.policy.filing.site_visit import Look, Seen, Subject
from touchstone.policy.roles import Role
from touchstone.simulation.filing import PDF, TURNER, score, sight

MOULD = {"occupation": "6-18-04-01", "level": 5, "standard": "GZB 6-18-04-01-2019"}


def foreign_director(cast: Any) -> Any:
    """Give the foreign district's 吕 with every role of a bureau."""
    return replace(cast.lv, roles=frozenset({Role.DIRECTOR, Role.INTAKE_CLERK, Role.CONSENT_OFFICER, Role.TECHNICAL_ASSESSOR}))


def scope_line(number: str, cast, by, **changed: Any) -> object:
    venue = queries.filing(number, cast.lin).body.venues.get().number
    line = {"occupation": TURNER, "trade": "", "level": 2, "standard": f"GZB {TURNER}-2018", "venue": venue, **changed}
    return operations.add_scope_item(number=number, by=by, at=cast.at, **line)


def consent_office(number: str, cast, by, of=None) -> object:
    return operations.seek_consent(number=number, office_ids=[(of or cast.jiang).office_id], by=by, at=cast.at)


def two(cast, *names: str) -> list[int]:
    return [cast.person(name).pk for name in names]


def appoint(number: str, cast, by, people=("zheng", "feng"), recusal="无应当回避的关系。") -> object:
    return operations.appoint_assessors(number=number, person_ids=two(cast, *people), recusal=recusal, by=by, at=cast.at)


def visit(number: str, cast, by, **changed: Any) -> object:
    venue = queries.filing(number, cast.zhou).body.venues.get().pk
    seen = replace(sight(venue, cast.at.date(), "钱书瑶", "属实"), **changed)
    return operations.record_visit(number=number, sight=seen, by=by, at=cast.at)


def confirm(number: str, cast, by) -> object:
    seen = queries.filing(number, cast.zhou).assessments.get().visits.get()
    return operations.confirm_visit(number=number, visit_id=seen.pk, by=by, at=cast.at)


def submit_sheet(number: str, cast, by, points: str = "9", changed: dict[str, dict[str, str]] | None = None) -> object:
    scores = score(number, points, by=cast.zhou, at=cast.at) | (changed or {})
    return operations.submit_sheet(number=number, scores=scores, by=by, at=cast.at)


def back(number: str, cast, by, reason: str = "请补充") -> object:
    return operations.return_for_supplement(number=number, reason=reason, points={}, by=by, at=cast.at)


def decide(number: str, cast, by, accept: bool = True, opinion: str = "同意") -> object:
    return operations.decide(number=number, accept=accept, opinion=opinion, by=by, at=cast.at)


def objected(number: str, cast) -> str:
    notice = of_case(number)[0]
    return make_objection(notice_number=notice.number, name="赵某", phone="13800000000", content="场地不实", by=PLATFORM, at=cast.at).number


def answer(number: str, cast, by, objection: str, words: str = "经查不属实") -> object:
    return operations.answer_filing_objection(number=number, objection=objection, upheld=False, answer=words, by=by, at=cast.at)


def report_of(number: str, cast) -> str:
    return queries.filing(number, cast.xu).report.number


def sign(number: str, cast, by, code: str = "") -> object:
    return operations.sign_for_report(number=report_of(number, cast), site_code=code, by=by, at=cast.at)


def query(number: str, cast, by, words: str = "请说明") -> object:
    return operations.query_report(number=report_of(number, cast), query=words, by=by, at=cast.at)


def answer_query(number: str, cast, by, words: str = "说明如下") -> object:
    return operations.answer_report(number=report_of(number, cast), answer=words, by=by, at=cast.at)


def save(number: str, cast, by, section: str = "identity", revision: int = 1) -> object:
    return operations.save_draft(number=number, section=section, content={}, revision=revision, session="新", by=by, at=cast.at)


def attach(number: str, cast, by, label: str = "经费保障说明", name: str = "a.pdf", content: bytes = PDF) -> object:
    return operations.attach_evidence(number=number, label=label, name=name, content=content, by=by, at=cast.at)


def withdraw(number: str, cast, by, reason: str = "重来") -> object:
    return operations.withdraw_filing(number=number, reason=reason, by=by, at=cast.at)


def consent(number: str, cast, by, given: bool = True, opinion: str = "同意") -> object:
    return operations.answer_consent(number=number, given=given, opinion=opinion, by=by, at=cast.at)


Attempt = Callable[[str, Any], object]
CASES: list[tuple[str, str, Attempt, str]] = [
    # 说明, 所在环节, 尝试, 拒绝的话里应有
    ("开始_主管部门不能代填", "drafted", lambda n, c: operations.begin_filing(by=c.wu, at=c.at), "备案经办人"),
    ("开始_考务经办人不能填", "drafted", lambda n, c: operations.begin_filing(by=c.sun, at=c.at), "备案经办人"),
    ("开始_已有一件在办", "drafted", lambda n, c: operations.begin_filing(by=c.lin, at=c.at), "正在办理"),
    ("保存_征求意见中已锁定", "consent_sought", lambda n, c: save(n, c, c.lin), "已锁定"),
    ("保存_考务经办人", "drafted", lambda n, c: save(n, c, c.sun), "备案经办人"),
    ("保存_别家机构", "drafted", lambda n, c: save(n, c, c.shi), "不由您所在的机构"),
    ("保存_没有这一部分", "drafted", lambda n, c: save(n, c, c.lin, section="其他"), "不是可以填写的部分"),
    ("保存_另一人已先保存", "drafted", lambda n, c: save(n, c, c.lin, revision=0), "没有覆盖"),
    ("范围_审核中已锁定", "submitted", lambda n, c: scope_line(n, c, c.lin), "已锁定"),
    ("范围_考务经办人", "drafted", lambda n, c: scope_line(n, c, c.sun), "备案经办人"),
    ("范围_别家机构", "drafted", lambda n, c: scope_line(n, c, c.shi), "不由您所在的机构"),
    ("范围_目录之外的职业", "drafted", lambda n, c: scope_line(n, c, c.lin, occupation="9-99-99-99"), "可备案职业"),
    ("范围_不可备案的等级", "drafted", lambda n, c: scope_line(n, c, c.lin, **MOULD), "没有可备案的"),
    ("范围_没有标准", "drafted", lambda n, c: scope_line(n, c, c.lin, standard=""), "标准"),
    ("范围_别人的考核点", "drafted", lambda n, c: scope_line(n, c, c.lin, venue="KD999999"), "考核点"),
    ("范围_已经填报过", "drafted", lambda n, c: scope_line(n, c, c.lin, level=5), "已经填报过"),
    ("范围_超出已同意的范围", "consented", lambda n, c: scope_line(n, c, c.lin), "已经同意的范围"),
    ("移除范围_没有这一行", "drafted", lambda n, c: operations.remove_scope_item(number=n, item_id=0, by=c.lin, at=c.at), "已经移除"),
    ("上传_审核中已锁定", "submitted", lambda n, c: attach(n, c, c.lin), "已锁定"),
    ("上传_别家机构", "drafted", lambda n, c: attach(n, c, c.shi), "不由您所在的机构"),
    ("上传_没有这类材料", "drafted", lambda n, c: attach(n, c, c.lin, label="别的"), "没有“别的”"),
    ("上传_内容与扩展名不符", "drafted", lambda n, c: attach(n, c, c.lin, content=b"MZ"), "扩展名不符"),
    ("移除材料_没有这份", "drafted", lambda n, c: operations.withdraw_evidence(number=n, attachment="A0", by=c.lin, at=c.at), "已经移除"),
    ("征求同意_已在征求中", "consent_sought", lambda n, c: consent_office(n, c, c.lin), "不能征求同意"),
    ("征求同意_考务经办人", "drafted", lambda n, c: consent_office(n, c, c.sun), "备案经办人"),
    ("征求同意_别家机构", "drafted", lambda n, c: consent_office(n, c, c.shi), "不由您所在的机构"),
    ("征求同意_别区部门", "drafted", lambda n, c: consent_office(n, c, c.lin, of=c.lv), "请选择向哪个部门"),
    ("答复_还没有征求", "drafted", lambda n, c: consent(n, c, c.jiang), "不由您所在的机构"),
    ("答复_没有被征求的部门", "consent_sought", lambda n, c: consent(n, c, c.he), "不由您所在的机构"),
    ("答复_不是意见经办人", "consent_sought", lambda n, c: consent(n, c, c.wu), "意见经办人"),
    ("答复_已经答复过", "consented", lambda n, c: consent(n, c, c.jiang), "不能答复是否同意"),
    ("答复_不同意没有理由", "consent_sought", lambda n, c: consent(n, c, c.jiang, given=False, opinion=" "), "理由"),
    ("提交_还没有同意", "drafted", lambda n, c: operations.submit(number=n, by=c.lin, at=c.at), "不能提交备案申请"),
    ("提交_考务经办人", "consented", lambda n, c: operations.submit(number=n, by=c.sun, at=c.at), "备案经办人"),
    ("提交_别家机构", "consented", lambda n, c: operations.submit(number=n, by=c.shi, at=c.at), "不由您所在的机构"),
    ("退回_还没有提交", "consented", lambda n, c: back(n, c, c.zhou), "不能退回补正"),
    ("退回_评估员无权", "submitted", lambda n, c: back(n, c, c.zheng), "受理经办人"),
    ("退回_别区", "submitted", lambda n, c: back(n, c, c.lv), "不由您所在的机构"),
    ("退回_没有写明内容", "submitted", lambda n, c: back(n, c, c.zhou, reason="　"), "写明"),
    ("指派_还没有提交", "consented", lambda n, c: appoint(n, c, c.zhou), "指派技术评估员"),
    ("指派_意见经办人无权", "submitted", lambda n, c: appoint(n, c, c.he), "受理经办人"),
    ("指派_别区", "submitted", lambda n, c: appoint(n, c, c.lv), "不由您所在的机构"),
    ("指派_同一人两次", "submitted", lambda n, c: appoint(n, c, c.zhou, people=("zheng", "zheng")), "同一人"),
    ("指派_只有一人", "submitted", lambda n, c: appoint(n, c, c.zhou, people=("zheng",)), "须指派2名"),
    ("指派_不是评估员", "submitted", lambda n, c: appoint(n, c, c.zhou, people=("zheng", "wu")), "在任的技术评估员"),
    ("指派_没有回避声明", "submitted", lambda n, c: appoint(n, c, c.zhou, recusal=""), "回避"),
    ("指派_已经指派", "appointed", lambda n, c: appoint(n, c, c.zhou), "已经指派"),
    ("评分_没有被指派的人", "appointed", lambda n, c: submit_sheet(n, c, foreign_director(c)), "不由您所在的机构"),
    ("评分_受理经办人", "appointed", lambda n, c: submit_sheet(n, c, c.zhou), "技术评估员"),
    ("评分_分数超出范围", "appointed", lambda n, c: submit_sheet(n, c, c.zheng, points="11"), "超出"),
    ("评分_有一项没评", "appointed", lambda n, c: submit_sheet(n, c, c.zheng, changed={"people.managers": {"score": ""}}), "没有评分"),
    ("评分_零分没有原因", "appointed", lambda n, c: submit_sheet(n, c, c.zheng, changed={"people.managers": {"score": "0"}}), "零分"),
    ("评分_已经提交", "scored", lambda n, c: submit_sheet(n, c, c.zheng), "已经提交"),
    ("评分_已到决定环节", "concluded", lambda n, c: submit_sheet(n, c, c.zheng), "评分"),
    ("踏勘_没有被指派的人", "appointed", lambda n, c: visit(n, c, foreign_director(c)), "不由您所在的机构"),
    ("踏勘_日期在明天以后", "appointed", lambda n, c: visit(n, c, c.zheng, visited_on=c.at.date().replace(day=30)), "晚于今天"),
    ("踏勘_没有写现场情况", "appointed", lambda n, c: visit(n, c, c.zheng, observations=""), "现场情况"),
    ("踏勘_范围外的考核点", "appointed", lambda n, c: visit(n, c, c.zheng, venue_id=0), "申报范围"),
    ("踏勘_有一项没核对", "appointed", lambda n, c: visit(n, c, c.zheng, looks={}), "还没有核对机构设置"),
    ("踏勘_不一致没写情况", "appointed", lambda n, c: visit(n, c, c.zheng, looks=dict.fromkeys(Subject, Look(Seen.DIFFERENT))), "写明现场的情况"),
    ("踏勘_没有定位也没有理由", "appointed", lambda n, c: visit(n, c, c.zheng, place=" "), "没有现场定位"),
    ("踏勘_定位误差太大", "appointed", lambda n, c: visit(n, c, c.zheng, place=operations.Fix(31.2, 121.5, 9000)), "误差"),
    ("踏勘_定位不在地球上", "appointed", lambda n, c: visit(n, c, c.zheng, place=operations.Fix(310.2, 121.5, 9)), "不正确"),
    ("踏勘_已到决定环节", "concluded", lambda n, c: visit(n, c, c.zheng), "踏勘"),
    ("确认踏勘_已经确认", "visited", lambda n, c: confirm(n, c, c.feng), "已经确认"),
    ("汇总_评分没有交齐", "visited", lambda n, c: operations.conclude_assessment(number=n, by=c.zhou, at=c.at), "不能汇总"),
    ("汇总_没有踏勘", "appointed", lambda n, c: operations.conclude_assessment(number=n, by=c.zhou, at=c.at), "踏勘"),
    ("汇总_还没指派", "submitted", lambda n, c: operations.conclude_assessment(number=n, by=c.zhou, at=c.at), "没有指派"),
    ("汇总_审批负责人不汇总", "scored", lambda n, c: operations.conclude_assessment(number=n, by=c.wu, at=c.at), "受理经办人"),
    ("汇总_别区", "scored", lambda n, c: operations.conclude_assessment(number=n, by=c.lv, at=c.at), "不由您所在的机构"),
    ("退回会商_没有原因", "scored", lambda n, c: operations.return_sheets(number=n, reason="", by=c.zhou, at=c.at), "原因"),
    ("退回会商_没有交齐", "visited", lambda n, c: operations.return_sheets(number=n, reason="差距大", by=c.zhou, at=c.at), "交齐"),
    ("退回会商_别区", "scored", lambda n, c: operations.return_sheets(number=n, reason="差距大", by=c.lv, at=c.at), "不由您所在的机构"),
    ("决定_评估没有汇总", "scored", lambda n, c: decide(n, c, c.wu), "作出备案决定的环节"),
    ("决定_受理经办人无权", "concluded", lambda n, c: decide(n, c, c.zhou), "审批负责人"),
    ("决定_别区", "concluded", lambda n, c: decide(n, c, c.lv), "不由您所在的机构"),
    ("决定_准予没有意见", "concluded", lambda n, c: decide(n, c, c.wu, opinion=""), "意见"),
    ("决定_不予没有理由", "concluded", lambda n, c: decide(n, c, c.wu, accept=False, opinion=""), "理由"),
    ("决定_已经在公示", "announced", lambda n, c: decide(n, c, c.wu), "不能准予备案"),
    ("完成备案_公示未满", "announced", lambda n, c: operations.accept_filing(number=n, by=PLATFORM, at=c.at), "尚未期满"),
    ("完成备案_不能由人办理", "announced", lambda n, c: operations.accept_filing(number=n, by=c.wu, at=c.at), "平台自动"),
    ("完成备案_还没有公示", "concluded", lambda n, c: operations.accept_filing(number=n, by=PLATFORM, at=c.at), "不能完成备案"),
    ("签收_区人社局无权", "accepted", lambda n, c: sign(n, c, c.wu), "备案登记员"),
    ("签收_中心其他岗位无权", "accepted", lambda n, c: sign(n, c, c.han), "备案登记员"),
    ("签收_代码不是六位", "accepted", lambda n, c: sign(n, c, c.xu, code="12A"), "12A"),
    ("签收_已经签收", "signed", lambda n, c: sign(n, c, c.xu), "已经签收"),
    ("核询_没有内容", "accepted", lambda n, c: query(n, c, c.xu, words=""), "核实的内容"),
    ("核询_区人社局无权", "accepted", lambda n, c: query(n, c, c.zhou), "备案登记员"),
    ("核询_已经签收", "signed", lambda n, c: query(n, c, c.xu), "已经签收"),
    ("答复核询_没有核询", "accepted", lambda n, c: answer_query(n, c, c.zhou), "没有待答复的核询"),
    ("答复核询_别区", "accepted", lambda n, c: answer_query(n, c, c.lv), "不由您所在的机构"),
    ("答复核询_审批负责人不办", "accepted", lambda n, c: answer_query(n, c, c.wu), "受理经办人"),
    ("撤回_审核中", "submitted", lambda n, c: withdraw(n, c, c.lin), "不能撤回"),
    ("撤回_没有原因", "drafted", lambda n, c: withdraw(n, c, c.lin, reason=""), "原因"),
    ("撤回_别家机构", "drafted", lambda n, c: withdraw(n, c, c.shi), "不由您所在的机构"),
    ("撤回_主管部门无权", "consented", lambda n, c: withdraw(n, c, c.wu), "备案经办人"),
]


@pytest.mark.parametrize("stage", sorted({case[1] for case in CASES}))
def test_refuses_and_changes_nothing(stage, cast, filed_to):
    """Try everything that must not be done at one stage; what went wrong is told by the name of the case."""
    number = filed_to(stage)
    all_refused_and_nothing_changed((name, partial(attempt, number, cast), said) for name, at, attempt, said in CASES if at == stage)


OBJECTIONS: list[tuple[str, Callable[..., object], str]] = [
    ("受理经办人无权", lambda n, c, o: answer(n, c, c.zhou, o), "审批负责人"),
    ("别区", lambda n, c, o: answer(n, c, c.lv, o), "不由您所在的机构"),
    ("没有这条异议", lambda n, c, o: answer(n, c, c.wu, "YY0"), "没有待答复"),
    ("没有答复意见", lambda n, c, o: answer(n, c, c.wu, o, words=""), "核查情况"),
    ("异议没有答复不能完成备案", lambda n, c, o: operations.accept_filing(number=n, by=PLATFORM, at=c.at.replace(day=20)), "异议"),
]


def test_objection_refuses_and_changes_nothing(cast, filed_to):
    """异议。"""
    number = filed_to("announced")
    objection = objected(number, type(cast)(cast.body_a, cast.body_b, cast.at.replace(day=4)))
    all_refused_and_nothing_changed((name, partial(attempt, number, cast, objection), said) for name, attempt, said in OBJECTIONS)


def test_nobody_confirms_their_own_visit(cast, filed_to):
    """踏勘记录不能由自己确认。"""
    number = filed_to("appointed")
    visit(number, cast, cast.zheng)
    refused_and_nothing_changed(lambda: confirm(number, cast, cast.zheng), "另一名评估员")


def test_no_signing_while_a_query_is_open(cast, filed_to):
    """核询没有答复不能签收。"""
    number = filed_to("accepted")
    query(number, cast, cast.xu)
    refused_and_nothing_changed(lambda: sign(number, cast, cast.xu), "核询尚未答复")
    refused_and_nothing_changed(lambda: query(number, cast, cast.xu), "等待答复")


def test_incomplete_filing_is_refused_point_by_point(cast, filed_to):
    """材料不全不能提交，并逐项说明依据。"""
    number = filed_to("consented")
    save(number, cast, cast.lin, section="systems")
    before = everything()
    with pytest.raises(operations.NotComplete) as refusal:
        operations.submit(number=number, by=cast.lin, at=cast.at)
    assert any("缺少管理制度" in line and "依据" in line for line in refusal.value.details)
    assert everything() == before


def test_same_request_twice_has_one_effect(cast, filed_to):
    """同一请求重复发送只办一次。"""
    number = filed_to("consented")
    once = cast.lin.with_key("请求-1")
    operations.submit(number=number, by=once, at=cast.at)
    before = everything()
    with pytest.raises(Refusal):
        operations.submit(number=number, by=once, at=cast.at)
    assert everything() == before
