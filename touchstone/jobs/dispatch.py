"""派遣到期办理: for which requests is nobody drawn yet?"""

import logging
from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.experts.operations import dispatch
from touchstone.experts.queries.dispatch import waiting_to_be_drawn
from touchstone.kernel.law import Refusal

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


WHEN_DUE = [draw_what_waits]
