"""洞察任务: desks are counted every few minutes, and months' reports made outside the request."""

import logging
from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.insight import operations
from touchstone.insight.queries.desk import due_to_count
from touchstone.insight.queries.month import being_made
from touchstone.web import clock

log = logging.getLogger(__name__)
PATIENCE = timedelta(minutes=2)
"""How long a report may be asked for before a second job looks after it."""


@app.task(name="insight.report", retry=2)
def make_report(number: str) -> None:
    """This job will make one month's report; made already, it changes nothing."""
    try:
        operations.make_report(number=number, by=PLATFORM, at=clock.now())
    except Exception as trouble:
        log.exception("%s: 月报没有生成", number)
        operations.give_up_report(number=number, fault=f"{type(trouble).__name__}: {trouble}", by=PLATFORM, at=clock.now())


def defer_report(number: str) -> None:
    """This function will line a report up, in the caller's transaction; once is enough while it waits."""
    try:
        make_report.configure(queueing_lock=f"report-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_left(at: datetime) -> int:
    """This job will line up again what was asked for and is not made, and count it."""
    left = being_made(at - PATIENCE)
    for number in left:
        defer_report(number)
    return len(left)


def count_desks(at: datetime) -> int:
    """This function will count every desk that somebody has opened and that was not counted for a while, each in a transaction of its own."""
    due = due_to_count(at)
    for office in due:
        operations.count_desk(by=office, at=at)
    return len(due)


WHEN_DUE = (take_up_left,)
