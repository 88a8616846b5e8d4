"""结构表办理: a workbook of a structure is taken, gone through row by row outside the request, and returned with a result per row."""

import hashlib
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.catalogue.models import Standard, StructureImport, StructureImportRow
from touchstone.catalogue.operations.structures.reading import ReadRow, Workbook, as_plain, choices
from touchstone.catalogue.permissions import check_may_draft
from touchstone.files.operations import attach
from touchstone.files.queries import content as content_of
from touchstone.files.queries import of_case
from touchstone.files.workbooks import workbook_at_hand
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing.scope import Basis
from touchstone.policy.questions.structure import check_structure, stands_in_the_way
from touchstone.sheets.child import check_sheets, return_sheets
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.shapes import PASSED
from touchstone.sheets.structures import SHEETS, TITLE, read_structure

LAW = notice("三(二)1")
RETURNED = "核对结果"
EVERY = 200
Outcome = StructureImportRow.Outcome


def receive_structure(*, standard: str, name: str, content: bytes, by: Actor, at: datetime) -> StructureImport:
    """This function will take a workbook of what an edition says and give the trial that will go through it. The same bytes sent again give
    the same trial while it runs. Whoever calls it defers the processing in the same transaction.

    :raises Refusal: with the sentence of what is wrong with the file. :raises NotAllowed:
    """
    about = Standard.objects.get(number=standard)
    check_may_draft(by, about)
    _check_file(name, content)
    return _keep(about, name, content, by=by, at=at)


def _check_file(name: str, content: bytes) -> None:
    with workbook_at_hand(name, content, LAW) as path:
        check_sheets(path, [shape for shape, _ in SHEETS.values()])


@transaction.atomic
def _keep(standard: Standard, name: str, content: bytes, *, by: Actor, at: datetime) -> StructureImport:
    serial = next_serial(f"structure-import-{at.year}")
    sha256 = hashlib.sha256(content).hexdigest()
    own = StructureImport.objects.filter(office_id=by.office_id) if by.office_id else StructureImport.objects.filter(office__isnull=True)
    running = own.filter(standard=standard, finished_at__isnull=True, failed_because="").first()
    if running is not None and running.sha256 == sha256:
        return running
    if running is not None:
        raise Refusal(f"上一份（{running.number}）还在核对，一次只核对一份。", LAW, "请等它核对完成后再上传这一份，本份没有保存。")
    run = StructureImport.objects.create(
        number=f"JD{at.year}{serial:05d}",
        standard=standard,
        name=name[:200],
        sha256=sha256,
        office_id=by.office_id or None,
        begun_by_id=by.user_id,
        begun_at=at,
    )
    run.file = attach(case=run.number, label=TITLE, name=name, content=content, by=by, at=at).number
    run.save(update_fields=["file"])
    record("structure.tried", run.number, by=by, at=at, detail={"standard": standard.number, "sha256": sha256, "name": name})
    return run


def process_structure(*, number: str, by: Actor, at: datetime) -> StructureImport:
    """This function will go through a workbook to its end and return it with a result per row. Killed, it begins anew; called again or twice
    at once, the outcome stands once. :raises Refusal: unless by the platform."""
    if not by.is_platform:
        raise Refusal("结构表的核对由平台自动办理。", LAW, "请在导入页查看进度。")
    run = StructureImport.objects.select_related("standard").get(number=number)
    if run.finished_at is not None or run.failed_because:
        return run
    book = Workbook(
        f"{run.standard.title}（{run.standard.edition}）", frozenset(Level(n) for n in run.standard.levels), Basis(run.standard.kind), at.date()
    )
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(content_of(of_case(number, TITLE)[0]))
        try:
            for row in read_structure(path, choices()):
                if isinstance(row, int):
                    _place(run, total=row)
                    continue
                book.take(row)
                if len(book.rows) % EVERY == 0:
                    _place(run, done=len(book.rows))
        except FileRefused as trouble:
            return _fail(number, trouble.sentence, by=by, at=at)
        return _finish(run, book, path, by=by, at=at)


def _place(run: StructureImport, **reached: int) -> None:
    """Note how far it is, at once, for whoever watches the bar."""
    StructureImport.objects.filter(pk=run.pk, finished_at__isnull=True).update(**reached)


def _result(row: ReadRow) -> str:
    return row.sentence if row.faults else f"{PASSED}：{row.sentence}" if row.notes else PASSED


def _outcome(row: ReadRow) -> Outcome:
    return Outcome.WRONG if row.faults else Outcome.NOTED if row.notes else Outcome.PASSED


def _finish(run: StructureImport, book: Workbook, path: Path, *, by: Actor, at: datetime) -> StructureImport:
    facts = book.finish()
    findings = check_structure(facts, at.date())
    in_the_way = any(stands_in_the_way(one, book.basis) for one in findings)
    results: dict[str, dict[int, str]] = {}
    for row in book.rows:
        results.setdefault(row.sheet, {})[row.number] = _result(row)
    target, whole = path.with_name("returned.xlsx"), any(row.faults or row.notes for row in book.rows)
    try:
        return_sheets(path, target, [(SHEETS[sheet][0], told) for sheet, told in results.items()]) if whole else None
    except FileRefused:
        whole = False  # the outcomes stand on the page all the same
    with transaction.atomic():
        run = StructureImport.objects.select_for_update(of=("self",)).select_related("standard").get(pk=run.pk)
        if run.finished_at is not None or run.failed_because:
            return run
        StructureImportRow.objects.bulk_create(
            [StructureImportRow(run=run, sheet=r.sheet, row_number=r.number, subject=r.subject, outcome=_outcome(r), sentence=r.sentence[:500])
             for r in book.rows],
            batch_size=1000,
        )  # fmt: skip
        counts = Counter(str(_outcome(row)) for row in book.rows)
        if whole:
            name = run.name.removesuffix(".xlsx") + f"（{RETURNED}）.xlsx"
            run.returned = attach(case=run.number, label=RETURNED, name=name, content=target.read_bytes(), by=by, at=at).number
        run.total = run.done = len(book.rows)
        run.counts = dict(counts) | {"in_the_way": int(in_the_way)}
        run.findings = records(findings)
        run.read = {} if counts["wrong"] or in_the_way else as_plain(facts)
        run.finished_at = at
        run.save()
        record("structure.read", run.number, by=by, at=at, detail={"standard": run.standard.number, "counts": run.counts})
    return run


@transaction.atomic
def _fail(number: str, sentence: str, *, by: Actor, at: datetime) -> StructureImport:
    run = StructureImport.objects.select_for_update(of=("self",)).get(number=number)
    if run.finished_at is None and not run.failed_because:
        run.failed_because = sentence
        run.save(update_fields=["failed_because"])
        record("structure.unreadable", number, by=by, at=at, reason=sentence)
    return run
