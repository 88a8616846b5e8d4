"""承接核查: what a case of misconduct has put under examination goes the same way as every revocation; undone there, it ends here."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates.queries import examined_by
from touchstone.ledger.operations import record
from touchstone.policy.certificates.revocation import LAW, Cause
from touchstone.revocations import queries
from touchstone.revocations.models import RevocationRow
from touchstone.revocations.operations.appealing import put_back
from touchstone.revocations.operations.deciding import close_if_done, withdrawn
from touchstone.revocations.operations.notifying import tell
from touchstone.revocations.operations.opening import write_case
from touchstone.revocations.operations.rows import chosen, locked
from touchstone.revocations.queries import Line, Reach
from touchstone.revocations.states import EXECUTED, MOVES, AppealState, RowState, State


@transaction.atomic
def take_over_examined(*, origin: str, reason: str, statement: str, by: Actor, at: datetime) -> str:
    """This function will open a case about the certificates that a case of misconduct (`origin`) has put under examination, with the notice to the
    holder at once, and give its number; an empty string where there are none. What the person said there counts as their statement. The app that
    decided has checked who may.
    """
    examined = list(examined_by(origin))
    elsewhere = queries.open_rows_of(one.number for one in examined)
    found = [one for one in examined if one.number not in elsewhere]
    if not found:
        return ""
    numbers = [one.number for one in found]
    dependents = queries.dependents_of(numbers)
    support = list(queries.support_on([*numbers, *(one.certificate.number for one in dependents)]))
    reach = Reach([Line(one.number, one) for one in found], dependents, support)
    case = write_case(Cause.FRAUD, origin, str(LAW), reason, reach, by=by.with_key(""), at=at)
    rows = chosen(case, (), RowState.LISTED)
    for row in rows:
        row.statement, row.statement_at = statement, at if statement else None
    tell(case, rows, by=by, at=at)
    case.move_to(MOVES.check("notify", State(case.state)))
    detail = {"heard_until": str(case.heard_until), "rows": len(rows), "origin": origin}
    record("revocation.notified", case.number, by=by.with_key(""), at=at, reason=case.reason, detail=detail)
    return case.number


@transaction.atomic
def end_for_origin(*, origin: str, reason: str, by: Actor, at: datetime) -> int:
    """This function will undo what followed from a case that was undone itself: cases under way are withdrawn, what was ordered is lifted, what is
    void gets another in its place; it counts the certificates. The app that undid it has checked who may.
    """
    count = 0
    for number in queries.cases_from(origin):
        case, words = locked(number), f"案件{origin}已撤销：{reason}"
        for row in chosen(case, (), RowState.ORDERED, *EXECUTED):
            row.answer, row.answered_at, row.appeal_state = words, at, AppealState.GRANTED
            put_back(row, words, by=by, at=at)
            detail = {"certificate": row.certificate_number, "replaced_by": row.replaced_by, "origin": origin}
            record("revocation.appeal_granted", row.number, by=by.with_key(""), at=at, reason=words, detail=detail)
            count += 1
        if case.state in {State.OPENED, State.NOTIFIED, State.PROPOSED}:
            count += RevocationRow.objects.filter(case=case, state__in=[RowState.LISTED, RowState.EXAMINED]).count()
            if case.state == State.PROPOSED:
                case.move_to(MOVES.check("return", State.PROPOSED))
            withdrawn(case, words, by=by.with_key(""), at=at)
        close_if_done(case, by=by, at=at)
    return count
