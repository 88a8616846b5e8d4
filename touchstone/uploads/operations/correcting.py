"""更正: a row that is wrong is replaced by a new one that goes through the chain again; what it said before stays on record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.operations import check_left_alone
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.supervision.records import Frozen
from touchstone.sheets.certificate_fields import FIELDS
from touchstone.sheets.certificates import read_row
from touchstone.tasks.operations import close_tasks
from touchstone.uploads import permissions
from touchstone.uploads.models import Batch, Entry
from touchstone.uploads.operations._case import locked, new_number, opened, words
from touchstone.uploads.operations.submitting import put_before_office
from touchstone.uploads.operations.taking import take
from touchstone.uploads.queries import as_told
from touchstone.uploads.states import IN_HAND, REVIEW, WITH_BODY, Act, BatchState, EntryState, National, Way


@transaction.atomic
def correct(*, number: str, row: int, told: Mapping[str, Any], reason: str, by: Actor, at: datetime) -> Entry:
    """This function will replace a row by what is told now (by the keys of the columns; what is left out stays as it was).

    In a batch that lies with its body the new row joins it; a row that the national query sent back makes a batch of its own, which goes before the
    office at once.

    :raises Refusal: without a reason, for a row that cannot be corrected now, or naming the link that is still broken.
    """
    batch = locked(number)
    permissions.check_may(by, "correct", batch)
    check_left_alone(by=by, thing=Frozen.BATCH, reference=number)
    why = words(reason, "更正须写明理由。")
    old = batch.entries.select_for_update(of=("self",)).filter(row_number=row).first()
    if old is None:
        raise Refusal(f"{number}没有第{row}行。", REVIEW, "请核对行号。")
    if batch.state in WITH_BODY and old.state in IN_HAND:
        target = batch
    elif old.act == Act.ENTER and old.state == EntryState.ACCEPTED and old.national == National.RETURNED:
        target = _batch_of_its_own(batch, by=by, at=at)
    else:
        sentence = f"第{row}行当前为“{old.standing}”，不能更正。"
        raise Refusal(sentence, REVIEW, "退回更正的、核对不通过的和全国查询退回的行可以更正；证书有误的请办理证书更正。")
    values = {**as_told(old), "id_number": opened(old), **{key: value for key, value in told.items() if key in _KEYS}}
    place = target.cursor + 1 if target is not batch else target.entries.order_by("-row_number").values_list("row_number", flat=True)[0] + 1
    read = read_row(place, values)
    if read.errors:
        raise Refusal(read.sentence, REVIEW, "请改正后再提交。")
    before, old.state = old.state, EntryState.REPLACED
    old.save(update_fields=["state"])
    (made,) = take(target, [read], by=by, at=at, replaces={place: old})
    if made.state == EntryState.BROKEN:
        raise Refusal(made.sentence, None, "没有保存更正。")
    Entry.objects.filter(pk=made.pk).update(why=why[:200])
    detail = {"row": row, "new_row": place, "batch": target.number, "was": str(before), "certificate": made.number}
    record("certificate_batch.row_corrected", number, by=by, at=at, reason=why, detail=detail)
    if target is not batch:
        put_before_office(target, by=by.with_key(""), at=at)
        if not batch.entries.filter(act=Act.ENTER, state=EntryState.ACCEPTED, national=National.RETURNED).exists():
            close_tasks(case=number, matter="mend_certificate_data", by=by, at=at, outcome="已更正")
    return made


_KEYS = frozenset(one.key for one in FIELDS)


def _batch_of_its_own(origin: Batch, *, by: Actor, at: datetime) -> Batch:
    number = new_number(at)
    Batch.objects.create(
        number=number,
        body=origin.body,
        way=Way.CORRECTION,
        plan_number=origin.plan_number,
        state=BatchState.CHECKED,
        office=origin.office,
        received_at=at,
        received_by_id=by.user_id,
    )
    detail = {"way": Way.CORRECTION.value, "body": origin.body.number, "corrects": origin.number}
    record("certificate_batch.received", number, by=by.with_key(""), at=at, detail=detail)
    return locked(number)
