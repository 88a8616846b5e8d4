"""场次查询: which sittings has a plan, who sits where, who may serve there, and what is still missing?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localtime

from touchstone.catalogue.queries import exam_form, structure_of
from touchstone.exams.models import Candidate, Plan, Seat, Sitting
from touchstone.exams.queries.courses import not_sat
from touchstone.exams.states import CandidateState, Part
from touchstone.experts.queries.dispatch import RESERVE, requests_for, sent_now
from touchstone.kernel.numbers import name_key
from touchstone.kernel.rules import Finding
from touchstone.parameters.queries import calendar
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.arrangement import (
    arranged_in_time,
    as_planned,
    assessor_covers,
    dispatched,
    enough_seats,
    everyone_seated,
    staffed,
    supervised,
)
from touchstone.policy.exams.parts import parts_of
from touchstone.policy.exams.staffing import assessors_can_cope

if TYPE_CHECKING:
    from touchstone.catalogue.queries import ExamFormRow
    from touchstone.experts.models import DispatchRequest

_OPEN = Q(until__isnull=True)


def plan_parts(plan: Plan) -> tuple[Part, ...]:
    """This function will give the parts that this plan's level is examined in."""
    return parts_of(Level(plan.level), plan.exam_on)


def sittings(plan: Plan) -> QuerySet[Sitting]:
    """This function will give a plan's sittings in order of time, with how many are seated, present and not yet noted."""
    return (
        Sitting.objects.filter(plan=plan)
        .select_related("room", "supervisor")
        .annotate(
            seated=Count("seats"),
            present=Count("seats", filter=Q(seats__present=True)),
            absent=Count("seats", filter=Q(seats__present=False)),
            unnoted=Count("seats", filter=Q(seats__present__isnull=True)),
        )
        .order_by("starts_at", "number")
    )


def sitting(number: str) -> Sitting:
    """This function will give a sitting. :raises Sitting.DoesNotExist:"""
    return Sitting.objects.select_related("plan__body", "room", "supervisor").get(number=number)


def seats(of: Sitting, text: str = "") -> QuerySet[Seat]:
    """This function will give the seats of a sitting in order of seat number; those of a name, of a ticket's last digits or of a seat's number where
    `text` is given."""
    rows = Seat.objects.filter(sitting=of).select_related("candidate__person", "sitting").order_by("seat_number")
    if not text:
        return rows
    wanted = Q(candidate__name_key__contains=name_key(text)) | Q(candidate__ticket_number__endswith=text)
    return rows.filter(wanted | Q(seat_number=int(text)) if text.isdigit() and len(text) < 5 else wanted)


def seats_of_plan(plan: Plan) -> QuerySet[Seat]:
    """This function will give every seat of a plan, sitting by sitting."""
    found = Seat.objects.filter(sitting__plan=plan).select_related("candidate__person", "sitting__room")
    return found.order_by("sitting__starts_at", "sitting__number", "seat_number")


def entrants(plan: Plan) -> QuerySet[Candidate]:
    """This function will give the candidates who take the exam: those found eligible."""
    return Candidate.objects.filter(plan=plan, state=CandidateState.ELIGIBLE).select_related("person").order_by("ticket_number", "number")


def rooms(plan: Plan, day: date) -> QuerySet[Any]:
    """This function will give the rooms of the filed venue that serve on `day`."""
    return plan.venue.rooms.filter(_OPEN | Q(until__gt=day)).exclude(purpose="secrecy").order_by("purpose", "name")


def staff(plan: Plan, day: date) -> QuerySet[Any]:
    """This function will give the body's staff who serve on `day`."""
    found = plan.body.staff.filter(_OPEN | Q(until__gt=day), since__lte=day)
    return found.select_related("person", "occupation").order_by("duty", "person__name_key", "pk")


def booked_elsewhere(plan: Plan) -> QuerySet[Sitting]:
    """This function will give all standing sittings of the plan's body on its exam day, this plan's own included."""
    return Sitting.objects.filter(plan__body_id=plan.body_id, plan__exam_on=plan.exam_on).exclude(plan__state="cancelled").select_related("plan")


@dataclass(frozen=True)
class Arrangement:
    """What the rules find in a plan's arrangement: what must hold, and whether it was in time."""

    needed: tuple[Finding, ...]
    timely: Finding

    @property
    def missing(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.needed if finding.outcome != "met")


def exam_form_of(plan: Plan, part: Part) -> "ExamFormRow | None":
    """This function will give how the plan's standard examines a part on the day of the exam; None where it has no structure."""
    structure = structure_of(plan.standard, plan.exam_on)
    return exam_form(structure, plan.level, part) if structure is not None else None


def arrangement(plan: Plan, day: date) -> Arrangement:
    """This function will check rooms, seats and people of a plan as they stand on `day`."""
    candidates = entrants(plan).count()
    held = list(sittings(plan))
    qualified = {member.person.number: member for member in staff(plan, plan.exam_on) if member.duty == "assessor"}
    asked = requests_for(one.number for one in held)
    found: list[Finding] = []
    kept = not_sat(plan)
    eligible = set(entrants(plan).values_list("pk", flat=True)) if kept else set()
    for part in plan_parts(plan):
        own = [one for one in held if one.part == part]
        sit = candidates - sum(part in parts for candidate, parts in kept.items() if candidate in eligible)
        found.append(enough_seats(part, sum(one.room.seats for one in own), sit))
        found.append(everyone_seated(part, _seated(plan, part), sit))
        form = exam_form_of(plan, part) if own else None
        for one in own:
            found += _sent(plan, one, part, asked[one.number], form) if one.number in asked else people_findings(plan, one, part, qualified, form)
    return Arrangement(tuple(found), arranged_in_time(day, plan.exam_on, calendar()))


def _seated(plan: Plan, part: Part) -> int:
    """Count the eligible who are seated; one seat of somebody else counts as one too many."""
    own = Seat.objects.filter(sitting__plan=plan, sitting__part=part)
    eligible = own.filter(candidate__state=CandidateState.ELIGIBLE).count()
    others = own.count() - eligible
    return eligible if not others else entrants(plan).count() + others


def people_findings(plan: Plan, one: Any, part: Part, qualified: dict[str, Any], form: "ExamFormRow | None") -> list[Finding]:
    """This function will find whether the people named for a sitting (with `seated`) suffice; `qualified` are the body's assessors by number."""
    where = where_and_when(one)
    names: Sequence[str] = [person["name"] for person in one.invigilators]
    starts, ends = localtime(one.starts_at).date(), localtime(one.ends_at).date()
    found = [
        as_planned(plan.exam_on, starts, ends),
        staffed(where, part, len(names), one.seated, plan.exam_on, form.least_assessors if form else None),
        supervised(where, one.supervisor.name if one.supervisor else "", names),
    ]
    if part is not Part.THEORY:
        found.append(assessors_can_cope(len(names), one.seated, plan.exam_on, form.candidates_per_assessor if form else None))
        for person in one.invigilators:
            member = qualified.get(person["number"])
            matches = member is not None and member.occupation_id in (None, plan.occupation_id)
            found.append(assessor_covers(person["name"], matches, member.highest_level if member else None, plan.level))
    return found


def _sent(plan: Plan, one: Any, part: Part, asked: "DispatchRequest", form: "ExamFormRow | None") -> list[Finding]:
    """What holds of a sitting whose assessors are drawn: who they are is nobody's business before the hour."""
    where, sent = where_and_when(one), sum(each.slot != RESERVE for each in sent_now(asked))
    starts, ends = localtime(one.starts_at).date(), localtime(one.ends_at).date()
    return [
        as_planned(plan.exam_on, starts, ends),
        dispatched(where, sum(int(slot["count"]) for slot in asked.slots), sent),
        staffed(where, part, sent, one.seated, plan.exam_on, form.least_assessors if form else None),
        supervised(where, one.supervisor.name if one.supervisor else "", ()),
        assessors_can_cope(sent, one.seated, plan.exam_on, form.candidates_per_assessor if form else None),
    ]


def where_and_when(one: Sitting) -> str:
    """This function will name a sitting as people do: room and hour."""
    return f"{one.room.name} {localtime(one.starts_at):%H:%M}"
