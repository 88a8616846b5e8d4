"""目录调整与计划: which plans rest on an occupation, level or standard that will be gone on the day of the exam?"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.catalogue.queries import is_fileable
from touchstone.exams.models import Plan
from touchstone.exams.states import PlanState
from touchstone.ledger.operations import record
from touchstone.ledger.queries import history
from touchstone.policy.roles import Role
from touchstone.tasks.operations import open_task

if TYPE_CHECKING:
    from touchstone.catalogue.queries import Renaming

BEFORE_EXAM = (PlanState.DRAFTED, PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED)


@transaction.atomic
def flag_resting_on(*, edition: str, codes: Collection[str], day: date, by: Actor, at: datetime) -> list[str]:
    """This function will tell those who run plans whose exam falls on a day when the catalogue no longer has what the plan rests on,
    once for each change of catalogue, and give the plans' numbers."""
    plans = Plan.objects.filter(occupation__code__in=codes, exam_on__gte=day, state__in=BEFORE_EXAM)
    told = []
    for plan in plans.select_related("body", "occupation", "trade", "standard").order_by("exam_on", "id"):
        why = _lost(plan)
        if not why or history(plan.number).filter(event="plan.catalogue_changed", detail__edition=edition).exists():
            continue
        title = f"职业目录或者标准已调整，请调整考试日期或者另编计划：{plan.title}"
        office, last = plan.body.office_id, plan.exam_on
        matter = f"plan.catalogue_{edition}"[:40]
        open_task(case=plan.number, matter=matter, title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at, due_on=last)
        record("plan.catalogue_changed", plan.number, by=by, at=at, reason=why, detail={"edition": edition})
        told.append(plan.number)
    return told


@transaction.atomic
def carry_renamings(*, renamings: "Sequence[Renaming]", by: Actor, at: datetime) -> int:
    """This function will let plans whose exam is yet to come name an occupation as it is called (and coded) from its day on, tell those who
    run them, and count the plans; what was examined under the former name keeps it, and so do its certificates."""
    pairs = {one.old.pk: one for one in renamings}
    plans = Plan.objects.select_for_update(of=("self",)).filter(occupation__in=list(pairs), state__in=BEFORE_EXAM)
    carried = 0
    for plan in plans.order_by("exam_on", "id"):
        renaming = pairs[plan.occupation_id]
        if plan.exam_on < renaming.new.since:
            continue
        plan.occupation = renaming.new
        plan.save(update_fields=["occupation"])
        record("plan.occupation_renamed", plan.number, by=by, at=at, reason=renaming.told)
        carried += 1
    return carried


def _lost(plan: Plan) -> str:
    if not is_fileable(plan.occupation, plan.trade, plan.level, plan.exam_on):
        return f"“{plan.occupation.name}”该等级到考试日{plan.exam_on}已不在可备案目录内"
    if plan.standard.until is not None and plan.standard.until <= plan.exam_on:
        return f"《{plan.standard.title}》到考试日{plan.exam_on}已废止"
    return ""
