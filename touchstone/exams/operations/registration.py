"""单个报名与退出: one candidate is registered by form, or withdrawn."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.operations import check_left_alone
from touchstone.exams import permissions
from touchstone.exams.models import Candidate
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.registration_entry import Entry, enter
from touchstone.exams.operations.registration_gate import RECORD, RegistrationClosed, check_ground, check_open
from touchstone.exams.queries.winding import stopped
from touchstone.exams.states import CandidateState, PlanState
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.eligibility.conditions import find_condition
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.supervision.records import Frozen


@transaction.atomic
def register_candidate(*, plan_number: str, entry: Entry, by: Actor, at: datetime) -> Candidate:
    """This function will register one person and decide about their eligibility at once.

    :raises Refusal: when registration is closed, the person is registered already, holds this level, or the papers are wrong.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "register", plan)
    day = at.date()
    check_open(plan, day)
    check_ground(plan, entry.ground, entry.employment, day)
    find_condition(entry.condition, Level(plan.level), day)
    (entered,) = enter(plan, [entry], applied_on=day, by=by, at=at)
    if entered.candidate is None or not entered.new:
        raise Refusal(entered.sentence, RECORD)
    candidate = entered.candidate
    detail = {"candidate": candidate.number, "state": candidate.state, "findings": candidate.findings}
    record("candidate.registered", candidate.number, by=by, at=at, detail=detail)
    return candidate


@transaction.atomic
def withdraw_candidate(*, number: str, reason: str, by: Actor, at: datetime) -> Candidate:
    """This function will take a candidate out of a plan before the sittings are arranged; the record stays.

    :raises Refusal: without a reason, or when withdrawn already. :raises RegistrationClosed: once the sittings are arranged.
    """
    candidate = candidate_locked(number)
    permissions.check_may(by, "register", candidate.plan)
    check_left_alone(by=by, thing=Frozen.ROSTER, reference=candidate.plan.number)
    return withdrawn(candidate, reason, by=by, at=at)


def withdrawn(candidate: Candidate, reason: str, *, by: Actor, at: datetime) -> Candidate:
    """This function will take a candidate who is held out of their plan; the caller has checked who does it. :raises Refusal: as above."""
    plan = candidate.plan
    if stopped(plan, at.date()) is None:
        check_before_arrangement(PlanState(plan.state), "办理退出")
    if candidate.state == CandidateState.WITHDRAWN:
        raise Refusal("该考生已经退出。", RECORD, "如需重新参加，请重新报名。")
    if not reason.strip():
        raise Refusal("请填写退出理由。", RECORD, "例如本人申请、已离职、报错等级。")
    before, candidate.state = candidate.state, CandidateState.WITHDRAWN
    candidate.save(update_fields=["state"])
    record("candidate.withdrawn", candidate.number, by=by, at=at, reason=reason, detail={"plan": plan.number, "before": before})
    return candidate


def candidate_locked(number: str) -> Candidate:
    """This function will give a candidate with plan and body, held (the plan too) until the transaction ends."""
    plan_number = Candidate.objects.values_list("plan__number", flat=True).get(number=number)
    plan = locked(plan_number)
    candidate = Candidate.objects.select_for_update(of=("self",)).select_related("person").get(number=number)
    candidate.plan = plan
    return candidate


def check_before_arrangement(state: PlanState, what: str) -> None:
    """This function will let pass while the roster may still change. :raises RegistrationClosed:"""
    if state not in {PlanState.REPORTED, PlanState.REVIEWED}:
        raise RegistrationClosed(f"计划当前为“{state.label}”，不能{what}。", RECORD, "考务已编排的，请先重新编排；已考试的，名单不再变动。")


def earlier_decision(candidate: Candidate) -> dict[str, object]:
    """This function will give the decision that stands, for the ledger line of the one that takes its place."""
    return {
        "state": candidate.state,
        "satisfied": candidate.satisfied_condition,
        "findings": candidate.findings,
        "decided_at": candidate.decided_at.isoformat() if candidate.decided_at else None,
    }


