"""装入存量: a workbook's rows become bodies, venues, filings and scopes in chunks; a killed run resumes exactly once.

Rows of a chunk, what they made, their outcomes, the place reached and one ledger line commit together. A dry run goes the same way and
makes nothing.
"""

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from touchstone.accounts.actor import Actor
from touchstone.files.operations import attach
from touchstone.files.queries import content as content_of
from touchstone.files.queries import of_case
from touchstone.filings import permissions
from touchstone.filings.models import Loading, LoadingRow
from touchstone.filings.operations.loading.bodies import take_body, take_venue
from touchstone.filings.operations.loading.choices import choices, fields
from touchstone.filings.operations.loading.filings import take_filing, take_scope
from touchstone.filings.operations.loading.known import Came, Known, LeftOut, Outcome, refused
from touchstone.filings.operations.loading.receive import LABEL
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.sheets.child import return_sheets
from touchstone.sheets.existing import ExistingRow, read_existing
from touchstone.sheets.existing_fields import SHEETS
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.shapes import PASSED

CHUNK = 200
RETURNED = "核对结果"


def process_loading(*, number: str, by: Actor, at: datetime, after_chunk: Callable[[int], None] = lambda done: None) -> Loading:
    """This function will go through a workbook from the row it had reached to its end, and return it with a result per row.

    Called again after a kill, or twice at once, every row still counts once. `after_chunk` is told the place reached after each commit.
    """
    permissions.check_may_process_loading(by)
    loading = Loading.objects.select_related("office").get(number=number)
    if loading.finished_at is not None or loading.failed_because:
        return loading
    with _clear_copy(loading) as path:
        try:
            rows = read_existing(path, choices())
        except FileRefused as trouble:
            return _fail(number, trouble.sentence, by=by, at=at)
        Loading.objects.filter(number=number).update(total=len(rows))
        known, reached = Known(loading, rows, by=by, at=at), _reached(number)
        while reached < len(rows):
            if not _take_chunk(number, rows[reached : reached + CHUNK], reached, known):
                return Loading.objects.get(number=number)  # somebody else is at it
            reached = min(reached + CHUNK, len(rows))
            after_chunk(reached)
        _finish(number, path, by=by, at=at)
    return Loading.objects.get(number=number)


@transaction.atomic
def _reached(number: str) -> int:
    """How many rows are done. A dry run that was killed begins anew: what its rows would have made was only in memory."""
    loading = Loading.objects.select_for_update(of=("self",)).get(number=number)
    if loading.dry_run and loading.done and loading.finished_at is None:
        loading.rows.all().delete()
        loading.done, loading.counts = 0, {}
        loading.save(update_fields=["done", "counts"])
    return loading.done


@contextmanager
def _clear_copy(loading: Loading) -> Iterator[Path]:
    """The sealed workbook in the clear, for the limited reading process only, in a folder nobody else can open."""
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(content_of(of_case(loading.number, LABEL)[0]))
        yield path


@transaction.atomic
def _take_chunk(number: str, chunk: Sequence[ExistingRow], reached: int, known: Known) -> bool:
    loading = Loading.objects.select_for_update(of=("self",)).get(number=number)
    if loading.done != reached or loading.finished_at is not None or loading.failed_because:
        return False
    words = fields()
    rows = [_row(row, _take(row, known, words), known) for row in chunk]
    LoadingRow.objects.bulk_create(rows)
    loading.done = reached + len(rows)
    loading.counts = dict(Counter(loading.counts) + Counter(str(row.outcome) for row in rows))
    loading.save(update_fields=["done", "counts"])
    if not loading.dry_run:
        told = {"rows": [reached + 1, loading.done], "counts": dict(Counter(str(row.outcome) for row in rows)), "sha256": _hash_of(rows)}
        record("loading.rows_taken", number, by=known.by, at=known.at, detail=told)
    return True


def _take(row: ExistingRow, known: Known, words: dict[str, str]) -> Came:
    if row.errors:
        return refused(row.sentence)
    if sentence := known.repeats(row):
        return refused(sentence)
    try:
        with transaction.atomic():
            match row.sheet:
                case "机构":
                    return take_body(row, known, words)
                case "考核点":
                    return take_venue(row, known)
                case "备案":
                    return take_filing(row, known)
                case _:
                    return take_scope(row, known)
    except (LeftOut, Refusal) as left_out:
        return refused(str(left_out))
    except IntegrityError:
        return refused("别人刚刚登记了同一机构、备案或者站点序列码，本行没有装入，请核对后再传")


def _row(row: ExistingRow, came: Came, known: Known) -> LoadingRow:
    sentence = came.sentence + (f"已更正：{row.righted}。" if row.righted and came.outcome is not Outcome.REFUSED else "")
    return LoadingRow(
        loading=known.loading,
        sheet=row.sheet,
        row_number=row.number,
        subject=known.subject(row)[:200],
        outcome=came.outcome,
        sentence=sentence[:500],
        made=came.made,
    )


def _hash_of(rows: Sequence[LoadingRow]) -> str:
    lines = [[row.sheet, row.row_number, row.outcome, row.made, row.sentence] for row in rows]
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()


def _result(outcome: str, sentence: str) -> str:
    return sentence if outcome == Outcome.REFUSED else f"{PASSED}：{sentence}" if outcome == Outcome.WARNED else PASSED


def _finish(number: str, path: Path, *, by: Actor, at: datetime) -> None:
    results: dict[str, dict[int, str]] = {}
    found = LoadingRow.objects.filter(loading__number=number).values_list("sheet", "row_number", "outcome", "sentence")
    for sheet, row, outcome, sentence in found:
        results.setdefault(sheet, {})[row] = _result(outcome, sentence)
    target, whole = path.with_name("returned.xlsx"), True
    try:
        return_sheets(path, target, [(SHEETS[sheet][0], told) for sheet, told in results.items()])
    except FileRefused:
        whole = False  # the outcomes stand on the page all the same
    with transaction.atomic():
        loading = Loading.objects.select_for_update(of=("self",)).get(number=number)
        if loading.finished_at is not None:
            return
        if whole:
            name = loading.name.removesuffix(".xlsx") + f"（{RETURNED}）.xlsx"
            loading.returned = attach(case=number, label=RETURNED, name=name, content=target.read_bytes(), by=by, at=at).number
        loading.finished_at = at
        loading.save(update_fields=["returned", "finished_at"])
        detail = {"total": loading.total, "counts": loading.counts, "dry_run": loading.dry_run}
        record("loading.finished", number, by=by, at=at, detail=detail)


@transaction.atomic
def _fail(number: str, sentence: str, *, by: Actor, at: datetime) -> Loading:
    loading = Loading.objects.select_for_update(of=("self",)).get(number=number)
    if loading.finished_at is None and not loading.failed_because:
        loading.failed_because = sentence
        loading.save(update_fields=["failed_because"])
        record("loading.failed", number, by=by, at=at, reason=sentence, detail={"done": loading.done})
    return loading
