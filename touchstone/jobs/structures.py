"""标准结构任务: a workbook of a structure is gone through outside the request, and taken up again when a worker died."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.catalogue import operations
from touchstone.catalogue.queries import unfinished_structures
from touchstone.web import clock

PATIENCE = timedelta(minutes=2)
"""How long a workbook may be in work before a second job looks after it."""


@app.task(name="structures.process", retry=3)
def process_structure(number: str) -> None:
    """This job will go through one workbook; several at once do no harm."""
    operations.process_structure(number=number, by=PLATFORM, at=clock.now())


def defer_structure(number: str) -> None:
    """This function will line a workbook up, in the caller's transaction; once is enough while it waits."""
    try:
        process_structure.configure(queueing_lock=f"structure-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_left(at: datetime) -> int:
    """This job will line up again every unfinished workbook for which no job is waiting, and count them."""
    left = unfinished_structures(at - PATIENCE)
    for number in left:
        defer_structure(number)
    return len(left)


WHEN_DUE = (take_up_left,)
"""What rests on a structure that was approved is marked by `touchstone.jobs.life`."""
