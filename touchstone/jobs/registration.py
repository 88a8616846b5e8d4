"""报名任务: a workbook that was received is processed outside the request, and taken up again when a worker died."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.exams.operations import registration_import
from touchstone.exams.queries import registration
from touchstone.web import clock

PATIENCE = timedelta(minutes=2)
"""How long a workbook may be in work before a second job looks after it."""


@app.task(name="registration.process_upload", retry=3)
def process_upload(number: str) -> None:
    """This job will process one workbook from where it stands; several at once do no harm."""
    registration_import.process_upload(number=number, by=PLATFORM, at=clock.now())


def defer_processing(number: str) -> None:
    """This function will line a workbook up, in the caller's transaction; once is enough while it waits."""
    try:
        process_upload.configure(queueing_lock=f"upload-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_left(at: datetime) -> int:
    """This job will line up again every unfinished workbook for which no job is waiting, and count them."""
    left = list(registration.unfinished().filter(uploaded_at__lt=at - PATIENCE).values_list("number", flat=True))
    for number in left:
        defer_processing(number)
    return len(left)


WHEN_DUE = [take_up_left]
