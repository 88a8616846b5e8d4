"""收尾办理: the filing has ended; each plan under way is cancelled, finished or to be re-placed; undone, they stand as before."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams.models import Plan, PlanFate, WindingDown
from touchstone.exams.operations.arranging import ask_to_arrange, ask_to_close
from touchstone.exams.operations.plan_report import ask_to_register
from touchstone.exams.operations.plans import locked
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
    _check_platform(by)
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
        return
    event = "plan.finishing" if found.fate is Fate.FINISHES else "plan.to_be_replaced"
    record(event, plan.number, by=by, at=at, reason=found.finding.reason, detail=detail)
    if found.fate is Fate.TO_REPLACE:
        _ask_to_replace(plan, by=by, at=at)


def _ask_to_replace(plan: Plan, *, by: Actor, at: datetime) -> None:
    """What was owed of a plan that must not go on is owed no more; its candidates are to be placed."""
    close_tasks(case=plan.number, by=by, at=at, outcome="备案终止，考生转由其他机构评价")
    title = f"落实考生转由其他机构评价：{plan.title}"[:200]
    office = plan.body.office_id
    open_task(case=plan.number, matter=REPLACE, title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at)


@transaction.atomic
def replace_overdue(*, plan_number: str, by: Actor, at: datetime) -> bool:
    """This function will send the candidates of a plan to another body whose exam was not held by the day it was to be finished; whether it
    did. A second time it changes nothing.

    :raises NotAllowed: unless by the platform.
    """
    _check_platform(by)
    plan = locked(plan_number)
    if plan_number not in overdue(at.date()):
        return False
    fate = standing_fate(plan)
    if fate is None or fate.fate != Fate.FINISHES:
        return False
    found = may_finish(localtime(plan.drafted_at).date(), at.date(), fate.winding.termination.effective_on)
    fate.fate, fate.finding = Fate.TO_REPLACE, found.as_record()
    fate.save(update_fields=["fate", "finding"])
    detail = {"termination": fate.winding.termination.number, "fate": fate.fate, "findings": [found.as_record()]}
    record("plan.to_be_replaced", plan_number, by=by, at=at, reason=found.reason, detail=detail)
    _ask_to_replace(plan, by=by, at=at)
    return True


@transaction.atomic
def unwind(*, termination_number: str, by: Actor, at: datetime) -> int:
    """This function will put the plans of an undone end back to where they stood and count them; candidates that were moved stay where they are.

    :raises NotAllowed: unless by the platform. :raises Refusal: while the end stands.
    """
    _check_platform(by)
    ended = termination(termination_number, by)
    if ended.undone_at is None:
        raise Refusal(f"终止决定{termination_number}没有撤销。", END, "先撤销终止，再恢复认定计划。")
    winding = WindingDown.objects.select_for_update().filter(termination=ended, undone_at__isnull=True).first()
    if winding is None:
        return 0
    winding.undone_at = at
    winding.save(update_fields=["undone_at"])
    fates = list(winding.fates.select_related("plan").order_by("id"))
    for one in fates:
        plan = locked(one.plan.number)
        one.undone_at = at
        one.save(update_fields=["undone_at"])
        if one.fate == Fate.CANCELLED and plan.state == PlanState.CANCELLED:
            back = PlanState(one.before)
            plan.move_to(MOVES.check("restore_draft" if back is PlanState.DRAFTED else "restore_reported", PlanState.CANCELLED))
        close_tasks(case=plan.number, matter=REPLACE, by=by, at=at, outcome="终止已撤销")
        _ask_again(plan, by=by, at=at)
        record("plan.wind_down_undone", plan.number, by=by, at=at, reason=f"终止决定{ended.number}已撤销", detail={"state": plan.state})
    return len(fates)


def _ask_again(plan: Plan, *, by: Actor, at: datetime) -> None:
    """Put before the body what is owed of a plan in the state it stands in."""
    match PlanState(plan.state):
        case PlanState.REPORTED:
            ask_to_register(plan, by=by, at=at)
        case PlanState.REVIEWED:
            ask_to_arrange(plan, by=by, at=at)
        case PlanState.ARRANGED:
            ask_to_close(plan, by=by, at=at)


def _check_platform(by: Actor) -> None:
    if not by.is_platform:
        raise NotAllowed("备案终止后的计划由平台逐个处理。", END, "可以在终止决定页面查看每个计划的处理结果。")
