"""申请派遣: assessors are asked for a sitting, as many as the standard and the law want, or supervisors to watch it, with everybody they must have no
tie to."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.exams.models import Sitting
from touchstone.exams.operations.arrangement import held_plan
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.queries.sittings import exam_form_of, seats, where_and_when
from touchstone.exams.states import Part, PlanState
from touchstone.experts.operations import Asked, ask_for_people
from touchstone.experts.permissions import check_may_send_supervisors
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.policy.documents import notice
from touchstone.policy.exams.staffing import least_assessors, most_candidates
from touchstone.policy.experts.dispatch import Wanted, assessors_wanted, supervisors_wanted
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.roles import OfficeKind

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate, Plan
    from touchstone.experts.models import DispatchRequest

WATCH = notice("三(三)1")


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
    asked = _asked(plan, sitting, people, assessors_for(plan, Part(sitting.part), len(people)))
    return ask_for_people(asked, secret=secret, by=by, at=at)


@transaction.atomic
def ask_for_supervisors(*, sitting_number: str, secret: bytes, by: Actor, at: datetime) -> "DispatchRequest":
    """This function will ask for external supervisors of the actor's office (the centre's, a district's) to watch a sitting; the body is not told.

    :raises Refusal: unless the arrangement is settled, and when the office has asked already. :raises NotAllowed: on foreign ground.
    """
    sitting = Sitting.objects.select_related("room", "plan").get(number=sitting_number)
    plan = locked(sitting.plan.number)
    check_may_send_supervisors(by, plan.body, plan.venue)
    check_not_stopped(plan, at.date())
    if plan.state != PlanState.ARRANGED:
        raise Refusal(f"计划当前为“{PlanState(plan.state).label}”，不能派督导员。", WATCH, "考务编排确认后、考试开始前可以派督导员。")
    people = [seat.candidate for seat in seats(sitting)]
    kind = MemberKind.CITY_SUPERVISOR if by.office_kind is OfficeKind.CITY_CENTRE else MemberKind.DISTRICT_SUPERVISOR
    asked = _asked(plan, sitting, people, supervisors_wanted(kind, at.date()))
    office = city_centre() if kind is MemberKind.CITY_SUPERVISOR else district_bureau(by.district)
    return ask_for_people(replace(asked, title=f"外部质量督导：{asked.title}", corps_of=office), secret=secret, by=by, at=at)


def _asked(plan: "Plan", sitting: Sitting, people: list["Candidate"], wanted: Wanted) -> Asked:
    return Asked(
        case=sitting.number,
        title=f"{plan.title} {Part(sitting.part).label} {where_and_when(sitting)}",
        body=plan.body,
        venue=plan.venue,
        occupation=plan.occupation,
        level=plan.level,
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
        candidates=len(people),
        wanted=[wanted],
        persons=[one.person_id for one in people],
        employers=sorted({name_key(one.employer) for one in people if one.employer.strip()}),
    )


def assessors_for(plan: "Plan", part: Part, candidates: int) -> Wanted:
    """This function will say how many assessors a sitting of a plan needs: the standard's own numbers, never fewer than the law's."""
    form = exam_form_of(plan, part)
    least = least_assessors(part, form.least_assessors if form else None, plan.exam_on)
    ratio = most_candidates(form.candidates_per_assessor if form else None, plan.exam_on)
    return assessors_wanted(candidates, ratio.value, least.value, least.clause)
