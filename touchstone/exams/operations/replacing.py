"""转由其他机构评价: candidates of a plan that cannot be finished are offered to another body's plan, which takes them or says why not."""

from datetime import datetime
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Candidate, Moved, Plan, PlanFate
from touchstone.exams.operations.payments import move_fee
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.registration_entry import take_over
from touchstone.exams.operations.registration_gate import check_ground, check_open
from touchstone.exams.queries.winding import offers_to, standing_fate, to_move
from touchstone.exams.states import MOVES, CandidateState, Fate, PlanState
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record, record_many
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

END = notice("三(四)3")
TAKE_OVER = "plan.take_over"


@transaction.atomic
def offer_replacement(*, plan_number: str, to_plan: str, by: Actor, at: datetime) -> PlanFate:
    """This function will offer the candidates of a plan that cannot be finished to another body's open plan for the same level.

    :raises NotAllowed: unless by the body whose filing ended, or the office that filed it.
    :raises Refusal: when there is nobody to move, an offer waits, or the other plan does not fit.
    """
    plan = locked(plan_number)
    permissions.check_may_replace(by, plan)
    fate = _to_replace(plan)
    if fate.offered_to_id is not None:
        raise Refusal("已经提出转入一个计划，等待接收机构答复。", END, "接收机构不同意的，可以另行提出。")
    target = Plan.objects.select_related("body", "venue", "occupation", "trade", "standard").filter(number=to_plan).first()
    if target is None or target.body_id == plan.body_id:
        raise Refusal("没有找到其他机构的这个计划。", END, "请从列出的计划中选择。")
    if (target.occupation_id, target.trade_id, target.level) != (plan.occupation_id, plan.trade_id, plan.level):
        raise Refusal("接收计划的职业、工种或等级不同，不能转入。", END, "请选择相同职业、工种和等级的计划。")
    check_open(target, at.date())
    count = to_move(plan).count()
    if not count:
        raise Refusal("没有需要转出的考生。", END, "不符合条件和已退出的考生不转出。")
    room = target.quota - target.candidates.exclude(state=CandidateState.WITHDRAWN).count()
    if room < count:
        raise Refusal(f"该计划还能接收{room}人，需要转出{count}人。", END, "请另选计划，或请接收机构先变更计划人数。")
    fate.offered_to, fate.offered_at, fate.offered_by_id, fate.answer = target, at, by.user_id, ""
    fate.save(update_fields=["offered_to", "offered_at", "offered_by", "answer"])
    detail = {"to": target.number, "body": target.body.name, "candidates": count}
    record("plan.replacement_offered", plan.number, by=by, at=at, reason=f"{target.body.name} {target.number}，{count}人", detail=detail)
    title = f"请答复是否接收{plan.body.name}转来的{count}名考生"[:200]
    open_task(
        case=target.number, matter=TAKE_OVER, title=title, office_id=target.body.office_id, role=Role.BODY_PLANNER, by=by, at=at,
        due_on=target.registration_closes_on,
    )  # fmt: skip
    return fate


@transaction.atomic
def decline_replacement(*, plan_number: str, reason: str, by: Actor, at: datetime) -> PlanFate:
    """This function will say for the receiving body that it cannot take the candidates; they may then be offered elsewhere."""
    plan, fate, target = _offered(plan_number, by)
    if not reason.strip():
        raise Refusal("不同意接收须写明理由。", END, "例如：考场工位已满。")
    fate.offered_to, fate.answer = None, f"{target.body.name}：{reason.strip()}"
    fate.save(update_fields=["offered_to", "answer"])
    record("plan.replacement_declined", plan.number, by=by, at=at, reason=fate.answer, detail={"to": target.number})
    answered(target, "不同意接收", by=by, at=at)
    return fate


@transaction.atomic
def accept_replacement(*, plan_number: str, ground: str, employment: str, by: Actor, at: datetime) -> list[Moved]:
    """This function will take the candidates into the receiving body's plan, each decided about anew on its ground of admission, with an
    outcome for each. Who was not taken stays where he was and may be offered elsewhere.

    :raises Refusal: when registration there is closed, or the ground is not open to this kind of body.
    """
    plan, fate, target = _offered(plan_number, by)
    check_open(target, at.date())
    check_ground(target, ground, employment, at.date())
    leaving = list(to_move(plan).select_for_update(of=("self",)))
    entered = take_over(target, [_copy(one, target, ground, employment, at) for one in leaving], by=by, at=at)
    rows, told_to = [], list[tuple[str, dict[str, Any]]]()
    for one, found in zip(leaving, entered, strict=True):
        before = one.state
        if found.candidate is not None:
            one.state = CandidateState.WITHDRAWN
            one.save(update_fields=["state"])
            owed = move_fee(one, found.candidate, at=at)
            told_to.append((found.candidate.number, {"from": one.number, "body": target.body.name, "fee": owed.amount if owed else 0}))
        said = f"已转入，考生编号{found.candidate.number}" if found.candidate else found.sentence
        told = {"became": found.candidate, "sentence": said[:300], "moved_at": at, "before": before}
        rows.append(Moved.objects.create(fate=fate, candidate=one, **told))
    taken = sum(row.became_id is not None for row in rows)
    if taken == len(rows):
        fate.fate, fate.settled_at = Fate.REPLACED, at
        plan.move_to(MOVES.check("cancel_plan", PlanState(plan.state)))
        close_tasks(case=plan.number, by=by, at=at, outcome="考生已转入其他机构")
    else:
        fate.offered_to, fate.answer = None, f"{target.body.name}：接收{taken}人，{len(rows) - taken}人未能接收"
    fate.save(update_fields=["fate", "settled_at", "offered_to", "answer"])
    detail = {"from": plan.number, "to": target.number, "taken": taken, "left": len(rows) - taken}
    record_many("candidate.moved", told_to, by=by.with_key(""), at=at, reason=f"{plan.body.name}不能继续评价，转由{target.body.name}评价")
    record("plan.replaced", plan.number, by=by, at=at, reason=f"{target.body.name} {target.number}，{taken}人", detail=detail)
    record("plan.taken_over", target.number, by=by, at=at, reason=f"{plan.body.name} {plan.number}，{taken}人", detail=detail)
    answered(target, f"已接收{taken}人", by=by, at=at)
    return rows


def answered(target: Plan, outcome: str, *, by: Actor, at: datetime) -> None:
    """This function will take off the receiving body's desk what asked it to answer, unless another offer to the same plan still waits."""
    if not offers_to(target):
        close_tasks(case=target.number, matter=TAKE_OVER, by=by, at=at, outcome=outcome)


def _copy(one: Candidate, target: Plan, ground: str, employment: str, at: datetime) -> Candidate:
    proved = {kind: proof for kind, proof in one.proofs.items() if kind != ProofKind.EMPLOYMENT.value}
    return Candidate(
        plan=target,
        person=one.person,
        name=one.name,
        name_key=one.name_key,
        ground=ground,
        employment=employment,
        employer=one.employer,
        applied_on=at.date(),
        condition=one.condition,
        claims=one.claims,
        proofs=proved,
        entered_oneself=one.entered_oneself,
        undertaking=one.undertaking,
    )


def _to_replace(plan: Plan) -> PlanFate:
    fate = standing_fate(plan)
    if fate is None or fate.fate != Fate.TO_REPLACE:
        raise Refusal("这个计划没有需要转由其他机构评价的考生。", END, "只有备案终止而不能按期完成的计划才转出考生。")
    return fate


def _offered(plan_number: str, by: Actor) -> tuple[Plan, PlanFate, Plan]:
    plan = locked(plan_number)
    fate = _to_replace(plan)
    if fate.offered_to is None:
        raise Refusal("没有等待答复的转入。", END, "可能已经答复或者另行提出，请刷新页面。")
    target = locked(fate.offered_to.number)
    permissions.check_may(by, "register", target)
    return plan, fate, target
