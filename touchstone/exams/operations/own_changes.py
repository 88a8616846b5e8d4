"""本人补正: what can somebody still do about their own registration: hand in evidence, choose another condition, withdraw?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.facts.claims import Claims, ProofKind
from touchstone.exams.models import Candidate
from touchstone.exams.operations.eligibility_evidence import attach_evidence, decided_again
from touchstone.exams.operations.enquiry_opening import put_aside
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.registration import candidate_locked, earlier_decision, withdrawn
from touchstone.exams.operations.registration_gate import RECORD, RegistrationClosed, check_open
from touchstone.exams.states import CandidateState, PlanState
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.eligibility.conditions import find_condition
from touchstone.policy.eligibility.levels import Level

if TYPE_CHECKING:
    from touchstone.files.models import Attachment


@transaction.atomic
def supplement_evidence(*, number: str, kind: ProofKind, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will keep a further piece of evidence of the person's own, while the review is open; the reviewer decides what it proves.

    :raises Refusal: for a file that is no picture or PDF. :raises RegistrationClosed: when the review is over.
    """
    candidate = _own(number, by)
    _check_under_review(candidate, at)
    kept = attach_evidence(case=number, kind=kind, name=name, content=content, by=by, at=at)
    record("candidate.evidence_supplemented", number, by=by, at=at, detail={"kind": kind.value, "attachment": kept.number})
    return kept


@transaction.atomic
def choose_another_condition(*, number: str, condition: str, claims: Claims, by: Actor, at: datetime) -> Candidate:
    """This function will let the person apply by another condition of the same level, with what they declare for it, and decide anew.

    :raises Refusal: when a reviewer has refused them already, or the level has no such condition. :raises RegistrationClosed:
    """
    candidate = _own(number, by)
    _check_under_review(candidate, at)
    check_open(candidate.plan, at.date())
    if refused_by_reviewer(candidate):
        raise Refusal("审核人已经作出不予通过的决定，不能再改选条件。", RECORD, "对决定有疑问的，请联系评价机构；也可以退出后重新报名。")
    chosen = find_condition(condition, Level(candidate.plan.level), candidate.applied_on)
    before = {**earlier_decision(candidate), "condition": candidate.condition, "claims": candidate.claims}
    candidate.condition, candidate.claims = chosen.key, {**candidate.claims, **claims}
    candidate.save(update_fields=["condition", "claims"])
    put_aside(candidate, at=at)
    reviewer = candidate.reviewed_by_id
    after = decided_again(candidate, before, "candidate.condition_changed", {"condition": chosen.key}, "", by=by, at=at)
    after.reviewed_by_id = reviewer
    after.save(update_fields=["reviewed_by"])
    return after


@transaction.atomic
def withdraw_oneself(*, number: str, reason: str, by: Actor, at: datetime) -> Candidate:
    """This function will take the person who acts out of a plan. :raises Refusal: as for a withdrawal by the body."""
    candidate = _own(number, by)
    return withdrawn(candidate, reason.strip() or "本人申请退出", by=by, at=at)


def refused_by_reviewer(candidate: Candidate) -> bool:
    """This function will say whether somebody decided against the candidate, and not only the rules."""
    return candidate.state == CandidateState.INELIGIBLE and any(one.get("part") in {"review", "undertaking"} for one in candidate.findings)


def _own(number: str, by: Actor) -> Candidate:
    permissions.check_is_own(by, number)
    return candidate_locked(number)


def _check_under_review(candidate: Candidate, at: datetime) -> None:
    if candidate.state == CandidateState.WITHDRAWN:
        raise RegistrationClosed("您已退出这次报名。", RECORD, "如需参加，请重新报名。")
    if candidate.plan.state != PlanState.REPORTED:
        raise RegistrationClosed(f"计划当前为“{PlanState(candidate.plan.state).label}”，资格审核不在进行中。", RECORD, "有疑问请联系评价机构。")
    check_not_stopped(candidate.plan, at.date())
