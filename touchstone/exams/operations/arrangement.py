"""场次安排: a sitting is put into a room at a time, given its people, or taken away again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import finding_of, restrictions_on
from touchstone.exams import permissions
from touchstone.exams.models import Plan, Sitting
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.queries.sittings import booked_elsewhere, exam_form_of, plan_parts, rooms, staff
from touchstone.exams.states import Part, PlanState
from touchstone.experts.operations import cancel_request
from touchstone.experts.queries.dispatch import request_for
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import Outcome, all_met
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.exams.arrangement import as_planned, room_serves
from touchstone.policy.exams.parts import lasts_long_enough
from touchstone.policy.violations.acts import Party


class DoubleBooked(Refusal):
    """The room or a person is needed elsewhere at that time."""


@dataclass(frozen=True)
class SittingTerms:
    """What a planner chooses: part, room, hours; the body's staff who invigilate or assess, and who supervises (staff keys)."""

    part: Part
    room_id: int
    starts_at: datetime
    ends_at: datetime
    staff_ids: Sequence[int] = ()
    supervisor_id: int | None = None


@transaction.atomic
def add_sitting(*, plan_number: str, terms: SittingTerms, by: Actor, at: datetime) -> Sitting:
    """This function will add a sitting to a plan.

    :raises DoubleBooked: when the room or a person is taken at that time.
    :raises Refusal: for a room outside the filed venue or filed for something else, another day, too short a time.
    """
    plan = held_plan(plan_number, by, at)
    if terms.part not in plan_parts(plan):
        raise Refusal(f"本等级不考{terms.part.label}。", RECORD, f"请从“{'、'.join(part.label for part in plan_parts(plan))}”中选择。")
    room = rooms(plan, plan.exam_on).filter(pk=terms.room_id).first()
    if room is None:
        raise Refusal("所选考场不在本计划备案的考核点，或已停用。", notice("三(三)2"), f"请选择“{plan.venue.name}”的考场。")
    if terms.ends_at <= terms.starts_at:
        raise Refusal("结束时间应晚于开始时间。", RECORD, "请核对场次时间。")
    minutes = int((terms.ends_at - terms.starts_at).total_seconds() // 60)
    starts, ends, form = localtime(terms.starts_at), localtime(terms.ends_at), exam_form_of(plan, terms.part)
    found = (
        as_planned(plan.exam_on, starts.date(), ends.date()),
        room_serves(terms.part, room.purpose, room.get_purpose_display(), room.name),
        lasts_long_enough(terms.part, minutes, plan.exam_on, form.minutes if form else None),
    )
    all_met(found, "请调整后再保存。")
    _check_room_free(plan, room, terms)
    sitting = Sitting(plan=plan, part=terms.part, room=room, starts_at=terms.starts_at, ends_at=terms.ends_at)
    _name_people(plan, sitting, terms.staff_ids, terms.supervisor_id)
    sitting.number = f"{plan.number}-{next_serial(f'sitting-{plan.number}'):02d}"
    sitting.save()
    record("sitting.added", plan.number, by=by, at=at, detail=told_of(sitting))
    return sitting


@transaction.atomic
def name_people(*, sitting_number: str, staff_ids: Sequence[int], supervisor_id: int | None, by: Actor, at: datetime) -> Sitting:
    """This function will name anew who invigilates or assesses and who supervises a sitting. :raises DoubleBooked:"""
    sitting = Sitting.objects.select_related("room", "plan").get(number=sitting_number)
    plan = held_plan(sitting.plan.number, by, at)
    _name_people(plan, sitting, staff_ids, supervisor_id)
    sitting.save(update_fields=["invigilators", "supervisor"])
    record("sitting.staffed", plan.number, by=by, at=at, detail=told_of(sitting))
    return sitting


@transaction.atomic
def remove_sitting(*, sitting_number: str, by: Actor, at: datetime) -> None:
    """This function will take a sitting away, with its seats; the ledger keeps that it stood. :raises Refusal: once attendance is noted."""
    sitting = Sitting.objects.select_related("room", "plan").get(number=sitting_number)
    plan = held_plan(sitting.plan.number, by, at)
    if sitting.seats.filter(present__isnull=False).exists():
        raise Refusal("该场次已登记到考情况，不能删除。", RECORD, "到考记录须保存备查。")
    if (asked := request_for(sitting.number)) is not None:
        cancel_request(number=asked.number, reason="场次已删除。", by=by, at=at)
    told = told_of(sitting)
    seats, _ = sitting.seats.all().delete()
    sitting.delete()
    record("sitting.removed", plan.number, by=by, at=at, detail={**told, "seats": seats})


def held_plan(plan_number: str, by: Actor, at: datetime) -> Plan:
    """This function will lock a plan whose arrangement is still open, and its body. :raises MoveRefused: once it is settled. :raises NotAllowed:"""
    plan = locked(plan_number)
    permissions.check_may(by, "arrange", plan)
    if plan.state not in {PlanState.REPORTED, PlanState.REVIEWED}:
        state = PlanState(plan.state).label
        raise MoveRefused(f"当前为“{state}”，不能改动场次。", RECORD, "考务已确认的，请先“重新编排”；考试已结束的不能再改。")
    check_not_stopped(plan, at.date())
    # Two plans of one body may want the same room or person: they wait for each other here.
    type(plan.body).objects.select_for_update(no_key=True).get(pk=plan.body_id)
    return plan


def _overlapping(plan: Plan, starts_at: datetime, ends_at: datetime, apart_from: int | None) -> list[Sitting]:
    found = booked_elsewhere(plan).filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    return list(found.exclude(pk=apart_from) if apart_from else found)


def _check_room_free(plan: Plan, room: Any, terms: SittingTerms) -> None:
    for other in _overlapping(plan, terms.starts_at, terms.ends_at, None):
        if other.room_id == room.pk:
            hours = f"{localtime(other.starts_at):%H:%M}至{localtime(other.ends_at):%H:%M}"
            sentence = f"“{room.name}”在{hours}已安排给“{other.plan.title}”的{Part(other.part).label}。"
            raise DoubleBooked(sentence, notice("三(三)2"), "请换一个考场或错开时间。")


def _name_people(plan: Plan, sitting: Sitting, staff_ids: Sequence[int], supervisor_id: int | None) -> None:
    duty = "invigilator" if sitting.part == Part.THEORY else "assessor"
    on_list = {member.pk: member for member in staff(plan, plan.exam_on)}
    chosen = [on_list.get(pk) for pk in dict.fromkeys(staff_ids)]
    if any(member is None or member.duty != duty for member in chosen):
        label = "监考人员" if duty == "invigilator" else "考评人员"
        raise Refusal(f"所选人员不在本机构考试当日的{label}名单中。", notice("三(二)2"), f"请从人员名册中选择{label}；新增人员请先在“人员”页登记。")
    supervisor = on_list.get(supervisor_id) if supervisor_id else None
    if supervisor_id and (supervisor is None or supervisor.duty != "internal_supervisor"):
        raise Refusal("所选督导员不在本机构内部质量督导员名单中。", notice("三(三)1"), "请从人员名册中选择内部质量督导员。")
    _check_not_kept_away(plan, [member for member in (*chosen, supervisor) if member is not None])
    people = [{"number": member.person.number, "name": member.person.name} for member in chosen if member is not None]
    _check_people_free(plan, sitting, {person["number"]: person["name"] for person in people})
    if supervisor is not None and supervisor.person.number in {person["number"] for person in people}:
        raise Refusal(f"{supervisor.person.name}不能在同一场次既督导又监考、考评。", notice("三(三)1"), "请另选内部质量督导员。")
    sitting.invigilators = people
    sitting.supervisor = supervisor.person if supervisor else None


def _check_not_kept_away(plan: Plan, members: Sequence[Any]) -> None:
    """Whoever a decided case keeps away serves in no sitting on the day of the exam."""
    standing = restrictions_on([member.person_id for member in members], Party.STAFF, plan.exam_on)
    for member in members:
        found = finding_of(standing.get(member.person_id), Party.STAFF, plan.exam_on)
        if found.outcome is not Outcome.MET:
            raise Refusal(f"{member.person.name}{found.reason}。", found.clause, "请另选人员；对处理决定有异议的，由其本人申诉。")


def _check_people_free(plan: Plan, sitting: Sitting, people: dict[str, str]) -> None:
    for other in _overlapping(plan, sitting.starts_at, sitting.ends_at, sitting.pk):
        for person in other.invigilators:
            if person["number"] in people:
                sentence = f"{person['name']}在同一时间已安排在“{other.plan.title}”的{Part(other.part).label}。"
                raise DoubleBooked(sentence, notice("三(二)2"), "请换一名人员或错开时间。")


def told_of(sitting: Sitting) -> dict[str, Any]:
    """This function will give what the ledger tells of a sitting: part, room, hours, people."""
    return {
        "sitting": sitting.number,
        "part": sitting.part,
        "room": sitting.room.name,
        "starts_at": localtime(sitting.starts_at).isoformat(),
        "ends_at": localtime(sitting.ends_at).isoformat(),
        "people": [person["name"] for person in sitting.invigilators],
        "supervisor": sitting.supervisor.name if sitting.supervisor else "",
    }
