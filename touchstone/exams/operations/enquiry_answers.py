"""查询办理: a question is asked, answered, not answered, asked again, and what a register contradicts is looked into."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import opened_id_number
from touchstone.catalogue.queries import codes_of
from touchstone.exams import permissions
from touchstone.exams.facts.enquiries import Asked, asked_of, findings_of, plain, proofs_of
from touchstone.exams.models import Candidate, Enquiry
from touchstone.exams.operations.eligibility_evidence import decided_again
from touchstone.exams.operations.enquiry_opening import opened, times_put
from touchstone.exams.operations.registration import candidate_locked, earlier_decision
from touchstone.exams.operations.registration_gate import RECORD
from touchstone.exams.operations.undertakings import DOUBTED
from touchstone.exams.queries.enquiries import standing_questions
from touchstone.exams.queries.winding import stopped
from touchstone.exams.states import CandidateState, EnquiryState, PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, records, weakest
from touchstone.ledger.operations import record
from touchstone.policy.eligibility.outside import Answer, Register, again_after
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

LEASE = timedelta(minutes=5)
"""A question on its way is not asked a second time meanwhile; when the worker dies, it is after this."""
NOT_CONNECTED = timedelta(days=1)


@transaction.atomic
def begin_asking(*, number: str, by: Actor, at: datetime) -> Asked | None:
    """This function will open what a question tells its register and put on record that it leaves the platform: which fields, never what they say.

    Nothing is given for a question that is answered, put anew, on its way already, or about somebody who has left.
    """
    permissions.check_may(by, "ask_register")
    rows = Enquiry.objects.select_for_update(of=("self",)).select_related("candidate__person", "candidate__plan")
    found = rows.get(number=number)
    if found.state == EnquiryState.ANSWERED or found.superseded_at is not None or found.next_at is None or found.next_at > at:
        return None
    register, candidate = Register(found.register), found.candidate
    if candidate.state == CandidateState.WITHDRAWN or candidate.plan.state == PlanState.CANCELLED:
        found.next_at, found.why = None, "考生已退出或计划已取消，不再查询"
        found.save(update_fields=["next_at", "why"])
        return None
    found.tried_at, found.next_at = at, at + LEASE
    found.save(update_fields=["tried_at", "next_at"])
    detail = {"candidate": candidate.number, "register": register.value, "sent": list(register.sends)}
    record("enquiry.sent", number, by=by, at=at, detail=detail)
    return asked_of(candidate, register, number, opened_id_number(candidate.person))


@transaction.atomic
def note_unavailable(*, number: str, why: str, by: Actor, at: datetime) -> Enquiry:
    """This function will note that a register could not be reached, or said what cannot be believed; it is asked again by itself, ever later."""
    return _not_answered(number, EnquiryState.UNAVAILABLE, why, failed=True, by=by, at=at)


@transaction.atomic
def note_pending(*, number: str, by: Actor, at: datetime) -> Enquiry:
    """This function will note that a register has taken the question and is still looking."""
    return _not_answered(number, EnquiryState.WAITING, "对方已受理，正在查找", failed=False, by=by, at=at)


@transaction.atomic
def note_not_connected(*, register: Register, by: Actor, at: datetime) -> int:
    """This function will note of every question due to a register that this platform is not connected to it, and count them."""
    permissions.check_may(by, "ask_register")
    due = Enquiry.objects.filter(register=register, superseded_at__isnull=True, next_at__lte=at).exclude(state=EnquiryState.ANSWERED)
    why = "本平台还没有接通这项登记"
    count = due.update(state=EnquiryState.UNAVAILABLE, why=why, failures=F("failures") + 1, next_at=at + NOT_CONNECTED)
    if count:
        record("enquiries.not_connected", register.value, by=by, at=at, reason=why, detail={"questions": count})
    return count


@transaction.atomic
def take_answer(*, number: str, answer: Answer, by: Actor, at: datetime) -> Enquiry:
    """This function will take a register's answer: it is compared with the claim, what it proves is proved, and the candidate is decided about anew
    while the review is open. An answer that comes twice counts once.

    What a register contradicts after the review is put before the body: the undertaking may have been false.

    :raises Refusal: when the register says what cannot be.
    """
    permissions.check_may(by, "ask_register")
    candidate, found = _locked(number)
    if found.state == EnquiryState.ANSWERED or found.superseded_at is not None:
        return found
    findings = findings_of(candidate, answer)
    proofs = proofs_of(candidate, answer, codes_of(candidate.plan.occupation.code))
    found.state, found.answered_at, found.next_at, found.why, found.failures = EnquiryState.ANSWERED, at, None, "", 0
    found.answer, found.findings = plain(answer), records(findings)
    found.outcome = weakest(findings).value
    found.save()
    detail = {"enquiry": number, "register": found.register, "outcome": found.outcome, "answered": found.findings, "proved": sorted(proofs)}
    register = Register(found.register)
    if _is_reviewed(candidate, at):
        _proved(candidate, register, number, proofs, at)
        _decided(candidate, "enquiry.answered", detail, "", by=by, at=at)
        return found
    record("enquiry.answered", candidate.number, by=by, at=at, detail=detail | {"state": candidate.state})
    if found.outcome == Outcome.UNMET and candidate.state == CandidateState.ELIGIBLE:
        said = next(one.reason for one in findings if one.outcome is Outcome.UNMET)
        title = f"告知承诺可能不实：{candidate.name} {candidate.plan.title}（{said}）"[:200]
        office = candidate.plan.body.office_id
        open_task(case=candidate.number, matter=DOUBTED, title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at)
    return found


@transaction.atomic
def ask_again(*, candidate_number: str, register: Register, by: Actor, at: datetime) -> Enquiry:
    """This function will put a question anew; what was answered before stays on record. What it proved is proved until it is answered otherwise.

    :raises Refusal: while the register is looking, for a question never put, or for somebody who has left.
    """
    candidate = candidate_locked(candidate_number)
    permissions.check_may(by, "review", candidate.plan)
    found = standing_questions(candidate).select_for_update().filter(register=register).first()
    if found is None:
        raise Refusal(f"没有向{register.label}查询过这名考生。", RECORD, "申报条件不需要的登记不查询。")
    if candidate.state == CandidateState.WITHDRAWN or candidate.plan.state == PlanState.CANCELLED:
        raise Refusal("考生已退出或者计划已取消，不再查询。", RECORD, "重新报名后平台会重新查询。")
    if found.state == EnquiryState.WAITING:
        raise Refusal("这项查询正在等待答复，不用重复提出。", RECORD, "答复前可以先核对本人提交的材料。")
    found.superseded_at = at
    found.save(update_fields=["superseded_at"])
    (made,) = opened([(candidate, register)], by=by, at=at, earlier=times_put(candidate, register))
    detail = {"register": register.value, "before": found.number, "enquiry": made.number}
    record("enquiry.asked_again", candidate_number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def settle_contradiction(*, candidate_number: str, register: Register, words: str, by: Actor, at: datetime) -> Enquiry:
    """This function will note what a reviewer saw who looked into what a register contradicts; while the review is open, it is decided anew.

    :raises Refusal: without words, or where nothing is contradicted.
    """
    candidate = candidate_locked(candidate_number)
    permissions.check_may(by, "review", candidate.plan)
    found = standing_questions(candidate).select_for_update().filter(register=register).first()
    if found is None or not found.contradicts:
        raise Refusal("这项查询没有待核实的不符之处。", RECORD, "请刷新页面查看最新结果。")
    if not words.strip():
        raise Refusal("请写明核实了什么。", RECORD, "例如“已核身份证原件，登记为曾用名，派出所证明已留存”。")
    found.settled, found.settled_at, found.settled_by_id = words.strip()[:300], at, by.user_id
    found.save(update_fields=["settled", "settled_at", "settled_by"])
    detail = {"enquiry": found.number, "register": register.value}
    if _is_reviewed(candidate, at):
        _decided(candidate, "enquiry.settled", detail, words.strip(), by=by, at=at)
    else:
        record("enquiry.settled", candidate_number, by=by, at=at, reason=words.strip(), detail=detail)
        close_tasks(case=candidate_number, matter=DOUBTED, by=by, at=at, outcome="已核实，不是虚假承诺")
    return found


def _not_answered(number: str, state: EnquiryState, why: str, *, failed: bool, by: Actor, at: datetime) -> Enquiry:
    permissions.check_may(by, "ask_register")
    found = Enquiry.objects.select_for_update().get(number=number)
    if found.state == EnquiryState.ANSWERED or found.superseded_at is not None:
        return found
    found.state, found.why = state, why[:120]
    found.failures = found.failures + 1 if failed else found.failures
    found.next_at = at + again_after(found.failures, at.date())
    found.save(update_fields=["state", "why", "failures", "next_at"])
    detail = {"register": found.register, "failures": found.failures, "next_at": found.next_at.isoformat()}
    record("enquiry.unavailable" if failed else "enquiry.pending", number, by=by, at=at, reason=found.why, detail=detail)
    return found


def _locked(number: str) -> tuple[Candidate, Enquiry]:
    """The candidate first, then the question: the same order as every other operation about a candidate."""
    candidate = candidate_locked(Enquiry.objects.values_list("candidate__number", flat=True).get(number=number))
    found = Enquiry.objects.select_for_update().get(number=number)
    found.candidate = candidate
    return candidate, found


def _is_reviewed(candidate: Candidate, at: datetime) -> bool:
    """Whether the review is open: what is decided after it is not decided anew by a machine."""
    refused = any(one.get("part") == "review" for one in candidate.findings)
    open_now = candidate.plan.state == PlanState.REPORTED and candidate.state != CandidateState.WITHDRAWN
    return open_now and not refused and not candidate.disqualified_by and stopped(candidate.plan, at.date()) is None


def _proved(candidate: Candidate, register: Register, number: str, proofs: dict[Any, dict[str, Any]], at: datetime) -> None:
    """What a reviewer has checked stands; what this register proved before is replaced by what it says now."""
    kept = {kind: one for kind, one in candidate.proofs.items() if one.get("register") != register.value}
    source = {"attachments": [], "remark": "外部登记答复", "checked_by": register.label, "checked_at": at.isoformat()}
    made = {kind.value: {**facts, **source, "enquiry": number, "register": register.value} for kind, facts in proofs.items()}
    candidate.proofs = {**made, **kept}


def _decided(candidate: Candidate, event: str, detail: dict[str, Any], reason: str, *, by: Actor, at: datetime) -> None:
    """Decide anew; who reviewed the candidate last stays a person."""
    reviewer = candidate.reviewed_by_id
    after = decided_again(candidate, earlier_decision(candidate), event, detail, reason, by=by, at=at)
    if by.user_id is None:
        after.reviewed_by_id = reviewer
        after.save(update_fields=["reviewed_by"])
