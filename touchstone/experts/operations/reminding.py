"""资格到期提醒: a member is told, some months before, that a qualification ends."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.experts import permissions
from touchstone.experts.facts import further_term
from touchstone.experts.models import Qualification
from touchstone.experts.operations._case import locked_qualification, note
from touchstone.experts.queries import REMINDED
from touchstone.ledger.queries import history
from touchstone.parameters.queries import in_force
from touchstone.policy.experts.training import FIRST_REMINDER, LAST_REMINDER, RENEWAL_MONTHS
from touchstone.policy.filing.changing import reminder_due


def months_due(held: Qualification, day: date) -> int | None:
    """This function will give how many months before the end a member is to be reminded of now; None when that was done, is not due, or a further
    term follows already."""
    months = [in_force(one, day).value for one in (FIRST_REMINDER, LAST_REMINDER)]
    sent = [
        line.detail["months"] for line in history(held.member.number).filter(event=REMINDED) if line.detail.get("qualification") == held.number
    ]
    return None if further_term(held) is not None else reminder_due(held.until, day, months, sent)


@transaction.atomic
def remind_of_expiry(*, qualification: str, by: Actor, at: datetime) -> bool:
    """This function will tell a member that a qualification ends, and say whether it was due. :raises NotAllowed: unless by the platform."""
    permissions.check_clock(by)
    held = locked_qualification(qualification)
    due = months_due(held, at.date())
    if due is None:
        return False
    said = f"{held.get_kind_display()}资格{held.number}于{held.until}期满，期满前{in_force(RENEWAL_MONTHS, at.date()).value}个月内可以申请延续。"
    note(REMINDED, held.member, by=by, at=at, reason=said, qualification=held.number, months=due, until=str(held.until))
    return True
