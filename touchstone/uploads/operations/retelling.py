"""再报撤销: the national query sent the revocation of a certificate back; the centre has it told again, or notes that there is nothing to revoke."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.tasks.operations import close_tasks
from touchstone.uploads import permissions
from touchstone.uploads.models import Batch, Entry
from touchstone.uploads.operations._case import locked, opened, sealed, words
from touchstone.uploads.operations.handing_over import RETELL
from touchstone.uploads.states import REVIEW, Act, EntryState, National


@transaction.atomic
def tell_again(*, number: str, row: int, reason: str, by: Actor, at: datetime) -> Entry:
    """This function will have the national query told of a revocation again, by a new row. :raises Refusal: unless it sent this one back."""
    permissions.check_may_settle(by)
    batch, old, why = _sent_back(number, row, reason)
    copy = Entry.objects.get(pk=old.pk)
    copy.pk, copy._state.adding = None, True
    copy.row_number, copy.replaces, copy.why = batch.cursor + 1, old, why[:200]
    copy.national, copy.national_words, copy.parcel = National.WAITING, "", None
    copy.id_sealed = sealed(opened(old), number, copy.row_number) if old.id_sealed else None
    old.state = EntryState.REPLACED
    old.save(update_fields=["state"])
    copy.save()
    batch.cursor = batch.total = copy.row_number
    batch.save(update_fields=["cursor", "total"])
    detail = {"row": row, "new_row": copy.row_number, "certificate": old.number}
    record("certificate_batch.revocation_told_again", number, by=by, at=at, reason=why, detail=detail)
    _settled(batch, by=by, at=at)
    return copy


@transaction.atomic
def let_revocation_rest(*, number: str, row: int, reason: str, by: Actor, at: datetime) -> Entry:
    """This function will note that nothing is left to revoke at the national query, with the ground. :raises Refusal: as `tell_again`."""
    permissions.check_may_settle(by)
    batch, old, why = _sent_back(number, row, reason)
    old.state, old.why = EntryState.REVERTED, why[:200]
    old.save(update_fields=["state", "why"])
    detail = {"row": row, "certificate": old.number}
    record("certificate_batch.revocation_let_rest", number, by=by, at=at, reason=why, detail=detail)
    _settled(batch, by=by, at=at)
    return old


def _sent_back(number: str, row: int, reason: str) -> tuple[Batch, Entry, str]:
    batch, why = locked(number), words(reason, "请写明与全国联网查询核对的情况。")
    old = batch.entries.select_for_update(of=("self",)).filter(row_number=row, act=Act.REVOKE).first()
    if old is None or old.state != EntryState.ACCEPTED or old.national != National.RETURNED:
        raise Refusal(f"{number}第{row}行不是全国联网查询退回的撤销。", REVIEW, "只有退回的撤销可以再报。")
    return batch, old, why


def _settled(batch: Batch, *, by: Actor, at: datetime) -> None:
    if not batch.entries.filter(act=Act.REVOKE, state=EntryState.ACCEPTED, national=National.RETURNED).exists():
        close_tasks(case=batch.number, matter=RETELL, by=by, at=at, outcome="已核对")
