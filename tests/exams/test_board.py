"""计划看板: each state shows its own first plans, however many stand in another."""

from datetime import timedelta

from tests.cast import Cast
from tests.exams.registering import put_in_force
from touchstone.exams.models import Plan
from touchstone.exams.queries.plans import board, plans
from touchstone.exams.states import PlanState


def test_a_crowded_state_does_not_push_out_the_others(cast: Cast) -> None:
    """编制中有60份时，报名中的那一份仍在看板上。"""
    item = put_in_force(cast, level=4)
    shared = {
        "body": cast.body_a, "scope_item": item, "occupation": item.occupation, "level": 4, "standard": item.standard, "venue": item.venue,
        "registration_closes_on": cast.at.date(), "quota": 10, "contact": "孙", "drafted_at": cast.at,
    }  # fmt: skip
    crowd = [Plan(number=f"JH{n:05d}", title=f"计划{n}", exam_on=cast.at.date() + timedelta(days=n), **shared) for n in range(60)]
    late = cast.at.date() + timedelta(days=300)
    Plan.objects.bulk_create([*crowd, Plan(number="JH99999", title="报名中的计划", exam_on=late, state=PlanState.REPORTED, **shared)])
    columns = {column["state"]: column for column in board(cast.sun, [PlanState.DRAFTED, PlanState.REPORTED], limit=3)}
    assert [one.number for one in columns[PlanState.REPORTED]["plans"]] == ["JH99999"]
    assert [one.number for one in columns[PlanState.DRAFTED]["plans"]] == ["JH00000", "JH00001", "JH00002"]
    assert columns[PlanState.DRAFTED]["count"] == 60
    assert {getattr(one, "registered", None) for one in plans(cast.sun)} == {0}
