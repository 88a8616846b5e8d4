"""档案任务: the five volumes of an archive are bound outside the request, one after another, and taken up again when a worker died."""

import logging
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.exams.operations.archive import remind_late_archive
from touchstone.exams.operations.archive_binding import bind_next, give_up_archive
from touchstone.exams.queries.archive import late_and_not_told, unfinished
from touchstone.web import clock
from touchstone.web.events import event_words

log = logging.getLogger(__name__)
PATIENCE = timedelta(minutes=5)
"""How long an archive may be in work before a second job looks after it."""


@app.task(name="archives.compile")
def compile_volumes(number: str) -> None:
    """This job will bind what is not bound yet; each volume and its record commit together. What nobody foresaw is told on the page."""
    try:
        while bind_next(number=number, words=event_words, by=PLATFORM, at=clock.now()):
            pass
    except Exception:
        log.exception("archive %s", number)
        give_up_archive(number=number, by=PLATFORM, at=clock.now())


def defer_volumes(number: str) -> None:
    """This function will line an archive up, in the caller's transaction; once is enough while it waits."""
    try:
        compile_volumes.configure(queueing_lock=f"archive-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_left(at: datetime) -> int:
    """This job will line up again every archive that is not bound yet and for which no job is waiting, and count them."""
    left = unfinished(at - PATIENCE)
    for number in left:
        defer_volumes(number)
    return len(left)


def remind_of_late(at: datetime) -> int:
    """This job will put each archive that is late before its body and the office that supervises it, once, and count them."""
    return sum(remind_late_archive(number=number, by=PLATFORM, at=at) for number in late_and_not_told(localtime(at).date()))


WHEN_DUE = (take_up_left, remind_of_late)
