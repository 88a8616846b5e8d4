"""试题导入任务: a file of questions is gone through and loaded outside the request; files that went out are forgotten after a day."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.questions.operations.exporting import forget_exports
from touchstone.questions.operations.importing import process_import
from touchstone.questions.queries import unfinished_imports
from touchstone.web import clock

PATIENCE = timedelta(minutes=2)
"""How long a file may be in work before a second job looks after it."""


@app.task(name="questions.import", retry=3)
def go_through(number: str) -> None:
    """This job will do what is to be done next with one file; several at once do no harm."""
    process_import(number=number, by=PLATFORM, at=clock.now())


def defer_import(number: str) -> None:
    """This function will line a file up, in the caller's transaction; once is enough while it waits."""
    try:
        go_through.configure(queueing_lock=f"questions-import-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_left(at: datetime) -> int:
    """This job will line up again every unfinished file for which no job is waiting, and count them."""
    left = unfinished_imports(at - PATIENCE)
    for number in left:
        defer_import(number)
    return len(left)


def forget_files(at: datetime) -> int:
    """This job will remove the files of exports older than a day."""
    return forget_exports(at=at)


WHEN_DUE = (take_up_left, forget_files)
