"""完成备案: the notice is over and undisputed; the application comes into force."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import Filing
from touchstone.filings.operations._case import ROUTE, locked, note, note_publicly
from touchstone.filings.operations._public import line_of_acceptance
from touchstone.filings.operations._steps import come_to
from touchstone.filings.operations.association_end import complete_move
from touchstone.filings.operations.take_effect import take_effect, tell_of_acceptance
from touchstone.filings.queries.changing import STANDING
from touchstone.filings.states import MOVES, State
from touchstone.notices.operations import close_notice
from touchstone.notices.queries import of_case
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def accept_filing(*, number: str, by: Actor, at: datetime) -> Filing:
    """This function will close a ripe public notice, bring what was applied for into force, and put it before the registrar of 市职鉴中心,
    all in one transaction.

    :raises Refusal: while the notice runs or an objection is open.
    """
    filing = locked(number)
    permissions.check_may(by, "accept", filing)
    MOVES.check("accept", State(filing.state))
    if filing.root is not None and filing.root.state not in STANDING:
        return _give_back(filing, by, at)
    standing = of_case(number).filter(closed_at__isnull=True).first()
    if standing is not None:
        close_notice(number=standing.number, outcome="期满无异议或异议不成立", by=by, at=at)
    close_tasks(case=number, by=by, at=at, outcome="已备案")
    take_effect(filing, by=by, at=at)
    term = {"since": str(filing.in_force_from), "until": str(filing.until), "note": f"自{filing.in_force_from}起至{filing.until}前有效"}
    note_publicly(line_of_acceptance(filing), "filing.accepted", filing, by=by, at=at, clause=str(ROUTE), **term)
    tell_of_acceptance(filing, by=by, at=at)
    complete_move(filing, by=by, at=at)
    return filing


def _give_back(filing: Filing, by: Actor, at: datetime) -> Filing:
    """The filing that was to be changed has ended meanwhile: whoever decided decides anew, so that the case does not lie for ever."""
    MOVES.check("reopen", State(filing.state))
    standing = of_case(filing.number).filter(closed_at__isnull=True).first()
    if standing is not None:
        close_notice(number=standing.number, outcome="原备案已终止，公示中止", by=by, at=at)
    come_to(filing, "decision", why="原备案已终止", by=by, at=at)
    note("filing.reopened", filing, by=by, at=at, reason="原备案已终止，请重新作出决定。")
    return filing
