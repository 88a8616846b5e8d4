"""申诉: the holder appeals to the office above; where they are right, an order is lifted, and what was executed is put back by a new fact."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.certificates.operations import Why, replace, stop_examining
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.revocation import LAW, REVOCATION_ANSWER_WITHIN, revocation_appeal_in_time
from touchstone.policy.roles import Role
from touchstone.revocations import permissions
from touchstone.revocations.models import RevocationRow
from touchstone.revocations.operations.deciding import close_if_done
from touchstone.revocations.operations.rows import locked_row
from touchstone.revocations.states import APPEAL_MOVES, EXECUTED, ROW_MOVES, AppealState, RowState
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.uploads.operations import follow_replaced

ANSWER = "revocation_appeal"


@transaction.atomic
def appeal_row(*, row: str, words: str, by: Actor, at: datetime) -> RevocationRow:
    """This function will take an appeal against a revocation or a correction, by the holder or put down from their letter; what was decided goes on
    standing meanwhile.

    :raises Refusal: without words, too late, or where nothing was decided against the holder.
    """
    found = locked_row(row)
    permissions.check_may_appeal(by, found)
    state = APPEAL_MOVES.check("appeal", AppealState(found.appeal_state))
    if RowState(found.state) not in {RowState.ORDERED, *EXECUTED} or found.case.appeal_to is None:
        raise Refusal(f"现为“{found.get_state_display()}”，没有可以申诉的决定。", LAW, "决定作出以后，撤销和更正的可以申诉。")
    day = localtime(at).date()
    assert found.case.decided_at is not None
    in_time = revocation_appeal_in_time(localtime(found.case.decided_at).date(), day, calendar())
    must(in_time, "可以依法申请行政复议或者提起诉讼；有新证据的，请联系受理单位。")
    if not words.strip():
        raise Refusal("请写明申诉的理由。", LAW, "请写清对事实、依据或处理的哪一点有异议。")
    found.appeal, found.appealed_at, found.appeal_state = words.strip(), at, state
    found.save()
    office = found.case.appeal_to
    record("revocation.appealed", row, by=by, at=at, reason=found.appeal, detail={"to": office.number, "clause": str(in_time.clause)})
    due = calendar().add_working_days(day, REVOCATION_ANSWER_WITHIN.on(day).value)
    title = f"答复证书撤销申诉：{found.certificate_number}（案件{found.case.number}）"
    open_task(case=found.case.number, matter=ANSWER, title=title, office_id=office.pk, role=Role.DIRECTOR, by=by, at=at, due_on=due)
    return found


@transaction.atomic
def answer_appeal(*, row: str, granted: bool, answer: str, by: Actor, at: datetime) -> RevocationRow:
    """This function will answer an appeal: the decision stands, or (`granted`) it falls: an order is lifted, and for a certificate that is void
    already another is put in its place with what stood on the first one, for what is void is never revived.

    :raises Refusal: without words, or when the holder has another valid certificate of the level by now.
    """
    found = locked_row(row)
    permissions.check_may_answer(by, found)
    verb = "grant" if granted else "dismiss"
    state = APPEAL_MOVES.check(verb, AppealState(found.appeal_state))
    if not answer.strip():
        raise Refusal("请写明审查情况和答复意见。", LAW, "答复告知持证人和发证机构。")
    found.answer, found.answered_at, found.appeal_state = answer.strip(), at, state
    if granted:
        put_back(found, found.answer, by=by, at=at)
    found.save()
    event = "revocation.appeal_granted" if granted else "revocation.appeal_dismissed"
    detail = {"certificate": found.certificate_number, "replaced_by": found.replaced_by}
    record(event, row, by=by, at=at, reason=found.answer, detail=detail)
    if not RevocationRow.objects.filter(case=found.case, appeal_state=AppealState.LODGED).exists():
        close_tasks(case=found.case.number, matter=ANSWER, by=by, at=at, outcome="申诉成立" if granted else "维持决定")
    close_if_done(found.case, by=by, at=at)
    return found


def put_back(row: RevocationRow, reason: str, *, by: Actor, at: datetime) -> None:
    """This function will undo what was ordered or executed about one certificate. Part of the operation that decides so."""
    if row.state == RowState.ORDERED:
        stop_examining(numbers=[row.certificate_number], reason=f"申诉成立：{reason}", by=by, at=at)
        row.move_to(ROW_MOVES.check("lift", RowState(row.state)))
        return
    state = ROW_MOVES.check("reverse", RowState(row.state))
    old = row.certificate
    if row.state == RowState.CORRECTED:
        back = {name: getattr(old, name) for name in ("holder_id", "holder_name", "trade_name", "theory", "practical", "panel")}
        made = replace(
            number=row.replaced_by,
            why=Why.CORRECTION,
            changes={name: value for name, value in back.items() if value is not None},
            reason=f"申诉成立，恢复原登记：{reason}",
            case=row.case.number,
            by=by,
            at=at,
        )
    else:
        made = replace(number=old.number, why=Why.REVERSAL, changes={}, reason=reason, case=row.case.number, by=by, at=at)
    decided_by, told = (row.case.appeal_to or row.case.office).name, f"申诉成立（案件{row.case.number}）"
    before = row.replaced_by or old.number
    follow_replaced(old=before, new=made, case=row.case.number, reason=told, decided_by=decided_by, by=by.with_key(""), at=at)
    row.replaced_by = made.number
    row.move_to(state)
