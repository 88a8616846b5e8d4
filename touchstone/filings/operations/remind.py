"""续期提醒: a body is told, once each at six, three and one months, that its filing runs out."""

from datetime import datetime, timedelta

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.operations._case import locked, note, owes
from touchstone.filings.operations.begin_change import REMINDED
from touchstone.filings.queries.changing import LAW, STANDING
from touchstone.filings.queries.due import reminder_for
from touchstone.policy.roles import Role


@transaction.atomic
def remind_to_renew(*, number: str, by: Actor, at: datetime) -> bool:
    """This function will remind a body that its filing runs out, with a task and a message, and say whether it was due.

    :raises NotAllowed: unless by the platform.
    """
    if not by.is_platform:
        raise NotAllowed("续期提醒由平台自动发出。", LAW, "需要联系机构的，请直接电话联系。")
    root = locked(number)
    months = reminder_for(root, at.date())
    if months is None or root.until is None or root.state not in STANDING:
        return False
    title, last = f"备案将于{root.until}期满，请在期满前申请续期", root.until - timedelta(days=1)
    owes(root, REMINDED, title, office=root.body.office, role=Role.BODY_FILER, by=by, at=at, due_on=last)
    said = f"备案{number}至{root.until}前有效，还有不到{months}个月。期满前未书面申请续期的，自动终止。"
    note("filing.renewal_reminded", root, by=by, at=at, reason=said, clause=str(LAW), months=months, until=root.until.isoformat())
    return True
