"""当日表单事实: what stands on the sheets of a sitting that are signed by hand?"""

from django.utils.timezone import localtime

from touchstone.exams.facts.papers import room_of
from touchstone.exams.models import HandOver, Incident, Plan, Seat, Sitting
from touchstone.exams.states import Part, SittingPhase
from touchstone.policy.exams.day import HAND_OVER_STEPS, INCIDENT_KINDS
from touchstone.policy.exams.supervision import SUPERVISION_ITEMS
from touchstone.print.day import Counts, print_hand_over, print_room_record, print_staff_sign_in, print_supervision


def counts_of(sitting: Sitting) -> Counts:
    """This function will give who was to come and who came, the latter once the sitting is over."""
    seats = Seat.objects.filter(sitting=sitting)
    if sitting.phase is not SittingPhase.CLOSED:
        return Counts(str(seats.count()))
    return Counts(str(seats.count()), str(seats.filter(present=True).count()), str(seats.filter(present=False).count()))


def hand_over_sheet(plan: Plan, sitting: Sitting) -> bytes:
    """This function will print how the papers of a sitting changed hands."""
    steps = HAND_OVER_STEPS.on(plan.exam_on).value
    rows = [
        [
            steps.get(one.step, one.step),
            f"{localtime(one.first_at):%-m月%-d日 %H:%M}",
            str(one.packets),
            str(one.sheets),
            "完好" if one.intact else "有异常",
            one.first_name,
            one.second_name or "（未签字）",
            one.remark,
        ]
        for one in HandOver.objects.filter(sitting=sitting).order_by("id")
    ]
    return print_hand_over(room_of(plan, sitting), rows, list(steps.values()), Seat.objects.filter(sitting=sitting).count())


def room_record(plan: Plan, sitting: Sitting) -> bytes:
    """This function will print the record of what happened in a sitting."""
    kinds = INCIDENT_KINDS.on(plan.exam_on).value
    seats = dict(Seat.objects.filter(sitting=sitting).values_list("candidate_id", "seat_number"))
    rows = [
        [
            f"{localtime(one.told_at):%H:%M}",
            kinds.get(one.kind, one.kind),
            str(seats.get(one.candidate_id or 0, "")),
            one.candidate.name if one.candidate else "",
            one.words,
            one.teller,
        ]
        for one in Incident.objects.filter(sitting=sitting).select_related("candidate").order_by("id")
    ]
    return print_room_record(room_of(plan, sitting), rows, counts_of(sitting))


def staff_sheet(plan: Plan, sitting: Sitting) -> bytes:
    """This function will print the sign-in of those who serve in a sitting."""
    duty = "监考人员" if sitting.part == Part.THEORY else "考评人员"
    people = [(str(one["name"]), duty) for one in sitting.invigilators]
    if sitting.supervisor is not None:
        people.append((sitting.supervisor.name, "内部质量督导员"))
    return print_staff_sign_in(room_of(plan, sitting), people)


def supervision_sheet(plan: Plan, sitting: Sitting) -> bytes:
    """This function will print the sheet of the internal supervisor of a sitting."""
    return print_supervision(room_of(plan, sitting), SUPERVISION_ITEMS.on(plan.exam_on).value, counts_of(sitting))
