"""接口批次任务: rows that a body's own system sent are worked off outside the request, and taken up again when a worker died."""

from datetime import datetime, timedelta
from functools import partial

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.kernel.law import Refusal
from touchstone.systems.operations import acting_for, forget_answers, stop_batch, take_part
from touchstone.systems.queries import any_batch, unfinished_batches
from touchstone.web import clock

PATIENCE = timedelta(minutes=2)
"""How long a batch may be in work before a second job looks after it."""


@app.task(name="systems.work_off_batch", retry=3)
def work_off_batch(number: str) -> None:
    """This job will work off a batch from where it stands; several at once do no harm."""
    while work_off_next(number, at=clock.now()):
        pass


def work_off_next(number: str, *, at: datetime) -> bool:
    """This function will work off the next part of a batch and say whether there was one; what refuses the whole part stops the batch."""
    from touchstone.api.rows import work_off_part

    batch = any_batch(number)
    try:
        actor = acting_for(batch.key, at.date())
        return take_part(number=number, work=partial(work_off_part, batch, actor=actor, at=at), by=PLATFORM, at=at)
    except Refusal as refusal:
        stop_batch(number=number, sentence=str(refusal), by=PLATFORM, at=at)
        return False


def defer_batch(number: str) -> None:
    """This function will line a batch up, in the caller's transaction; once is enough while it waits."""
    try:
        work_off_batch.configure(queueing_lock=f"batch-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_left(at: datetime) -> int:
    """This job will line up again every unfinished batch for which no job is waiting, and count them."""
    left = list(unfinished_batches().filter(received_at__lt=at - PATIENCE).values_list("number", flat=True))
    for number in left:
        defer_batch(number)
    return len(left)


def forget_old_answers(at: datetime) -> int:
    """This job will drop the answers to requests that are kept no longer, and count them."""
    return forget_answers(at.date())


WHEN_DUE = [take_up_left, forget_old_answers]
