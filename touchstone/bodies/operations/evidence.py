"""登记佐证: which document lies under an entry of a body's registers, and who may put it there?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.queries import body_of_entry
from touchstone.files.operations import attach
from touchstone.files.operations import withdraw as withdraw_file
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.policy.documents import notice

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.files.models import Attachment

RECORDED = notice("二(一)")
PICTURES = ("pdf", "jpg", "jpeg", "png")
_ENTRIES = ("XY", "WT", "XS", "SD", "QB", "XT", "ZG", "XJ", "KB")


@transaction.atomic
def file_evidence(*, number: str, label: str, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will keep a document under an entry: an agreement, a commission, a subsidiary, a person's row, a pilot, a batch of course
    marks, an enterprise standard.

    :raises Refusal: for an unknown number, or a file that is no PDF or picture.
    """
    permissions.check_may_keep(by, _body(number))
    if name.rsplit(".", 1)[-1].lower() not in PICTURES:
        raise Refusal(f"不能接收“{name}”。", RECORDED, "佐证材料请上传PDF、JPG或PNG。")
    return attach(case=number, label=label.strip()[:40] or "佐证材料", name=name, content=content, by=by, at=at)


@transaction.atomic
def withdraw_evidence(*, number: str, attachment: str, by: Actor, at: datetime) -> None:
    """This function will take a document off an entry's list; bytes and ledger line stay. :raises Refusal: when there is none such."""
    permissions.check_may_keep(by, _body(number))
    if not of_case(number).filter(number=attachment).exists():
        raise Refusal("没有这份材料，或者已经移除。", RECORDED, "请刷新页面查看。")
    withdraw_file(number=attachment, by=by, at=at)


def _body(number: str) -> "Body":
    if number[:2] not in _ENTRIES:  # a roster's workbook is kept as it came
        raise Refusal(f"没有编号为“{number[:20]}”的登记。", RECORDED, "请从列表中打开。")
    return body_of_entry(number)
