"""年度汇总任务: a year is drawn up outside the request, and taken up again when a worker died."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.experts.operations import draw_up
from touchstone.experts.queries.figures import runs_left
from touchstone.web import clock

PATIENCE = timedelta(minutes=2)
"""How long a year may be in work before a second job looks after it."""


@app.task(name="appraisals.draw_up", retry=3)
def draw_up_run(number: str) -> None:
    """This job will draw up one year for one office; several at once do no harm."""
    draw_up(number=number, by=PLATFORM, at=clock.now())


def defer_year(number: str) -> None:
    """This function will line a year up, in the caller's transaction; once is enough while it waits."""
    try:
        draw_up_run.configure(queueing_lock=f"year-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_left(at: datetime) -> int:
    """This job will line up again every year for which no job is waiting, and count them."""
    left = runs_left(at - PATIENCE)
    for number in left:
        defer_year(number)
    return len(left)


WHEN_DUE = (take_up_left,)
