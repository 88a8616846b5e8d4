"""队伍主线测试: from application to qualification, renewal, and what each step leaves behind."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.experts.conftest import hands
from touchstone.accounts.actor import VISITOR
from touchstone.accounts.operations import LogIn
from touchstone.accounts.queries import actors_of, user_named
from touchstone.catalogue.queries import occupation as occupation_on
from touchstone.experts import operations, queries
from touchstone.experts.models import Application, Member, Qualification
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.experts.entry import SKILL
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.roles import OfficeKind
from touchstone.simulation.cast import FOREIGN, HOME
from touchstone.simulation.corps import Hands, apply_to, enter_member, open_course, qualify, train
from touchstone.simulation.filing import PDF, TURNER
from touchstone.simulation.identity import id_number
from touchstone.tasks.queries import waiting_for


def test_from_application_to_qualification(cast: Cast, applied: Callable[[str], Application]) -> None:
    """提交、审核、培训、考核、授予：资格三年，可以考评到三级；每一步都有存证。"""
    application = applied("qualified")
    held = Qualification.objects.get(application=application)
    granted = cast.at.date() + timedelta(days=12)
    assert (held.since, held.until) == (granted, date(2029, 3, 14))
    assert (held.kind, held.highest_level, held.occupation.code) == ("assessor", 3, TURNER)  # type: ignore[union-attr]
    assert [line.event.split(".")[1] for line in history(application.number) if not line.event.startswith("file.")] == [
        "begun", "saved", "submitted", "admitted", "qualified",
    ]  # fmt: skip
    assert {one["outcome"] for one in application.findings} == {"met"}
    assert {"experts.training.exam_passed", "experts.entry.skilled_enough"} <= {one["rule"] for one in application.findings}


def test_who_is_qualified_may_be_sent_and_nobody_else(cast: Cast, held: Qualification) -> None:
    """有效期内、范围内才在可派遣名单里；高一等级、别的职业、期满当日都不在。"""
    day = held.since
    kinds = [MemberKind.ASSESSOR, MemberKind.SENIOR_ASSESSOR]

    def may_go(on: date, **wanted: object) -> list[Qualification]:
        return list(queries.qualified(on, kinds=kinds, **{"occupation": TURNER, "level": 4, **wanted}))  # type: ignore[arg-type]

    assert may_go(day) == [held]
    assert may_go(day, level=2) == []
    assert may_go(day, occupation="4-03-02-01") == []
    assert may_go(day - timedelta(days=1)) == []
    assert may_go(held.until - timedelta(days=1)) == [held]
    assert may_go(held.until) == []


def test_nothing_is_submitted_without_proof(cast: Cast, song: Member) -> None:
    """没有上传证书不能提交，逐条说明缺什么。"""
    number = operations.begin_application(
        member=song.number, kind=MemberKind.CITY_SUPERVISOR, occupation=None, highest_level=None, by=cast.song, at=cast.at
    ).number
    operations.save_application(number=number, claims={"work_years": 3}, by=cast.song, at=cast.at)
    with pytest.raises(Refusal) as refused:
        operations.submit_application(number=number, by=cast.song, at=cast.at)
    assert any("没有上传证明" in line for line in refused.value.details)
    operations.attach_proof(number=number, label="工作经历证明", name="证明.pdf", content=PDF, by=cast.song, at=cast.at)
    assert operations.submit_application(number=number, by=cast.song, at=cast.at).state == "submitted"


def test_returned_and_submitted_again(cast: Cast, applied: Callable[[str], Application]) -> None:
    """退回补正写明原因；补正后再交，经办人重新收到待办。"""
    application = applied("submitted")
    operations.return_application(number=application.number, reason="证书照片不清楚，请重新上传。", by=cast.tao, at=cast.at)
    assert not [task for task in waiting_for(cast.tao) if task.case == application.number]
    operations.attach_proof(number=application.number, label=SKILL, name="清晰.pdf", content=PDF, by=cast.song, at=cast.at)
    operations.submit_application(number=application.number, by=cast.song, at=cast.at)
    assert [task.matter for task in waiting_for(cast.tao) if task.case == application.number] == ["corps.check"]


def test_failed_exam_waits_for_the_next_course(cast: Cast, song: Member) -> None:
    """考核不合格不能授予；参加下一期合格后可以。"""
    number = apply_to("in_training", song, MemberKind.ASSESSOR, hands(cast), at=cast.at)
    train(song, MemberKind.ASSESSOR, hands(cast), at=cast.at, score="59.5")
    later = cast.at + timedelta(days=20)
    with pytest.raises(Refusal) as refused:
        qualify(number, hands(cast), at=later)
    assert any("59.5分，60分合格" in line for line in refused.value.details)
    train(song, MemberKind.ASSESSOR, hands(cast), at=later, score="60")
    assert qualify(number, hands(cast), at=later + timedelta(days=12)).number.startswith("KP31")


def test_closing_a_course_puts_those_who_passed_before_the_director(cast: Cast, song: Member) -> None:
    """办结培训班：合格的人进入审批负责人的待办；没有登记成绩的不能办结。"""
    number = apply_to("enrolled", song, MemberKind.ASSESSOR, hands(cast), at=cast.at)
    course = queries.courses(cast.tao).get()
    then = cast.at + timedelta(days=11)
    with pytest.raises(Refusal, match="不能办结"):
        operations.close_course(number=course.number, by=cast.tao, at=then)
    outcomes = operations.note_results(
        course=course.number,
        results=[operations.Result(song.number, 24, Decimal(75)), operations.Result("DW999999", 24, Decimal(75)), ],
        by=cast.tao, at=then,
    )  # fmt: skip
    assert [one.ok for one in outcomes] == [True, False]
    assert operations.note_results(course=course.number, results=[operations.Result(song.number, 25, None)], by=cast.tao, at=then)[0].ok is False
    operations.close_course(number=course.number, by=cast.tao, at=then)
    assert [(task.case, task.matter) for task in waiting_for(cast.han)] == [(number, "corps.qualify")]


def test_a_further_term_follows_without_a_gap(cast: Cast, held: Qualification, song: Member) -> None:
    """期满前六个月内申请延续，再培训考核，新的期限接着旧的；太早不行。"""
    with pytest.raises(Refusal, match="现在不能申请延续"):
        operations.begin_application(
            member=song.number, kind=MemberKind.ASSESSOR, occupation=held.occupation, highest_level=3, renews=held.number, by=cast.song, at=cast.at
        )
    at = cast.at.replace(year=2029, month=1, day=8)
    number = operations.begin_application(
        member=song.number, kind=MemberKind.ASSESSOR, occupation=held.occupation, highest_level=3, renews=held.number, by=cast.song, at=at
    ).number
    operations.save_application(number=number, claims={"certificate_level": 3}, by=cast.song, at=at)
    operations.attach_proof(number=number, label=SKILL, name="证书.pdf", content=PDF, by=cast.song, at=at)
    operations.submit_application(number=number, by=cast.song, at=at)
    operations.admit_to_training(number=number, by=cast.tao, at=at)
    train(song, MemberKind.ASSESSOR, hands(cast), at=at)
    renewed = qualify(number, hands(cast), at=at + timedelta(days=12))
    assert (renewed.since, renewed.until) == (held.until, date(2032, 3, 14))
    with pytest.raises(Refusal, match=f"已经延续为{renewed.number}"):
        operations.begin_application(
            member=song.number, kind=MemberKind.ASSESSOR, occupation=held.occupation, highest_level=3, renews=held.number, by=cast.song, at=at
        )


@pytest.mark.parametrize(
    ("kind", "occupation"), [(MemberKind.SENIOR_ASSESSOR, TURNER), (MemberKind.ASSESSOR, "4-03-02-01")], ids=["另一类别", "另一职业"]
)
def test_only_the_same_is_renewed(cast: Cast, held: Qualification, song: Member, kind: MemberKind, occupation: str) -> None:
    """延续只能是同一类别、同一职业；不能借延续换成别的。"""
    at = cast.at.replace(year=2029, month=1, day=8)
    with pytest.raises(Refusal, match="只能按同一类别、同一职业延续"):
        operations.begin_application(
            member=song.number, kind=kind, occupation=occupation_on(occupation, at.date()), highest_level=3, renews=held.number, by=cast.song, at=at
        )


def test_a_body_applies_for_its_internal_supervisor(cast: Cast) -> None:
    """机构推荐内部质量督导员，由所在区审核；本人自行申请不行。"""
    member = operations.register_member(
        name="华内督", id_number=id_number(480, birthday=date(1985, 4, 4), male=True), phone="", district=HOME, employer="", body=cast.body_a,
        by=cast.lin, at=cast.at,
    )  # fmt: skip
    assert member.employer == cast.body_a.name
    number = apply_to("qualified", member, MemberKind.INTERNAL_SUPERVISOR, Hands(cast.lin, cast.zhou, cast.wu), at=cast.at)
    held = Qualification.objects.get(application__number=number)
    assert (held.body, held.office.district) == (cast.body_a, HOME)
    alone = enter_member("luo", district=HOME, employer="上海某厂", body=None, at=cast.at)
    with pytest.raises(Refusal) as refused:
        apply_to("submitted", alone, MemberKind.INTERNAL_SUPERVISOR, hands(cast, "luo"), at=cast.at)
    assert any("应由所在评价机构提出" in line for line in refused.value.details)


def test_who_registers_themselves_gets_a_desk(cast: Cast) -> None:
    """本人登记即有登录账号和队伍工作页面；已登记的不能再来一次。"""
    given = {"name": "齐自来", "id_number": id_number(481, birthday=date(1990, 2, 3), male=False), "phone": "15400000481", "district": FOREIGN}
    log_in = LogIn("qizilai", "kaoping-2026-xinren")
    operations.register_member(**given, employer="自由职业", body=None, log_in=log_in, by=VISITOR, at=cast.at)
    user = user_named("qizilai")
    assert user is not None
    (actor,) = actors_of(user, cast.at.date())
    assert actor.office_kind is OfficeKind.CORPS
    assert queries.own_member(actor) is not None
    with pytest.raises(Refusal, match="已在队伍名册中"):
        operations.register_member(**given, employer="自由职业", body=None, log_in=log_in, by=VISITOR, at=cast.at)


def test_a_full_course_takes_nobody_more(cast: Cast, song: Member) -> None:
    """名额满了、开班以后不能报名。"""
    course = open_course(MemberKind.ASSESSOR, cast.tao, at=cast.at, seats=1)
    other = enter_member("ye", district=HOME, employer="某厂", body=None, at=cast.at)
    apply_to("enrolled", other, MemberKind.ASSESSOR, hands(cast, "ye"), at=cast.at, course=course)
    apply_to("in_training", song, MemberKind.ASSESSOR, hands(cast), at=cast.at)
    with pytest.raises(Refusal, match="名额已满"):
        operations.enrol(course=course.number, member=song.number, by=cast.song, at=cast.at)
    operations.leave_course(course=course.number, member=other.number, by=cast.ye, at=cast.at)
    with pytest.raises(Refusal, match="不再接受报名"):
        operations.enrol(course=course.number, member=song.number, by=cast.song, at=cast.at + timedelta(days=8))
