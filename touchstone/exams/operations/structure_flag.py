"""标准结构变动与计划: which plans are examined by what a standard no longer says on the day of the exam?"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Plan
from touchstone.exams.operations.flag import BEFORE_EXAM
from touchstone.ledger.operations import record
from touchstone.ledger.queries import history
from touchstone.policy.roles import Role
from touchstone.tasks.operations import open_task

EVENT = "plan.structure_changed"


@transaction.atomic
def flag_structure(
    *, standard: str, structure: str, touched: Callable[[int], str], day: date, before: datetime, by: Actor, at: datetime
) -> list[str]:
    """This function will tell those who run plans, drafted before a moment, whose exam falls on or after the day from which the edition they rest
    on says something else at their level, once for each version, and give the plans' numbers."""
    plans = Plan.objects.filter(standard__number=standard, exam_on__gte=day, drafted_at__lt=before, state__in=BEFORE_EXAM)
    told = []
    for plan in plans.select_related("body").order_by("exam_on", "id"):
        why = touched(plan.level)
        if not why or history(plan.number).filter(event=EVENT, detail__structure=structure).exists():
            continue
        title = f"标准已变动，请核对场次时间、考评人员和试卷：{plan.title}"
        matter, last = f"plan.structure_{structure}"[:40], plan.exam_on
        open_task(case=plan.number, matter=matter, title=title, office_id=plan.body.office_id, role=Role.BODY_PLANNER, by=by, at=at, due_on=last)
        record(EVENT, plan.number, by=by, at=at, reason=f"所依据的标准自{day}起有变动：{why}", detail={"structure": structure})
        told.append(plan.number)
    return told
