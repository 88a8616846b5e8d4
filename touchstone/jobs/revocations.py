"""证书撤销任务: which orders does the platform carry out, the bodies' days being over, and which lists of support are gone through?"""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.revocations import operations
from touchstone.revocations.operations import execute_overdue
from touchstone.revocations.queries import unfinished_lists
from touchstone.web import clock

PATIENCE = timedelta(minutes=2)
"""How long a list may be in work before a second job looks after it."""


@app.task(name="support.process", retry=3)
def process_support(number: str) -> None:
    """This job will go through one list of support from where it stands; several at once do no harm."""
    operations.process_support_list(number=number, by=PLATFORM, at=clock.now())


def defer_support(number: str) -> None:
    """This function will line a list up, in the caller's transaction; once is enough while it waits."""
    try:
        process_support.configure(queueing_lock=f"support-list-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_lists(at: datetime) -> int:
    """This job will line up again every list that is not gone through and for which no job is waiting, and count them."""
    left = unfinished_lists(at - PATIENCE)
    for number in left:
        defer_support(number)
    return len(left)


WHEN_DUE = [execute_overdue, take_up_lists]
