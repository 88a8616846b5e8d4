"""备案暂停告知: which plans run on a filing, or on lines of it, that was suspended or restored, and are those who run them told?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Plan
from touchstone.exams.states import PlanState
from touchstone.ledger.operations import record
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

MATTER = "plan.filing_suspended"
_OVER = (PlanState.CERTIFIED, PlanState.CANCELLED)


def running_on(scope_items: Sequence[int]) -> list[Plan]:
    """This function will give the plans under way on lines of scope, by day of exam."""
    found = Plan.objects.filter(scope_item_id__in=scope_items).exclude(state__in=_OVER)
    return list(found.select_related("body__office").order_by("exam_on", "id"))


@transaction.atomic
def tell_of_suspension(*, scope_items: Sequence[int], words: str, by: Actor, at: datetime) -> int:
    """This function will tell those who run plans on lines of scope that these were suspended, and count the plans."""
    plans = running_on(scope_items)
    for plan in plans:
        title = f"备案暂停评价，请与主管部门商定本计划如何处理：{plan.title}"
        office, last = plan.body.office_id, plan.exam_on
        open_task(case=plan.number, matter=MATTER, title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at, due_on=last)
        record("plan.filing_suspended", plan.number, by=by, at=at, reason=words, detail={"state": plan.state})
    return len(plans)


@transaction.atomic
def tell_of_restoration(*, scope_items: Sequence[int], words: str, by: Actor, at: datetime) -> int:
    """This function will tell those who run plans on lines of scope that these may be used again, and count the plans."""
    told = 0
    for plan in running_on(scope_items):
        if close_tasks(case=plan.number, matter=MATTER, by=by, at=at, outcome="备案已恢复评价"):
            record("plan.filing_restored", plan.number, by=by, at=at, reason=words, detail={"state": plan.state})
            told += 1
    return told
