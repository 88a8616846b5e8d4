"""终止到期办理: which granted requests take effect, which filings end of themselves, and what becomes of their plans?"""

import logging
from collections.abc import Callable
from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.exams.operations.unwinding import unwind
from touchstone.exams.operations.winding import replace_overdue, wind_down
from touchstone.exams.queries import winding
from touchstone.filings import operations
from touchstone.filings.operations.ending_approval import refresh_forecast
from touchstone.filings.operations.ending_run import end_approved
from touchstone.filings.queries import ended
from touchstone.kernel.law import Refusal

log = logging.getLogger(__name__)


def end_what_was_asked(at: datetime) -> int:
    """This job will bring every granted request to end into effect on the day it wanted, and count them."""
    due = ended.requests_due(at.date())
    return sum(_done(number, lambda number: operations.end_as_asked(request=number, by=PLATFORM, at=at)) for number in due)


def go_on_with_approved(at: datetime) -> int:
    """This job will end what stopped runs had listed, once a second person approved, and count the filings."""
    return sum(end_approved(run=number, by=PLATFORM, at=at) for number in ended.approved_unfinished())


def run_of_the_night(at: datetime) -> int:
    """This job will, once a day, end what ends of itself, and count the lines found."""
    return 0 if ended.ran_on(at.date()) else operations.run_endings(dry_run=False, by=PLATFORM, at=at).selected


def foresee(at: datetime) -> int:
    """This job will, once a day and after the run, foresee what will end in the next twelve months, and count it."""
    return 0 if ended.foreseen_on(at.date()) else refresh_forecast(by=PLATFORM, at=at)


def wind_down_ended(at: datetime) -> int:
    """This job will go through the plans of every end that has just come about, and count the ends."""
    return sum(_done(number, lambda number: wind_down(termination_number=number, by=PLATFORM, at=at)) for number in winding.to_wind_down())


def replace_what_is_overdue(at: datetime) -> int:
    """This job will send candidates to another body whose exam was not held by the day laid down after an end, and count the plans."""
    late = winding.overdue(at.date())
    return sum(_done(number, lambda number: replace_overdue(plan_number=number, by=PLATFORM, at=at)) for number in late)


def unwind_undone(at: datetime) -> int:
    """This job will put the plans of every undone end back to where they stood, and count the ends."""
    return sum(_done(number, lambda number: unwind(termination_number=number, by=PLATFORM, at=at)) for number in winding.to_unwind())


def _done(number: str, act: Callable[[str], object]) -> int:
    """One that is refused does not keep back the others; the next minute looks again."""
    try:
        act(number)
    except Refusal as refusal:
        log.warning("%s: %s", number, refusal)
        return 0
    return 1


WHEN_DUE = [
    end_what_was_asked,
    go_on_with_approved,
    run_of_the_night,
    foresee,
    wind_down_ended,
    replace_what_is_overdue,
    unwind_undone,
]
