"""评聘: announced, applied for, checked, judged by a panel, put before the public, appointed for a term with a certificate of the post."""

from datetime import date

import pytest

from tests.appointments.stage import PANEL, UNTIL, WORDS, Appointing
from tests.cast import Cast, WideCast
from tests.exams.stage import moment
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor
from touchstone.accounts.models import Person
from touchstone.accounts.operations import grant_role, open_log_in
from touchstone.accounts.queries import actors_of, office, user_of
from touchstone.appointments import operations as acts
from touchstone.appointments.models import Appointment, Nomination, Round
from touchstone.appointments.operations import Claim, Vote
from touchstone.appointments.queries import own_nominations, rounds
from touchstone.bodies.operations import end_worker
from touchstone.bodies.queries import workers_of
from touchstone.certificates.queries import by_number
from touchstone.ledger.models import Entry
from touchstone.notices.models import Objection, PublicNotice
from touchstone.notices.operations import make_objection
from touchstone.policy.eligibility.levels import SeniorPost
from touchstone.policy.roles import OfficeKind, Role
from touchstone.tasks.models import Copy


@pytest.fixture
def stage(cast: Cast) -> Appointing:
    """Give body 甲, filed for 高级技师, with two workers; nothing is announced yet."""
    return Appointing(cast)


def own_desk(person: Person, cast: Cast) -> Actor:
    """Give a worker a desk of their own and let them act at it."""
    open_log_in(person=person, username=f"own{person.pk}", password="touchstone-demo", by=PLATFORM, at=cast.at)
    grant_role(person=person, office=office("CANDIDATES"), role=Role.CANDIDATE, since=date(2026, 1, 1), by=PLATFORM, at=cast.at)
    user = user_of(person)
    assert user is not None
    return next(one for one in actors_of(user, cast.at.date()) if one.office_kind is OfficeKind.CANDIDATE)


def test_from_the_announcement_to_the_certificate(stage: Appointing) -> None:
    """公告、推荐、核对、评审、公示、聘任；证书的等级位为字母，证书写明特级技师，所在区和市中心收到抄送。"""
    made = stage.all_the_way()
    assert (made.number, made.since, made.until) == ("PR202600001", date(2026, 4, 1), date(2028, 4, 1))
    found = by_number(made.certificate_number)
    assert found is not None
    assert (found.number[0], found.number[15], found.level_label) == ("Y", "T", "特级技师")
    assert (found.plan_number, found.candidate_number) == (stage.round.number, made.nomination.number)
    assert Nomination.objects.get(person=stage.people[1]).standing == "passed_over"
    told = Copy.objects.filter(case=stage.round.number)
    assert {one.office.number for one in told} == {"CENTRE", "RS-310115"}
    assert told.count() == 4
    events = list(Entry.objects.filter(subject=stage.round.number).order_by("pk").values_list("event", flat=True))
    wanted = ["announced", "nominations_closed", "reviewed", "noticed", "confirmed"]
    assert [one for one in events if one.startswith("appointment.")] == [f"appointment.{one}" for one in [*wanted, "appointed"]]


def test_who_cannot_announce(stage: Appointing, wide_cast: WideCast) -> None:
    """没有备案到一级的、院校、社会机构、条件不全的，都不能公告。"""
    sun, shi, xie, fan, at = stage.cast.sun, stage.cast.shi, wide_cast.xie, wide_cast.fan, stage.cast.at

    def tries(by: Actor, **changed: object) -> object:
        return acts.announce_round(announced=stage.announcement(**changed), by=by, at=at)

    all_refused_and_nothing_changed(
        [
            ("没有备案的企业", lambda: tries(shi), "没有车工的有效备案"),
            ("社会培训评价组织", lambda: tries(xie), "不能评聘特级技师"),
            ("院校", lambda: tries(fan), "不能评聘特级技师"),
            ("备案经办人", lambda: tries(stage.cast.lin), "评聘公告由"),
            ("区", lambda: tries(stage.cast.wang), "评聘公告由"),
            ("没有登录", lambda: tries(VISITOR), "评聘公告由"),
            ("没有这个职业", lambda: tries(sun, occupation_code="9-99-99-99"), "没有这个职业"),
            ("没有岗位", lambda: tries(sun, posts=0), "至少为1个"),
            ("没有条件", lambda: tries(sun, criteria=" "), "评聘条件和办法"),
            ("截止日已过", lambda: tries(sun, applications_until=date(2026, 3, 1)), "已经过去"),
            ("聘期太长", lambda: tries(sun, term_years=4), "1至3年"),
        ],
        "appointments",
    )


def test_a_worker_applies_at_their_own_desk(stage: Appointing) -> None:
    """职工本人申报并补充材料；别人的申报动不了；截止后不能再报。"""
    stage.announced()
    own, other = (own_desk(person, stage.cast) for person in stage.people)
    number, at = stage.round.number, stage.cast.at
    one = acts.apply_for_post(number=number, claim=Claim(WORDS, date(2020, 6, 1), "1931010100123456"), by=own, at=at)
    assert one.by_self
    assert one.standing == "entered"
    assert [found["outcome"] for found in one.findings] == ["met", "unproven", "unproven", "met", "met"]
    acts.add_evidence(number=one.number, label="业绩材料", name="获奖.pdf", content=b"%PDF-1.4 x", by=own, at=at)
    late = moment(date(2026, 3, 11), 9)
    all_refused_and_nothing_changed(
        [
            ("再报一次", lambda: acts.apply_for_post(number=number, claim=Claim(WORDS), by=own, at=at), "已在本次评聘的申报名单中"),
            ("没有业绩", lambda: acts.apply_for_post(number=number, claim=Claim(" "), by=other, at=at), "请填写业绩"),
            ("截止以后", lambda: acts.apply_for_post(number=number, claim=Claim(WORDS), by=other, at=late), "已于2026-03-10截止"),
            ("撤回别人的", lambda: acts.withdraw_nomination(number=one.number, reason="x", by=other, at=at), "推荐由"),
            ("给别人加材料", lambda: acts.add_evidence(number=one.number, label="", name="a.pdf", content=b"%PDF-", by=other, at=at), "推荐由"),
            ("经办人替人自报", lambda: acts.apply_for_post(number=number, claim=Claim(WORDS), by=stage.cast.sun, at=at), "本人申报"),
        ],
        "appointments",
    )
    acts.withdraw_nomination(number=one.number, reason="明年再报", by=own, at=at)
    again = acts.apply_for_post(number=number, claim=Claim(WORDS), by=own, at=at)
    assert again.standing == "unqualified"
    assert own_nominations(own).count() == 2


def test_only_workers_in_post_are_put_forward(stage: Appointing) -> None:
    """离岗的、别家的不能推荐；材料没有核对清楚、还没有截止的，不能截止申报。"""
    stage.announced()
    number, sun, at = stage.round.number, stage.cast.sun, stage.cast.at
    gone = workers_of(stage.cast.body_a).get(person=stage.people[1])
    end_worker(worker_id=gone.pk, on=at.date(), by=PLATFORM, at=at)
    claim = Claim(WORDS, date(2020, 6, 1), "x")
    acts.put_forward(number=number, person=stage.people[0], claim=claim, by=sun, at=at)
    later = moment(date(2026, 3, 11), 9)
    all_refused_and_nothing_changed(
        [
            ("离岗", lambda: acts.put_forward(number=number, person=stage.people[1], claim=claim, by=sun, at=at), "只能评聘本单位在岗职工"),
            ("别家机构", lambda: acts.put_forward(number=number, person=stage.people[0], claim=claim, by=stage.cast.shi, at=at), "只能办理本企业"),
            ("还没有截止", lambda: acts.close_nominations(number=number, by=sun, at=moment(UNTIL, 9)), "尚未截止"),
            ("还没有核对", lambda: acts.close_nominations(number=number, by=sun, at=later), "还有1人的条件没有核对清楚"),
        ],
        "appointments",
    )


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"panel": PANEL[:4]}, "应不少于5人", id="四人"),
        pytest.param({"panel": PANEL[:3]}, "应不少于5人", id="三人"),
        pytest.param({"minutes": " "}, "评审纪要", id="没有纪要"),
        pytest.param({"votes": {}}, "没有登记韩大匠、杨巧手的表决结果", id="没有表决"),
        pytest.param({"reviewed_on": UNTIL}, "申报截止之后", id="截止以前评审"),
    ],
)
def test_a_review_that_may_not_stand(stage: Appointing, changed: dict[str, object], says: str) -> None:
    """评审组、纪要、表决、日期不合规定的，不能登记。"""
    stage.announced().put_forward().closed()
    refused_and_nothing_changed(lambda: stage.review(**changed), says, "appointments")


def test_votes_recusal_and_ties(stage: Appointing) -> None:
    """票数要与表决评委相符；回避要写原因；最后一个岗位票数相同的须复投。"""
    stage.announced().put_forward().closed()
    first, second = stage.votes()
    stranger = {first: Vote(4, 0, {"某人": "师徒"}), second: Vote(1, 4)}
    silent = {first: Vote(4, 0, {"郑师傅": " "}), second: Vote(1, 4)}
    for votes, says in (
        (stage.votes((5, 1)), "应有5票，登记了6票"),
        (stranger, "不是评委"),
        (silent, "回避的原因"),
        (stage.votes((4, 1), (4, 1)), "复投"),
    ):
        refused_and_nothing_changed(lambda votes=votes: stage.review(votes=votes), says, "appointments")  # type: ignore[misc]
    stage.review(votes={first: Vote(4, 0, {"郑师傅": "师徒关系"}), second: Vote(2, 3)})
    chosen = Nomination.objects.get(number=first)
    assert chosen.standing == "chosen"
    assert [(one.member.name, one.reason) for one in chosen.recusals.all()] == [("郑师傅", "师徒关系")]


def test_nobody_is_carried(stage: Appointing) -> None:
    """没有人得到足够的赞成票，评聘结束。"""
    found = stage.announced().put_forward().closed().reviewed((3, 2), (0, 5)).round
    assert found.state == "empty"
    assert "足够的赞成票" in found.ended_because


def test_an_upheld_objection_strikes_one_out(stage: Appointing) -> None:
    """异议成立，该人选不予聘任；没有其他人选的，公示期满后评聘结束。"""
    stage.announced().put_forward().closed().reviewed().noticed()
    at = moment(date(2026, 3, 17), 9)
    make_objection(notice_number=stage.round.notice_number, name="某职工", phone="13800000000", content="攻关成果不是他的", by=VISITOR, at=at)
    objection = Objection.objects.get().number
    chosen = Nomination.objects.get(round=stage.round, standing="chosen").number
    answer = {"number": objection, "upheld": True, "answer": "经核查属实", "at": at}
    all_refused_and_nothing_changed(
        [
            ("没有指明人选", lambda: acts.answer_objection(against="", by=stage.cast.qian, **answer), "请选择异议针对的拟聘人选"),  # type: ignore[arg-type]
            ("经办人", lambda: acts.answer_objection(against=chosen, by=stage.cast.sun, **answer), "企业负责人答复"),  # type: ignore[arg-type]
        ],
        "appointments",
    )
    acts.answer_objection(against=chosen, by=stage.cast.qian, **answer)  # type: ignore[arg-type]
    assert stage.confirmed().round.state == "empty"
    assert PublicNotice.objects.get().outcome == "公示期满"
    assert not Appointment.objects.exists()


def test_the_leader_appoints_once_the_notice_is_over(stage: Appointing) -> None:
    """公示期满由平台转入聘任；只有负责人聘任，起始日不早于当天。"""
    stage.announced().put_forward().closed().reviewed().noticed()
    early = moment(date(2026, 3, 20), 12)
    refused_and_nothing_changed(lambda: stage.confirmed(early), "尚未期满", "appointments")
    stage.confirmed()
    number, at = stage.round.number, moment(date(2026, 3, 23), 10)

    def tries(by: Actor, since: date = date(2026, 4, 1), words: str = "同意") -> object:
        return acts.appoint_chosen(number=number, since=since, words=words, by=by, at=at)

    all_refused_and_nothing_changed(
        [
            ("经办人", lambda: tries(stage.cast.sun), "由机构负责人办理"),
            ("别家负责人", lambda: tries(stage.cast.shi), "只能办理本企业"),
            ("区", lambda: tries(stage.cast.wu), "由机构负责人办理"),
            ("没有意见", lambda: tries(stage.cast.qian, words=" "), "请填写聘任意见"),
            ("起始日已过", lambda: tries(stage.cast.qian, since=date(2026, 3, 20)), "不能早于今天"),
        ],
        "appointments",
        "certificates",
    )
    tries(stage.cast.qian.with_key("a"))
    refused_and_nothing_changed(lambda: tries(stage.cast.qian.with_key("a")), "不能聘任", "appointments", "certificates")


def test_a_round_called_off(stage: Appointing) -> None:
    """公示以前可以取消，须写明原因。"""
    stage.announced().put_forward()
    number, qian, at = stage.round.number, stage.cast.qian, stage.cast.at
    refused_and_nothing_changed(lambda: acts.cancel_round(number=number, reason=" ", by=qian, at=at), "取消的原因", "appointments")
    assert acts.cancel_round(number=number, reason="岗位调整", by=qian, at=at).state == "cancelled"


def test_who_sees_a_round(stage: Appointing) -> None:
    """本企业、注册地所在区、市级看得到；别的区和别家看不到。"""
    stage.announced()
    cast = stage.cast
    seen = {who: rounds(getattr(cast, who)).count() for who in ("sun", "shi", "wang", "lv", "han", "jiang", "pan", "tang")}
    assert seen == {"sun": 1, "shi": 0, "wang": 1, "lv": 0, "han": 1, "jiang": 1, "pan": 1, "tang": 0}


def test_chief_comes_out_of_special(stage: Appointing) -> None:
    """首席技师从特级技师中产生：受聘满三年方可；改聘后原岗位终止。"""
    made = stage.all_the_way()
    Appointment.objects.filter(pk=made.pk).update(since=date(2023, 1, 1))
    stage.post = SeniorPost.CHIEF_TECHNICIAN
    at = moment(date(2026, 4, 2), 9)
    stage.round = acts.announce_round(announced=stage.announcement(applications_until=date(2026, 4, 3)), by=stage.cast.sun, at=at)
    one = acts.put_forward(number=stage.round.number, person=stage.people[0], claim=Claim(WORDS), by=stage.cast.sun, at=at)
    assert one.held_number == made.number
    other = acts.put_forward(number=stage.round.number, person=stage.people[1], claim=Claim(WORDS), by=stage.cast.sun, at=at)
    assert other.standing == "unqualified"
    acts.check_nomination(number=one.number, held=False, achievements=True, remark="核对材料", by=stage.cast.sun, at=at)
    acts.close_nominations(number=stage.round.number, by=stage.cast.sun, at=moment(date(2026, 4, 7), 9))
    then = {"reviewed_on": date(2026, 4, 7), "at": moment(date(2026, 4, 7), 16)}
    stage.review(votes={one.number: Vote(5, 0)}, **then)
    acts.publish_chosen(number=stage.round.number, by=stage.cast.qian, at=moment(date(2026, 4, 8), 9))
    acts.confirm_round(number=stage.round.number, by=PLATFORM, at=moment(date(2026, 4, 17), 1))
    raised = acts.appoint_chosen(number=stage.round.number, since=date(2026, 5, 1), words="同意", by=stage.cast.qian, at=moment(date(2026, 4, 17), 9))
    assert raised[0].certificate_number[15] == "S"
    made.refresh_from_db()
    assert (made.state, made.ending) == ("ended", "raised")
    assert Round.objects.count() == 2
