"""外部质量督导派遣测试: does an office send its own supervisors by chance, unknown to the body, and only on its ground?"""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.exams.stage import Stage
from tests.exams.test_winding import end
from tests.experts.people import SECRET
from tests.refusing import all_refused_and_nothing_changed
from tests.web.test_filing_pages import client
from touchstone.accounts.actor import PLATFORM, Actor, NotAllowed
from touchstone.accounts.operations import grant_role, open_log_in
from touchstone.accounts.queries import actors_of, city_centre, district_bureau, office, user_behind
from touchstone.exams.operations.arranging import rearrange
from touchstone.exams.operations.asking import ask_for_supervisors
from touchstone.exams.permissions import may_serve
from touchstone.exams.queries.serving import Duty, duties, held_sitting
from touchstone.experts import operations
from touchstone.experts.models import Assignment, DispatchRequest, Member, Qualification
from touchstone.experts.permissions import can, check_may_cancel_request, check_may_dispatch, check_may_mark
from touchstone.experts.queries import dispatch as queries
from touchstone.policy.filing.ending import EndKind
from touchstone.policy.roles import Role
from touchstone.simulation.cast import FOREIGN, HOME
from touchstone.simulation.identity import id_number
from touchstone.tasks.queries import open_on

pytestmark = pytest.mark.django_db
KINDS = {"city_supervisor": "", "district_supervisor": HOME, "another_district": FOREIGN}


def enter_supervisors(cast: Any, kind: str, count: int = 2) -> list[Member]:
    """Enter supervisors of the centre or of a district, who work for firms of their own."""
    district = KINDS[kind]
    found = []
    for n in range(count):
        member = operations.register_member(
            name="督导员", id_number=id_number(n, birthday=date(1975, 1, 1 + list(KINDS).index(kind)), male=True), phone="", district=district,
            employer="虚构厂", body=None, by=PLATFORM, at=cast.at,
        )  # fmt: skip
        Qualification.objects.create(
            number=f"DD{kind[0]}{member.pk:05d}", member=member, kind="district_supervisor" if district else "city_supervisor",
            office=district_bureau(district) if district else city_centre(), since=date(2024, 6, 1), until=date(2099, 1, 1),
        )  # fmt: skip
        found.append(member)
    return found


@pytest.fixture
def stage(cast: Any) -> Stage:
    """Give a plan whose arrangement is settled; the city and two districts have two supervisors each."""
    return Stage(cast).reviewed().with_sittings().arranged()


def watched(cast: Any, stage: Stage, who: str, place: int = 0) -> DispatchRequest:
    """Ask for supervisors of somebody's office for a sitting, and have them drawn."""
    number = stage.sittings()[place].number
    asked = ask_for_supervisors(sitting_number=number, secret=SECRET, by=getattr(cast, who), at=cast.at)
    return operations.dispatch(number=asked.number, by=PLATFORM, at=cast.at)


@pytest.mark.parametrize(("who", "kind"), [("tao", "city_supervisor"), ("wang", "district_supervisor")], ids=["市职鉴中心", "区人社局"])
def test_each_office_sends_its_own(cast: Any, stage: Stage, who: str, kind: str) -> None:
    """中心派市级督导员，区派本区督导员，随机抽一名；理论考试也可以督导；同一场各派各的。"""
    people = {one: enter_supervisors(cast, one) for one in KINDS}
    found = watched(cast, stage, who)
    (sent,) = Assignment.objects.filter(request=found)
    assert sent.member in people[kind] and (sent.slot, sent.leads) == ("supervisor", False)
    assert len(queries.draws_of(found)[0].record["roster"]) == 2
    other = watched(cast, stage, "tao" if who == "wang" else "wang")
    assert other.case == found.case and other.corps_of != found.corps_of


def test_the_body_neither_sees_nor_stops_who_comes_to_watch(cast: Any, stage: Stage) -> None:
    """机构看不到督导派遣，不能取消，不能给督导员打分；派遣和考评人员的申请互不相干。"""
    enter_supervisors(cast, "district_supervisor")
    found = watched(cast, stage, "wang")
    sent = Assignment.objects.get()
    assert queries.request(found.number, cast.sun) is None and not queries.requests_for([found.case])
    assert client("sun").get(reverse("body:dispatch_request", args=[found.number])).status_code == 404
    assert not can(check_may_cancel_request, cast.sun, found) and not can(check_may_dispatch, cast.sun, found)
    assert not can(check_may_mark, cast.sun, sent)
    assert can(check_may_cancel_request, cast.wang, found) and not can(check_may_cancel_request, cast.tao, found), "派出单位自己的事"


def test_who_is_sent_sees_the_sitting_and_runs_nothing_there(cast: Any, stage: Stage) -> None:
    """派出的督导员看得到这一场，不能开考、签到、记录和结束；没有派到的看不到。"""
    sent_one, other = enter_supervisors(cast, "district_supervisor")
    if Assignment.objects.filter(request=watched(cast, stage, "wang"), member=other).exists():
        sent_one, other = other, sent_one
    stage.opened()
    number = stage.sittings()[0].number
    by, stranger = at_desk(cast, sent_one), at_desk(cast, other)
    assert duties(held_sitting(number, by), user_behind(by)) == {Duty.LOOKS_ON}
    with pytest.raises(NotAllowed, match="不归您查看"):
        held_sitting(number, stranger)
    assert not [verb for verb in ("open_sitting", "sign_in", "close_sitting") if may_serve(by, verb, stage.sittings()[0])]


def at_desk(cast: Any, member: Member) -> Actor:
    """Give a member a log-in of the corps and let them act."""
    person = member.person
    user = open_log_in(person=person, username=f"watch{person.pk}", password="touchstone-demo", by=PLATFORM, at=cast.at)
    grant_role(person=person, office=office("CORPS"), role=Role.CORPS_MEMBER, since=date(2026, 1, 1), by=PLATFORM, at=cast.at)
    return actors_of(user, cast.at.date())[0]


def test_who_may_not_send_and_when(cast: Any, stage: Stage) -> None:
    """别区、机构、市局不能派；编排确认以前不能派；已经派了不重复派。"""
    enter_supervisors(cast, "district_supervisor")
    number, other = stage.sittings()[0].number, stage.sittings()[1].number
    watched(cast, stage, "wang")

    def ask(who: str, sitting: str = other) -> Any:
        return lambda: ask_for_supervisors(sitting_number=sitting, secret=SECRET, by=getattr(cast, who), at=cast.at)

    tries = [(who, ask(who), "由市职鉴中心或者属地区人社局派往") for who in ("lv", "sun", "shen", "lin")]
    all_refused_and_nothing_changed([*tries, ("再派一次", ask("wang", number), "已经申请派遣")], "experts", "exams")
    rearrange(plan_number=stage.plan.number, reason="换考场。", by=cast.sun, at=cast.at)
    assert set(DispatchRequest.objects.values_list("state", flat=True)) == {"cancelled"}, "重新编排，督导员先不必来"
    all_refused_and_nothing_changed([("未确认", ask("wang"), "不能派督导员")], "experts", "exams")


def test_nobody_to_send_goes_to_the_office_that_asked(cast: Any, stage: Stage) -> None:
    """没有督导员可派的，待办给派出单位，不给机构。"""
    found = watched(cast, stage, "wang")
    assert found.state == "impossible" and [task.office_id for task in open_on(found.number)] == [cast.wang.office_id]
    assert queries.asking_office(found.number).pk == cast.wang.office_id


def test_a_plan_that_is_stopped_releases_its_supervisors(cast: Any, stage: Stage) -> None:
    """备案终止，派出的督导员也不必来。"""
    enter_supervisors(cast, "city_supervisor")
    watched(cast, stage, "tao")
    end(cast, EndKind.ORDERED)
    assert set(Assignment.objects.values_list("state", flat=True)) == {"cancelled"}
