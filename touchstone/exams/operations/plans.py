"""计划编制: a plan is drafted under one line of the filed scope, and changed while there is time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.models import Plan
from touchstone.exams.operations.plan_checks import check_dates, check_in_force, check_may_go_on, check_time_to_change, lost_its_day
from touchstone.exams.states import PlanAdmission, PlanState
from touchstone.experts.operations import release_people
from touchstone.filings.queries import scope_item
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import all_met
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.apprenticeship import enterprise_fixes_levels, level_may_be_fixed
from touchstone.policy.eligibility.levels import Level

RECORD = notice("三(二)4")


MOST_FEE = 20_000
"""In yuan: above it, somebody has mistyped."""


@dataclass(frozen=True)
class PlanTerms:
    """What a planner fills in: days, people, contact."""

    exam_on: date
    registration_closes_on: date
    quota: int
    contact: str
    title: str = ""
    remark: str = ""
    open_to_candidates: bool = False
    fee: int = 0
    admission: str = PlanAdmission.BY_LEVEL


@transaction.atomic
def draft_plan(*, scope_item_id: int, terms: PlanTerms, by: Actor, at: datetime) -> Plan:
    """This function will draft a plan under one line of the scope in force: its occupation, level, standard and venue are the plan's.

    :raises Refusal: when the line is not in force today and on the day of the exam, or the days do not fit.
    """
    item = scope_item(scope_item_id)
    body = item.filing.body
    plan = Plan(
        body=body,
        scope_item_id=item.pk,
        occupation=item.occupation,
        trade=item.trade,
        level=item.level,
        standard=item.standard,
        venue=item.venue,
        state=PlanState.DRAFTED,
        drafted_at=at,
    )
    permissions.check_may(by, "draft_plan", plan)
    plan.admission = PlanAdmission(terms.admission)
    if plan.is_for_apprentices:
        _check_apprentices(plan, at.date())
    _write(plan, terms)
    check_in_force(plan, at.date())
    check_dates(plan, at.date())
    plan.number = f"JH{at.year}{next_serial(f'plan-{at.year}'):05d}"
    plan.save()
    record("plan.drafted", plan.number, by=by, at=at, detail=told_of(plan))
    return plan


@transaction.atomic
def change_plan(*, number: str, terms: PlanTerms, by: Actor, at: datetime, reason: str = "") -> Plan:
    """This function will change a plan's days, quota, contact and words. After it was reported a reason is needed and it is to be
    signed for anew; neither the old nor the new exam day may be nearer than the period for changes.

    :raises Refusal: see above. :raises MoveRefused: once the sittings are arranged.
    """
    plan = locked(number)
    permissions.check_may(by, "change_plan", plan)
    before = told_of(plan)
    if plan.state == PlanState.DRAFTED:
        _write(plan, terms)
    elif plan.state in {PlanState.REPORTED, PlanState.REVIEWED}:
        _change_reported(plan, terms, reason, at.date())
    else:
        state = PlanState(plan.state).label
        raise MoveRefused(f"当前为“{state}”，不能变更计划。", RECORD, "只有编制中、报名中和资格已审的计划可以变更；考务已编排的请先重新编排。")
    check_may_go_on(plan, at.date())
    check_dates(plan, at.date())
    plan.save()
    after = told_of(plan)
    changed = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    record("plan.changed", plan.number, by=by, at=at, reason=reason, detail=changed)
    if plan.state != PlanState.DRAFTED and plan.signed_for_at is None:
        from touchstone.exams.operations.plan_report import ask_to_sign

        ask_to_sign(plan, by=by, at=at)
    return plan


def locked(number: str) -> Plan:
    """This function will give a plan, held until the transaction ends. :raises Plan.DoesNotExist:"""
    found = Plan.objects.select_for_update(of=("self",)).select_related("body", "venue", "occupation", "trade", "standard")
    return found.get(number=number)


def release_assessors(plan: Plan, *, reason: str, by: Actor, at: datetime) -> int:
    """This function will take back the assessors and supervisors asked for a plan that goes no further, who are told, and count the requests; it is
    part of the operation that stops the plan."""
    return release_people(cases=plan.sittings.values_list("number", flat=True), reason=reason, by=by, at=at)


def _change_reported(plan: Plan, terms: PlanTerms, reason: str, day: date) -> None:
    if not reason.strip():
        raise Refusal("计划已经上报，变更须说明理由。", RECORD, "请填写变更理由，理由会随计划报送所在区。")
    moved = terms.exam_on != plan.exam_on
    if moved:
        if not lost_its_day(plan):
            check_time_to_change(plan.exam_on, day)
        check_time_to_change(terms.exam_on, day)
    taken = plan.candidates.exclude(state="withdrawn").count()
    if terms.quota < taken:
        raise Refusal(f"已有{taken}人报名，计划人数不能改为{terms.quota}人。", RECORD, "请先为多出的考生办理退出。")
    if taken and terms.fee != plan.fee:
        raise Refusal(f"已有{taken}人按{plan.fee}元报名，收费标准不能再改。", RECORD, "收费标准以报名时公示的为准；确需调整的，请另行编制计划。")
    if moved or terms.quota != plan.quota:
        plan.signed_for_at = None
    _write(plan, terms)


def _check_apprentices(plan: Plan, day: date) -> None:
    """Let pass a plan at whose end an enterprise fixes its apprentices' level. :raises Refusal:"""
    all_met((enterprise_fixes_levels(kind_of_plan(plan), day), level_may_be_fixed(Level(plan.level), day)), "请改选计划类别或评价范围。")


def _write(plan: Plan, terms: PlanTerms) -> None:
    if terms.open_to_candidates and plan.is_for_apprentices:
        raise Refusal("学徒工转正定级从学徒名册登记，不开放本人报名。", notice("二(一)"), "请取消“开放考生本人报名”。")
    if not 1 <= terms.quota <= 20_000:
        raise Refusal("计划人数应在1至20,000之间。", RECORD, "请按预计报名人数填写。")
    if not terms.contact.strip():
        raise Refusal("请填写联系人及电话。", RECORD, "考生和所在区需要时按此联系。")
    plan.exam_on, plan.registration_closes_on, plan.quota = terms.exam_on, terms.registration_closes_on, terms.quota
    if not 0 <= terms.fee <= MOST_FEE:
        raise Refusal(f"收费标准应在0至{MOST_FEE:,}元之间。", RECORD, "请按公示的收费标准填写，不收费的填0。")
    plan.open_to_candidates, plan.fee = terms.open_to_candidates, terms.fee
    plan.contact, plan.remark = terms.contact.strip()[:120], terms.remark.strip()
    level = Level(plan.level).short_label
    what = f"学徒工转正定级（{level}）" if plan.is_for_apprentices else f"{level}认定"
    plan.title = terms.title.strip()[:120] or f"{plan.trade or plan.occupation}{what}（{terms.exam_on:%Y年%-m月}）"


def told_of(plan: Plan) -> dict[str, Any]:
    """This function will give what the ledger tells of a plan's terms."""
    return {
        "title": plan.title,
        "exam_on": plan.exam_on.isoformat(),
        "registration_closes_on": plan.registration_closes_on.isoformat(),
        "quota": plan.quota,
        "contact": plan.contact,
        "remark": plan.remark,
        "admission": plan.admission,
        "open_to_candidates": plan.open_to_candidates,
        "fee": plan.fee,
    }
