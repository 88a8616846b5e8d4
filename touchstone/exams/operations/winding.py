"""收尾办理: the filing has ended; each plan under way is cancelled, finished or to be re-placed."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams.models import Plan, PlanFate, WindingDown
from touchstone.exams.operations.plans import locked, release_assessors
from touchstone.exams.queries.winding import Foreseen, fate_of, overdue, standing_fate, under_way
from touchstone.exams.states import MOVES, Fate, PlanState
from touchstone.filings.queries.ended import termination
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.filing.ending import EndKind, may_finish
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

END = notice("三(四)3")
REPLACE = "plan.replace"


@transaction.atomic
def wind_down(*, termination_number: str, by: Actor, at: datetime) -> WindingDown:
    """This function will go through the plans under way on what has ended, and note for each what becomes of it; a second time it changes nothing.

    :raises NotAllowed: unless by the platform. :raises Refusal: for an end that was undone.
    """
    check_platform(by)
    ended = termination(termination_number, by)
    if ended.undone_at is not None:
        raise Refusal(f"终止决定{termination_number}已撤销。", END, "认定计划照常进行。")
    winding, new = WindingDown.objects.get_or_create(termination=ended, defaults={"wound_at": at})
    if not new:
        return winding
    for one in under_way(line["item"] for line in ended.lines):
        plan = locked(one.number)
        found = fate_of(plan, kind=EndKind(ended.kind), gone_on=ended.filing.body.gone_on, ended_on=ended.effective_on)
        _settle(winding, plan, found, by=by, at=at)
    return winding


def _settle(winding: WindingDown, plan: Plan, found: Foreseen, *, by: Actor, at: datetime) -> None:
    ended = winding.termination.number
    PlanFate.objects.create(
        winding=winding,
        plan=plan,
        fate=found.fate,
        finding=found.finding.as_record(),
        finish_by=found.finish_by,
        before=plan.state,
        settled_at=at if found.fate is Fate.CANCELLED else None,
    )
    detail = {"termination": ended, "fate": found.fate.value, "findings": [found.finding.as_record()]}
    if found.fate is Fate.CANCELLED:
        plan.move_to(MOVES.check("cancel_plan", PlanState(plan.state)))
        record("plan.cancelled", plan.number, by=by, at=at, reason=f"备案终止（{ended}），尚无人报名", detail=detail)
        close_tasks(case=plan.number, by=by, at=at, outcome="备案终止，计划取消")
        release_assessors(plan, reason=f"备案终止（{ended}），计划取消", by=by, at=at)
        return
    event = "plan.finishing" if found.fate is Fate.FINISHES else "plan.to_be_replaced"
    record(event, plan.number, by=by, at=at, reason=found.finding.reason, detail=detail)
    if found.fate is Fate.TO_REPLACE:
        _ask_to_replace(plan, by=by, at=at)


def _ask_to_replace(plan: Plan, *, by: Actor, at: datetime) -> None:
    """What was owed of a plan that must not go on is owed no more, who was to judge need not come; its candidates are to be placed."""
    close_tasks(case=plan.number, by=by, at=at, outcome="备案终止，考生转由其他机构评价")
    release_assessors(plan, reason="备案终止，考生转由其他机构评价", by=by, at=at)
    title = f"落实考生转由其他机构评价：{plan.title}"[:200]
    office = plan.body.office_id
    open_task(case=plan.number, matter=REPLACE, title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at)


@transaction.atomic
def replace_overdue(*, plan_number: str, by: Actor, at: datetime) -> bool:
    """This function will send the candidates of a plan to another body whose exam was not held by the day it was to be finished; whether it
    did. A second time it changes nothing.

    :raises NotAllowed: unless by the platform.
    """
    check_platform(by)
    plan = locked(plan_number)
    if plan_number not in overdue(at.date()):
        return False
    fate = standing_fate(plan)
    if fate is None or fate.fate != Fate.FINISHES:
        return False
    found = may_finish(localtime(plan.drafted_at).date(), at.date(), fate.winding.termination.effective_on)
    fate.fate, fate.finding, fate.before = Fate.TO_REPLACE, found.as_record(), plan.state
    fate.save(update_fields=["fate", "finding", "before"])
    detail = {"termination": fate.winding.termination.number, "fate": fate.fate, "findings": [found.as_record()]}
    record("plan.to_be_replaced", plan_number, by=by, at=at, reason=found.reason, detail=detail)
    _ask_to_replace(plan, by=by, at=at)
    return True


def check_platform(by: Actor) -> None:
    """This function will let pass the platform, which alone goes through plans after an end. :raises NotAllowed:"""
    if not by.is_platform:
        raise NotAllowed("备案终止后的计划由平台逐个处理。", END, "可以在终止决定页面查看每个计划的处理结果。")
