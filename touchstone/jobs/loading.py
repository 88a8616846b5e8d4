"""存量装入任务: a workbook of what exists is gone through outside the request, and taken up again when a worker died."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.filings.operations import loading
from touchstone.filings.queries import unfinished_loadings, unfinished_undoings
from touchstone.web import clock

PATIENCE = timedelta(minutes=2)
"""How long a workbook may be in work before a second job looks after it."""


@app.task(name="loading.process", retry=3)
def process_loading(number: str) -> None:
    """This job will go through one workbook from where it stands; several at once do no harm."""
    loading.process_loading(number=number, by=PLATFORM, at=clock.now())


def defer_loading(number: str) -> None:
    """This function will line a workbook up, in the caller's transaction; once is enough while it waits."""
    try:
        process_loading.configure(queueing_lock=f"loading-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


@app.task(name="loading.undo", retry=3)
def undo_loading(number: str) -> None:
    """This job will take back what one workbook loaded, all of it or nothing; several at once do no harm."""
    loading.undo_loading(number=number, by=PLATFORM, at=clock.now())


def defer_undoing(number: str) -> None:
    """This function will line the undoing of a workbook up, in the caller's transaction; once is enough while it waits."""
    try:
        undo_loading.configure(queueing_lock=f"undo-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_left(at: datetime) -> int:
    """This job will line up again every unfinished workbook and undoing for which no job is waiting, and count them."""
    left, undoings = unfinished_loadings(at - PATIENCE), unfinished_undoings(at - PATIENCE)
    for number in left:
        defer_loading(number)
    for number in undoings:
        defer_undoing(number)
    return len(left) + len(undoings)


WHEN_DUE = (take_up_left,)
