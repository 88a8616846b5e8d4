"""征集拒绝: is every verb refused in the wrong state, by the wrong role, on foreign ground, without words, and is nothing changed?"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.apps import apps

from tests.calls.conftest import CARE, TURNER, Stand, brought_to
from tests.cast import WideCast
from tests.refusing import all_refused_and_nothing_changed, everything, refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.queries import office
from touchstone.calls import operations
from touchstone.kernel.law import Refusal
from touchstone.notices.operations import make_objection
from touchstone.notices.queries import of_case
from touchstone.simulation.calls import FIT, PDF

DAYS = {"opens_on": date(2026, 3, 2), "closes_on": date(2026, 3, 16)}


def recommend(s: Stand, by: Any, **changed: Any) -> object:
    given = {"occupation": TURNER, "trade": "", "levels": [5], "reason": "急需", "yearly_demand": 200, "employers": 9, **changed}
    return operations.recommend_project(by=by, at=s.at, **given)


def select(s: Stand, by: Any, opinion: str = "同意") -> object:
    return operations.select_project(number=s.project, opinion=opinion, by=by, at=s.at)


def decline(s: Stand, by: Any, opinion: str = "不同意") -> object:
    return operations.decline_project(number=s.project, opinion=opinion, by=by, at=s.at)


def take_back(s: Stand, by: Any, reason: str = "重来") -> object:
    return operations.withdraw_project(number=s.project, reason=reason, by=by, at=s.at)


def retire(s: Stand, by: Any, reason: str = "饱和") -> object:
    return operations.retire_project(number=s.project, reason=reason, by=by, at=s.at)


def draft(s: Stand, by: Any, **changed: Any) -> object:
    return operations.draft_call(by=by, at=s.at, **{"title": "征集", "content": "正文", **DAYS, **changed})


def change(s: Stand, by: Any, **changed: Any) -> object:
    return operations.change_call(number=s.call, by=by, at=s.at, **{"title": "征集", "content": "正文", **DAYS, **changed})


def add(s: Stand, by: Any, **changed: Any) -> object:
    given = {"project": s.project, "district": "310115", "quota": 1, "demand": 9, **changed}
    return operations.add_lot(number=s.call, by=by, at=s.at, **given)


def publish(s: Stand, by: Any, days: int = 0) -> object:
    return operations.publish_call(number=s.call, by=by, at=s.at + timedelta(days=days))


def begin(s: Stand, by: Any, days: int = 0, lot: int | None = None) -> object:
    return operations.begin_application(lot_id=s.lot if lot is None else lot, by=by, at=s.at + timedelta(days=days))


def save(s: Stand, by: Any, days: int = 0, **answers: int) -> object:
    at = s.at + timedelta(days=days)
    return operations.save_application(number=s.application, answers={**FIT, **answers}, statement="", by=by, at=at)


def attach(s: Stand, by: Any, label: str = "信用报告", content: bytes = PDF) -> object:
    return operations.attach_proof(number=s.application, label=label, name="a.pdf", content=content, by=by, at=s.at)


def submit(s: Stand, by: Any, days: int = 0) -> object:
    return operations.submit_application(number=s.application, by=by, at=s.at + timedelta(days=days))


def withdraw(s: Stand, by: Any, reason: str = "不参加了") -> object:
    return operations.withdraw_application(number=s.application, reason=reason, by=by, at=s.at)


def check(s: Stand, by: Any, notes: dict[str, str] | None = None, **found: int) -> object:
    return operations.check_application(number=s.application, checked={**FIT, **found}, notes=notes or {}, by=by, at=s.at)


def back(s: Stand, by: Any, reason: str = "请补") -> object:
    return operations.return_application(number=s.application, reason=reason, by=by, at=s.at)


def rank(s: Stand, by: Any) -> object:
    return operations.rank_call(number=s.call, by=by, at=s.at)


def announce(s: Stand, by: Any) -> object:
    return operations.announce_result(number=s.call, by=by, at=s.at)


def conclude(s: Stand, by: Any) -> object:
    return operations.conclude_call(number=s.call, by=by, at=s.at)


def cancel(s: Stand, by: Any, reason: str = "调整") -> object:
    return operations.cancel_call(number=s.call, reason=reason, by=by, at=s.at)


def close(s: Stand, by: Any) -> object:
    return operations.close_call(number=s.call, by=by, at=s.at)


Attempt = Callable[[Stand, WideCast], object]
CASES: list[tuple[str, str, Attempt, str]] = [
    # 说明, 所在环节, 尝试, 拒绝的话里应有
    ("推荐_市职鉴中心不推荐", "recommended", lambda s, c: recommend(s, c.han), "行业主管部门"),
    ("推荐_区级行业主管", "recommended", lambda s, c: recommend(s, c.jiang), "市级行业主管部门"),
    ("推荐_机构", "recommended", lambda s, c: recommend(s, c.xie), "行业主管部门"),
    ("推荐_别的行业的职业", "recommended", lambda s, c: recommend(s, c.tang), "还不能推荐"),
    ("推荐_已有同一项目", "recommended", lambda s, c: recommend(s, c.tang, occupation=CARE), "已经是评价项目"),
    ("推荐_目录之外", "recommended", lambda s, c: recommend(s, c.pan, occupation="9-99-99-99"), "没有编码"),
    ("推荐_没有这个工种", "recommended", lambda s, c: recommend(s, c.pan, trade="炼金"), "工种"),
    ("推荐_没有等级", "recommended", lambda s, c: recommend(s, c.pan, levels=[]), "至少选择一个等级"),
    ("推荐_没有理由", "recommended", lambda s, c: recommend(s, c.pan, reason=" "), "理由"),
    ("确定_行业主管不决定", "recommended", lambda s, c: select(s, c.tang), "审批负责人"),
    ("确定_受理经办人", "recommended", lambda s, c: select(s, c.tao), "审批负责人"),
    ("确定_区局负责人", "recommended", lambda s, c: select(s, c.wu), "市职鉴中心"),
    ("确定_没有意见", "recommended", lambda s, c: select(s, c.han, opinion=""), "意见"),
    ("不予确定_没有理由", "recommended", lambda s, c: decline(s, c.han, opinion=""), "理由"),
    ("不予确定_行业主管", "recommended", lambda s, c: decline(s, c.tang), "审批负责人"),
    ("撤回推荐_别的部门", "recommended", lambda s, c: take_back(s, c.pan), "不是您所在的机构"),
    ("撤回推荐_没有原因", "recommended", lambda s, c: take_back(s, c.tang, reason=""), "原因"),
    ("停止征集_还没有确定", "recommended", lambda s, c: retire(s, c.han), "不能停止征集"),
    ("确定_已经确定", "selected", lambda s, c: select(s, c.han), "不能确定项目"),
    ("撤回推荐_已经确定", "selected", lambda s, c: take_back(s, c.tang), "不能撤回推荐"),
    ("停止征集_没有理由", "selected", lambda s, c: retire(s, c.han, reason=""), "理由"),
    ("停止征集_行业主管", "selected", lambda s, c: retire(s, c.tang), "审批负责人"),
    ("拟定_负责人不拟定", "selected", lambda s, c: draft(s, c.han), "受理经办人"),
    ("拟定_区局经办人", "selected", lambda s, c: draft(s, c.zhou), "市职鉴中心"),
    ("拟定_没有标题", "selected", lambda s, c: draft(s, c.tao, title=""), "标题"),
    ("拟定_日期颠倒", "selected", lambda s, c: draft(s, c.tao, closes_on=date(2026, 3, 1)), "早于开始日"),
    ("停止征集_正在征集", "drafted", lambda s, c: retire(s, c.han), "正在为本项目征集"),
    ("项目_没有家数", "drafted", lambda s, c: add(s, c.tao, quota=0), "至少为1家"),
    ("项目_已经列入", "drafted", lambda s, c: add(s, c.tao, district=""), "已经有"),
    ("项目_没有这个区", "drafted", lambda s, c: add(s, c.tao, district="999999"), "没有代码"),
    ("项目_负责人不拟定", "drafted", lambda s, c: add(s, c.han), "受理经办人"),
    ("移除_没有这一项", "drafted", lambda s, c: operations.remove_lot(number=s.call, lot_id=0, by=c.tao, at=s.at), "已经移除"),
    ("发布_受理经办人", "drafted", lambda s, c: publish(s, c.tao), "审批负责人"),
    ("发布_开始日已过", "drafted", lambda s, c: publish(s, c.han, days=1), "已过"),
    ("应征_公告还没有发布", "drafted", lambda s, c: begin(s, c.xie), "不接受应征"),
    ("修改_已经发布", "open", lambda s, c: change(s, c.tao), "不能修改公告"),
    ("增加项目_已经发布", "open", lambda s, c: add(s, c.tao), "不能增加征集项目"),
    ("移除项目_已经发布", "open", lambda s, c: operations.remove_lot(number=s.call, lot_id=s.lot, by=c.tao, at=s.at), "不能移除"),
    ("发布_已经发布", "open", lambda s, c: publish(s, c.han), "不能发布"),
    ("截止_还没有到期", "open", lambda s, c: close(s, PLATFORM), "尚未期满"),
    ("截止_不能由人办理", "open", lambda s, c: close(s, c.han), "平台自动"),
    ("应征_企业", "open", lambda s, c: begin(s, c.lin), "面向社会培训评价组织"),
    ("应征_院校", "open", lambda s, c: begin(s, c.fan), "面向社会培训评价组织"),
    ("应征_主管部门", "open", lambda s, c: begin(s, c.tao), "备案经办人"),
    ("应征_考务经办人", "open", lambda s, c: begin(s, c.sun), "备案经办人"),
    ("应征_逾期", "open", lambda s, c: begin(s, c.xie, days=15), "逾期的申请不予受理"),
    ("应征_没有这一项", "open", lambda s, c: begin(s, c.xie, lot=0), "没有这个征集项目"),
    ("排序_还在征集", "open", lambda s, c: rank(s, c.tao), "不能排序"),
    ("取消_没有理由", "open", lambda s, c: cancel(s, c.han, reason=""), "理由"),
    ("取消_受理经办人", "open", lambda s, c: cancel(s, c.tao), "审批负责人"),
    ("应征_第二次", "applying", lambda s, c: begin(s, c.xie), "已经应征"),
    ("保存_别家机构", "applying", lambda s, c: save(s, c.shi), "不是您所在的机构"),
    ("保存_逾期", "applying", lambda s, c: save(s, c.xie, days=15), "逾期"),
    ("保存_不可能的等级", "applying", lambda s, c: save(s, c.xie, rating=6), "不能填6"),
    ("保存_负数", "applying", lambda s, c: save(s, c.xie, staff=-1), "不能填-1"),
    ("上传_没有这类材料", "applying", lambda s, c: attach(s, c.xie, label="别的"), "没有“别的”"),
    ("上传_别家机构", "applying", lambda s, c: attach(s, c.shi), "不是您所在的机构"),
    ("上传_内容与扩展名不符", "applying", lambda s, c: attach(s, c.xie, content=b"MZ"), "扩展名不符"),
    ("移除_没有这份", "applying", lambda s, c: operations.withdraw_proof(number=s.application, attachment="A0", by=c.xie, at=s.at), "已经移除"),
    ("提交_逾期", "applying", lambda s, c: submit(s, c.xie, days=15), "逾期"),
    ("提交_别家机构", "applying", lambda s, c: submit(s, c.shi), "不是您所在的机构"),
    ("核实_还没有提交", "applying", lambda s, c: check(s, c.tao), "不能核实条件"),
    ("退回_还没有提交", "applying", lambda s, c: back(s, c.tao), "不能退回补正"),
    ("撤回_没有原因", "applying", lambda s, c: withdraw(s, c.xie, reason=""), "原因"),
    ("撤回_别家机构", "applying", lambda s, c: withdraw(s, c.shi), "不是您所在的机构"),
    ("保存_已经提交", "sent", lambda s, c: save(s, c.xie), "已锁定"),
    ("上传_已经提交", "sent", lambda s, c: attach(s, c.xie), "已锁定"),
    ("提交_已经提交", "sent", lambda s, c: submit(s, c.xie), "不能提交应征申请"),
    ("核实_区局", "sent", lambda s, c: check(s, c.zhou), "市职鉴中心"),
    ("核实_机构自己", "sent", lambda s, c: check(s, c.xie), "受理经办人"),
    ("核实_与申报不一致没有依据", "sent", lambda s, c: check(s, c.tao, staff=3), "须写明依据"),
    ("退回_没有写明", "sent", lambda s, c: back(s, c.tao, reason=""), "写明"),
    ("补正_过了期限", "returned", lambda s, c: submit(s, c.xie, days=20), "届满"),
    ("应征_已截止", "closed", lambda s, c: begin(s, c.xie), "截止"),
    ("排序_还没有核实", "closed", lambda s, c: rank(s, c.tao), "没有核实"),
    ("公示_还没有排序", "closed", lambda s, c: announce(s, c.han), "不能公示遴选结果"),
    ("排序_区局", "checked", lambda s, c: rank(s, c.zhou), "市职鉴中心"),
    ("公示_受理经办人", "ranked", lambda s, c: announce(s, c.tao), "审批负责人"),
    ("撤回_已经排序", "ranked", lambda s, c: withdraw(s, c.xie), "不能撤回应征"),
    ("退回_已经核实", "ranked", lambda s, c: back(s, c.tao), "不能退回补正"),
    ("结束_公示未满", "announced", lambda s, c: conclude(s, PLATFORM), "尚未期满"),
    ("结束_不能由人办理", "announced", lambda s, c: conclude(s, c.han), "平台自动"),
    ("核实_结果已公示", "announced", lambda s, c: check(s, c.tao), "不能核实条件"),
    ("排序_结果已公示", "announced", lambda s, c: rank(s, c.tao), "不能排序"),
    ("取消_结果已公示", "announced", lambda s, c: cancel(s, c.han), "不能取消征集"),
    ("撤回_已经入选", "concluded", lambda s, c: withdraw(s, c.xie), "不能撤回应征"),
    ("核实_已经入选", "concluded", lambda s, c: check(s, c.tao), "不能核实条件"),
    ("结束_已经结束", "concluded", lambda s, c: conclude(s, PLATFORM), "不能确定遴选结果"),
]


@pytest.mark.parametrize("stage", sorted({case[1] for case in CASES}))
def test_refuses_and_changes_nothing(stage: str, wide_cast: WideCast) -> None:
    """Try everything that must not be done at one stage; what went wrong is told by the name of the case."""
    where = brought_to(stage, wide_cast)
    all_refused_and_nothing_changed((name, partial(attempt, where, wide_cast), said) for name, at, attempt, said in CASES if at == stage)


OBJECTIONS: list[tuple[str, Callable[[Stand, WideCast, str], object], str]] = [
    ("受理经办人无权", lambda s, c, o: answer(s, c.tao, o), "审批负责人"),
    ("区局负责人无权", lambda s, c, o: answer(s, c.wu, o), "市职鉴中心"),
    ("没有这条异议", lambda s, c, o: answer(s, c.han, "YY0"), "没有待答复"),
    ("没有答复意见", lambda s, c, o: answer(s, c.han, o, words=""), "核查情况"),
    ("没有答复不能结束", lambda s, c, o: operations.conclude_call(number=s.call, by=PLATFORM, at=s.at + timedelta(days=20)), "异议"),
]


def answer(s: Stand, by: Any, objection: str, words: str = "经查不属实") -> object:
    return operations.answer_call_objection(number=s.call, objection=objection, upheld=False, answer=words, by=by, at=s.at)


def test_objection_refuses_and_changes_nothing(wide_cast: WideCast) -> None:
    """异议。"""
    where = brought_to("announced", wide_cast)
    notice, later = of_case(where.call).get(), where.at + timedelta(days=2)
    made = make_objection(notice_number=notice.number, name="赵某", phone="13800000000", content="不实", by=PLATFORM, at=later)
    all_refused_and_nothing_changed((name, partial(attempt, where, wide_cast, made.number), said) for name, attempt, said in OBJECTIONS)
    answer(where, wide_cast.han, made.number)
    operations.conclude_call(number=where.call, by=PLATFORM, at=where.at + timedelta(days=20))


def test_a_call_too_short_or_empty_is_not_published(wide_cast: WideCast) -> None:
    """征集期太短、没有列项目的公告不能发布。"""
    where = brought_to("selected", wide_cast)
    call = operations.draft_call(title="征集", content="正文", opens_on=date(2026, 3, 2), closes_on=date(2026, 3, 6), by=wide_cast.tao, at=where.at)
    with pytest.raises(Refusal, match="还没有列出"):
        operations.publish_call(number=call.number, by=wide_cast.han, at=where.at)
    operations.add_lot(number=call.number, project=where.project, district="", quota=1, demand=9, by=wide_cast.tao, at=where.at)
    publish_it = partial(operations.publish_call, number=call.number, by=wide_cast.han, at=where.at)
    refused_and_nothing_changed(publish_it, "只有5个工作日，应不少于10个")


def test_an_incomplete_application_is_refused_point_by_point(wide_cast: WideCast) -> None:
    """缺什么逐项说明。"""
    where = brought_to("open", wide_cast)
    number = operations.begin_application(lot_id=where.lot, by=wide_cast.xie, at=where.at).number
    before = everything()
    with pytest.raises(Refusal, match="还有11项") as refusal:
        operations.submit_application(number=number, by=wide_cast.xie, at=where.at)
    assert "没有填写“专职工作人员”。" in refusal.value.details
    assert "没有填写评价工作设想。" in refusal.value.details
    assert everything() == before


def test_same_request_twice_has_one_effect(wide_cast: WideCast) -> None:
    """同一请求重复发送只办一次。"""
    where = brought_to("applying", wide_cast)
    once = wide_cast.xie.with_key("请求-1")
    operations.submit_application(number=where.application, by=once, at=where.at)
    before = everything()
    with pytest.raises(Refusal):
        operations.submit_application(number=where.application, by=once, at=where.at)
    assert everything() == before


def test_a_project_cannot_be_recommended_for_an_authority_that_is_not_there(wide_cast: WideCast) -> None:
    """推荐单位就是办理人所在的部门。"""
    where = brought_to("recommended", wide_cast)
    recommend(where, wide_cast.pan)
    assert {one.recommended_by_office_id for one in projects()} == {office("HY-civil_affairs").pk, office("HY-machinery").pk}


def projects() -> list[Any]:
    return list(apps.get_model("calls.Project").objects.all())
