"""不成立: nothing is borne out, the case is closed, and the body is cleared of these facts for good."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.enforcement import permissions
from touchstone.enforcement.facts.origins import origin_of
from touchstone.enforcement.models import Case
from touchstone.enforcement.operations._case import ask_officers, locked, note, today, words
from touchstone.enforcement.operations.letters import write_cleared
from touchstone.enforcement.states import MOVES, State
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.clocks import Clock, last_day
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def clear_case(*, number: str, reason: str, by: Actor, at: datetime) -> Case:
    """This function will find that nothing is borne out: the case is closed, what it came from is told, and a body that was notified gets a letter.

    :raises NotAllowed: unless by the director who does not handle it. :raises Refusal: without a reason.
    """
    case = locked(number)
    permissions.check_decides(by, "clear", case)
    state = MOVES.check("clear", State(case.state))
    reason = words(reason, "没有写明认定不成立的理由。", "理由告知机构，今后不得就同一事实再作处理。")
    case.cleared_on, case.closed_at, case.decision_reason = today(at), at, reason
    case.move_to(state)
    close_tasks(case=number, by=by, at=at, outcome="认定不成立")
    if case.notified_at is not None:
        write_cleared(case, by=by, at=at)
    note("case.cleared", case, by=by, at=at, reason=reason)
    ask_officers(case, "案件不成立，请归档封存", by=by, at=at, due_on=last_day(Clock.ARCHIVE, today(at), calendar()))
    if case.from_kind:
        origin_of(case.from_kind).ended(case.from_number, False, reason, by, at)
    return case
