"""确认编排: the arrangement is settled when the rules find nothing missing, or opened once more."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Plan, Sitting
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.queries.sittings import arrangement
from touchstone.exams.states import MOVES, PlanState
from touchstone.experts.operations import release_people
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.exams.deadlines import ARRANGEMENT_BEFORE
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def arrange(*, plan_number: str, by: Actor, at: datetime) -> Plan:
    """This function will settle rooms, seats and people. Lateness is kept as a finding; what is missing is refused.

    :raises Refusal: naming everything that is missing.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "arrange", plan)
    state = MOVES.check("arrange", PlanState(plan.state))
    check_not_stopped(plan, at.date())
    found = arrangement(plan, at.date())
    if found.missing:
        details = tuple(f"{finding.reason}（依据：{finding.clause}）" for finding in found.missing)
        raise Refusal(f"考务编排还有{len(details)}处不符合要求，不能确认。", found.missing[0].clause, "请逐条补齐后再确认。", details)
    plan.move_to(state)
    detail = {"findings": records([*found.needed, found.timely])}
    record("plan.arranged", plan.number, by=by, at=at, detail=detail)
    close_tasks(case=plan.number, matter="arrange", by=by, at=at, outcome="考务已编排")
    ask_to_close(plan, by=by, at=at)
    return plan


@transaction.atomic
def rearrange(*, plan_number: str, reason: str, by: Actor, at: datetime) -> Plan:
    """This function will open a settled arrangement once more; tickets are to be handed out anew if rooms or hours change.

    :raises Refusal: without a reason, or once the first sitting has begun.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "rearrange", plan)
    state = MOVES.check("rearrange", PlanState(plan.state))
    check_not_stopped(plan, at.date())
    if not reason.strip():
        raise Refusal("请填写重新编排的理由。", RECORD, "理由会记入流转记录。")
    first = Sitting.objects.filter(plan=plan).order_by("starts_at").first()
    if first is not None and (first.starts_at <= at or Sitting.objects.filter(plan=plan, opened_at__isnull=False).exists()):
        raise Refusal("考试已经开始，不能重新编排。", RECORD, "考生缺考的请在到考登记中注明。")
    plan.move_to(state)
    record("plan.rearranged", plan.number, by=by, at=at, reason=reason.strip())
    close_tasks(case=plan.number, matter="close_sittings", by=by, at=at, outcome="重新编排")
    sittings = Sitting.objects.filter(plan=plan).values_list("number", flat=True)
    release_people(cases=sittings, reason="考务重新编排，请派出单位在确认后另派。", by=by, at=at, supervisors_only=True)
    ask_to_arrange(plan, by=by, at=at)
    return plan


def ask_to_close(plan: Plan, *, by: Actor, at: datetime) -> None:
    """This function will put attendance and the end of the exam before the body's planner."""
    title = f"登记到考并确认考试结束：{plan.title}"[:200]
    office, due = plan.body.office_id, plan.exam_on
    open_task(case=plan.number, matter="close_sittings", title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at, due_on=due)


def ask_to_arrange(plan: Plan, *, by: Actor, at: datetime) -> None:
    """This function will put the arrangement before the body's planner, due by the day laid down."""
    last = calendar().add_working_days(plan.exam_on, -ARRANGEMENT_BEFORE.on(at.date()).value)
    title = f"编排考场、座位和人员：{plan.title}"[:200]
    office = plan.body.office_id
    open_task(case=plan.number, matter="arrange", title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at, due_on=last)
