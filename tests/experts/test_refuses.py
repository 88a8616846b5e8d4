"""队伍拒绝测试: is every verb refused by the wrong role, on foreign ground, in the wrong state, without words, and is nothing changed?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from tests.cast import Cast
from tests.experts.conftest import hands
from touchstone.accounts.actor import VISITOR
from touchstone.experts import operations, queries
from touchstone.experts.models import Member
from touchstone.kernel.law import Refusal
from touchstone.policy.experts.kinds import MemberKind
from touchstone.simulation.corps import apply_to, open_course

WATCHED = ("experts", "ledger.Entry", "tasks.Task", "files.Attachment", "accounts.Holding")


def everything() -> dict[str, list[Any]]:
    """Give every row that an operation on the corps could touch."""
    models = [m for name in WATCHED for m in ([apps.get_model(name)] if "." in name else apps.get_app_config(name).get_models())]
    return {m._meta.label: list(m._default_manager.order_by("pk").values()) for m in models}


Verb = Callable[[str, Any, Any], object]
ACTS: dict[str, tuple[str, Verb, set[str]]] = {
    # 办理: 所处环节, 怎样办, 谁能办
    "提交": ("drafted", lambda n, by, at: operations.submit_application(number=n, by=by, at=at), {"song"}),
    "撤回": ("submitted", lambda n, by, at: operations.withdraw_application(number=n, reason="", by=by, at=at), {"song"}),
    "退回补正": ("submitted", lambda n, by, at: operations.return_application(number=n, reason="不清楚", by=by, at=at), {"tao", "xu"}),
    "准予培训": ("submitted", lambda n, by, at: operations.admit_to_training(number=n, by=by, at=at), {"tao", "xu"}),
    "不予认可": ("submitted", lambda n, by, at: operations.refuse_application(number=n, reason="不符合", by=by, at=at), {"han"}),
    "授予资格": ("examined", lambda n, by, at: operations.grant_qualification(number=n, by=by, at=at), {"han"}),
}
EVERYONE = ("song", "ye", "lin", "tao", "xu", "han", "shen", "zhou", "wu", "lv", "zhu")


@pytest.mark.parametrize("act", ACTS)
def test_who_may_act_on_an_application(cast: Cast, song: Member, act: str) -> None:
    """市级申请：本人提交撤回，中心经办人审核，中心负责人决定；其他人被拒绝，什么也没有改变。"""
    stage, verb, allowed = ACTS[act]
    number = apply_to(stage, song, MemberKind.ASSESSOR, hands(cast), at=cast.at)
    at, before = cast.at + timedelta(days=12), everything()
    for who in (*EVERYONE, ""):
        if who not in allowed:
            with pytest.raises(Refusal) as refused:
                verb(number, getattr(cast, who) if who else VISITOR, at)
            assert refused.value.clause is not None and refused.value.next_step
    assert everything() == before
    verb(number, getattr(cast, sorted(allowed)[0]), at)
    assert everything() != before


@pytest.mark.parametrize(
    ("stage", "verb", "says"),
    [
        ("drafted", lambda n, c, at: operations.admit_to_training(number=n, by=c.tao, at=at), "不能准予参加培训考核"),
        ("submitted", lambda n, c, at: operations.grant_qualification(number=n, by=c.han, at=at), "不能授予资格"),
        ("submitted", lambda n, c, at: operations.return_application(number=n, reason=" ", by=c.tao, at=at), "没有写明原因"),
        ("submitted", lambda n, c, at: operations.refuse_application(number=n, reason="", by=c.han, at=at), "没有写明理由"),
        ("submitted", lambda n, c, at: operations.save_application(number=n, claims={}, by=c.song, at=at), "已锁定"),
        ("in_training", lambda n, c, at: operations.grant_qualification(number=n, by=c.han, at=at), "没有全部达到"),
        ("qualified", lambda n, c, at: operations.withdraw_application(number=n, reason="", by=c.song, at=at), "不能撤回"),
        ("qualified", lambda n, c, at: operations.grant_qualification(number=n, by=c.han, at=at), "不能授予资格"),
    ],
    ids=["填写中不能审核", "没有培训不能授予", "退回没原因", "不予没理由", "提交后不能改", "没有考核不能授予", "办结后不能撤回", "不能授予两次"],
)
def test_wrong_state_or_no_words(cast: Cast, song: Member, stage: str, verb: Any, says: str) -> None:
    number = apply_to(stage, song, MemberKind.ASSESSOR, hands(cast), at=cast.at)
    before = everything()
    with pytest.raises(Refusal, match=says):
        verb(number, cast, cast.at + timedelta(days=13))
    assert everything() == before


def test_the_same_request_twice_has_one_effect(cast: Cast, song: Member) -> None:
    """同一次提交发来两遍，只登记一次。"""
    by, number = cast.song.with_key("once"), apply_to("in_training", song, MemberKind.ASSESSOR, hands(cast), at=cast.at)
    course = open_course(MemberKind.ASSESSOR, cast.tao, at=cast.at)
    operations.enrol(course=course.number, member=song.number, by=by, at=cast.at)
    before = everything()
    with pytest.raises(Refusal):
        operations.enrol(course=course.number, member=song.number, by=by, at=cast.at)
    assert everything() == before
    assert number


def test_a_district_holds_courses_for_those_it_recognises_only(cast: Cast) -> None:
    """区不举办考评员培训；别的单位不能登记成绩、办结。"""
    with pytest.raises(Refusal, match="由市职鉴中心组织"):
        open_course(MemberKind.ASSESSOR, cast.zhou, at=cast.at)
    course = open_course(MemberKind.INTERNAL_SUPERVISOR, cast.zhou, at=cast.at)
    for who in (cast.lv, cast.tao, cast.lin, cast.song):
        with pytest.raises(Refusal):
            operations.close_course(number=course.number, by=who, at=cast.at + timedelta(days=20))


def test_a_course_is_told_to_those_who_wait_for_it(cast: Cast, song: Member) -> None:
    """培训通知告诉准予培训而还没有报名的人。"""
    apply_to("in_training", song, MemberKind.ASSESSOR, hands(cast), at=cast.at)
    course = open_course(MemberKind.ASSESSOR, cast.tao, at=cast.at)
    assert [user.username for user in queries.users_of_case(course.number)] == ["song"]
    operations.enrol(course=course.number, member=song.number, by=cast.song, at=cast.at)
    assert queries.users_of_case(course.number) == []
