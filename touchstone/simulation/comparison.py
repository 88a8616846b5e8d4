"""第一次比对: all that stands in a new city is compared once, so that whoever comes in finds what the comparison found."""

from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.jobs.monitoring import carry_through
from touchstone.monitoring.operations import begin_run
from touchstone.monitoring.queries import run
from touchstone.monitoring.states import RunKind
from touchstone.web import clock


def compare_all(at: datetime) -> int:
    """This function will compare everything, from its beginning to its end, and count the hits. A run that does not come to its end says why on
    its page, and the worker begins the next one."""
    number = begin_run(kind=RunKind.WHOLE, by=PLATFORM, at=at).number
    carry_through(number, clock.now)
    done = run(number)
    return done.hits if done is not None else 0
