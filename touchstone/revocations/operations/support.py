"""导入政策支持名单: which support was paid on which certificate, each row taken or told why not; tried first, entered after, taken back as a whole.

A city's list may hold a hundred thousand rows: it is gone through outside the request, in chunks. Rows of a chunk, their outcomes, the place
reached and one ledger line commit together; a killed run goes on from there.
"""

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates.queries import with_numbers
from touchstone.files.operations import attach
from touchstone.files.queries import content as content_of
from touchstone.files.queries import of_case
from touchstone.files.workbooks import workbook_at_hand
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import our_default
from touchstone.revocations import permissions
from touchstone.revocations.facts import KeptAway
from touchstone.revocations.models import SupportImport, SupportLine, SupportPayment
from touchstone.revocations.states import ListState
from touchstone.sheets.child import check_sheets, read_rows, return_workbook
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.shapes import PASSED
from touchstone.sheets.support import SHAPE, SupportOutcome, parse_support

CLAUSE = our_default("政策支持名单")
SENT, RETURNED = "support_list", "support_list_returned"
CHUNK = 1000
RETURNED_UP_TO = 20_000
"""A longer list is not written back as a workbook: its rows are on the page, and in the export."""


@transaction.atomic
def receive_support_list(*, name: str, content: bytes, dry_run: bool, by: Actor, at: datetime) -> SupportImport:
    """This function will take a filled list of support in, to be gone through by `process_support_list`: entered, or (`dry_run`) only told what would
    become of each row. Whoever calls it defers the processing in the same transaction.

    :raises NotAllowed: for those who keep no list. :raises Refusal: for a file that is not our template, and while another one is gone through.
    """
    permissions.check_may_import(by)
    with workbook_at_hand(name, content, CLAUSE) as path:
        check_sheets(path, [SHAPE])
    number = f"ZC{at:%Y}{next_serial(f'support-{at:%Y}'):05d}"  # its series is locked: two at once are one after the other
    running = SupportImport.objects.filter(office_id=by.office_id, state=ListState.READING).first()
    if running is not None:
        raise Refusal(f"上一份（{running.number}）还在处理，一次只处理一份。", CLAUSE, "请等它完成后再上传这一份，本份没有保存。")
    sha256 = hashlib.sha256(content).hexdigest()
    run = SupportImport.objects.create(
        number=number, office_id=by.office_id, name=name[:120], sha256=sha256, dry_run=dry_run, at=at, by_id=by.user_id
    )
    attach(case=number, label=SENT, name=name, content=content, by=by, at=at)
    record("support.received", number, by=by, at=at, detail={"dry_run": dry_run, "sha256": sha256})
    return run


def enter_tried_list(*, number: str, by: Actor, at: datetime) -> SupportImport:
    """This function will enter the very file that the trial `number` went through, as `receive_support_list` takes it in. :raises Refusal:"""
    tried = SupportImport.objects.filter(number=number, office_id=by.office_id, dry_run=True, state=ListState.DONE).first()
    if tried is None:
        raise Refusal(f"{number}不是本单位已经核对完的名单。", CLAUSE, "请先“仅核对”，看过逐行结果再登记。")
    if not tried.taken:
        raise Refusal(f"{number}没有一行通过核对，没有可以登记的。", CLAUSE, "请按核对结果改好名单，再核对一次。")
    content = content_of(of_case(number, SENT)[0])
    return receive_support_list(name=tried.name, content=content, dry_run=False, by=by, at=at)


def process_support_list(*, number: str, by: Actor, at: datetime, after_chunk: Callable[[int], None] = lambda cursor: None) -> SupportImport:
    """This function will go through a list from the row it had reached to its end. Called again after a kill, or twice at once, every row still
    counts once. A reference that is entered already is not entered twice, so that a list can be sent again."""
    permissions.check_may_process(by)
    run = SupportImport.objects.get(number=number)
    if run.state != ListState.READING:
        return run
    with tempfile.TemporaryDirectory(prefix="touchstone-support-") as folder:
        path, target = Path(folder) / "sent.xlsx", Path(folder) / "returned.xlsx"
        path.write_bytes(content_of(of_case(number, SENT)[0]))
        try:
            with read_rows(path, SHAPE) as reading:
                rows = list(parse_support(reading.rows))
        except FileRefused as fault:
            return _fail(number, fault.sentence, by=by, at=at)
        SupportImport.objects.filter(number=number).update(row_count=len(rows))
        reached = SupportImport.objects.get(number=number).cursor
        while reached < len(rows):
            if not _take_chunk(number, rows[reached : reached + CHUNK], reached, by=by, at=at):
                return SupportImport.objects.get(number=number)  # somebody else is at it
            reached = min(reached + CHUNK, len(rows))
            after_chunk(reached)
        return _finish(number, _written_back(number, path, target) if len(rows) <= RETURNED_UP_TO else b"", by=by, at=at)


@transaction.atomic
def undo_support_list(*, number: str, reason: str, by: Actor, at: datetime) -> SupportImport:
    """This function will take back everything that a list entered; what became of its rows stays on record, and its references are free again.

    :raises NotAllowed: for another office's. :raises Refusal: without a reason, or for what was only tried or is undone already.
    """
    run = _locked(number)
    permissions.check_may_undo_list(by, run)
    if run.dry_run or run.state != ListState.DONE:
        raise Refusal(f"{number}现为“{run.state_label}”，没有可以撤销的登记。", CLAUSE, "只有已登记的名单可以整份撤销。")
    if not reason.strip():
        raise Refusal("请写明撤销的理由。", CLAUSE, "例如：登记了错误的文件。")
    taken, _ = SupportPayment.objects.filter(run=run).delete()
    run.state, run.reason = ListState.UNDONE, reason.strip()[:300]
    run.save(update_fields=["state", "reason"])
    record("support.undone", number, by=by, at=at, reason=run.reason, detail={"payments": taken})
    return run


def _locked(number: str) -> SupportImport:
    found = SupportImport.objects.select_for_update().filter(number=number).first()
    if found is None:
        raise Refusal("没有这份名单。", CLAUSE, "请从名单页面打开。")
    return found


@transaction.atomic
def _take_chunk(number: str, chunk: Sequence[SupportOutcome], reached: int, *, by: Actor, at: datetime) -> bool:
    run = _locked(number)
    if run.cursor != reached or run.state != ListState.READING:
        return False
    lines, fresh = _judged(run, chunk)
    if not run.dry_run:
        SupportPayment.objects.bulk_create(fresh, batch_size=1000, ignore_conflicts=True)
    SupportLine.objects.bulk_create(lines, batch_size=1000)
    taken = sum(one.done for one in lines)
    run.cursor, run.taken = run.cursor + len(lines), run.taken + taken
    run.save(update_fields=["cursor", "taken"])
    detail = {"rows": [chunk[0].number, chunk[-1].number], "taken": taken, "dry_run": run.dry_run}
    record("support.rows_taken", number, by=by.with_key(""), at=at, detail=detail)
    return True


def _judged(run: SupportImport, outcomes: Sequence[SupportOutcome]) -> tuple[list[SupportLine], list[SupportPayment]]:
    """Hold the rows against the register and against what is entered already and what keeps people and bodies away: four reads for all."""
    rows = [one.row for one in outcomes if one.row]
    register = {one.number: one for one in with_numbers(row.certificate for row in rows)}
    away = KeptAway.of(register.values())
    entered = dict(SupportPayment.objects.filter(reference__in=[row.reference for row in rows]).values_list("reference", "run__number"))
    lines, fresh = [], []
    for outcome in outcomes:
        row = outcome.row
        if row is None:
            lines.append(SupportLine(run=run, row_number=outcome.number, done=False, sentence=outcome.sentence[:300]))
            continue
        found, done, sentence = register.get(row.certificate), False, ""
        if found is None:
            sentence = "证书登记簿中没有这个编号，请核对。"
        elif name_key(row.name) != found.holder_name_key:
            sentence = "姓名与证书不符，请核对。"
        elif why := away.why(found, row.paid_on):
            sentence = f"{why}，不能享受政策支持。"
        elif row.reference in entered:
            done, sentence = True, f"这笔已在{entered[row.reference]}登记，没有重复登记。"
        else:
            note = "" if found.is_valid else f"注意：该证书已于{found.revoked_on}撤销。"
            done, sentence = True, f"{'可以登记' if run.dry_run else '已登记'}。{note}"
            fresh.append(
                SupportPayment(
                    run=run,
                    certificate_number=row.certificate,
                    holder_name=row.name,
                    policy=row.policy,
                    reference=row.reference,
                    amount=row.amount,
                    paid_on=row.paid_on,
                )
            )
        title = f"{row.name} {row.policy}{row.reference} {row.amount}元"[:160]
        lines.append(
            SupportLine(
                run=run, row_number=row.number, certificate_number=row.certificate, title=title, done=done, sentence=sentence
            )
        )
    return lines, fresh


def _written_back(number: str, path: Path, target: Path) -> bytes:
    """The office's own workbook with a result per row; nothing where it cannot be written, for the page tells every row as well."""
    told = SupportLine.objects.filter(run__number=number).values_list("row_number", "done", "sentence")
    try:
        return_workbook(path, target, SHAPE, {row: f"{PASSED}，{sentence}" if done else sentence for row, done, sentence in told})
    except FileRefused:
        return b""
    return target.read_bytes()


@transaction.atomic
def _finish(number: str, returned: bytes, *, by: Actor, at: datetime) -> SupportImport:
    run = _locked(number)
    if run.state != ListState.READING:
        return run
    if returned:
        attach(case=number, label=RETURNED, name=f"{Path(run.name).stem}（核对结果）.xlsx", content=returned, by=by, at=at)
    run.state = ListState.DONE
    run.save(update_fields=["state"])
    detail = {"rows": run.row_count, "taken": run.taken, "dry_run": run.dry_run, "sha256": run.sha256}
    record("support.tried" if run.dry_run else "support.imported", number, by=by, at=at, detail=detail)
    return run


@transaction.atomic
def _fail(number: str, sentence: str, *, by: Actor, at: datetime) -> SupportImport:
    run = _locked(number)
    if run.state == ListState.READING:
        run.state, run.reason = ListState.FAILED, sentence[:300]
        run.save(update_fields=["state", "reason"])
        record("support.failed", number, by=by, at=at, reason=sentence, detail={"cursor": run.cursor})
    return run
