"""导入报名表: a workbook's rows become candidates in chunks; a killed import resumes exactly once.

Rows of a chunk, their outcomes, the cursor and one ledger line commit together.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import Identity
from touchstone.exams import permissions
from touchstone.exams.facts.claims import claims_of
from touchstone.exams.facts.options import options_of
from touchstone.exams.models import Upload, UploadRow
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.registration_entry import Entered, Entry, enter
from touchstone.exams.operations.registration_gate import check_open
from touchstone.files.operations import attach
from touchstone.files.queries import content
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import clean_name
from touchstone.ledger.operations import record
from touchstone.policy.eligibility.conditions import find_condition
from touchstone.policy.eligibility.levels import Level
from touchstone.sheets.child import read_rows, return_workbook
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.registration import RegistrationRow, RowOutcome, parse_rows
from touchstone.sheets.registration_fields import SHAPE

CHUNK = 500


def process_upload(*, number: str, by: Actor, at: datetime, after_chunk: Callable[[int], None] = lambda cursor: None) -> Upload:
    """This function will process an upload from its cursor to its end and return the person's workbook with a result per row.

    Called again after a kill, or twice at once, every row still counts once. `after_chunk` is told the cursor after each commit.
    """
    upload = _begin(number, by)
    if upload.state in {Upload.State.FINISHED, Upload.State.REFUSED}:
        return upload
    with _clear_copy(upload) as path:
        try:
            outcomes = _outcomes(upload, path)
        except FileRefused as refused:
            return _refuse(number, refused.sentence, by=by, at=at)
        _set_total(number, len(outcomes))
        cursor = upload.cursor
        while cursor < len(outcomes):
            try:
                moved = _take_chunk(number, outcomes[cursor : cursor + CHUNK], cursor, by=by, at=at)
            except Refusal as refusal:
                return _refuse(number, str(refusal), by=by, at=at)
            if not moved:
                return Upload.objects.get(number=number)  # somebody else is at it
            cursor = min(cursor + CHUNK, len(outcomes))
            after_chunk(cursor)
        _finish(number, path, by=by, at=at)
    return Upload.objects.get(number=number)


@transaction.atomic
def _begin(number: str, by: Actor) -> Upload:
    upload = Upload.objects.select_for_update(of=("self",)).select_related("plan__body", "plan__occupation", "plan__trade").get(number=number)
    permissions.check_may(by, "register", upload.plan)
    if upload.state == Upload.State.WAITING:
        upload.state = Upload.State.RUNNING
        upload.save(update_fields=["state"])
    return upload


@contextmanager
def _clear_copy(upload: Upload) -> Iterator[Path]:
    """The sealed workbook in the clear, for the limited reading process only, in a folder nobody else can open."""
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(content(upload.attachment))
        yield path


def _outcomes(upload: Upload, path: Path) -> list[RowOutcome]:
    options = options_of(upload.plan, upload.uploaded_at.date())
    with read_rows(path, SHAPE) as reading:
        return list(parse_rows(reading.rows, options))


def _set_total(number: str, total: int) -> None:
    Upload.objects.filter(number=number).update(total=total)


@transaction.atomic
def _take_chunk(number: str, chunk: Sequence[RowOutcome], cursor: int, *, by: Actor, at: datetime) -> bool:
    upload = Upload.objects.select_for_update(of=("self",)).select_related("plan").get(number=number)
    if upload.state != Upload.State.RUNNING or upload.cursor != cursor:
        return False
    plan = locked(upload.plan.number)
    check_open(plan, upload.uploaded_at.date())
    applied_on = upload.uploaded_at.date()
    level = Level(plan.level)
    readable = [outcome.row for outcome in chunk if outcome.row is not None]
    entries = [_entry(upload, row, find_condition(row.condition, level, applied_on).key) for row in readable]
    entered = dict(zip((row.number for row in readable), enter(plan, entries, applied_on=applied_on, by=by, at=at), strict=True))
    rows = [_row(upload, outcome, entered.get(outcome.number)) for outcome in chunk]
    UploadRow.objects.bulk_create(rows, batch_size=500)
    accepted = sum(row.accepted for row in rows)
    upload.cursor, upload.accepted, upload.refused = cursor + len(rows), upload.accepted + accepted, upload.refused + len(rows) - accepted
    upload.save(update_fields=["cursor", "accepted", "refused"])
    detail = {
        "upload": number,
        "rows": [chunk[0].number, chunk[-1].number],
        "accepted": accepted,
        "refused": len(rows) - accepted,
        "sha256": _hash_of(rows),
        "uploaded_by": upload.uploaded_by_id,
    }
    record("upload.rows_taken", plan.number, by=by, at=at, detail=detail)
    return True


def _entry(upload: Upload, row: RegistrationRow, condition: str) -> Entry:
    identity = Identity(row.name, row.id_number, row.phone, row.id_kind, row.sex, row.birthday)
    return Entry(identity, upload.ground, upload.employment, row.employer, condition, claims_of(row))


def _row(upload: Upload, outcome: RowOutcome, entered: Entered | None) -> UploadRow:
    notes = [f"“{note.column}”{note.sentence}" for note in outcome.notes]
    if entered is None:
        sentences = [error.sentence for error in outcome.errors]
    else:
        sentences = [text for text in (entered.sentence, entered.decision) if text]
    return UploadRow(
        upload=upload,
        row_number=outcome.number,
        name=clean_name(outcome.name)[:60],
        accepted=entered is not None and entered.candidate is not None,
        sentences=[*sentences, *notes],
        candidate=entered.candidate if entered else None,
    )


def _hash_of(rows: Sequence[UploadRow]) -> str:
    lines = [[row.row_number, row.accepted, row.candidate.number if row.candidate else "", row.sentences] for row in rows]
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()


def _finish(number: str, path: Path, *, by: Actor, at: datetime) -> None:
    rows = UploadRow.objects.filter(upload__number=number).order_by("row_number").values_list("row_number", "accepted", "sentences")
    results = {row: "" if accepted else "；".join(s.rstrip("。") for s in sentences) + "。" for row, accepted, sentences in rows}
    target = path.with_name("returned.xlsx")
    sentence = ""
    try:
        return_workbook(path, target, SHAPE, results)
    except FileRefused as refused:
        sentence = f"各行结果见本页；带结果的工作簿没有生成：{refused.sentence}"[:500]
    with transaction.atomic():
        upload = Upload.objects.select_for_update(of=("self",)).select_related("plan", "attachment").get(number=number)
        if upload.state != Upload.State.RUNNING:
            return
        if not sentence:
            name = upload.attachment.name.removesuffix(".xlsx") + "（核对结果）.xlsx"
            upload.returned = attach(case=number, label="核对结果", name=name, content=target.read_bytes(), by=by, at=at)
        upload.state, upload.sentence, upload.finished_at = Upload.State.FINISHED, sentence, at
        upload.save(update_fields=["state", "sentence", "finished_at", "returned"])
        detail = {"upload": number, "total": upload.total, "accepted": upload.accepted, "refused": upload.refused}
        record("upload.finished", upload.plan.number, by=by, at=at, detail=detail)


@transaction.atomic
def _refuse(number: str, sentence: str, *, by: Actor, at: datetime) -> Upload:
    upload = Upload.objects.select_for_update(of=("self",)).select_related("plan").get(number=number)
    if upload.state in {Upload.State.WAITING, Upload.State.RUNNING}:
        upload.state, upload.sentence, upload.finished_at = Upload.State.REFUSED, sentence[:500], at
        upload.save(update_fields=["state", "sentence", "finished_at"])
        record("upload.refused", upload.plan.number, by=by, at=at, reason=sentence, detail={"upload": number, "cursor": upload.cursor})
    return upload
