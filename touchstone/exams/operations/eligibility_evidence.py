"""佐证材料核对: evidence is handed in, marked as checked by the reviewer, and the candidate decided about anew."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.facts.proofs import read_proof
from touchstone.exams.models import Candidate
from touchstone.exams.operations.eligibility import decide_and_keep, registered_certificates
from touchstone.exams.operations.enquiry_opening import open_further
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.register_lookup import look_up
from touchstone.exams.operations.registration import candidate_locked, earlier_decision
from touchstone.exams.operations.registration_gate import RECORD, RegistrationClosed
from touchstone.exams.states import CandidateState, PlanState
from touchstone.files.operations import attach
from touchstone.files.operations import withdraw as withdraw_file
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

_EVIDENCE = ("pdf", "jpg", "jpeg", "png")


@transaction.atomic
def hand_in_evidence(*, number: str, kind: ProofKind, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will keep a piece of evidence under a candidate.

    :raises Refusal: for a file that is not a PDF or picture, or when the review is closed.
    """
    candidate = under_review(number, by, at)
    return attach_evidence(case=candidate.number, kind=kind, name=name, content=content, by=by, at=at)


def attach_evidence(*, case: str, kind: ProofKind, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will keep evidence under a candidate or the form they still fill in. :raises Refusal: for a file that is no PDF or picture."""
    if name.rsplit(".", 1)[-1].lower() not in _EVIDENCE:
        raise Refusal(f"不能接收“{name}”。", RECORD, "佐证材料请拍照，或上传PDF、JPG、PNG。")
    return attach(case=case, label=kind.label, name=name, content=content, by=by, at=at)


@transaction.atomic
def withdraw_evidence(*, number: str, attachment: str, by: Actor, at: datetime) -> None:
    """This function will take a piece of evidence off the list. :raises Refusal: when a checked proof rests on it."""
    candidate = under_review(number, by, at)
    if any(attachment in proof.get("attachments", []) for proof in candidate.proofs.values()):
        raise Refusal("这份材料已作为核对依据，不能移除。", RECORD, "请先撤销相应的核对结果。")
    withdraw_file(number=attachment, by=by, at=at)


@transaction.atomic
def check_evidence(
    *, number: str, kind: ProofKind, facts: dict[str, Any], by: Actor, at: datetime, attachments: tuple[str, ...] = (), remark: str = ""
) -> Candidate:
    """This function will note what the reviewer found proved and decide anew; the earlier decision is kept in the ledger.

    `facts` are those of `exams.facts.claims` for the kind. Proof needs a file or a remark saying what was seen.

    :raises Refusal: when neither is given, or a fact is missing or impossible.
    """
    candidate = under_review(number, by, at)
    if not attachments and not remark.strip():
        raise Refusal("请上传材料，或写明核对了什么原件。", RECORD, "例如“已核对社会保险缴费记录原件”。")
    proof = read_proof(kind, facts, birthday=candidate.person.birthday, day=candidate.applied_on)
    proof |= {"attachments": list(attachments), "remark": remark.strip(), "checked_by": by.person_name, "checked_at": at.isoformat()}
    before = earlier_decision(candidate)
    candidate.proofs = {**candidate.proofs, kind.value: proof}
    return decided_again(candidate, before, "candidate.evidence_checked", {"kind": kind.value, "proof": proof}, remark, by=by, at=at)


@transaction.atomic
def uncheck_evidence(*, number: str, kind: ProofKind, reason: str, by: Actor, at: datetime) -> Candidate:
    """This function will take back what was found proved, with a reason, and decide anew. :raises Refusal: without a reason or a proof."""
    candidate = under_review(number, by, at)
    if kind.value not in candidate.proofs:
        raise Refusal(f"“{kind.label}”没有核对结果，无需撤销。", RECORD, "请刷新页面查看最新结果。")
    if not reason.strip():
        raise Refusal("请填写撤销核对结果的理由。", RECORD, "理由会留在流转记录中。")
    before = earlier_decision(candidate)
    candidate.proofs = {key: value for key, value in candidate.proofs.items() if key != kind.value}
    return decided_again(candidate, before, "candidate.evidence_unchecked", {"kind": kind.value}, reason, by=by, at=at)


@transaction.atomic
def decide_eligibility(*, number: str, by: Actor, at: datetime) -> Candidate:
    """This function will decide anew with what the registers now hold; the earlier decision is kept in the ledger."""
    candidate = under_review(number, by, at)
    return decided_again(candidate, earlier_decision(candidate), "candidate.decided", {}, "", by=by, at=at)


def under_review(number: str, by: Actor, at: datetime) -> Candidate:
    """This function will give a candidate whose review is open. :raises RegistrationClosed: :raises NotAllowed: :raises Stopped:"""
    candidate = candidate_locked(number)
    permissions.check_may(by, "review", candidate.plan)
    if candidate.plan.state != PlanState.REPORTED:
        state = PlanState(candidate.plan.state).label
        raise RegistrationClosed(f"计划当前为“{state}”，资格审核不在进行中。", RECORD, "确需更正的，请先重新开放报名。")
    check_not_stopped(candidate.plan, at.date())
    if candidate.state == CandidateState.WITHDRAWN:
        raise RegistrationClosed("该考生已退出，不再审核。", RECORD, "如需参加，请重新报名。")
    if candidate.disqualified_by:
        raise RegistrationClosed(f"该考生的资格已因承诺不实取消（案件{candidate.disqualified_by}），不再审核。", RECORD, "决定经申诉撤销后自动恢复。")
    return candidate


def decided_again(
    candidate: Candidate, before: dict[str, object], event: str, detail: dict[str, Any], reason: str, *, by: Actor, at: datetime
) -> Candidate:
    """This function will decide about a candidate who is held anew and write it down as `event`, the earlier decision with it."""
    held = registered_certificates([candidate.person_id], candidate.plan).get(candidate.person_id, [])
    registers = look_up(candidate.plan, [candidate.person_id], [candidate.ground], candidate.applied_on).of(candidate.person_id)
    decide_and_keep(candidate, candidate.plan, held, registers, by=by, at=at)
    candidate.save(update_fields=["proofs", "state", "satisfied_condition", "admitted_by", "findings", "decided_at", "reviewed_by"])
    open_further(candidate, by=by, at=at)
    now = {"state": str(candidate.state), "satisfied": candidate.satisfied_condition, "findings": candidate.findings}
    told = {**detail, "before": before, **now}
    record(event, candidate.number, by=by, at=at, reason=reason, detail=told)
    return candidate


