"""课证融通办理: candidates are exempt from elements by course units passed, an exemption is taken back, one sitting is the course's exam as well.

`通知 二(三)`. It is decided for a plan before its seats are given, so that everybody knows what they sit; what was decided is never altered.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.bodies.operations.courses import enter_exam_marks
from touchstone.bodies.queries import pilot, pilot_terms, students_by_person
from touchstone.bodies.queries.courses import taught_by
from touchstone.exams import permissions
from touchstone.exams.models import Candidate, CourseExam, Exemption, Plan, ScoreEntry
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.scores import reopen
from touchstone.exams.queries.courses import DECIDABLE, OVER, SETTABLE, considered, course_exams, pilot_of_plan
from touchstone.exams.queries.score_book import standing_lock
from touchstone.exams.queries.sittings import entrants, plan_parts
from touchstone.exams.states import PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record, record_many
from touchstone.policy.exams.courses import COURSES, unit_examined_here
from touchstone.policy.pilots import PilotKind, pilot_covers

if TYPE_CHECKING:
    from touchstone.bodies.models import Pilot

JOINED = PilotKind.COURSE_AND_CERTIFICATE


@transaction.atomic
def grant_exemptions(*, plan_number: str, by: Actor, at: datetime) -> int:
    """This function will exempt every eligible candidate of a plan from the elements that their course units carry, and count the elements; asked
    again, only those that came since are added. Marks and findings are kept as they stand.

    :raises Refusal: without a pilot that covers the plan, or where nobody can be exempt. :raises MoveRefused: once the arrangement stands.
    """
    plan = _open(plan_number, by, at)
    if PlanState(plan.state) not in DECIDABLE:
        state = PlanState(plan.state).label
        raise MoveRefused(f"当前为“{state}”，不能核定免考。", COURSES, "计划上报后、考务确认前核定，以便考生知道考哪些内容。")
    own = _pilot(plan)
    fresh = [
        Exemption(
            candidate=line.candidate, part=each.taught.part.value, element=each.taught.element, unit=each.taught.unit, share=each.taught.share,
            mark=each.result.mark, counts=each.counts, passed_on=each.result.passed_on, course_result=each.result.number, pilot=own.number,
            findings=records(each.findings), decided_by_id=by.user_id, decided_at=at,
        )
        for line in considered(plan)
        for each in line.could_be
        if each.taught.part is not None
    ]  # fmt: skip
    if not fresh:
        raise Refusal("没有考生可以新增免考的要素。", COURSES, "请先在试点中登记并确认课程成绩；每名考生不能免考的原因列在本页。")
    Exemption.objects.bulk_create(fresh, batch_size=1000)
    people = len({one.candidate_id for one in fresh})
    record("exemptions.decided", plan.number, by=by, at=at, detail={"pilot": own.number, "candidates": people, "elements": len(fresh)})
    told = [(one.candidate.number, {"part": one.part, "element": one.element, "share": one.share, "mark": str(one.mark)}) for one in fresh]
    record_many("candidate.exempted", told, by=by.with_key(""), at=at)
    return len(fresh)


@transaction.atomic
def take_back_exemptions(*, candidate_number: str, reason: str, by: Actor, at: datetime) -> int:
    """This function will take back what a candidate is exempt from, and count the elements. Before the arrangement stands, the parts are sat after
    all; afterwards a part in which there is no seat counts as missed.

    :raises Refusal: without a reason, where nothing stands, or once scores are locked. :raises MoveRefused: once results are announced.
    """
    candidate = Candidate.objects.select_related("plan").get(number=candidate_number)
    plan = _open(candidate.plan.number, by, at)
    if PlanState(plan.state) in OVER:
        raise MoveRefused(f"当前为“{PlanState(plan.state).label}”，不能撤销免考。", COURSES, "成绩公示以前可以撤销；公示中的须先中止公示。")
    if standing_lock(plan) is not None:
        raise Refusal("成绩已经锁定，不能撤销免考。", COURSES, "确需撤销的，由机构负责人写明理由解锁成绩。")
    if not reason.strip():
        raise Refusal("请写明撤销免考的原因。", COURSES, "原因会告知考生，并留在流转记录中。")
    found = list(Exemption.objects.select_for_update().filter(candidate=candidate, ended_at__isnull=True))
    if not found:
        raise Refusal(f"{candidate.name}没有免考的要素。", COURSES, "无需办理。")
    for one in found:
        one.ended_at, one.ended_because = at, reason.strip()[:200]
    Exemption.objects.bulk_update(found, ["ended_at", "ended_because"])
    reopen(plan, {candidate.pk})
    detail = {"plan": plan.number, "elements": [one.element for one in found]}
    record("candidate.exemption_taken_back", candidate.number, by=by, at=at, reason=reason.strip(), detail=detail)
    return len(found)


@transaction.atomic
def join_course_exam(*, plan_number: str, unit: str, by: Actor, at: datetime) -> CourseExam:
    """This function will have a plan's exam of one part be the diploma exam of a course unit as well: one sitting, whose marks become course marks.

    :raises Refusal: without a pilot, for a unit that is not on its map, or twice. :raises MoveRefused: after the review is closed.
    """
    plan = _settable(plan_number, by, at)
    own = _pilot(plan)
    taught = taught_by(own)
    found = unit_examined_here(taught, unit, plan_parts(plan), plan.exam_on)
    must(found, "请从试点的课程单元中选择一个写明科目的单元。")
    if any(one.unit == unit for one in course_exams(plan)):
        raise Refusal(f"本计划已同时作为“{unit}”的考试。", COURSES, "无需重复设定。")
    part = next(one.part for one in taught if one.unit == unit)
    assert part is not None
    made = CourseExam.objects.create(
        plan=plan, part=part.value, unit=unit, pilot=own.number, findings=records([found]), set_by_id=by.user_id, set_at=at
    )
    record("plan.course_exam_joined", plan.number, by=by, at=at, detail={"unit": unit, "part": part.value, "pilot": own.number})
    return made


@transaction.atomic
def part_course_exam(*, plan_number: str, unit: str, reason: str, by: Actor, at: datetime) -> None:
    """This function will undo that a plan's exam is a course's as well. :raises Refusal: without a reason, or where it is not."""
    plan = _settable(plan_number, by, at)
    found = next((one for one in course_exams(plan) if one.unit == unit), None)
    if found is None:
        raise Refusal(f"本计划没有设定“{unit}”的合并考试。", COURSES, "无需取消。")
    if not reason.strip():
        raise Refusal("请写明取消合并考试的原因。", COURSES, "已报名的考生会在报名页看到变化。")
    found.delete()
    record("plan.course_exam_parted", plan.number, by=by, at=at, reason=reason.strip(), detail={"unit": unit})


def hand_marks_to_courses(plan: Plan, *, by: Actor, at: datetime) -> None:
    """This function will write down as course marks what the school's students scored in an exam that was their course's as well; part of confirming
    the results, whose marks have stood before the public."""
    for exam in course_exams(plan):
        own = pilot(exam.pilot, PLATFORM) if exam.batch == "" else None
        if own is None:
            continue
        people = list(entrants(plan))
        students = students_by_person(plan.body, [one.person_id for one in people])
        marks = dict(
            ScoreEntry.objects.filter(candidate__plan=plan, part=exam.part, replaced_at__isnull=True)
            .exclude(candidate__voided_parts__part=exam.part, candidate__voided_parts__undone_at__isnull=True)
            .values_list("candidate_id", "value")
        )
        by_register = {
            students[one.person_id][0].register_number: marks[one.pk] for one in people if one.pk in marks and students.get(one.person_id)
        }
        made = enter_exam_marks(pilot=own, unit=exam.unit, marks=by_register, plan_number=plan.number, passed_on=plan.exam_on, by=by, at=at)
        if made is not None:
            exam.batch = made.number
            exam.save(update_fields=["batch"])


def _open(plan_number: str, by: Actor, at: datetime) -> Plan:
    plan = locked(plan_number)
    permissions.check_may(by, "exempt", plan)
    check_not_stopped(plan, at.date())
    return plan


def _pilot(plan: Plan) -> "Pilot":
    """The pilot that covers a plan. :raises Refusal: when there is none."""
    found = pilot_covers(JOINED, pilot_terms(plan.body, JOINED), plan.occupation.code, plan.exam_on)
    must(found, "课证融通由市职鉴中心批准试点；请核对试点的范围和期限。")
    own = pilot_of_plan(plan)
    assert own is not None
    return own


def _settable(plan_number: str, by: Actor, at: datetime) -> Plan:
    plan = _open(plan_number, by, at)
    if PlanState(plan.state) not in SETTABLE:
        raise MoveRefused(f"当前为“{PlanState(plan.state).label}”，不能改动合并考试。", COURSES, "资格审核完成以前设定，考生报名时即可看到。")
    return plan
