"""接收存量表: a workbook of what exists is checked, kept under its fingerprint and lined up, for a dry run or to be loaded."""

import hashlib
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.files.operations import attach
from touchstone.files.queries import content as content_of
from touchstone.files.queries import of_case
from touchstone.files.workbooks import workbook_at_hand
from touchstone.filings import permissions
from touchstone.filings.models import Loading
from touchstone.filings.operations._case import NothingToDo
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import our_default
from touchstone.sheets.child import check_sheets
from touchstone.sheets.existing_fields import SHEETS

LABEL = "存量备案装入表"
RULE = our_default("存量备案的装入")


def receive_loading(*, name: str, content: bytes, dry_run: bool, by: Actor, at: datetime) -> Loading:
    """This function will take a workbook of what exists and give the loading that will go through it.

    The same bytes sent again for the same purpose give the same loading, until it is undone. Version, layout and archive are checked before
    anything is kept. Whoever calls it defers the processing in the same transaction.

    :raises WorkbookRefused: with the sentence of what is wrong with the file. :raises Refusal: while another one of the office is in work.
    """
    permissions.check_may_load(by)
    _check_file(name, content)
    return _keep(name, content, dry_run, by=by, at=at)


def load_tried(*, number: str, by: Actor, at: datetime) -> Loading:
    """This function will load the very file that the dry run `number` went through. :raises Refusal: for what is no finished dry run."""
    permissions.check_may_load(by)
    tried = Loading.objects.visible_to(by).filter(number=number).first()
    if tried is None:
        raise NothingToDo(f"没有编号为{number}的试运行。", RULE, "请先上传工作簿试运行。")
    if not tried.dry_run or tried.finished_at is None or tried.failed_because:
        raise Refusal(f"{number}不是已经完成的试运行，不能据此装入。", RULE, "请先试运行，逐行看过结果后再装入。")
    if not by.is_platform and tried.office_id != by.office_id:
        whose = tried.office.name if tried.office else "平台"
        raise Refusal(f"{number}是{whose}的试运行，应由其装入。", RULE, "需要装入的，请用本单位的工作簿试运行。")
    return _keep(tried.name, content_of(of_case(number, LABEL)[0]), False, by=by, at=at)


def _check_file(name: str, content: bytes) -> None:
    with workbook_at_hand(name, content, RULE) as path:
        check_sheets(path, [shape for shape, _ in SHEETS.values()])


@transaction.atomic
def _keep(name: str, content: bytes, dry_run: bool, *, by: Actor, at: datetime) -> Loading:
    serial = next_serial(f"loading-{at.year}")  # locks the series: two at once of the same file are one after the other
    sha256 = hashlib.sha256(content).hexdigest()
    own = Loading.objects.filter(office_id=by.office_id) if by.office_id else Loading.objects.filter(office__isnull=True)
    same = own.filter(sha256=sha256, dry_run=dry_run, undone_at__isnull=True, failed_because="").order_by("-id").first()
    if same is not None and not (dry_run and same.finished_at):
        return same
    running = own.filter(finished_at__isnull=True, failed_because="").order_by("-id").first()
    if running is not None:
        sentence = f"上一份（{running.number}，{running.done}/{running.total}行）还在处理，一次只处理一份。"
        raise Refusal(sentence, RULE, "请等它处理完成后再上传这一份，本份没有保存。")
    loading = Loading.objects.create(
        number=f"ZR{at.year}{serial:05d}",
        name=name[:200],
        sha256=sha256,
        dry_run=dry_run,
        office_id=by.office_id or None,
        begun_at=at,
        begun_by_id=by.user_id,
    )
    loading.file = attach(case=loading.number, label=LABEL, name=name, content=content, by=by, at=at).number
    loading.save(update_fields=["file"])
    detail = {"sha256": sha256, "name": name, "dry_run": dry_run}
    record("loading.received", loading.number, by=by, at=at, detail=detail)
    return loading
