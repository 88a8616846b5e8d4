"""备案材料: which files may lie with a filing, and until when may they be changed?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.files import operations as files
from touchstone.files.queries import of_case
from touchstone.filings import permissions
from touchstone.filings.facts import rules_day, sheet_of
from touchstone.filings.models import Filing
from touchstone.filings.operations._case import NothingToDo, locked, note
from touchstone.filings.operations.save import check_editable
from touchstone.kernel.law import Refusal
from touchstone.parameters.queries import in_force
from touchstone.policy.filing.completeness import EVIDENCE_OF
from touchstone.policy.filing.safeguards import SHOWN_BY
from touchstone.policy.roles import BodyKind

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

MOST_FILES = 200


def labels(filing: Filing, at: datetime) -> tuple[str, ...]:
    """This function will give the names under which an applicant may hand in files: kinds of evidence, and items of the sheet."""
    kinds = in_force(EVIDENCE_OF[BodyKind(filing.body.kind)], rules_day(filing, at.date())).value
    shown_by = in_force(SHOWN_BY, rules_day(filing, at.date())).value.values()
    others = [label for label in shown_by if label not in kinds]
    return (*kinds, *others, *(f"自评：{item.key}" for item in sheet_of(filing, at.date()).items))


@transaction.atomic
def attach_evidence(*, number: str, label: str, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will keep a file with a draft under one of `labels`.

    :raises Refusal: for another label, a locked draft, or too many files. :raises FileRefused: for a file that cannot be taken.
    """
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    check_editable(filing)
    if label not in labels(filing, at):
        raise Refusal(f"没有“{label}”这类材料。", None, "请在页面列出的材料名称下上传。")
    if of_case(number).count() >= MOST_FILES:
        raise Refusal(f"一件申请最多上传{MOST_FILES}个文件。", None, "请合并或移除不需要的文件后再上传。")
    note("filing.evidence_attached", filing, by=by, at=at, label=label)
    return files.attach(case=number, label=label, name=name, content=content, by=by, at=at)


@transaction.atomic
def withdraw_evidence(*, number: str, attachment: str, by: Actor, at: datetime) -> "Attachment":
    """This function will take a file off a draft; the bytes and the ledger line stay. :raises NothingToDo: when it is not there."""
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    check_editable(filing)
    found = of_case(number).filter(number=attachment).first()
    if found is None or found.label not in labels(filing, at):
        raise NothingToDo("这份材料已经移除。", None, "请刷新页面查看最新材料。")
    return files.withdraw(number=attachment, by=by, at=at)
