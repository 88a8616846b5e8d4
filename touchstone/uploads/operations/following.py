"""随登记簿变动: a certificate whose data came in is void, or another stands in its place: the national query is told of both, in one batch.

A correction is revocation and new entry in one (`通知 三(四)2`): both are rows of one batch, and neither leaves without the other. What an office has
decided is accepted by that decision; what a body put right on its holder's request goes before the office that reviews its data.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import opened_id_number
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.sheets.certificates import read_row
from touchstone.tasks.operations import close_tasks
from touchstone.uploads.models import Batch, Entry
from touchstone.uploads.operations._case import locked, new_number, opened, sealed
from touchstone.uploads.operations.submitting import put_before_office
from touchstone.uploads.operations.taking import take
from touchstone.uploads.queries import as_told
from touchstone.uploads.states import LAW, STANDING, Act, BatchState, EntryState, National, Way

if TYPE_CHECKING:
    from touchstone.certificates.models import Certificate

_MEND = "mend_certificate_data"
PUT_RIGHT = "put_right_certificate"
"""What a body owes of a row found wrong after it was taken in, followed by the row."""
_SAID = (
    "number", "name", "name_key", "id_kind", "id_index", "id_masked", "education", "occupation_code", "occupation_name", "trade_name", "level",
    "theory", "practical", "panel", "issued_on", "plan_number", "candidate_number",
)  # fmt: skip
"""What a row says of a certificate, as it is said again when it is revoked; the identity number is sealed anew."""


@transaction.atomic
def follow_revoked(*, numbers: Collection[str], case: str, reason: str, by: Actor, at: datetime) -> list[Batch]:
    """This function will take the data of certificates that are void out of what stands, and have the national query told of those it knows: a batch
    for each body. Certificates whose data never came in, or never left, need no telling. The app that revoked has checked who may."""
    void = _void(numbers, reason, by=by, at=at)
    made = []
    for key in dict.fromkeys(one.batch.body_id for one in void):
        rows = [one for one in void if one.batch.body_id == key and _is_known_there(one)]
        if rows:
            batch = _batch(rows[0].batch, Way.REVOCATION, case, "", by=by, at=at)
            _revoke(batch, rows, reason)
            batch.decided_at, batch.reason = at, f"案件{case}：{reason}"[:500]
            batch.move_to(BatchState.ACCEPTED)
            record("certificate_batch.revoked", batch.number, by=by.with_key(""), at=at, reason=reason, detail={"case": case, "rows": len(rows)})
            made.append(batch)
    return made


@transaction.atomic
def follow_replaced(
    *, old: str, new: "Certificate", case: str, reason: str, decided_by: str = "", by: Actor, at: datetime
) -> Batch | None:
    """This function will bring in the data of a certificate that stands in the place of another, together with the revocation of that one; None where
    the data of the old one never came in: then the new one comes in by the ordinary way. `decided_by` names the office whose decision in `case`
    accepts it; without one it goes before the office that reviews. The app that replaced it has checked who may.

    :raises Refusal: when what stands on it now breaks the chain and no office has decided it.
    """
    before = Entry.objects.filter(number=old, act=Act.ENTER).exclude(state__in=[EntryState.BROKEN, EntryState.REPLACED])
    row = before.filter(state__in=[*STANDING, EntryState.REVOKED]).select_related("batch__body__office", "batch__office").order_by("-id").first()
    if row is None or hasattr(row, "replaced_by"):
        return None
    void = _void([old], reason, by=by, at=at)
    batch = _batch(row.batch, Way.CORRECTION, case, decided_by, by=by, at=at)
    _revoke(batch, [one for one in void if _is_known_there(one)], reason)
    read = read_row(batch.cursor + 1, _values(row, new))
    if read.errors:
        raise Refusal(read.sentence, LAW, "请改正后再办理。")
    (made,) = take(batch, [read], by=by, at=at, replaces={read.number: row}, put_right=True)
    Entry.objects.filter(pk=made.pk).update(why=reason[:200])
    if decided_by:
        _accept_by_decision(batch, made, case, decided_by, by=by, at=at)
    elif made.state == EntryState.BROKEN:
        raise Refusal(f"更正后的证书数据有一环不符：{made.sentence}", LAW, "没有办理更正；内容确属有误的，请由人社部门立案撤销。")
    else:
        put_before_office(batch, by=by.with_key(""), at=at)
    return batch


def _void(numbers: Collection[str], reason: str, *, by: Actor, at: datetime) -> list[Entry]:
    """What stands of these certificates stands no longer; held, so that a file being packed at this moment has them or has them not."""
    found = Entry.objects.select_for_update(of=("self",)).filter(number__in=list(numbers), act=Act.ENTER, state__in=STANDING)
    rows = list(found.select_related("batch__body__office", "batch__office").order_by("id"))
    sent_back = {one.batch.number for one in rows if one.national == National.RETURNED}
    for one in rows:
        if one.objection:
            close_tasks(case=one.batch.number, matter=f"{PUT_RIGHT}_{one.row_number}", by=by, at=at, outcome="证书已更正或者撤销")
    for one in rows:
        one.state, one.why = EntryState.REVOKED, reason[:200]
        if one.parcel_id is None:
            one.national = National.NONE  # it never left: there is nothing to take back
    Entry.objects.bulk_update(rows, ["state", "why", "national"], batch_size=500)
    for number in sorted(sent_back):
        if not Entry.objects.filter(batch__number=number, state=EntryState.ACCEPTED, national=National.RETURNED, act=Act.ENTER).exists():
            close_tasks(case=number, matter=_MEND, by=by, at=at, outcome="证书已撤销，不用更正")
    return rows


def _is_known_there(one: Entry) -> bool:
    return one.parcel_id is not None and one.national != National.RETURNED


def _batch(origin: Batch, way: Way, case: str, decided_by: str, *, by: Actor, at: datetime) -> Batch:
    number = new_number(at)
    Batch.objects.create(
        number=number,
        body=origin.body,
        way=way,
        plan_number=origin.plan_number if way is Way.CORRECTION else "",
        state=BatchState.CHECKED,
        office=origin.office,
        received_at=at,
        received_by_id=by.user_id,
    )
    detail = {"way": way.value, "body": origin.body.number, "case": case, "decided_by": decided_by}
    record("certificate_batch.received", number, by=by.with_key(""), at=at, detail=detail)
    return locked(number)


def _revoke(batch: Batch, rows: Collection[Entry], reason: str) -> None:
    made = []
    for place, one in enumerate(rows, batch.cursor + 1):
        said = {name: getattr(one, name) for name in _SAID}
        told = Entry(batch=batch, row_number=place, act=Act.REVOKE, state=EntryState.ACCEPTED, national=National.WAITING, why=reason[:200], **said)
        told.id_sealed = sealed(opened(one), batch.number, place) if one.id_sealed else None
        made.append(told)
    Entry.objects.bulk_create(made, batch_size=500)
    batch.cursor = batch.total = batch.passed = batch.cursor + len(made)
    batch.save(update_fields=["cursor", "total", "passed"])


def _values(row: Entry, new: "Certificate") -> Mapping[str, Any]:
    return {
        **as_told(row),
        "number": new.number,
        "name": new.holder_name,
        "id_kind": new.holder.id_kind,
        "id_number": opened_id_number(new.holder),
        "trade": new.trade_name,
        "theory": new.theory,
        "practical": new.practical,
        "panel": new.panel,
    }


def _accept_by_decision(batch: Batch, made: Entry, case: str, decided_by: str, *, by: Actor, at: datetime) -> None:
    """The office has decided: its decision accepts the new entry. A link that does not close is kept with the row for everybody to see."""
    words = f"依据{decided_by}在案件{case}中的决定接收"
    Entry.objects.filter(pk=made.pk).update(state=EntryState.ACCEPTED, national=National.WAITING)
    batch.decided_at, batch.reason = at, words[:500]
    if made.state == EntryState.BROKEN:
        batch.passed, batch.broken = batch.passed + 1, 0
    batch.move_to(BatchState.ACCEPTED)
    detail = {"accepted": 1, "entered": 0, "not_entered": 0, "case": case, "decided_by": decided_by, "link": made.link}
    record("certificate_batch.accepted", batch.number, by=by.with_key(""), at=at, reason=words, detail=detail)
