"""证书数据任务: batches form of what was issued, are gone through outside the request, and what was accepted goes to the national query and back."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.files.queries import content as content_of
from touchstone.files.queries import of_case
from touchstone.jobs.adapters.national_query import Line, Pending, Unavailable, configured
from touchstone.kernel.law import Refusal
from touchstone.uploads import operations, queries
from touchstone.uploads.states import ParcelState
from touchstone.web import clock

log = logging.getLogger(__name__)
PATIENCE = timedelta(minutes=2)
"""How long a batch may be in work before a second job looks after it."""
LOOKED_BACK = timedelta(days=30)
"""So far back the ledger is read for plans whose certificates form no batch yet."""
AT_ONCE = 50


@app.task(name="uploads.process", retry=3)
def process_batch(number: str) -> None:
    """This job will go through one batch from where it stands; several at once do no harm."""
    operations.process(number=number, by=PLATFORM, at=clock.now())


def defer_batch(number: str) -> None:
    """This function will line a batch up, in the caller's transaction; once is enough while it waits."""
    try:
        process_batch.configure(queueing_lock=f"certificate-batch-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


@app.task(name="uploads.hand_over", queueing_lock="hand-over")
def hand_over() -> None:
    """This job will send what waits to the national query and fetch what it answers."""
    line = configured()
    if line is not None:
        hand_over_by(line, clock.now())


def is_connected() -> bool:
    """This function will say whether this installation has a line to the national query."""
    return configured() is not None


def defer_hand_over() -> None:
    """This function will line the hand-over up now, in the caller's transaction, where there is a line; once is enough while it waits."""
    if not is_connected():
        return
    try:
        with transaction.atomic():
            hand_over.defer()
    except AlreadyEnqueued:
        return


def hand_over_by(line: Line, at: datetime) -> dict[str, int]:
    """This function will make parcels of the rows that wait, send those not sent, and fetch the receipts of those that are; what does not answer is
    tried again by the next run, and the log holds numbers only."""
    counts = {"made": 0, "sent": 0, "receipted": 0, "troubled": 0}
    while counts["made"] < AT_ONCE and operations.make_parcel(by=PLATFORM, at=at) is not None:
        counts["made"] += 1
    for parcel in queries.parcels_waiting(ParcelState.MADE, limit=AT_ONCE):
        try:
            content = content_of(of_case(parcel.number)[0])
            operations.note_sent(number=parcel.number, receipt=line.send(parcel.number, parcel.layout, content), by=PLATFORM, at=at)
            counts["sent"] += 1
        except Unavailable as trouble:
            counts["troubled"] += 1
            operations.note_trouble(number=parcel.number, why=str(trouble), by=PLATFORM, at=at)
            break
    for parcel in queries.parcels_waiting(ParcelState.SENT, limit=AT_ONCE):
        try:
            told, sha256, rows = line.receipt(parcel.number)
            answers = [operations.Answered(*row) for row in rows]
            operations.take_receipt(number=parcel.number, told_parcel=told, told_sha256=sha256, answers=answers, by=PLATFORM, at=at)
            counts["receipted"] += 1
        except Pending:
            continue
        except (Unavailable, Refusal) as trouble:
            log.warning("%s: %s", parcel.number, trouble)
            counts["troubled"] += 1
            operations.note_trouble(number=parcel.number, why=str(trouble), by=PLATFORM, at=at)
    return counts


def form_batches(at: datetime) -> int:
    """This job will form a batch for every plan that issued certificates no row tells of yet, and count them."""
    found = queries.plans_to_report(at - LOOKED_BACK)[:AT_ONCE]
    for plan in found:
        batch = operations.receive_issued(plan_number=plan, by=PLATFORM, at=at)
        if batch is not None:
            defer_batch(batch.number)
    return len(found)


def take_up_left(at: datetime) -> int:
    """This job will line up again every batch that is not gone through and for which no job is waiting, and count them."""
    left = queries.unfinished(at - PATIENCE)
    for number in left:
        defer_batch(number)
    return len(left)


def line_up_hand_over(at: datetime) -> int:
    """This job will line the hand-over up where there is something to hand over and somewhere to hand it to."""
    if configured() is None or not (queries.rows_wait() or queries.parcels_waiting(ParcelState.MADE, ParcelState.SENT, limit=1)):
        return 0
    try:
        hand_over.defer()
    except AlreadyEnqueued:
        return 0
    return 1


WHEN_DUE = (form_batches, take_up_left, line_up_hand_over)
