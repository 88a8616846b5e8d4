"""逐行办理: what comes of each row of a request, done at once where they are few, by the queue where they are many?"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.api.declared import BASE, Call, Endpoint, RowsAtHand, outcome, said
from touchstone.api.shapes import Fault, Unreadable
from touchstone.jobs.batches import defer_batch
from touchstone.policy.systems import ROWS_AT_ONCE, ROWS_IN_A_BATCH
from touchstone.systems.operations import Answer, receive_batch
from touchstone.systems.states import BatchState

if TYPE_CHECKING:
    from touchstone.systems.models import Batch


def take_rows(endpoint: Endpoint, call: Call, sent: Any, case: str) -> Answer:
    """This function will work off the rows of a request, or keep them for the queue. :raises Unreadable: for what is no list of rows, or too long."""
    rows = sent.get("rows") if isinstance(sent, dict) else None
    if not isinstance(rows, list) or not rows or set(sent) - {"rows"}:
        raise Unreadable([Fault("/rows", "应为至少一行的列表，除 rows 外没有别的项。")])
    most = ROWS_IN_A_BATCH.on(call.today).value
    if len(rows) > most:
        raise Unreadable([Fault("/rows", f"一次最多{most:,}行，现有{len(rows):,}行，请分成几次提交。")])
    case = case or call.of_body.number
    if len(rows) <= ROWS_AT_ONCE.on(call.today).value:
        found = work_off(endpoint, rows, 0, case=case, actor=call.actor, at=call.at, received_on=call.today)
        done = sum(one["done"] for one in found)
        return said({"total": len(found), "done": done, "refused": len(found) - done, "rows": found})
    with transaction.atomic():  # whatever refuses the whole request refuses it now, not an hour later; nothing of the trial stays
        work_off(endpoint, [], 0, case=case, actor=call.actor, at=call.at, received_on=call.today)
        transaction.set_rollback(True)
    batch = receive_batch(key=call.key, action=endpoint.name, case=case, rows=rows, by=call.actor, at=call.at)
    defer_batch(batch.number)
    return said(batch_words(batch), 202, f"{BASE}/batches/{batch.number}")


def work_off(
    endpoint: Endpoint, rows: Sequence[Any], first: int, *, case: str, actor: Actor, at: datetime, received_on: date
) -> list[dict[str, Any]]:
    """This function will read each row and do those that can be read; every row has an outcome, in order. Rows count from `first` + 1."""
    assert endpoint.lines is not None
    found: list[dict[str, Any] | None] = [None] * len(rows)
    fit: list[int] = []
    read: list[Mapping[str, Any]] = []
    for place, row in enumerate(rows):
        try:
            read.append(endpoint.lines.row.read(row))
            fit.append(place)
        except Unreadable as unreadable:
            words = [f"{one.pointer.lstrip('/')}：{one.sentence}" for one in unreadable.faults]
            found[place] = outcome("", *words, done=False)
    for place, came in zip(fit, endpoint.lines.work(RowsAtHand(case, read, actor, at, received_on)), strict=True):
        found[place] = came
    return [_told(one or {}, rows[place], first + place + 1) for place, one in enumerate(found)]


def _told(came: Mapping[str, Any], sent: Any, row: int) -> dict[str, Any]:
    ref = str(sent.get("ref") or "")[:60] if isinstance(sent, dict) else ""
    return {"row": row, "ref": ref, "number": "", "clause": ""} | dict(came)


def batch_words(batch: "Batch") -> dict[str, Any]:
    """This function will tell where a batch stands."""
    return {
        "number": batch.number,
        "state": batch.state,
        "state_label": BatchState(batch.state).label,
        "sentence": batch.sentence,
        "total": batch.total,
        "taken": batch.cursor,
        "done": batch.done,
        "refused": batch.refused,
        "progress": f"{BASE}/batches/{batch.number}",
        "rows": f"{BASE}/batches/{batch.number}/rows",
    }


def work_off_part(batch: "Batch", rows: Sequence[Any], first: int, *, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """This function will work off a part of a batch as its request would have been."""
    from touchstone.api.endpoints import ENDPOINTS

    endpoint = ENDPOINTS[batch.action]
    day = batch.received_at.astimezone(at.tzinfo).date()
    return work_off(endpoint, rows, first, case=batch.case, actor=actor, at=at, received_on=day)
