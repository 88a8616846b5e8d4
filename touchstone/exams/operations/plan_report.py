"""计划上报: a plan is reported to the district where the body is registered, signed for there, or cancelled."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.bodies.queries import subsidiaries_of
from touchstone.exams import permissions
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.models import Plan, Upload
from touchstone.exams.operations.plan_checks import TooLate, check_dates, check_in_force, check_not_stopped, scope_findings, time_findings
from touchstone.exams.operations.plans import RECORD, locked, release_assessors
from touchstone.exams.queries.winding import standing_fate, stopped, to_move
from touchstone.exams.states import MOVES, PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.districts import district_name
from touchstone.policy.documents import notice
from touchstone.policy.exams.deadlines import PLAN_SIGNED_WITHIN, REGISTRATION_BEFORE
from touchstone.policy.exams.supervision import outside_venue_is_looked_after
from touchstone.policy.provinces import is_outside
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task, send_copy


@transaction.atomic
def report_plan(*, number: str, by: Actor, at: datetime) -> Plan:
    """This function will report a plan; registration is open from then on. What the rules found is kept with it.

    :raises TooLate: when it is reported too near the exam. :raises NotInScope: when the scope is not in force.
    """
    plan = locked(number)
    permissions.check_may(by, "report_plan", plan)
    state = MOVES.check("report_plan", PlanState(plan.state))
    day = at.date()
    check_not_stopped(plan, day)
    check_in_force(plan, day)
    check_dates(plan, day)
    found = [*scope_findings(plan, day), *time_findings(plan, day), *_outside(plan, day)]
    late = next((finding for finding in found if finding.outcome == Outcome.UNMET), None)
    if late is not None:
        raise TooLate(f"{late.reason}。", late.clause, "请推迟考试日期后再上报。")
    plan.reported_at, plan.findings = at, records(found)
    plan.move_to(state)
    record("plan.reported", plan.number, by=by, at=at, detail={"exam_on": plan.exam_on.isoformat(), "findings": plan.findings})
    ask_to_sign(plan, by=by, at=at)
    ask_to_register(plan, by=by, at=at)
    if not plan.venue.district:
        title, words = f"市域外考核点的认定计划：{plan.body.name} {plan.title}"[:200], f"{plan.venue.name}，{plan.venue.address}"
        send_copy(case=plan.number, title=title, office_id=city_centre().pk, words=words, by=by, at=at)
    return plan


def _outside(plan: Plan, day: date) -> list[Finding]:
    """What holds of a venue that lies in no district of the city; nothing for the others."""
    if plan.venue.district:
        return []
    firms = [one.name for one in subsidiaries_of(plan.body, day) if is_outside(one.province)]
    return [outside_venue_is_looked_after(firms, district_name(plan.body.district), day)]


def ask_to_sign(plan: Plan, *, by: Actor, at: datetime) -> None:
    """This function will put the plan before the supervisors of the district where the body is registered."""
    if permissions.has_district(kind_of_plan(plan)):
        office = district_bureau(plan.body.district)
        title = f"认定计划签收：{plan.body.name} {plan.title}"[:200]
        due = min(calendar().add_working_days(at.date(), PLAN_SIGNED_WITHIN.on(at.date()).value), plan.exam_on)
        open_task(case=plan.number, matter="sign_for_plan", title=title, office_id=office.pk, role=Role.SUPERVISOR, by=by, at=at, due_on=due)


def ask_to_register(plan: Plan, *, by: Actor, at: datetime) -> None:
    """This function will put registration and review before the planners of the body."""
    last = calendar().add_working_days(plan.exam_on, -REGISTRATION_BEFORE.on(at.date()).value)
    open_task(
        case=plan.number,
        matter="close_review",
        title=f"报名和资格审核：{plan.title}"[:200],
        office_id=plan.body.office_id,
        role=Role.BODY_PLANNER,
        by=by,
        at=at,
        due_on=last,
    )


@transaction.atomic
def sign_for_plan(*, number: str, by: Actor, at: datetime, opinion: str = "") -> Plan:
    """This function will note that the district has received the plan (签收): from then on it may come and watch.

    :raises Refusal: when it is not reported, is signed for already, or was cancelled.
    """
    plan = locked(number)
    permissions.check_may(by, "sign_for_plan", plan)
    if plan.state in {PlanState.DRAFTED, PlanState.CANCELLED}:
        raise Refusal(f"计划当前为“{PlanState(plan.state).label}”，没有需要签收的内容。", RECORD, "计划上报后会出现在待办中。")
    if plan.signed_for_at is not None:
        raise Refusal("这份计划已经签收。", RECORD, "无需重复签收；可在流转记录中查看签收人。")
    plan.signed_for_at = at
    plan.move_to(PlanState(plan.state))
    record("plan.signed_for", plan.number, by=by, at=at, reason=opinion)
    close_tasks(case=plan.number, matter="sign_for_plan", by=by, at=at, outcome="已签收")
    return plan


@transaction.atomic
def cancel_plan(*, number: str, reason: str, by: Actor, at: datetime) -> Plan:
    """This function will cancel a plan before its exam; what was registered stays on record.

    :raises Refusal: without a reason, or while a workbook is being processed.
    """
    plan = locked(number)
    permissions.check_may(by, "cancel_plan", plan)
    state = MOVES.check("cancel_plan", PlanState(plan.state))
    if not reason.strip():
        raise Refusal("请填写取消理由。", RECORD, "理由会告知已报名的考生和所在区。")
    if plan.uploads.filter(state__in=[Upload.State.WAITING, Upload.State.RUNNING]).exists():
        raise Refusal("有一份报名表正在处理，不能取消计划。", RECORD, "请等处理完成后再取消。")
    stop = stopped(plan, at.date())
    left = to_move(plan).count() if stop else 0
    if left:
        raise Refusal(f"备案已终止，还有{left}名考生没有转出，不能取消计划。", notice("三(四)3"), "请先转出考生；本人不再参加的，逐人办理退出。")
    fate = standing_fate(plan) if stop else None
    if fate is not None:
        if fate.offered_to is not None:
            raise Refusal("已经提出转入一个计划，等待接收机构答复。", notice("三(四)3"), "请等待答复后再取消。")
        fate.settled_at = at
        fate.save(update_fields=["settled_at"])
    plan.move_to(state)
    record("plan.cancelled", plan.number, by=by, at=at, reason=reason, detail={"candidates": plan.candidates.count()})
    close_tasks(case=plan.number, by=by, at=at, outcome="计划已取消")
    release_assessors(plan, reason=f"计划已取消：{reason}", by=by, at=at)
    return plan
