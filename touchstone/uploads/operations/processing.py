"""核对一批: a batch's rows are read in chunks; a killed run goes on exactly once from where it was.

Rows of a chunk, their outcomes, the place reached and one ledger line commit together.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import opened_id_number
from touchstone.certificates.queries import reportable
from touchstone.files.operations import attach
from touchstone.files.queries import content as content_of
from touchstone.files.queries import of_case
from touchstone.kernel.rules import Outcome
from touchstone.ledger.operations import record
from touchstone.policy.roles import Role
from touchstone.sheets.certificate_fields import SHAPE
from touchstone.sheets.certificates import CertificateRow, parse_certificates, read_row
from touchstone.sheets.child import read_rows, return_workbook
from touchstone.sheets.refusals import FileRefused
from touchstone.tasks.operations import open_task
from touchstone.uploads import permissions
from touchstone.uploads.models import Batch
from touchstone.uploads.operations._case import FILE, RESULTS, locked
from touchstone.uploads.operations._graded import fits
from touchstone.uploads.operations.accepting import accept_existing
from touchstone.uploads.operations.submitting import put_before_office
from touchstone.uploads.operations.taking import take
from touchstone.uploads.queries import numbers_told
from touchstone.uploads.states import MOVES, BatchState, EntryState, Way

CHUNK = 500


def process(*, number: str, by: Actor, at: datetime, after_chunk: Callable[[int], None] = lambda cursor: None) -> Batch:
    """This function will go through a batch from the row it had reached to its end.

    Called again after a kill, or twice at once, every row still counts once. `after_chunk` is told the place reached after each commit.
    """
    permissions.check_may_process(by)
    batch = Batch.objects.select_related("body").get(number=number)
    if batch.state != BatchState.READING:
        return batch
    with _rows_of(batch) as (rows, path):
        if isinstance(rows, str):
            return _fail(number, rows, by=by, at=at)
        Batch.objects.filter(number=number).update(total=len(rows))
        reached = _reached(number)
        while reached < len(rows):
            if not _take_chunk(number, rows[reached : reached + CHUNK], reached, by=by, at=at):
                return Batch.objects.get(number=number)  # somebody else is at it
            reached = min(reached + CHUNK, len(rows))
            after_chunk(reached)
        returned = _returned(number, path) if path is not None else b""
        return _finish(number, returned, by=by, at=at)


@contextmanager
def _rows_of(batch: Batch) -> Iterator[tuple[Sequence[CertificateRow] | str, Path | None]]:
    """The rows, or the sentence why they cannot be read; the workbook in the clear lies in a folder nobody else can open."""
    if batch.way == Way.ISSUED:
        yield _issued_rows(batch), None
        return
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(content_of(of_case(batch.number, FILE)[0]))
        try:
            with read_rows(path, SHAPE) as reading:
                found: Sequence[CertificateRow] | str = list(parse_certificates(reading.rows))
                found = _too_many(batch, len(found)) or found
        except FileRefused as trouble:
            found = trouble.sentence
        yield found, path


def _too_many(batch: Batch, rows: int) -> str:
    """The sentence why a body of its grade may not send so many rows at once; none for what an office loads."""
    told = fits(batch.body, rows, batch.received_at)
    return f"{told.reason}（依据：{told.clause}）。" if batch.way == Way.WORKBOOK and told.outcome is not Outcome.MET else ""


def _issued_rows(batch: Batch) -> list[CertificateRow]:
    """Those issued when the batch was formed, in order of number, whether a row of this batch tells of them already or not."""
    taken = set(batch.entries.values_list("number", flat=True))
    others = numbers_told(batch.plan_number) - taken
    found = [one for one in reportable(batch.plan_number) if one.number not in others]
    return [read_row(place, _told_of(one)) for place, one in enumerate(found[: batch.total], 1)]


def _told_of(one: Any) -> dict[str, Any]:
    """What we issued, as a row would tell it."""
    return {
        "name": one.holder_name,
        "id_kind": one.holder.id_kind,
        "id_number": opened_id_number(one.holder),
        "occupation_code": one.occupation_code,
        "occupation": one.occupation_name,
        "trade": one.trade_name,
        "level": one.level,
        "theory": one.theory,
        "practical": one.practical,
        "panel": one.panel,
        "number": one.number,
        "issued_on": one.issued_on,
        "plan": one.plan_number,
    }


@transaction.atomic
def _reached(number: str) -> int:
    """How many rows are done."""
    return int(locked(number).cursor)


@transaction.atomic
def _take_chunk(number: str, chunk: Sequence[CertificateRow], reached: int, *, by: Actor, at: datetime) -> bool:
    batch = locked(number)
    if batch.cursor != reached or batch.state != BatchState.READING:
        return False
    take(batch, chunk, by=by, at=at)
    return True


def _returned(number: str, path: Path) -> bytes:
    """The person's own workbook with a result per row; nothing where it cannot be written, for the page tells every row as well."""
    rows = Batch.objects.get(number=number).entries.values_list("row_number", "state", "sentence")
    results = {row: "" if state == EntryState.PASSED else sentence for row, state, sentence in rows}
    target = path.with_name("returned.xlsx")
    try:
        return_workbook(path, target, SHAPE, results)
    except FileRefused:
        return b""
    return target.read_bytes()


@transaction.atomic
def _finish(number: str, returned: bytes, *, by: Actor, at: datetime) -> Batch:
    batch = locked(number)
    if batch.state != BatchState.READING:
        return batch
    if returned:
        name = batch.name.removesuffix(".xlsx") + "（核对结果）.xlsx"
        batch.returned = attach(case=number, label=RESULTS, name=name, content=returned, by=by, at=at).number
    detail = {"total": batch.total, "passed": batch.passed, "broken": batch.broken}
    record("certificate_batch.checked", number, by=by, at=at, detail=detail)
    if batch.dry_run:
        batch.entries.exclude(state=EntryState.BROKEN).update(state=EntryState.REVERTED)
        batch.move_to(BatchState.TRIED)
        return batch
    batch.move_to(MOVES.check("finish_check", BatchState(batch.state)))
    if batch.way == Way.EXISTING:
        accept_existing(batch, by=by, at=at)
    elif batch.way == Way.ISSUED and batch.passed:
        put_before_office(batch, by=by, at=at)
    else:
        title = f"证书数据已核对：通过{batch.passed}行，不通过{batch.broken}行，请提交审核"
        office = batch.body.office_id
        open_task(case=number, matter="submit_certificate_data", title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at)
    return batch


@transaction.atomic
def _fail(number: str, sentence: str, *, by: Actor, at: datetime) -> Batch:
    batch = locked(number)
    if batch.state == BatchState.READING:
        batch.reason = sentence[:500]
        batch.move_to(BatchState.FAILED)
        record("certificate_batch.failed", number, by=by, at=at, reason=sentence, detail={"cursor": batch.cursor})
    return batch
