"""执行: the body revokes or corrects what was ordered; what it leaves undone after its days the platform does."""

import logging
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.certificates.operations import Why, replace, revoke
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.ledger.operations import record
from touchstone.policy.certificates.revocation import LAW, Cause, Verdict, platform_may_execute
from touchstone.policy.roles import Role
from touchstone.revocations import permissions
from touchstone.revocations.models import Revocation, RevocationRow
from touchstone.revocations.operations.changes import fields_of
from touchstone.revocations.operations.deciding import EXECUTE, close_if_done
from touchstone.revocations.operations.proposing import Outcome
from touchstone.revocations.operations.rows import chosen, locked
from touchstone.revocations.queries import dependents_of, orders_due, support_on
from touchstone.revocations.states import ROW_MOVES, RowState, State
from touchstone.tasks.operations import close_tasks, open_task, send_copy
from touchstone.uploads.operations import follow_replaced, follow_revoked

log = logging.getLogger(__name__)
DEPENDENTS = "revocation_dependents"


@transaction.atomic
def execute_rows(*, number: str, rows: Collection[str], by: Actor, at: datetime) -> list[Outcome]:
    """This function will carry out what was ordered about some of the actor's own certificates (all that are left, when none is named) and tell the
    outcome of each. A correction is the revocation and the new entry in one. One that fails leaves the others done.

    :raises NotAllowed: :raises Refusal: when nothing is ordered, or for the platform before the body's days are over.
    """
    case = locked(number)
    if case.state != State.ORDERED:
        raise Refusal(f"案件现为“{case.get_state_display()}”，没有要执行的决定。", LAW, "决定下达以后由发证机构执行。")
    if by.is_platform:
        assert case.execute_by is not None
        must(platform_may_execute(case.execute_by, localtime(at).date()), "请等期限届满。")
    found = [row for row in chosen(case, rows, RowState.ORDERED) if rows or by.is_platform or row.body.office_id == by.office_id]
    if not found:
        raise Refusal("没有要由您执行的决定。", LAW, "请勾选决定已下达的证书。")
    for row in found:
        permissions.check_may_execute(by, row)
    outcomes = [_executed(row, case, by=by, at=at) for row in found]
    done = [row for row, one in zip(found, outcomes, strict=True) if one.done]
    void = [row.certificate_number for row in done if row.state == RowState.REVOKED]
    follow_revoked(numbers=void, case=number, reason=Cause(case.cause).words, by=by.with_key(""), at=at)
    record("revocation.executed", number, by=by, at=at, detail={"done": len(done), "refused": len(found) - len(done)})
    _tell_what_follows(case, done, by=by, at=at)
    left = set(RevocationRow.objects.filter(case=case, state=RowState.ORDERED).values_list("body__office_id", flat=True))
    for office in {row.body.office_id for row in done} - left:
        close_tasks(case=number, matter=EXECUTE, by=by, at=at, outcome="已执行", office_id=office)
    close_if_done(case, by=by, at=at)
    return outcomes


def _executed(row: RevocationRow, case: Revocation, *, by: Actor, at: datetime) -> Outcome:
    corrects, reason = row.verdict == Verdict.CORRECT, f"{Cause(case.cause).words}（案件{case.number}）"
    number = row.certificate_number
    try:
        with transaction.atomic():
            state = ROW_MOVES.check("correct" if corrects else "revoke", RowState(row.state))
            if corrects:
                made = replace(
                    number=number, why=Why.CORRECTION, changes=fields_of(row.changes), reason=reason, case=case.number, by=by, at=at
                )
                row.replaced_by = made.number
                follow_replaced(
                    old=number, new=made, case=case.number, reason=reason, decided_by=case.office.name, by=by.with_key(""), at=at
                )
            elif row.certificate.is_valid:  # what was declared void meanwhile is what was ordered
                revoke(number=number, reason=reason, by=by.with_key(""), at=at)
            row.executed_at, row.executed_by = at, "平台（逾期代为执行）" if by.is_platform else by.office_name
            row.move_to(state)
            detail = {"certificate": number, "verdict": row.verdict, "replaced_by": row.replaced_by}
            record("revocation.row_executed", row.number, by=by.with_key(""), at=at, reason=reason, detail=detail)
    except Refusal as refusal:
        return Outcome(row.number, number, str(refusal))
    return Outcome(row.number, number)


def _tell_what_follows(case: Revocation, done: list[RevocationRow], *, by: Actor, at: datetime) -> None:
    """What rests on a void certificate is examined on its own (our default); whoever paid support on it is shown the list."""
    void = [row.certificate_number for row in done if row.state == RowState.REVOKED]
    if dependents := dependents_of(void):
        title = f"核查后续证书：{len(dependents)}本以案件{case.number}撤销的证书为条件"
        open_task(case=case.number, matter=DEPENDENTS, title=title, office_id=case.office_id, role=Role.SUPERVISOR, by=by, at=at)
    paid: dict[int, list[str]] = {}
    for one in support_on(void):
        paid.setdefault(one.run.office_id, []).append(f"{one.policy}{one.reference}（证书{one.certificate_number}，{one.amount}元）")
    for office, lines in paid.items():
        title = f"已撤销证书享受过政策支持：{len(lines)}笔（案件{case.number}）"
        words = "请依规核处并告知承办单位：" + "；".join(lines[:50])
        send_copy(case=case.number, title=title, office_id=office, words=words, by=by, at=at)


def execute_overdue(at: datetime) -> int:
    """This function will have the platform execute every case whose bodies let their days go by, each in a transaction of its own, and count the
    certificates. One that is refused does not keep back the others; the next minute looks again.
    """
    done = 0
    for number in orders_due(localtime(at).date()):
        try:
            outcomes = execute_rows(number=number, rows=(), by=PLATFORM, at=at)
        except Refusal as refusal:
            log.warning("%s: %s", number, refusal)
            continue
        for one in outcomes:
            if not one.done:
                log.warning("%s: %s", one.number, one.sentence)
        done += sum(one.done for one in outcomes)
    return done
