"""导入政策支持名单: which support was paid on which certificate, each row taken or told why not; tried first, entered after."""

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates.queries import with_numbers
from touchstone.files.operations import attach
from touchstone.files.operations import check as check_file
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import our_default
from touchstone.revocations import permissions
from touchstone.revocations.models import SupportImport, SupportPayment
from touchstone.sheets.child import read_rows, return_workbook
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.shapes import PASSED
from touchstone.sheets.support import SHAPE, SupportOutcome, parse_support
from touchstone.sheets.told import RowTold

CLAUSE = our_default("政策支持名单")
SENT, RETURNED = "support_list", "support_list_returned"


@transaction.atomic
def take_support_list(*, name: str, content: bytes, dry_run: bool, by: Actor, at: datetime) -> SupportImport:
    """This function will read a filled list of support and enter the payments, or (`dry_run`) only tell what would become of each row. A reference
    that is entered already is not entered twice, so that a list can be sent again.

    :raises NotAllowed: for those who keep no list. :raises Refusal: for a file that is not our template.
    """
    permissions.check_may_import(by)
    check_file(name, content, ("xlsx",))
    with tempfile.TemporaryDirectory(prefix="touchstone-support-") as folder:
        path, target = Path(folder) / "sent.xlsx", Path(folder) / "returned.xlsx"
        path.write_bytes(content)
        try:
            with read_rows(path, SHAPE) as reading:
                told, fresh = _judged(list(parse_support(reading.rows)))
            return_workbook(path, target, SHAPE, {row.number: f"{PASSED}，{row.sentence}" if row.done else row.sentence for row in told})
        except FileRefused as fault:
            raise Refusal(fault.sentence, CLAUSE, "没有登记任何一笔；请从本页下载模板，填好后再上传。") from fault
        number = f"ZC{at:%Y}{next_serial(f'support-{at:%Y}'):05d}"
        run = SupportImport.objects.create(
            number=number,
            office_id=by.office_id,
            name=name[:120],
            sha256=hashlib.sha256(content).hexdigest(),
            dry_run=dry_run,
            row_count=len(told),
            taken=sum(row.done for row in told),
            outcomes=[[row.number, row.title, row.done, row.sentence] for row in told],
            at=at,
            by_id=by.user_id,
        )
        attach(case=number, label=SENT, name=name, content=content, by=by, at=at)
        attach(case=number, label=RETURNED, name=f"{Path(name).stem}（核对结果）.xlsx", content=target.read_bytes(), by=by, at=at)
    if not dry_run:
        for one in fresh:
            one.run = run
        SupportPayment.objects.bulk_create(fresh, batch_size=1000, ignore_conflicts=True)
    detail = {"rows": len(told), "taken": run.taken, "dry_run": dry_run, "sha256": run.sha256}
    record("support.tried" if dry_run else "support.imported", number, by=by, at=at, detail=detail)
    return run


def _judged(outcomes: list[SupportOutcome]) -> tuple[list[RowTold], list[SupportPayment]]:
    """Hold the rows against the register and against what is entered already: two reads for all."""
    rows = [one.row for one in outcomes if one.row]
    register = {one.number: one for one in with_numbers(row.certificate for row in rows)}
    entered = dict(SupportPayment.objects.filter(reference__in=[row.reference for row in rows]).values_list("reference", "run__number"))
    told, fresh = [], []
    for outcome in outcomes:
        row = outcome.row
        if row is None:
            told.append(RowTold(outcome.number, "", False, outcome.sentence))
            continue
        title, found = f"{row.certificate} {row.name} {row.amount}元", register.get(row.certificate)
        if found is None:
            told.append(RowTold(row.number, title, False, "证书登记簿中没有这个编号，请核对。"))
        elif name_key(row.name) != found.holder_name_key:
            told.append(RowTold(row.number, title, False, "姓名与证书不符，请核对。"))
        elif row.reference in entered:
            told.append(RowTold(row.number, title, True, f"这笔已在{entered[row.reference]}登记，没有重复登记。"))
        else:
            note = "" if found.is_valid else f"注意：该证书已于{found.revoked_on}撤销。"
            told.append(RowTold(row.number, title, True, f"可以登记。{note}"))
            fresh.append(
                SupportPayment(
                    certificate_number=row.certificate,
                    holder_name=row.name,
                    policy=row.policy,
                    reference=row.reference,
                    amount=row.amount,
                    paid_on=row.paid_on,
                )
            )
    return told, fresh
