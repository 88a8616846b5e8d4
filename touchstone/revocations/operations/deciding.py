"""决定: the leader decides about each certificate by what was proposed, or gives the proposals back; the body then has some days to execute."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_bureau, city_centre
from touchstone.certificates.operations import stop_examining
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.revocation import (
    EXECUTE_WITHIN,
    LAW,
    REVOCATION_APPEAL_WITHIN,
    Cause,
    Verdict,
    another_decides,
    holder_was_heard,
    verdict_fits_cause,
)
from touchstone.policy.roles import OfficeKind, Role
from touchstone.revocations import permissions
from touchstone.revocations.models import Revocation, RevocationRow
from touchstone.revocations.operations.notifying import PROPOSE
from touchstone.revocations.operations.proposing import DECIDE, Outcome
from touchstone.revocations.operations.rows import chosen, locked
from touchstone.revocations.states import MOVES, ROW_MOVES, RowState, State
from touchstone.tasks.operations import close_tasks, open_task

if TYPE_CHECKING:
    from touchstone.accounts.models import Office

EXECUTE = "revocation_execute"


@transaction.atomic
def decide_rows(*, number: str, rows: Collection[str], by: Actor, at: datetime) -> list[Outcome]:
    """This function will decide about some certificates of a case (all, when none is named) as was proposed, and tell the outcome of each. What is
    kept is no longer examined from now on. When the last is decided, the orders go to the bodies.

    :raises NotAllowed: :raises MoveRefused: unless proposals were sent up.
    """
    case = locked(number)
    permissions.check_may_decide_rows(by, case)
    state = MOVES.check("decide", State(case.state))
    found = chosen(case, rows, RowState.EXAMINED)
    if not found:
        raise Refusal("没有选择证书，或者都已决定。", LAW, "请勾选要决定的证书。")
    outcomes = [_decided(row, case, by=by, at=at) for row in found]
    done = [one.number for one in outcomes if one.done]
    kept = [row.certificate_number for row in found if row.number in done and row.verdict == Verdict.KEEP]
    if kept:
        stop_examining(numbers=kept, reason=f"案件{number}：不成立，证书保留", by=by, at=at)
    detail = {one.value: sum(row.verdict == one for row in found if row.number in done) for one in Verdict}
    record("revocation.decided", number, by=by, at=at, detail={**detail, "refused": len(outcomes) - len(done)})
    if not RevocationRow.objects.filter(case=case, state=RowState.EXAMINED).exists():
        _hand_down(case, state, by=by, at=at)
    return outcomes


def _decided(row: RevocationRow, case: Revocation, *, by: Actor, at: datetime) -> Outcome:
    day, verdict = localtime(at).date(), Verdict(row.proposal)
    assert case.notified_at is not None
    found = [
        another_decides(row.proposed_by_id, by.user_id, day),
        holder_was_heard(localtime(case.notified_at).date(), bool(row.statement), day, calendar()),
        verdict_fits_cause(Cause(case.cause), verdict, bool(row.changes), day),
    ]
    try:
        for one in found:
            must(one, "请退回重拟，或者换一位负责人决定。")
        state = ROW_MOVES.check("keep" if verdict is Verdict.KEEP else "order", RowState(row.state))
    except Refusal as refusal:
        return Outcome(row.number, row.certificate_number, str(refusal))
    row.verdict, row.decided_at, row.findings = verdict, at, records(found)
    row.move_to(state)
    detail = {"verdict": verdict.value, "certificate": row.certificate_number, "findings": records(found)}
    record("revocation.row_decided", row.number, by=by.with_key(""), at=at, reason=row.proposal_reason, detail=detail)
    return Outcome(row.number, row.certificate_number)


def _hand_down(case: Revocation, state: State, *, by: Actor, at: datetime) -> None:
    """The last is decided: the bodies execute in the days they have; holders may appeal to the office above."""
    day = localtime(at).date()
    case.decided_at, case.decided_by_id = at, by.user_id
    case.execute_by = calendar().add_working_days(day, EXECUTE_WITHIN.on(day).value)
    case.appeal_to, case.appeal_until = _above(case), calendar().add_working_days(day, REVOCATION_APPEAL_WITHIN.on(day).value)
    case.move_to(state)
    close_tasks(case=case.number, matter=DECIDE, by=by, at=at, outcome="已决定")
    offices = dict.fromkeys(RevocationRow.objects.filter(case=case, state=RowState.ORDERED).order_by("id").values_list("body__office_id", flat=True))
    for office in offices:
        title = f"执行证书撤销决定：案件{case.number}"
        open_task(
            case=case.number, matter=EXECUTE, title=title, office_id=office, role=Role.BODY_LEADER, by=by, at=at, due_on=case.execute_by
        )
    if not offices:
        close_if_done(case, by=by, at=at)


def close_if_done(case: Revocation, *, by: Actor, at: datetime) -> None:
    """This function will close a case of which nothing is left to execute. Part of the operation that did the last."""
    if case.state == State.ORDERED and not RevocationRow.objects.filter(case=case, state=RowState.ORDERED).exists():
        case.closed_at = at
        case.move_to(MOVES.check("close", State.ORDERED))
        record("revocation.closed", case.number, by=by.with_key(""), at=at)
        close_tasks(case=case.number, matter=EXECUTE, by=by, at=at, outcome="已执行")


def _above(case: Revocation) -> "Office":
    """The office above the one that decides: the centre for a district, the city bureau for the centre."""
    return city_centre() if case.office.kind == OfficeKind.DISTRICT_BUREAU else city_bureau()


@transaction.atomic
def return_proposals(*, number: str, reason: str, by: Actor, at: datetime) -> Revocation:
    """This function will give the proposals back to the clerk; what was decided stays decided. :raises Refusal: without a reason."""
    case = locked(number)
    permissions.check_may(by, "return", case)
    state = MOVES.check("return", State(case.state))
    if not reason.strip():
        raise Refusal("请写明退回的原因。", LAW, "经办人据此重新提出处理意见。")
    case.sent_up_by_id, case.sent_up_at = None, None
    case.move_to(state)
    record("revocation.returned", number, by=by, at=at, reason=reason.strip())
    close_tasks(case=number, matter=DECIDE, by=by, at=at, outcome="退回重拟")
    title = f"重新提出处理意见：{case.body_words}"[:200]
    open_task(case=number, matter=PROPOSE, title=title, office_id=case.office_id, role=Role.SUPERVISOR, by=by, at=at)
    return case


@transaction.atomic
def withdraw_case(*, number: str, reason: str, by: Actor, at: datetime) -> Revocation:
    """This function will end a case before it is sent up: certificates are no longer examined. :raises Refusal: without a reason."""
    case = locked(number)
    permissions.check_may(by, "withdraw", case)
    if RevocationRow.objects.filter(case=case, state=RowState.ORDERED).exists():
        raise Refusal("其中有证书已作出撤销或更正的决定，不能撤案。", LAW, "请把其余证书的处理意见报送决定。")
    return withdrawn(case, reason, by=by, at=at)


def withdrawn(case: Revocation, reason: str, *, by: Actor, at: datetime) -> Revocation:
    """This function will end a case, with its certificates. Part of the operation that decides so."""
    state = MOVES.check("withdraw", State(case.state))
    if not reason.strip():
        raise Refusal("请写明撤案的原因。", LAW, "原因告知持证人和机构。")
    rows = chosen(case, (), RowState.LISTED, RowState.EXAMINED)
    stop_examining(numbers=[row.certificate_number for row in rows], reason=f"案件{case.number}撤案", by=by, at=at)
    for row in rows:
        row.state = ROW_MOVES.check("let_go", RowState(row.state))
    RevocationRow.objects.bulk_update(rows, ["state"], batch_size=500)
    case.closed_at = at
    case.move_to(state)
    record("revocation.withdrawn", case.number, by=by, at=at, reason=reason.strip())
    close_tasks(case=case.number, by=by, at=at, outcome="已撤案")
    return case
