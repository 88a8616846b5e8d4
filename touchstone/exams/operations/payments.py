"""缴费办理: a fee is owed, asked for, paid, waived, given back; what the provider says twice has one effect."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.exams import permissions
from touchstone.exams.models import Candidate, Payment
from touchstone.exams.operations.outcomes import RowResult, refused
from touchstone.exams.operations.registration_gate import RECORD
from touchstone.exams.states import CandidateState, PaymentState, PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.exams.fees import refundable

_OWED = (PaymentState.DUE, PaymentState.WAITING)


def owe(candidate: Candidate, *, at: datetime) -> Payment | None:
    """This function will make what somebody owes who has just registered themselves; nothing where the plan is free.

    It is part of the registration and has no ledger line of its own.
    """
    if not candidate.plan.fee:
        return None
    number = f"JF{at.year}{next_serial(f'payment-{at.year}'):07d}"
    return Payment.objects.create(number=number, candidate=candidate, amount=candidate.plan.fee, made_at=at)


@transaction.atomic
def begin_payment(*, candidate_number: str, by: Actor, at: datetime) -> Payment:
    """This function will note that the person goes to pay; somebody on the way already may go again.

    :raises Refusal: when nothing is owed, or eligibility is not settled yet.
    """
    permissions.check_is_own(by, candidate_number)
    payment = _locked(Q(candidate__number=candidate_number))
    if payment is None or payment.state not in _OWED:
        raise Refusal("没有需要缴的费用。", RECORD, "请在“我的报名”中查看缴费情况。")
    if payment.candidate.state != CandidateState.ELIGIBLE:
        raise Refusal("资格审核通过以后才缴费。", RECORD, "请先补充证明；资格没有通过的，不收费。")
    if payment.state == PaymentState.DUE:
        payment.state, payment.asked_at = PaymentState.WAITING, at
        payment.save(update_fields=["state", "asked_at"])
        record("payment.asked", payment.number, by=by, at=at, detail={"candidate": candidate_number, "amount": payment.amount})
    return payment


@transaction.atomic
def note_paid(*, number: str, amount: int, at: datetime) -> Payment:
    """This function will note that the provider has the money; once noted, nothing changes. What comes too late is to be given back.

    :raises Refusal: for a number unknown or another amount.
    """
    payment = _locked(Q(number=number))
    if payment is None:
        raise Refusal(f"没有缴费单{number}。", RECORD, "请核对缴费单号。")
    if amount != payment.amount:
        raise Refusal(f"缴费单{number}应收{payment.amount}元，支付机构说收了{amount}元。", RECORD, "请与支付机构核对。")
    if payment.state in _OWED:
        payment.state, payment.paid_at = PaymentState.PAID, at
    elif payment.state in {PaymentState.LAPSED, PaymentState.WAIVED}:
        payment.state, payment.paid_at = PaymentState.REFUND_DUE, at
    else:
        return payment
    payment.save(update_fields=["state", "paid_at"])
    record("payment.paid", number, by=PLATFORM, at=at, detail={"candidate": payment.candidate.number, "amount": amount, "state": payment.state})
    return payment


@transaction.atomic
def note_refunded(*, number: str, at: datetime) -> Payment | None:
    """This function will note that the provider has given the money back; once noted, nothing changes."""
    payment = _locked(Q(number=number, state=PaymentState.REFUND_DUE))
    if payment is None:
        return None
    payment.state, payment.ended_at = PaymentState.REFUNDED, at
    payment.save(update_fields=["state", "ended_at"])
    record("payment.refunded", number, by=PLATFORM, at=at, detail={"candidate": payment.candidate.number, "amount": payment.amount})
    return payment


@transaction.atomic
def waive_fee(*, number: str, reason: str, by: Actor, at: datetime) -> Payment:
    """This function will waive what somebody still owes, for the body's reason; they are told. Asked again, it stays waived.

    :raises Refusal: without a reason, or when it is paid, given back or settled otherwise.
    """
    found = _locked(Q(number=number))
    if found is None:
        raise Refusal(f"没有缴费单{number}。", RECORD, "请从缴费名单中选择。")
    permissions.check_may(by, "register", found.candidate.plan)
    if not reason.strip():
        raise Refusal("请写明免缴的理由。", RECORD, "例如“单位统一转账”“按规定减免”。")
    if found.state == PaymentState.WAIVED:
        return found
    if found.state not in _OWED:
        raise Refusal(f"缴费单当前为“{PaymentState(found.state).label}”，不能免缴。", RECORD, "只有待缴费、支付中的可以免缴。")
    found.state, found.ended_at = PaymentState.WAIVED, at
    found.save(update_fields=["state", "ended_at"])
    record("payment.waived", number, by=by, at=at, reason=reason.strip(), detail={"candidate": found.candidate.number, "amount": found.amount})
    return found


def waive_many(*, numbers: Sequence[str], reason: str, by: Actor, at: datetime) -> list[RowResult]:
    """This function will waive many fees, each an operation of its own with its own outcome."""
    results = []
    for number in numbers:
        try:
            name = waive_fee(number=number, reason=reason, by=by, at=at).candidate.name
        except Refusal as refusal:
            results.append(refused(number, "", str(refusal)))
        else:
            results.append(RowResult(number, name, True, "已免缴。"))
    return results


def move_fee(left: Candidate, entered: Candidate, *, at: datetime) -> Payment | None:
    """This function will settle the fee of somebody whose evaluation another body takes over (paid: given back in full; owed: owed no more) and
    make what they owe there, for the two bodies are not one purse. It is part of the take-over, whose line says so."""
    old = _locked(Q(candidate=left, state__in=[*_OWED, PaymentState.PAID]))
    if old is not None:
        day = at.date()
        paid = old.state == PaymentState.PAID
        old.state = PaymentState.REFUND_DUE if paid else PaymentState.LAPSED
        old.finding = refundable(day, left.plan.registration_closes_on, True, day).as_record()
        old.ended_at = None if paid else at
        old.save(update_fields=["state", "ended_at", "finding"])
    return owe(entered, at=at) if entered.entered_oneself and not Payment.objects.filter(candidate=entered).exists() else None


def bring_fee_back(left: Candidate, back: Candidate, *, at: datetime) -> None:
    """This function will undo `move_fee`: what is not given back yet stands as paid again, what was given back stays so.

    It is part of the undoing.
    """
    there = _locked(Q(candidate=left, state__in=[*_OWED, PaymentState.PAID]))
    if there is not None:
        there.state, there.ended_at = (PaymentState.REFUND_DUE, None) if there.state == PaymentState.PAID else (PaymentState.LAPSED, at)
        there.save(update_fields=["state", "ended_at"])
    old = _locked(Q(candidate=back, state__in=[PaymentState.REFUND_DUE, PaymentState.LAPSED]))
    if old is not None:
        old.state = PaymentState.PAID if old.paid_at is not None else PaymentState.DUE
        old.ended_at, old.finding = None, {}
        old.save(update_fields=["state", "ended_at", "finding"])


def settle_ended(*, at: datetime) -> int:
    """This function will settle the fee of everyone who left, was not admitted, or whose plan was cancelled, and count them."""
    over = Q(candidate__plan__state=PlanState.CANCELLED) | Q(candidate__state=CandidateState.WITHDRAWN)
    over |= Q(candidate__state=CandidateState.INELIGIBLE) & ~Q(candidate__plan__state__in=[PlanState.DRAFTED, PlanState.REPORTED])
    open_ones = Payment.objects.filter(over, state__in=[*_OWED, PaymentState.PAID]).order_by("id")
    return sum(_settle(number, at=at) for number in open_ones.values_list("number", flat=True)[:500])


@transaction.atomic
def _settle(number: str, *, at: datetime) -> bool:
    payment = _locked(Q(number=number, state__in=[*_OWED, PaymentState.PAID]))
    if payment is None:
        return False
    candidate, day = payment.candidate, at.date()
    by_choice = (
        bool(candidate.disqualified_by) or candidate.state == CandidateState.WITHDRAWN
    ) and candidate.plan.state != PlanState.CANCELLED
    found = refundable(day, candidate.plan.registration_closes_on, not by_choice, day)
    if payment.state in _OWED:
        payment.state, payment.ended_at = PaymentState.LAPSED, at
    elif found.outcome is Outcome.MET:
        payment.state = PaymentState.REFUND_DUE
    else:
        payment.state, payment.ended_at = PaymentState.KEPT, at
    payment.finding = found.as_record()
    payment.save(update_fields=["state", "ended_at", "finding"])
    record("payment.settled", number, by=PLATFORM, at=at, detail={"candidate": candidate.number, "state": payment.state, "finding": payment.finding})
    return True


def _locked(which: Q) -> Payment | None:
    return Payment.objects.select_for_update(of=("self",)).select_related("candidate__plan").filter(which).first()
