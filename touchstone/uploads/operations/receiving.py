"""接收: certificate data is taken in by one of its ways, as a batch that the worker goes through, or at once where rows come one by one."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import own_body
from touchstone.certificates.queries import reportable
from touchstone.files.operations import attach
from touchstone.files.queries import content as content_of
from touchstone.files.queries import of_case
from touchstone.files.workbooks import workbook_at_hand
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.ledger.operations import record
from touchstone.sheets.certificate_fields import SHAPE
from touchstone.sheets.certificates import read_row
from touchstone.sheets.child import check_sheets
from touchstone.uploads import permissions
from touchstone.uploads.models import Batch, Entry
from touchstone.uploads.operations._case import FILE, new_number, reviewing_office
from touchstone.uploads.operations._graded import fits, most_rows
from touchstone.uploads.operations.taking import take
from touchstone.uploads.queries import numbers_told
from touchstone.uploads.states import LAW, REVIEW, BatchState, Way

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

_OVER = (BatchState.REVERTED, BatchState.FAILED, BatchState.REFUSED, BatchState.TRIED)


def receive(*, name: str, content: bytes, by: Actor, at: datetime) -> Batch:
    """This function will take a workbook of the actor's body and give the batch that will go through it. The same bytes sent again give
    the same batch.

    Version, layout and archive are checked before anything is kept. Whoever calls it defers the processing in the same transaction.

    :raises WorkbookRefused: with the sentence of what is wrong with the file. :raises Refusal: while another one is being gone through.
    """
    permissions.check_may_send(by)
    _check_file(name, content)
    return _keep(own_body(by), Way.WORKBOOK, name, content, dry_run=False, by=by, at=at)


def receive_existing(*, body: "Body", name: str, content: bytes, by: Actor, at: datetime) -> Batch:
    """This function will take a workbook of certificates that a body issued before the platform, for a dry run that leaves nothing.

    :raises WorkbookRefused: :raises Refusal: unless the office is the one that reviews the body's data.
    """
    permissions.check_may_load(by)
    office = reviewing_office(body, at)
    if office.pk != by.office_id:
        raise Refusal(f"{body.name}的存量证书由{office.name}装入。", permissions.SUPERVISED, "请由该部门办理。")
    _check_file(name, content)
    return _keep(body, Way.EXISTING, name, content, dry_run=True, by=by, at=at)


def load_tried(*, number: str, by: Actor, at: datetime) -> Batch:
    """This function will load the very file that the dry run `number` went through. :raises Refusal: for what is no finished dry run."""
    tried = Batch.objects.select_related("body", "office").filter(number=number, way=Way.EXISTING, dry_run=True).first()
    if tried is None or tried.state != BatchState.TRIED:
        raise Refusal(f"{number}不是已经完成的试运行，不能据此装入。", REVIEW, "请先试运行，逐行看过结果后再装入。")
    permissions.check_may_load(by, tried)
    if not tried.passed:
        raise Refusal(f"{number}没有一行通过核对，没有可以装入的证书。", REVIEW, "请按核对结果改好工作簿，再试运行。")
    return _keep(tried.body, Way.EXISTING, tried.name, content_of(of_case(number, FILE)[0]), dry_run=False, by=by, at=at)


def _check_file(name: str, content: bytes) -> None:
    with workbook_at_hand(name, content, LAW) as path:
        check_sheets(path, [SHAPE])


@transaction.atomic
def _keep(body: "Body", way: Way, name: str, content: bytes, *, dry_run: bool, by: Actor, at: datetime) -> Batch:
    number, sha256 = new_number(at), hashlib.sha256(content).hexdigest()  # the number's series is locked: two at once are one after the other
    own = Batch.objects.filter(body=body).exclude(state__in=_OVER)
    same = own.filter(sha256=sha256, dry_run=dry_run).first()
    if same is not None:
        return same
    running = own.filter(state=BatchState.READING, way=way).first()
    if running is not None:
        raise Refusal(f"上一份（{running.number}）还在核对，一次只核对一份。", REVIEW, "请等它完成后再上传这一份，本份没有保存。")
    batch = _open(body, way, number, by=by, at=at, name=name[:200], sha256=sha256, dry_run=dry_run)
    batch.attachment = attach(case=number, label=FILE, name=name, content=content, by=by, at=at).number
    batch.save(update_fields=["attachment"])
    record("certificate_batch.received", number, by=by, at=at, detail={"way": way.value, "body": body.number, "sha256": sha256, "dry_run": dry_run})
    return batch


def _open(body: "Body", way: Way, number: str, *, by: Actor, at: datetime, **more: Any) -> Batch:
    office = reviewing_office(body, at)
    return Batch.objects.create(number=number, body=body, way=way, office=office, received_at=at, received_by_id=by.user_id, **more)


@transaction.atomic
def receive_issued(*, plan_number: str, by: Actor, at: datetime) -> Batch | None:
    """This function will form a batch of the certificates that were issued here for a plan and that no row tells of yet, as many as the body's grade
    allows at once; None where there are none. Asked again while it is gone through, it gives the same. Whoever calls it defers the processing in the
    same transaction."""
    permissions.check_may_process(by)
    number = new_number(at)  # its series is locked: two workers do not form the same batch
    told = numbers_told(plan_number)
    left = [one for one in reportable(plan_number).select_related("body", "holder") if one.number not in told]
    reading = Batch.objects.filter(plan_number=plan_number, way=Way.ISSUED, state=BatchState.READING).first()
    if reading is not None or not left:
        transaction.set_rollback(True)  # the number was not used
        return reading
    total = min(len(left), most_rows(left[0].body, at))
    batch = _open(left[0].body, Way.ISSUED, number, by=by, at=at, plan_number=plan_number, total=total)
    detail = {"way": Way.ISSUED.value, "body": batch.body.number, "plan": plan_number, "certificates": batch.total}
    record("certificate_batch.received", number, by=by, at=at, detail=detail)
    return batch


@transaction.atomic
def receive_rows(*, body: "Body", rows: Sequence[Mapping[str, Any]], by: Actor, at: datetime) -> tuple[Batch, list[Entry]]:
    """This function will take rows that a body's own system sent into its open batch (a new one where none is open), with an outcome for each.

    :raises Refusal: for more rows in one batch than the body's grade allows.
    """
    permissions.check_may_send(by, body.office_id)
    number = new_number(at)
    own = Batch.objects.select_for_update(of=("self",)).filter(body=body, way=Way.SYSTEM, state=BatchState.CHECKED)
    batch = own.select_related("body__office", "office").order_by("-id").first()
    must(fits(body, len(rows) + (batch.cursor if batch is not None else 0), at), "请先提交已报送的一批，其余的另成一批报送。")
    if batch is None:
        batch = _open(body, Way.SYSTEM, number, by=by, at=at, state=BatchState.CHECKED)
        record("certificate_batch.received", number, by=by.with_key(""), at=at, detail={"way": Way.SYSTEM.value, "body": body.number})
    read = [read_row(batch.cursor + place, row) for place, row in enumerate(rows, 1)]
    return batch, take(batch, read, by=by, at=at)
