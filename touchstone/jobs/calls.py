"""征集到期办理: which calls have come to their last day, which results are over and undisputed, which objections have just come in?"""

import logging
from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.calls import operations, queries
from touchstone.kernel.law import Refusal
from touchstone.notices.queries import ready_to_close

log = logging.getLogger(__name__)


def close_calls_past_their_last_day(at: datetime) -> int:
    """This job will close every call whose last day is over."""
    closed = [operations.close_call(number=number, by=PLATFORM, at=at) for number in queries.past_their_last_day(at.date())]
    return len(closed)


def take_up_new_objections(at: datetime) -> int:
    """This job will put objections to results before the city centre's director."""
    return sum(operations.take_up_call_objections(number=number, by=PLATFORM, at=at) for number in queries.objected())


def conclude_announced_calls(at: datetime) -> int:
    """This job will settle every call whose result has been public long enough and is undisputed."""
    ripe = list(ready_to_close(at.date()).filter(matter=queries.MATTER).values_list("case", flat=True))
    concluded = 0
    for number in ripe:
        try:
            operations.conclude_call(number=number, by=PLATFORM, at=at)
        except Refusal as refusal:  # an objection came in meanwhile: this one waits, the others do not
            log.warning("%s: %s", number, refusal)
        else:
            concluded += 1
    return concluded


def lapse_selections(at: datetime) -> int:
    """This job will note the selections that ran out before their body applied to be filed."""
    return sum(operations.lapse_selection(selection_id=pk, by=PLATFORM, at=at) for pk in queries.lapsing(at.date()))


WHEN_DUE = (close_calls_past_their_last_day, take_up_new_objections, conclude_announced_calls, lapse_selections)
