"""撤回申请: until when may an applicant take an application back?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.calls.operations import owe_filing_again
from touchstone.filings import permissions
from touchstone.filings.models import Filing
from touchstone.filings.operations._case import locked, note, words
from touchstone.filings.operations.association_end import reopen_move
from touchstone.filings.operations.take_effect import settle_undone
from touchstone.filings.queries.scope import places_unfiled
from touchstone.filings.states import MOVES, State
from touchstone.policy.filing.purposes import Purpose
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def withdraw_filing(*, number: str, reason: str, by: Actor, at: datetime) -> Filing:
    """This function will take an application back before or between reviews; requests for consent lapse. :raises WordsMissing:"""
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    MOVES.check("withdraw", State(filing.state))
    lapse(filing, words(reason, "撤回申请须写明原因。", "例如：申报范围需要调整。撤回后可以重新申请。"), by=by, at=at)
    return filing


def lapse(filing: Filing, reason: str, *, by: Actor, at: datetime) -> None:
    """This function will close an application without a decision; part of the operation that takes it back."""
    target = MOVES.check("withdraw", State(filing.state))
    filing.consents.filter(answered_at__isnull=True, lapsed_at__isnull=True).update(lapsed_at=at)
    filing.supplements.filter(answered_at__isnull=True).update(answered_at=at)
    filing.move_to(target, step="")
    settle_undone(filing, at=at)
    close_tasks(case=filing.number, by=by, at=at, outcome="申请单位撤回")
    note("filing.withdrawn", filing, by=by, at=at, reason=reason)
    owe_filing_again(body=filing.body, places=places_unfiled(filing, at.date()), by=by, at=at)
    reopen_move(filing, why="已撤回", by=by, at=at)


@transaction.atomic
def lapse_renewal(*, number: str, by: Actor, at: datetime) -> bool:
    """This function will let a renewal lapse that was returned and not put right in time, once the term is over, and say whether there was one:
    a case that waits for its applicant must not keep a filing in force for ever. :raises NotAllowed: unless by the platform.
    """
    filing = locked(number)
    permissions.check_may(by, "accept", filing)
    late = filing.supplements.filter(answered_at__isnull=True, due_on__lt=at.date()).exists()
    over = filing.root is not None and filing.root.until is not None and filing.root.until <= at.date()
    if filing.purpose != Purpose.RENEW or filing.state != State.RETURNED or not (late and over):
        return False
    lapse(filing, "备案已期满，续期申请退回后逾期未补正，视为撤回。", by=by, at=at)
    return True
