"""备用考评人员: where marks lie too far apart, somebody who was not there is drawn to review them."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.operations.day import locked_sitting
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.queries.assessors import ASSESSOR
from touchstone.exams.queries.marks import waiting_for_review
from touchstone.exams.states import PlanState
from touchstone.experts.operations import draw_reserve
from touchstone.experts.queries.dispatch import request_for
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.operations import record


@transaction.atomic
def ask_for_reserve(*, sitting_number: str, by: Actor, at: datetime) -> int:
    """This function will have an assessor drawn in reserve who, instead of the head, reviews what lies too far apart in a sitting and nobody reviews
    yet; it counts the candidates that wait.

    :raises MoveRefused: unless the sitting was opened and results are not announced. :raises Refusal: where nothing waits, the body named its own
    assessors, one was drawn already, or nobody can come.
    """
    sitting = locked_sitting(sitting_number)
    permissions.check_may(by, "score", sitting.plan)
    if sitting.opened_at is None or sitting.plan.state not in {PlanState.ARRANGED, PlanState.HELD}:
        raise MoveRefused("当前不能抽取备用考评人员。", RECORD, "本场开考以后、成绩公示以前，有评分相差过大的才能抽取。")
    check_not_stopped(sitting.plan, at.date())
    waiting = waiting_for_review(sitting)
    if not waiting:
        raise Refusal("没有等待复评的考生。", RECORD, "评分相差过大、还没有人复评的，才需要备用考评人员。")
    asked = request_for(sitting.number)
    if asked is None:
        raise Refusal("本场的考评人员由机构自行安排，没有派遣可以抽取。", RECORD, "请由考评组长复评。")
    if not draw_reserve(number=asked.number, of=ASSESSOR, reason=f"{len(waiting)}名考生评分相差过大", by=by, at=at):
        raise Refusal("没有可以派出的备用考评人员。", RECORD, "请由考评组长复评，或者稍后再抽取。")
    tickets = [one.seat.candidate.ticket_number or "" for one in waiting]
    record("marks.reserve_asked", sitting.number, by=by, at=at, detail={"request": asked.number, "tickets": tickets[:200]})
    return len(waiting)
