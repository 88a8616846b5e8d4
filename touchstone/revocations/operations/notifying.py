"""告知: the holders and the bodies are told what is held against which certificate, and from now on the public sees 核查中."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.certificates.operations import examine
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record, record_many
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.revocation import LAW, STATEMENT_WITHIN, Cause
from touchstone.policy.roles import Role
from touchstone.revocations import permissions
from touchstone.revocations.models import Revocation, RevocationRow
from touchstone.revocations.operations.opening import NOTIFY
from touchstone.revocations.operations.rows import chosen, locked
from touchstone.revocations.states import MOVES, ROW_MOVES, RowState, State
from touchstone.tasks.operations import close_tasks, open_task

PROPOSE, KNOW = "revocation_propose", "revocation_know"


@transaction.atomic
def notify_holders(*, number: str, by: Actor, at: datetime) -> Revocation:
    """This function will tell the holders and the bodies, mark the certificates as examined, and say until when holders may state their case.

    :raises MoveRefused: when they were told already. :raises Refusal: when one of the certificates has been revoked meanwhile.
    """
    case = locked(number)
    permissions.check_may(by, "notify", case)
    state = MOVES.check("notify", State(case.state))
    rows = chosen(case, (), RowState.LISTED)
    marked = examine(numbers=[row.certificate_number for row in rows], case=number, reason=f"案件{number}：{case.get_cause_display()}", by=by, at=at)
    missing = {row.certificate_number for row in rows} - {one.number for one in marked}
    if missing:
        raise Refusal(f"证书{'、'.join(sorted(missing)[:5])}已撤销或已在其他案件中核查。", LAW, "请撤案后重新立案。")
    tell(case, rows, by=by, at=at)
    case.move_to(state)
    detail = {"heard_until": str(case.heard_until), "rows": len(rows), "clause": str(STATEMENT_WITHIN.on(localtime(at).date()).clause)}
    record("revocation.notified", number, by=by, at=at, reason=case.reason, detail=detail)
    close_tasks(case=number, matter=NOTIFY, by=by, at=at, outcome="已告知")
    return case


def tell(case: Revocation, rows: list[RevocationRow], *, by: Actor, at: datetime) -> None:
    """This function will bring rows into 核查中 with their notice, and put the case before the bodies and the clerk. Part of an operation."""
    day = localtime(at).date()
    case.notified_at, case.heard_until = at, calendar().add_working_days(day, STATEMENT_WITHIN.on(day).value)
    for row in rows:
        row.state, row.notified_at = ROW_MOVES.check("examine", RowState(row.state)), at
    RevocationRow.objects.bulk_update(rows, ["state", "notified_at", "statement", "statement_at"], batch_size=500)
    told = {"heard_until": case.heard_until.isoformat()}
    lines = ((row.number, {"certificate": row.certificate_number, **told}) for row in rows)
    record_many("revocation.holder_notified", lines, by=by, at=at, reason=f"{Cause(case.cause).words}：{case.reason}")
    title = f"证书核查：{case.body_words}，{case.row_count}本（{case.get_cause_display()}）"[:200]
    for office in dict.fromkeys(row.body.office_id for row in rows):
        open_task(case=case.number, matter=KNOW, title=title, office_id=office, role=Role.BODY_LEADER, by=by, at=at, due_on=case.heard_until)
    title = f"提出处理意见：{case.body_words}，{case.row_count}本"[:200]
    open_task(
        case=case.number, matter=PROPOSE, title=title, office_id=case.office_id, role=Role.SUPERVISOR, by=by, at=at, due_on=case.heard_until
    )
