"""派出的人与计划测试: do assessors who were sent stay the right ones, and are they released when the plan goes no further?"""

from datetime import date
from typing import Any

import pytest

from tests.exams.stage import Stage, moment
from tests.exams.test_winding import ENDED, end
from tests.experts.people import SECRET, enter_assessors
from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.exams.operations.arrangement import remove_sitting
from touchstone.exams.operations.asking import ask_for_assessors
from touchstone.exams.operations.plan_report import cancel_plan
from touchstone.exams.operations.seating import assign_seats
from touchstone.exams.operations.winding import replace_overdue
from touchstone.exams.states import Part
from touchstone.experts.models import Assignment, DispatchRequest
from touchstone.experts.operations import cancel_request, dispatch
from touchstone.jobs.messages import tell_people
from touchstone.ledger.models import Entry
from touchstone.policy.filing.ending import EndKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def staged(cast: Any) -> Stage:
    """Give a plan whose candidates are seated and to whose skills test three assessors are sent."""
    enter_assessors(4, cast.at)
    stage = Stage(cast).reviewed().with_sittings()
    assign_seats(plan_number=stage.plan.number, by=cast.sun, at=cast.at, seed="甲")
    (practical,) = [one for one in stage.sittings() if one.part == Part.PRACTICAL]
    asked = ask_for_assessors(sitting_number=practical.number, secret=SECRET, by=cast.sun, at=cast.at)
    dispatch(number=asked.number, by=PLATFORM, at=cast.at)
    return stage


def states() -> tuple[set[str], set[str]]:
    """Give the states of all requests and of all assignments."""
    return set(DispatchRequest.objects.values_list("state", flat=True)), set(Assignment.objects.values_list("state", flat=True))


def test_nobody_is_seated_anew_while_assessors_are_asked_for(staged: Stage, cast: Any) -> None:
    """已申请派遣的，不重新编排座位：回避是按这些考生算的；取消派遣以后可以。"""
    again = {"plan_number": staged.plan.number, "by": cast.sun, "at": cast.at, "seed": "乙"}
    refused_and_nothing_changed(lambda: assign_seats(**again), "重新编排会使回避失去依据", "exams", "experts")
    cancel_request(number=DispatchRequest.objects.get().number, reason="重新编排座位。", by=cast.sun, at=cast.at)
    assert assign_seats(**again)


STOPS = {
    "机构取消计划": lambda cast, plan: cancel_plan(number=plan.number, reason="报名人数不足", by=cast.sun, at=ENDED),
    "备案被终止": lambda cast, plan: end(cast, EndKind.ORDERED),
    "备案自动终止，到期没有考": lambda cast, plan: (
        end(cast, EndKind.AUTOMATIC, moment(date(2026, 1, 5), 10)),
        replace_overdue(plan_number=plan.number, by=PLATFORM, at=moment(date(2026, 3, 19), 10)),
    ),
}


@pytest.mark.usefixtures("told_at_once")
@pytest.mark.parametrize("stop", STOPS.values(), ids=list(STOPS))
def test_a_plan_that_goes_no_further_releases_its_assessors(staged: Stage, cast: Any, stop: Any) -> None:
    """计划停下来，派出的人当即空出并收到通知，不留派遣申请。"""
    assert states() == ({"dispatched"}, {"offered"})
    stop(cast, staged.plan)
    assert states() == ({"cancelled"}, {"cancelled"})
    assert Entry.objects.filter(event="assignment.cancelled").count() == 3
    assert tell_people(ENDED)


def test_a_sitting_taken_away_releases_its_assessors(staged: Stage, cast: Any) -> None:
    """删除场次，派出的人不必来。"""
    remove_sitting(sitting_number=DispatchRequest.objects.get().case, by=cast.sun, at=cast.at)
    assert states() == ({"cancelled"}, {"cancelled"})
