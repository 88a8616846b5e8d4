"""机构案件拒绝测试: is nothing done by the wrong person, off one's ground, without a step, or twice, and has nothing changed afterwards?"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.enforcement.stage import SERIOUS, TERMS, Proceedings, file_body
from tests.refusing import all_refused_and_nothing_changed
from touchstone.accounts.actor import VISITOR
from touchstone.enforcement import operations as acts
from touchstone.enforcement.operations import Charge, Piece, Proposed
from touchstone.enforcement.queries import case as case_seen
from touchstone.enforcement.states import State
from touchstone.kernel.law import Refusal
from touchstone.policy.supervision.ladder import Measure

pytestmark = pytest.mark.django_db
Begin = Callable[..., Proceedings]
WATCHED = ("enforcement", "bodies.BodyRestriction")


def test_who_may_put_a_case_down(proceedings: Begin) -> None:
    """登记：负责人、机构、别的区、访客都不行；没有情形、没有事实、日期颠倒、早于通知施行之日的都不行。"""
    told = proceedings()
    cast, at = told.cast, told.at

    def begin(by: Any = None, **how: Any) -> Callable[[], object]:
        charge = told.charge(**how)
        return lambda: acts.begin_case(body=cast.body_a, charge=charge, by=by or cast.wang, at=at)

    attempts = [
        ("负责人", begin(cast.wu), "质量督导员"),
        ("机构", begin(cast.qian), "质量督导员"),
        ("访客", begin(VISITOR), "质量督导员"),
        ("别的区", begin(cast.du), "监管职责之内"),
        ("没有情形", begin(acts={}), "没有选择情形"),
        ("没有事实", begin(facts=" "), "没有写明事实"),
        ("未列入清单", begin(acts={"nonsense": date(2026, 2, 25)}), "不在机构违纪违规情形之内"),
        ("早于通知", begin(acts={"camera_gaps": date(2024, 4, 30)}), "早于通知施行之日"),
        ("行为晚于发现", begin(acts={"camera_gaps": date(2026, 3, 2)}, found_on=date(2026, 3, 1)), "日期的先后"),
        ("发现过晚", begin(acts={"camera_gaps": date(2024, 5, 1)}, found_on=date(2026, 5, 2)), "日期的先后"),
    ]
    all_refused_and_nothing_changed(attempts, *WATCHED)


def test_who_may_do_what_at_each_step(proceedings: Begin) -> None:
    """办案的不作决定，决定的不办案；机构只对自己说话，别的机构和别的区什么也看不到。"""
    told = proceedings(SERIOUS).opened()
    cast, at = told.cast, told.at
    both: dict[str, Any] = {"number": told.number, "at": told.at}
    proposed = Proposed((Measure.WARNING, Measure.RECTIFY, Measure.SUSPEND), TERMS)
    piece = Piece("截图", "机构", "王怀瑾")
    attempts = [
        ("未接受的人告知", lambda: acts.notify_body(proposed=proposed, by=cast.he, **both), "办理人"),
        ("负责人告知", lambda: acts.notify_body(proposed=proposed, by=cast.wu, **both), "办理人"),
        ("没有告知就决定", lambda: acts.decide_case(reason="理由", by=cast.wu, **both), "不能作出决定"),
        ("没有告知就报送暂停", lambda: acts.send_up(proposed=proposed, by=cast.wang, **both), "没有事先告知"),
        ("办理人法制审核", lambda: acts.examine_lawfulness(opinion="合法", by=cast.zhou, **both), "不办理本案"),
        ("办理人讨论", lambda: acts.sign_discussion(opinion="同意", by=cast.wang, **both), "不办理本案"),
        ("别的区取证", lambda: acts.add_evidence(piece=piece, name="a.pdf", content=b"%PDF-", by=cast.du, **both), "承办"),
        ("证据没有来源", lambda: acts.add_evidence(piece=Piece("截图", "", "王"), name="a.pdf", content=b"%PDF-", by=cast.wang, **both), "来源"),
        ("机构提前陈述", lambda: acts.state_case(statement="不服", by=cast.qian, **both), "不能陈述申辩"),
        ("别的机构陈述", lambda: acts.state_case(statement="不服", by=cast.shi, **both), "当事机构"),
        ("邀请别单位的人", lambda: acts.invite_officer(user_id=cast.du.user_id or 0, by=cast.wang, **both), "本单位"),
        ("邀请技术评估员", lambda: acts.invite_officer(user_id=cast.zheng.user_id or 0, by=cast.wang, **both), "质量督导员"),
        ("没有受邀请", lambda: acts.join_case(by=cast.he, **both), "没有邀请"),
        ("办理人不成立", lambda: acts.clear_case(reason="查无实据", by=cast.wang, **both), "审批负责人"),
        ("不成立没有理由", lambda: acts.clear_case(reason=" ", by=cast.wu, **both), "理由"),
        ("未决定就结案", lambda: acts.close_case(by=cast.wang, **both), "不能结案"),
        ("未决定就公开", lambda: acts.publish_decision(by=cast.wang, **both), "还没有送达"),
        ("未决定就申诉", lambda: acts.appeal_case(appeal="不服", by=cast.qian, **both), "没有可以申诉"),
        ("未结案就归档", lambda: acts.seal_archive(explained={}, by=cast.wang, **both), "还不能归档"),
    ]
    all_refused_and_nothing_changed(attempts, *WATCHED)
    for stranger in (cast.shi, cast.du, cast.qian, VISITOR):
        with pytest.raises(Refusal):
            case_seen(told.number, stranger)
    assert at == told.at


def test_nobody_answers_their_own_appeal(proceedings: Begin) -> None:
    """申诉：本单位负责人、经办人、机构都不能答复；已答复的不再答复；办案人不签收。"""
    told = proceedings(SERIOUS).served()
    cast = told.cast
    both: dict[str, Any] = {"number": told.number, "at": told.at}
    acts.appeal_case(appeal="处理过重", by=cast.qian, **both)
    attempts = [
        ("作出决定的人", lambda: acts.answer_appeal(upheld=True, answer="维持", by=cast.wu, **both), "上级"),
        ("办理人", lambda: acts.answer_appeal(upheld=False, answer="撤销", by=cast.wang, **both), "上级"),
        ("机构", lambda: acts.answer_appeal(upheld=False, answer="撤销", by=cast.qian, **both), "上级"),
        ("没有理由", lambda: acts.answer_appeal(upheld=True, answer="", by=cast.han, **both), "审查情况"),
        ("再次申诉", lambda: acts.appeal_case(appeal="不服", by=cast.qian, **both), "不能申诉"),
        ("经办人申诉", lambda: acts.appeal_case(appeal="不服", by=cast.lin, **both), "负责人"),
        ("申诉中结案", lambda: acts.close_case(by=cast.wang, **both), "没有完成"),
        ("未到期恢复", lambda: acts.restore_evaluation(reason="整改", by=cast.wu, **both), "整改没有完成"),
        ("一人复查两次", lambda: acts.re_examine(measure=Measure.RECTIFY, good=True, opinion="好", by=cast.wang, **both), "执行中"),
    ]
    all_refused_and_nothing_changed(attempts, *WATCHED, "filings")


def test_city_body_is_not_a_districts_to_suspend(wide_cast: Any) -> None:
    """市级备案的机构：区可以立案查处，涉及备案的处理须移交备案单位并附处理建议。"""
    cast = wide_cast
    file_body(cast)
    from touchstone.bodies.operations import open_venue
    from touchstone.filings.models import Filing

    body = cast.body_e
    open_venue(
        body=body, name="考核点", address="虚构路", district="310115", tenure="owned", leased_until=None, by=cast.xie, at=cast.at
    )
    Filing.objects.create(
        number="BA2026000099", body=body, route="social_body", state="accepted", begun_at=cast.at, saved_at=cast.at, decided_at=cast.at,
        in_force_from=date(2026, 2, 2), until=date(2029, 2, 2),
    )  # fmt: skip
    charge = Charge({SERIOUS: date(2026, 2, 25)}, "在备案的考核点以外组织考试。", date(2026, 3, 2))
    made = acts.begin_case(body=body, charge=charge, by=cast.wang, at=cast.at)
    both: dict[str, Any] = {"number": made.number, "at": cast.at}
    acts.approve_opening(opinion="", by=cast.wu, **both)
    found = acts.hand_to_filing_office(reason="事实清楚，建议暂停评价三个月。", by=cast.wang, **both)
    assert (found.office.number, found.handed_by and found.handed_by.number, found.state) == ("CENTRE", cast.wang and "RS-310115", State.OPENED)
    with pytest.raises(Refusal, match="承办"):
        acts.add_reference(source="visit:RW1", by=cast.wang, **both)


def test_retried_request_has_one_effect(proceedings: Begin) -> None:
    """同一请求重复提交只有一次效果。"""
    told = proceedings()
    by = told.cast.wang.with_key("7d1c3f6e-3b6e-4f6e-9d57-0f1f0c3f5a11")
    acts.begin_case(body=told.cast.body_a, charge=told.charge(), by=by, at=told.at)
    with pytest.raises(Refusal):
        acts.begin_case(body=told.cast.body_a, charge=told.charge(), by=by, at=told.at)
