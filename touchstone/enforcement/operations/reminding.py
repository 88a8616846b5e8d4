"""提醒和逾期: what is to be corrected is reminded of before its day, and put before the officers once the day is over."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.enforcement import permissions
from touchstone.enforcement.models import CaseMeasure
from touchstone.enforcement.operations._case import ask_body, ask_officers, locked, note, today
from touchstone.enforcement.operations.effects import CORRECT
from touchstone.enforcement.states import MEASURE_MOVES, MeasureState
from touchstone.policy.supervision.ladder import Measure


@transaction.atomic
def remind_of_correction(*, measure_id: int, by: Actor, at: datetime) -> bool:
    """This function will remind a body, once, that the day by which it corrects is near; the platform does it."""
    permissions.check_is_platform(by)
    one = CaseMeasure.objects.select_for_update(of=("self",)).select_related("case").get(pk=measure_id)
    if one.state != MeasureState.RUNNING or one.due_on is None or one.reminded_on is not None:
        return False
    case = locked(one.case.number)
    one.reminded_on = today(at)
    one.save(update_fields=["reminded_on"])
    title = f"{one.get_measure_display()}的期限到{one.due_on}为止，请尽快报告（案件{case.number}）"
    ask_body(case, title, matter=f"{CORRECT}_{one.measure}_soon", by=by, at=at, due_on=one.due_on)
    note("case.correction_reminded", case, by=by, at=at, note=f"{one.get_measure_display()}，期限{one.due_on}", measure=one.measure)
    return True


@transaction.atomic
def lapse_correction(*, measure_id: int, by: Actor, at: datetime) -> bool:
    """This function will note that the day went by without a report, and put it before the officers: it may be a case of its own."""
    permissions.check_is_platform(by)
    one = CaseMeasure.objects.select_for_update(of=("self",)).select_related("case").get(pk=measure_id)
    if one.state != MeasureState.RUNNING or one.due_on is None or one.due_on >= today(at):
        return False
    case = locked(one.case.number)
    one.move_to(MEASURE_MOVES.check("lapse", MeasureState(one.state)))
    measure = Measure(one.measure)
    act = "限期整改后拒不改正" if measure is Measure.RECTIFY else "责令改正逾期没有改正"
    ask_officers(case, f"{measure.label}逾期没有报告，可按“{act}”另行立案", matter="case_overdue", by=by, at=at)
    note("case.correction_lapsed", case, by=by, at=at, note=f"{measure.label}，期限{one.due_on}", measure=one.measure)
    return True
