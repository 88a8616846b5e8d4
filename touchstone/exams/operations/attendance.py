"""到考登记: who came, who did not, and are all sittings over?"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Plan, Seat, SignIn, Sitting
from touchstone.exams.operations.day import note_present
from touchstone.exams.operations.outcomes import RowResult, counted, refused
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.queries.scripts import under_way
from touchstone.exams.states import MOVES, PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.documents import notice
from touchstone.policy.exams.deadlines import SCORES_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def note_attendance(*, sitting_number: str, marks: Mapping[str, bool], by: Actor, at: datetime) -> list[RowResult]:
    """This function will note who came by the signed paper list (ticket number → present) and tell what became of each.

    Who is noted already is not noted otherwise here: that is a correction, with its reason (`correct_sign_in`).

    :raises MoveRefused: unless the plan is arranged and the sitting was opened. :raises Refusal: before the day of the exam.
    """
    sitting = Sitting.objects.select_related("plan__body").get(number=sitting_number)
    plan = locked(sitting.plan.number)
    permissions.check_may_serve(by, "sign_in", sitting)
    if plan.state != PlanState.ARRANGED:
        raise MoveRefused(f"当前为“{PlanState(plan.state).label}”，不能登记到考。", RECORD, "考务确认后、考试结束确认前可以登记到考。")
    check_not_stopped(plan, at.date())
    day = localtime(sitting.starts_at).date()
    if localtime(at).date() < day:
        raise Refusal(f"考试日为{day}，还不能登记到考。", RECORD, "请在考试当日核验身份后登记。")
    if sitting.opened_at is None:
        raise MoveRefused("本场还没有开考，不能登记到考。", notice("三(三)1"), "请先由内部质量督导员到场开考（逢考必督）。")
    seats = {
        seat.candidate.ticket_number: seat
        for seat in Seat.objects.select_related("candidate")
        .select_for_update(of=("self",))
        .filter(sitting=sitting, candidate__ticket_number__in=list(marks))
    }
    results: list[RowResult] = []
    changed: list[tuple[Seat, bool]] = []
    for ticket, present in marks.items():
        seat, word = seats.get(ticket), "到考" if present else "缺考"
        if seat is None:
            results.append(refused(ticket, "", f"准考证号{ticket}不在本场次，请核对考场和场次。"))
            continue
        if seat.present is not None and seat.present is not present:
            before = "到考" if seat.present else "缺考"
            results.append(refused(ticket, seat.candidate.name, f"{seat.candidate.name}已登记为{before}，要改的请写明更正理由。"))
            continue
        if seat.present is None:
            changed.append((seat, present))
        results.append(RowResult(ticket, seat.candidate.name, True, word))
    note_present(changed, how=SignIn.How.LISTED, identity="", reason="", by=by, at=at)
    marked = {seat.candidate.ticket_number: present for seat, present in changed}
    detail = {"sitting": sitting.number, "marks": marked, **counted(results)}
    record("sitting.attendance_noted", plan.number, by=by, at=at, detail=detail)
    return results


@transaction.atomic
def close_sittings(*, plan_number: str, by: Actor, at: datetime) -> Plan:
    """This function will declare the exam over: every seat is noted, and every sitting was opened and is closed.

    :raises Refusal: naming what is missing.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "close_sittings", plan)
    state = MOVES.check("close_sittings", PlanState(plan.state))
    check_not_stopped(plan, at.date())
    last = Sitting.objects.filter(plan=plan).order_by("-ends_at").first()
    if last is not None and at < last.ends_at:
        raise Refusal(f"最后一场在{localtime(last.ends_at):%H:%M}结束，考试尚未全部结束。", RECORD, "请在最后一场结束后确认。")
    if writing := under_way(plan):
        raise Refusal(f"还有{writing}份答卷没有交卷。", RECORD, "请等候考生交卷；时间到后平台会自动交卷。")
    own = Seat.objects.filter(sitting__plan=plan)
    unnoted = own.filter(present__isnull=True).count()
    if unnoted:
        raise Refusal(f"还有{unnoted}个座位没有登记到考或缺考。", RECORD, "请在到考登记中逐场补齐。")
    going_on = Sitting.objects.filter(plan=plan, closed_at__isnull=True).count()
    if going_on:
        raise Refusal(f"还有{going_on}个场次没有结束。", RECORD, "请逐场确认“本场结束”，再确认考试结束。")
    plan.move_to(state)
    detail = {"seats": own.count(), "absent": own.filter(present=False).count()}
    record("plan.held", plan.number, by=by, at=at, detail=detail)
    close_tasks(case=plan.number, matter="close_sittings", by=by, at=at, outcome="考试已结束")
    due = calendar().add_working_days(plan.exam_on, SCORES_WITHIN.on(plan.exam_on).value)
    title = f"录入成绩：{plan.title}"[:200]
    office = plan.body.office_id
    open_task(case=plan.number, matter="enter_scores", title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at, due_on=due)
    return plan
