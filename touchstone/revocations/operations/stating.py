"""陈述: the holder says what they have to say before it is decided, by themselves or by letter."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.certificates.revocation import LAW
from touchstone.revocations import permissions
from touchstone.revocations.models import RevocationRow
from touchstone.revocations.operations.rows import locked_row
from touchstone.revocations.states import RowState, State


@transaction.atomic
def take_statement(*, row: str, words: str, by: Actor, at: datetime) -> RevocationRow:
    """This function will take what a holder states, once: later than the last day as well, as long as nothing has been sent up for decision.

    :raises Refusal: without words, twice, or when the case is not being heard.
    """
    found = locked_row(row)
    permissions.check_may_state(by, found)
    if found.state != RowState.EXAMINED or found.case.state != State.NOTIFIED:
        raise Refusal(f"案件现为“{found.case.get_state_display()}”，不能再陈述。", LAW, "对决定不服的，可以在申诉期内申诉。")
    if found.statement:
        raise Refusal("已经陈述过。", LAW, "补充材料请联系承办单位。")
    if not words.strip():
        raise Refusal("请填写陈述的内容。", LAW, "没有意见的，可以不填，期满后由承办单位提出处理意见。")
    found.statement, found.statement_at = words.strip(), at
    found.save(update_fields=["statement", "statement_at"])
    record("revocation.stated", row, by=by, at=at, reason=found.statement)
    return found
