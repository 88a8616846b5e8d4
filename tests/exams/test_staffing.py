"""人员安排: whom of the roster can a sitting have, and what comes along from an earlier one?"""

from datetime import date
from typing import Any

import pytest

from tests.cast import Cast, set_up
from tests.exams.stage import EXAM_ON, Stage, moment, stage_again
from touchstone.accounts.operations import restrict_person
from touchstone.bodies.models import StaffMember
from touchstone.bodies.operations import add_staff, end_staff
from touchstone.exams.models import Plan, Sitting
from touchstone.exams.operations.arrangement import SittingTerms, add_sitting
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.exams.operations.staffing import copy_people
from touchstone.exams.queries.staffing import availability, earlier_sittings
from touchstone.exams.states import Part
from touchstone.kernel.law import Refusal
from touchstone.policy.violations.acts import Party
from touchstone.simulation.identity import id_number


@pytest.fixture
def stage(db: None) -> Stage:
    """Give a reviewed plan with its sittings and people; built once."""
    return stage_again(("sittings",), lambda: Stage(set_up()).reviewed().with_sittings())


@pytest.fixture
def cast(stage: Stage) -> Cast:
    """Give the cast around it."""
    return stage.cast


def keep_away(cast: Cast, name: str) -> StaffMember:
    """Keep one of the roster away until the end of the year."""
    member = StaffMember.objects.get(person__name=name, body=cast.body_a)
    restrict_person(
        person=member.person, party=Party.STAFF, since=cast.at.date(), until=date(2026, 12, 31), reason="违规", case="WJ1", clause="三(四)2",
        by=cast.qian, at=cast.at,
    )  # fmt: skip
    return member


def another_sitting(stage: Stage, hours: tuple[int, int], day: date = EXAM_ON) -> Sitting:
    """Give a sitting of theory without people, in a second plan on that day."""
    cast = stage.cast
    terms = PlanTerms(day, date(2026, 3, 9), 5, "孙景明 021-00000000")
    plan = draft_plan(scope_item_id=stage.plan.scope_item_id, terms=terms, by=cast.sun, at=cast.at)
    report_plan(number=plan.number, by=cast.sun, at=cast.at)
    room = plan.venue.rooms.get(name="理论二室")
    made = SittingTerms(Part.THEORY, room.pk, moment(day, hours[0]), moment(day, hours[1]))
    return add_sitting(plan_number=plan.number, terms=made, by=cast.sun, at=cast.at)


def test_somebody_kept_away_is_not_taken_into_the_roster(stage: Stage, cast: Cast) -> None:
    """限制从业期内的人，换一项职责也不能添加；限制期满后可以。"""
    member = keep_away(cast, "监考甲")
    facts: dict[str, Any] = {
        "body": cast.body_a,
        "name": "监考甲",
        "id_number": id_number(0, birthday=date(1980, 6, 1), male=True),
        "duty": "manager",
        "post": "",
        "full_time": True,
        "occupation": None,
        "highest_level": None,
        "qualification": "",
        "by": cast.lin,
    }
    with pytest.raises(Refusal, match="监考甲"):
        add_staff(**facts, at=cast.at)
    assert StaffMember.objects.filter(person=member.person).count() == 1
    assert add_staff(**facts, at=moment(date(2026, 12, 31), 9)).duty == "manager"


def test_the_roster_says_who_is_kept_away_and_who_is_needed_elsewhere(stage: Stage, cast: Cast, django_assert_num_queries) -> None:
    """名册里写明谁被限制、谁当日另有安排、到几点；查询次数不随人数增加。"""
    keep_away(cast, "监考丙")
    other = another_sitting(stage, (10, 12))
    with django_assert_num_queries(3):
        found = {one.member.person.name: one for one in availability(other.plan)}
    same, later = (moment(EXAM_ON, 10), moment(EXAM_ON, 12)), (moment(EXAM_ON, 14), moment(EXAM_ON, 16))
    assert "09:00至11:00" in found["监考丁"].why_not(*same)
    assert found["监考丁"].why_not(*later) == ""
    assert "不得" in found["监考丙"].why_not(*later)
    assert found["监考乙"].why_not(*same) == ""
    assert found["督导甲"].booked


def test_people_come_along_as_far_as_they_still_can(stage: Stage, cast: Cast) -> None:
    """照搬以往场次：已离开名册的、被限制的、同一时间另有安排的不照搬，逐人说明。"""
    later = another_sitting(stage, (9, 11), date(2026, 3, 23))
    assert [one.number for one in earlier_sittings(later.plan, [Part.THEORY])] == [stage.sittings()[0].number]
    keep_away(cast, "监考丁")
    results = copy_people(sitting_number=later.number, from_number=stage.sittings()[0].number, by=cast.sun, at=cast.at)
    assert {one.name: one.done for one in results} == {"监考丁": False, "监考丙": True, "督导甲": True}
    later.refresh_from_db()
    assert [one["name"] for one in later.invigilators] == ["监考丙"]
    assert later.supervisor is not None
    assert later.supervisor.name == "督导甲"
    end_staff(member_id=stage.staff("internal_supervisor")[0], by=cast.lin, at=cast.at)
    again = copy_people(sitting_number=later.number, from_number=stage.sittings()[0].number, by=cast.sun, at=cast.at)
    assert "人员名册" in next(one.sentence for one in again if one.name == "督导甲")


def test_nobody_comes_along_where_nobody_can(stage: Stage, cast: Cast) -> None:
    """同一时间的场次：没有人可以照搬，原有安排不变；别家的、别的科目的不能照搬。"""
    same = another_sitting(stage, (10, 12))
    end_staff(member_id=stage.staff("internal_supervisor")[0], by=cast.lin, at=cast.at)
    theory, practical = stage.sittings()
    with pytest.raises(Refusal, match="都不能安排"):
        copy_people(sitting_number=same.number, from_number=theory.number, by=cast.sun, at=cast.at)
    with pytest.raises(Refusal, match="没有可以照搬"):
        copy_people(sitting_number=same.number, from_number=practical.number, by=cast.sun, at=cast.at)
    with pytest.raises(Refusal, match="只能办理"):
        copy_people(sitting_number=same.number, from_number=theory.number, by=cast.shi, at=cast.at)
    assert Plan.objects.get(pk=same.plan_id).sittings.get().invigilators == []
