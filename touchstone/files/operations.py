"""附件办理: a file is checked, kept and put under its case."""

import io
import re
import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from PIL import Image, UnidentifiedImageError

from touchstone.accounts.actor import Actor
from touchstone.files.models import Attachment
from touchstone.files.storage import keep
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record

MEDIA = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
_STARTS = {"pdf": b"%PDF-", "xlsx": b"PK\x03\x04", "png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}
LARGEST = 20 * 1024 * 1024


class FileRefused(Refusal):
    """The file cannot be taken."""


def check(name: str, content: bytes, allowed: tuple[str, ...] = tuple(MEDIA)) -> tuple[str, bytes]:
    """This function will check ending, size and opening bytes, and give the ending and the bytes to keep (pictures re-encoded).

    :raises FileRefused: with a sentence.
    """
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in allowed:
        raise FileRefused(f"不能接收“{name}”。", next_step=f"请上传 {'、'.join(allowed)} 格式的文件。")
    if len(content) > LARGEST:
        raise FileRefused(f"“{name}”超过{LARGEST // 1024 // 1024}MB。", next_step="请压缩或拆分后再上传。")
    if not content:
        raise FileRefused(f"“{name}”是空文件。", next_step="请检查后重新选择文件。")
    if not content.startswith(_STARTS.get(ending, b"")):
        raise FileRefused(f"“{name}”的内容与扩展名不符。", next_step="请用原软件另存为正确的格式后再上传。")
    if ending in {"jpg", "jpeg", "png"}:
        content = _encoded_again(name, content, "PNG" if ending == "png" else "JPEG")
    return ending, content


def _encoded_again(name: str, content: bytes, form: str) -> bytes:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > 60_000_000:
                raise FileRefused(f"“{name}”的像素过多。", next_step="请缩小到6000万像素以内再上传。")
            out = io.BytesIO()
            clean = Image.new("RGB", picture.size)
            clean.paste(picture.convert("RGB"))  # pixels only: place, camera and comments stay behind
            clean.save(out, form)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise FileRefused(f"“{name}”不是可以打开的图片。", next_step="请重新拍照或另存后再上传。") from error
    return out.getvalue()


@transaction.atomic
def attach(*, case: str, label: str, name: str, content: bytes, by: Actor, at: datetime) -> Attachment:
    """This function will keep a file under a case; whether `by` may add to that case is the calling app's to decide.

    :raises FileRefused: see `check`.
    """
    ending, content = check(name, content)
    attachment = Attachment.objects.create(
        number="A" + secrets.token_hex(12),
        case=case,
        label=label,
        name=re.sub(r"[\x00-\x1f/\\]", "", name)[-200:],
        media=MEDIA[ending],
        size=len(content),
        sha256=keep(content),
        uploaded_by_id=by.user_id,
        uploaded_at=at,
    )
    detail = {"attachment": attachment.number, "label": label, "sha256": attachment.sha256}
    record("file.attached", case, by=by.with_key(""), at=at, detail=detail)
    return attachment


@transaction.atomic
def carry_over(*, from_case: str, to_case: str, names: Collection[str] | None = None, by: Actor, at: datetime) -> int:
    """This function will put the files of one case (those of `names`, when given) under another as well, under the same labels, and count them; the
    bytes are kept once."""
    kept = Attachment.objects.filter(case=from_case, withdrawn_at__isnull=True).order_by("id")
    if names is not None:
        kept = kept.filter(name__in=names)
    made = [
        Attachment(
            number="A" + secrets.token_hex(12),
            case=to_case,
            label=one.label,
            name=one.name,
            media=one.media,
            size=one.size,
            sha256=one.sha256,
            uploaded_by_id=by.user_id,
            uploaded_at=at,
        )
        for one in kept
    ]
    Attachment.objects.bulk_create(made)
    detail = {"from": from_case, "files": [[one.number, one.sha256] for one in made]}
    record("file.carried_over", to_case, by=by.with_key(""), at=at, detail=detail)
    return len(made)


@transaction.atomic
def withdraw(*, number: str, by: Actor, at: datetime) -> Attachment:
    """This function will take a file off its case's list; the bytes and the ledger line stay."""
    attachment = Attachment.objects.select_for_update().get(number=number)
    if attachment.withdrawn_at is None:
        attachment.withdrawn_at = at
        attachment.save(update_fields=["withdrawn_at"])
        record("file.withdrawn", attachment.case, by=by, at=at, detail={"attachment": number})
    return attachment
