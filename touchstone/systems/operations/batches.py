"""批次办理: many rows are received at once, sealed, and worked off a part at a time, each row with an outcome."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import field_key
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.systems.models import Batch, BatchRow, Key
from touchstone.systems.states import BatchState

PART = 200
Row = dict[str, Any]


@transaction.atomic
def receive_batch(*, key: Key, action: str, case: str, rows: Sequence[Row], by: Actor, at: datetime) -> Batch:
    """This function will keep the rows of a request, sealed, to be worked off by the queue; whoever calls it lines the work up in the same
    transaction and has checked that the rows may come in."""
    number = f"PC{at.year}{next_serial(f'batch-{at.year}'):06d}"
    text = json.dumps(list(rows), ensure_ascii=False)
    sealed = field_key().seal(text, f"systems_batch|{number}|rows")
    made = Batch.objects.create(number=number, key=key, action=action, case=case, rows_sealed=sealed, total=len(rows), received_at=at)
    detail = {"batch": number, "action": action, "rows": len(rows), "sha256": hashlib.sha256(text.encode()).hexdigest()}
    record("batch.received", case, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def take_part(*, number: str, work: Callable[[Sequence[Row], int], list[Row]], by: Actor, at: datetime) -> bool:
    """This function will work off the next part of a batch and say whether there was one. `work` is given the rows and the place of the first, and
    gives an outcome for each (`done` says whether it had its effect). Two workers at once wait for each other; killed in between, nothing is lost or
    done twice, for rows, outcomes and cursor commit together."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("key").get(number=number)
    if batch.state in {BatchState.FINISHED, BatchState.STOPPED}:
        return False
    rows: list[Row] = json.loads(field_key().open(bytes(batch.rows_sealed or b""), f"systems_batch|{number}|rows"))
    part = rows[batch.cursor : batch.cursor + PART]
    found = work(part, batch.cursor)
    BatchRow.objects.bulk_create(
        (BatchRow(batch=batch, row=batch.cursor + n, outcome=outcome) for n, outcome in enumerate(found, 1)), batch_size=500
    )
    done = sum(bool(outcome["done"]) for outcome in found)
    batch.cursor, batch.done, batch.refused = batch.cursor + len(part), batch.done + done, batch.refused + len(part) - done
    over = batch.cursor >= batch.total
    batch.state = BatchState.FINISHED if over else BatchState.RUNNING
    if over:
        batch.finished_at, batch.rows_sealed = at, None
    batch.save(update_fields=["cursor", "done", "refused", "state", "finished_at", "rows_sealed"])
    detail = {"batch": number, "cursor": batch.cursor, "done": done, "refused": len(part) - done, "over": over}
    record("batch.rows_taken", batch.case, by=by.with_key(""), at=at, detail=detail)
    return True


@transaction.atomic
def stop_batch(*, number: str, sentence: str, by: Actor, at: datetime) -> Batch:
    """This function will stop a batch that cannot go on; what was done stands, the rest is not done, and the sentence says why."""
    batch = Batch.objects.select_for_update(of=("self",)).get(number=number)
    if batch.state in {BatchState.WAITING, BatchState.RUNNING}:
        batch.state, batch.sentence, batch.finished_at, batch.rows_sealed = BatchState.STOPPED, sentence[:500], at, None
        batch.save(update_fields=["state", "sentence", "finished_at", "rows_sealed"])
        record("batch.stopped", batch.case, by=by.with_key(""), at=at, reason=sentence, detail={"batch": number, "cursor": batch.cursor})
    return batch
