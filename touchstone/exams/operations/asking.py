"""申请派遣: assessors are asked for a sitting, as many as the standard and the law want, with everybody they must have no tie to."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Sitting
from touchstone.exams.operations.arrangement import held_plan
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.queries.sittings import exam_form_of, seats, where_and_when
from touchstone.exams.states import Part
from touchstone.experts.operations import Asked, ask_for_people
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.policy.exams.staffing import least_assessors, most_candidates
from touchstone.policy.experts.dispatch import Wanted, assessors_wanted

if TYPE_CHECKING:
    from touchstone.exams.models import Plan
    from touchstone.experts.models import DispatchRequest


@transaction.atomic
def ask_for_assessors(*, sitting_number: str, secret: bytes, by: Actor, at: datetime) -> "DispatchRequest":
    """This function will ask for the assessors of a sitting. `secret` is 32 bytes that the door makes; their commitment is on record before the draw.

    :raises Refusal: for a theory exam, before anybody is seated, or when they were asked for already.
    """
    sitting = Sitting.objects.select_related("room", "plan").get(number=sitting_number)
    plan = held_plan(sitting.plan.number, by, at)
    if sitting.part == Part.THEORY:
        raise Refusal("理论知识考试不设考评人员。", RECORD, "请安排监考人员。")
    people = [seat.candidate for seat in seats(sitting)]
    if not people:
        raise Refusal("这一场次还没有排座位，算不出需要多少考评人员。", RECORD, "请先编排座位，再申请派遣。")
    return ask_for_people(
        Asked(
            case=sitting.number,
            title=f"{plan.title} {Part(sitting.part).label} {where_and_when(sitting)}",
            body=plan.body,
            venue=plan.venue,
            occupation=plan.occupation,
            level=plan.level,
            starts_at=sitting.starts_at,
            ends_at=sitting.ends_at,
            candidates=len(people),
            wanted=[assessors_for(plan, Part(sitting.part), len(people))],
            persons=[one.person_id for one in people],
            employers=sorted({name_key(one.employer) for one in people if one.employer.strip()}),
        ),
        secret=secret,
        by=by,
        at=at,
    )


def assessors_for(plan: "Plan", part: Part, candidates: int) -> Wanted:
    """This function will say how many assessors a sitting of a plan needs: the standard's own numbers, never fewer than the law's."""
    form = exam_form_of(plan, part)
    least = least_assessors(part, form.least_assessors if form else None, plan.exam_on)
    ratio = most_candidates(form.candidates_per_assessor if form else None, plan.exam_on)
    return assessors_wanted(candidates, ratio.value, least.value, least.clause)
