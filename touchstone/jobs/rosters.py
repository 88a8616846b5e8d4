"""名册任务: a workbook of staff or students is gone through outside the request, and taken up again when a worker died."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.bodies import operations
from touchstone.bodies.queries import unfinished_rosters
from touchstone.web import clock

PATIENCE = timedelta(minutes=2)
"""How long a workbook may be in work before a second job looks after it."""


@app.task(name="rosters.process", retry=3)
def process_roster(number: str) -> None:
    """This job will go through one workbook from where it stands; several at once do no harm."""
    operations.process_roster(number=number, by=PLATFORM, at=clock.now())


def defer_roster(number: str) -> None:
    """This function will line a workbook up, in the caller's transaction; once is enough while it waits."""
    try:
        process_roster.configure(queueing_lock=f"roster-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_left(at: datetime) -> int:
    """This job will line up again every unfinished workbook for which no job is waiting, and count them."""
    left = unfinished_rosters(at - PATIENCE)
    for number in left:
        defer_roster(number)
    return len(left)


WHEN_DUE = (take_up_left,)
