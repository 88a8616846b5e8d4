"""虚构评聘: a 特级技师 who serves, and a round that takes applications, one of them waiting to be checked; 陈一诺 can apply."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM
from touchstone.appointments import operations
from touchstone.appointments.operations import Announcement, Claim, Member, Vote
from touchstone.bodies.operations import enter_worker
from touchstone.notices.queries import notice
from touchstone.parameters.queries import calendar
from touchstone.policy.eligibility.levels import SeniorPost
from touchstone.simulation.cast import actor_of, identity_of
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.evaluation import at_hour
from touchstone.simulation.filing import TURNER

if TYPE_CHECKING:
    from touchstone.accounts.models import Person
    from touchstone.bodies.models import Body

_CRITERIA = "取得高级技师证书满三年，在技术攻关、工艺革新、带徒传技上有突出业绩。经业绩评审、现场答辩和综合评审，按票数择优。"
_WORDS = "解决数控车床批量件同轴度超差问题，获市级技术能手称号，带徒5人。"


def populate(body: "Body", crowd: Crowd, *, at: datetime) -> None:
    """This function will carry one round of a body through to an appointment, and leave another open."""
    days = calendar()
    then = at_hour(days.add_working_days(at.date(), -40), 9)
    people = [_enter(body, crowd, then) for _ in range(3)]
    chen = identity_of("chen").read()
    _work(body, chen.name, chen.id_number, then)
    _appointed(body, people[:2], then)
    opened = at_hour(days.add_working_days(at.date(), -2), 10)
    planner = actor_of("ren", at.date())
    number = operations.announce_round(announced=_announcement(at.date() + timedelta(days=14)), by=planner, at=opened).number
    claim = Claim(_WORDS, at.date() - timedelta(days=2000), "1931010100020001")
    operations.put_forward(number=number, person=people[2], claim=claim, by=planner, at=opened)


def _announcement(until: date) -> Announcement:
    return Announcement(SeniorPost.SPECIAL_TECHNICIAN, TURNER, 1, _CRITERIA, until, 3)


def _enter(body: "Body", crowd: Crowd, at: datetime) -> "Person":
    someone = crowd.grown_up(at.date())
    return _work(body, someone.name, someone.id_number, at)


def _work(body: "Body", name: str, id_number: str, at: datetime) -> "Person":
    since = at.date() - timedelta(days=3000)
    given = {"form": "直接用工", "through": "", "post": "数控车工", "subsidiary": None, "evidence": "劳动合同"}
    return enter_worker(body=body, name=name, id_number=id_number, since=since, by=PLATFORM, at=at, **given).person  # type: ignore[arg-type]


def _appointed(body: "Body", people: "list[Person]", at: datetime) -> None:
    days, planner, leader = calendar(), actor_of("ren", at.date()), actor_of("gu", at.date())

    def later(working_days: int, hour: int = 9) -> datetime:
        return at_hour(days.add_working_days(at.date(), working_days), hour)

    until = later(5).date()
    number = operations.announce_round(announced=_announcement(until), by=planner, at=at).number
    put = [
        operations.put_forward(number=number, person=one, claim=Claim(_WORDS, date(2018, 6, 1), f"193101010001000{n}"), by=planner, at=at)
        for n, one in enumerate(people)
    ]
    for one in put:
        operations.check_nomination(
            number=one.number, held=True, achievements=True, remark="核对高级技师证书和获奖证书原件。", by=planner, at=later(4)
        )
    operations.close_nominations(number=number, by=planner, at=later(6))
    panel = [Member(name, body.name, rank) for name, rank in (("时工", "总工程师"), ("庞工", "首席工程师"), ("熊主任", "技能评价部主任"))]
    panel += [Member("纪教授", "上海虚构大学", "教授", outsider=True), Member("舒高工", "上海虚构机床研究所", "正高级工程师", outsider=True)]
    votes = {put[0].number: Vote(4, 0, {"庞工": "师徒关系"}), put[1].number: Vote(2, 3)}
    minutes = "听取业绩汇报，现场答辩各20分钟，无记名投票。庞工对其徒弟回避。"
    operations.record_review(number=number, panel=panel, votes=votes, minutes=minutes, reviewed_on=later(8).date(), by=planner, at=later(8, 16))
    published = operations.publish_chosen(number=number, by=leader, at=later(9))
    closed = at_hour(notice(published.notice_number).closes_on, 1)
    operations.confirm_round(number=number, by=PLATFORM, at=closed)
    appointed = at_hour(days.add_working_days(closed.date(), 1), 9)
    operations.appoint_chosen(number=number, since=appointed.date(), words="经企业研究，同意聘任。", by=leader, at=appointed)
