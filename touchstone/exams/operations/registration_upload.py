"""接收报名表: a workbook is checked, kept under its fingerprint and lined up for processing."""

import hashlib
from datetime import date, datetime

from django.db import IntegrityError, transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.facts.options import options_of
from touchstone.exams.models import Plan, Upload
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.registration_gate import RECORD, check_ground, check_open
from touchstone.files.operations import attach
from touchstone.files.workbooks import WorkbookRefused, workbook_at_hand
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.sheets.child import read_rows
from touchstone.sheets.registration_fields import SHAPE

UNFINISHED = (Upload.State.WAITING, Upload.State.RUNNING)


def receive_upload(*, plan_number: str, name: str, content: bytes, ground: str, employment: str, by: Actor, at: datetime) -> Upload:
    """This function will take a registration workbook for a plan and give the upload that will process it.

    The same bytes sent again give the same upload. Version, layout and archive are checked before anything is kept.
    Whoever calls it defers the processing in the same transaction.

    :raises WorkbookRefused: with the sentence of what is wrong with the file. :raises Refusal: while another one is being processed.
    """
    plan = Plan.objects.select_related("body", "venue", "occupation", "trade", "standard").get(number=plan_number)
    permissions.check_may(by, "register", plan)
    _check_file(plan, name, content, at.date())
    return _keep(plan_number, name, content, ground, employment, by=by, at=at)


def _check_file(plan: Plan, name: str, content: bytes, day: date) -> None:
    with workbook_at_hand(name, content, RECORD) as path, read_rows(path, SHAPE) as reading:
        marks = reading.head.marks
    if marks.get("plan") != plan.number:
        sentence = f"这份报名表是从计划{marks.get('plan') or '（未写明）'}下载的，不是本计划{plan.number}的。"
        raise WorkbookRefused(sentence, RECORD, "请在本页重新下载模板，把数据粘贴进去后再上传。")
    options_of(plan, day)


@transaction.atomic
def _keep(plan_number: str, name: str, content: bytes, ground: str, employment: str, *, by: Actor, at: datetime) -> Upload:
    plan = locked(plan_number)
    check_open(plan, at.date())
    check_ground(plan, ground, employment, at.date())
    sha256 = hashlib.sha256(content).hexdigest()
    same = plan.uploads.filter(sha256=sha256).exclude(state=Upload.State.REFUSED).first()
    if same is not None:
        return same
    running = plan.uploads.filter(state__in=UNFINISHED).first()
    if running is not None:
        sentence = f"上一份报名表（{running.number}，{running.cursor}/{running.total}行）还在处理，一次只处理一份。"
        raise Refusal(sentence, RECORD, "请等它处理完成后再上传这一份，本份没有保存。")
    number = f"BM{at.year}{next_serial(f'upload-{at.year}'):06d}"
    attachment = attach(case=number, label="报名表", name=name, content=content, by=by, at=at)
    try:
        with transaction.atomic():
            upload = Upload.objects.create(
                number=number,
                plan=plan,
                attachment=attachment,
                sha256=sha256,
                ground=ground,
                employment=employment,
                uploaded_by_id=by.user_id,
                uploaded_at=at,
            )
    except IntegrityError as error:
        raise Refusal("另一份报名表刚刚开始处理，一次只处理一份。", RECORD, "请稍后再上传这一份，本份没有保存。") from error
    detail = {"upload": number, "sha256": sha256, "ground": ground, "employment": employment}
    record("upload.received", plan.number, by=by, at=at, detail=detail)
    return upload


@transaction.atomic
def stop_upload(*, number: str, reason: str, by: Actor, at: datetime) -> Upload:
    """This function will stop the processing of a workbook; the rows taken so far stay, the rest is not taken.

    :raises Refusal: without a reason, or when it is done already.
    """
    upload = Upload.objects.select_for_update(of=("self",)).select_related("plan__body").get(number=number)
    permissions.check_may(by, "register", upload.plan)
    if upload.state not in UNFINISHED:
        raise Refusal("这份报名表已经处理完，不需要停止。", RECORD, "请查看各行的结果。")
    if not reason.strip():
        raise Refusal("请填写停止的理由。", RECORD, "例如传错了文件。")
    upload.state, upload.finished_at = Upload.State.REFUSED, at
    upload.sentence = f"已由{by.person_name}停止，处理到第{upload.cursor}行：{reason.strip()}"[:500]
    upload.save(update_fields=["state", "sentence", "finished_at"])
    detail = {"upload": number, "cursor": upload.cursor, "accepted": upload.accepted}
    record("upload.stopped", upload.plan.number, by=by, at=at, reason=reason, detail=detail)
    return upload
