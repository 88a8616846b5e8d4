"""年度计划: an office's supervisor makes its plan of the year, its director approves it, and it is public."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.inspections import permissions
from touchstone.inspections.facts import Supervised, strata_of, supervised_by
from touchstone.inspections.models import Plan
from touchstone.inspections.states import PLAN_MOVES, PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, must, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.inspections import LAW, plan_approved_by_another
from touchstone.policy.roles import Role
from touchstone.policy.supervision.items import items_drawn
from touchstone.policy.supervision.treatment import enough_are_drawn, stratum_of
from touchstone.tasks.operations import close_tasks, open_task


@dataclass(frozen=True)
class PlanTerms:
    """What a plan says: keys of items, months, and words on its emphasis."""

    items: Sequence[str]
    months: Sequence[int]
    words: str = ""


@transaction.atomic
def draft_plan(*, year: int, terms: PlanTerms, by: Actor, at: datetime) -> Plan:
    """This function will begin the actor's office's plan of a year. :raises Refusal: for a year that has one or is over, and as `save_plan`."""
    permissions.check_may_plan(by)
    if not at.year <= year <= at.year + 1:
        raise Refusal("只能编制今年或者明年的抽查计划。", LAW, "请核对年度。")
    if (before := Plan.objects.filter(office_id=by.office_id, year=year).first()) is not None:
        raise Refusal(f"{year}年度的抽查计划已经编制（{before.number}）。", LAW, "请打开原计划继续办理。")
    _check(terms, at)
    made = Plan.objects.create(
        number=f"CC{year}{next_serial(f'inspection-plan-{year}'):04d}",
        office_id=by.office_id,
        year=year,
        items=list(terms.items),
        months=sorted(set(terms.months)),
        words=terms.words.strip(),
        made_by_id=by.user_id,
        made_at=at,
    )
    record("inspection_plan.drafted", made.number, by=by, at=at, detail={"year": year, "items": made.items, "months": made.months})
    return made


def _check(terms: PlanTerms, at: datetime) -> None:
    known = {item.key for item in items_drawn(at.date())}
    if not terms.items or not set(terms.items) <= known:
        raise Refusal("请从抽查事项清单中选择至少一项。", LAW, "清单以外的事项不能列入双随机抽查。")
    if not terms.months or not set(terms.months) <= set(range(1, 13)):
        raise Refusal("请选择抽查的月份。", LAW, "一年至少抽查一次。")


@transaction.atomic
def save_plan(*, number: str, terms: PlanTerms, by: Actor, at: datetime) -> Plan:
    """This function will change a plan that is not before the director. :raises Refusal: without items of the list, or without a month."""
    plan = _locked(number)
    permissions.check_may_plan_act(by, "save", plan)
    state = PLAN_MOVES.check("save", PlanState(plan.state))
    _check(terms, at)
    plan.items, plan.months, plan.words, plan.made_by_id = list(terms.items), sorted(set(terms.months)), terms.words.strip(), by.user_id
    plan.move_to(state)
    record("inspection_plan.saved", number, by=by, at=at, detail={"items": plan.items, "months": plan.months})
    return plan


@transaction.atomic
def submit_plan(*, number: str, by: Actor, at: datetime) -> Plan:
    """This function will put a plan before the director of its office."""
    plan = _locked(number)
    permissions.check_may_plan_act(by, "submit", plan)
    state = PLAN_MOVES.check("submit", PlanState(plan.state))
    plan.submitted_at, plan.submitted_by_id = at, by.user_id
    plan.move_to(state)
    record("inspection_plan.submitted", number, by=by, at=at)
    title = f"批准{plan.year}年度双随机抽查计划"
    close_tasks(case=number, by=by, at=at, outcome="已报请批准")
    open_task(case=number, matter="approve_inspection_plan", title=title, office_id=plan.office_id, role=Role.DIRECTOR, by=by, at=at)
    return plan


@transaction.atomic
def return_plan(*, number: str, opinion: str, by: Actor, at: datetime) -> Plan:
    """This function will send a plan back to its makers. :raises Refusal: without words."""
    plan = _locked(number)
    permissions.check_may_plan_act(by, "return", plan)
    state = PLAN_MOVES.check("return", PlanState(plan.state))
    if not opinion.strip():
        raise Refusal("退回须写明理由。", LAW, "请写清需要修改什么。")
    plan.opinion = opinion.strip()
    plan.move_to(state)
    record("inspection_plan.returned", number, by=by, at=at, reason=plan.opinion)
    close_tasks(case=number, by=by, at=at, outcome="退回修改")
    title = f"修改{plan.year}年度双随机抽查计划"
    open_task(case=number, matter="mend_inspection_plan", title=title, office_id=plan.office_id, role=Role.SUPERVISOR, by=by, at=at)
    return plan


@transaction.atomic
def approve_plan(*, number: str, opinion: str, by: Actor, at: datetime) -> Plan:
    """This function will approve a plan and make it public, with the rate of each stratum and how many bodies are in it that day.

    :raises Refusal: by whoever made it.
    """
    plan = _locked(number)
    permissions.check_may_plan_act(by, "approve", plan)
    state = PLAN_MOVES.check("approve", PlanState(plan.state))
    found = [plan_approved_by_another(maker, by.user_id) for maker in (plan.made_by_id, plan.submitted_by_id)]
    for one in found:
        must(one, "请由本单位其他负责人批准。")
    lines = supervised_by(plan.office, at.date())
    plan.rates = [asdict(one) for one in strata_of(lines, at.date())]
    found = [found[0], *_as_graded(lines, plan.rates, at.date())]
    plan.opinion, plan.findings, plan.approved_at, plan.approved_by_id = opinion.strip(), records(found), at, by.user_id
    plan.move_to(state)
    detail = {"year": plan.year, "items": plan.items, "months": plan.months, "rates": plan.rates, "findings": plan.findings}
    record("inspection_plan.approved", number, by=by, at=at, reason=plan.opinion, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome="已批准公布")
    return plan


def _as_graded(lines: Sequence[Supervised], rates: Sequence[Mapping[str, Any]], day: date) -> list[Finding]:
    """Whether the year draws as many of each stratum as its grade asks for."""
    drawn = {one["key"]: int(one["drawn"]) for one in rates}
    counts = Counter((one.kind, one.grade) for one in lines)
    return [enough_are_drawn(kind, grade, many, drawn[stratum_of(kind, grade)], day) for (kind, grade), many in sorted(counts.items())]


def _locked(number: str) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("office").get(number=number)
