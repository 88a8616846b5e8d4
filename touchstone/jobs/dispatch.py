"""派遣到期办理: for which requests is nobody drawn yet?"""

import logging
from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.experts.operations import dispatch, reveal_secret
from touchstone.experts.queries.dispatch import over_lately, waiting_to_be_drawn
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import AlreadyDone
from touchstone.ledger.queries import told_of

log = logging.getLogger(__name__)


def draw_what_waits(at: datetime) -> int:
    """This function will draw people for every request that waits, and count them; one whose people were taken meanwhile waits for the next run."""
    done = 0
    for number in waiting_to_be_drawn(at):
        try:
            dispatch(number=number, by=PLATFORM, at=at)
            done += 1
        except Refusal as refusal:
            log.warning("%s: %s", number, refusal)
    return done


def reveal_what_is_over(at: datetime) -> int:
    """This function will tell the secret of every draw that cannot be made any more, once, and count them."""
    over = over_lately(at)
    left = set(over) - told_of("draw.revealed", over) if over else set()
    for number in sorted(left):
        try:
            reveal_secret(number=number, by=PLATFORM, at=at)
        except AlreadyDone:
            continue
    return len(left)


WHEN_DUE = [draw_what_waits, reveal_what_is_over]
