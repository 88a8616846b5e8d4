"""撤回申请: until when may an applicant take an application back?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import Filing
from touchstone.filings.operations._case import locked, note, words
from touchstone.filings.states import MOVES, State
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def withdraw_filing(*, number: str, reason: str, by: Actor, at: datetime) -> Filing:
    """This function will take an application back before or between reviews; requests for consent lapse. :raises WordsMissing:"""
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    target = MOVES.check("withdraw", State(filing.state))
    reason = words(reason, "撤回申请须写明原因。", "例如：申报范围需要调整。撤回后可以重新申请。")
    filing.consents.filter(answered_at__isnull=True, lapsed_at__isnull=True).update(lapsed_at=at)
    filing.supplements.filter(answered_at__isnull=True).update(answered_at=at)
    filing.move_to(target, step="")
    close_tasks(case=number, by=by, at=at, outcome="申请单位撤回")
    note("filing.withdrawn", filing, by=by, at=at, reason=reason)
    return filing
