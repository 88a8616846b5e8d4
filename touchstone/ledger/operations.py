"""存证办理: how is a line written?"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry, Installation
from touchstone.logs.lines import PublicLine
from touchstone.logs.operations import send_out

if TYPE_CHECKING:
    from touchstone.accounts.actor import Actor


class AlreadyDone(Refusal):
    """This very request has been carried out before; nothing was done a second time."""


def record(
    event: str,
    subject: str,
    *,
    by: "Actor",
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    public: PublicLine | Sequence[PublicLine] = (),
) -> Entry:
    """This function will write one line, inside the caller's transaction, and with it what the public logs are to say of it.

    :raises AlreadyDone: when the same request has already written this event on this subject.
    :raises RuntimeError: outside a transaction, for a line must stand or fall with what it records.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("ledger.record must be called inside the operation's transaction")
    with _one_effect(subject):
        entry = Entry.objects.create(
            event=event,
            subject=subject,
            actor_id=by.user_id,
            actor_label=by.label,
            office_id=by.office_id or None,
            at=at,
            reason=reason,
            detail=detail or {},
            request_key=by.request_key,
        )
    send_out([public] if isinstance(public, PublicLine) else public, at=at)
    return entry


def record_many(
    event: str,
    lines: Iterable[tuple[str, dict[str, Any]] | tuple[str, dict[str, Any], PublicLine | None]],
    *,
    by: "Actor",
    at: datetime,
    reason: str = "",
) -> int:
    """This function will write one line for each (subject, detail) of a batch and count them; the batch's own line carries the request. A third
    member is what the public log is to say of it.

    :raises RuntimeError: outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("ledger.record_many must be called inside the operation's transaction")
    office = by.office_id or None
    entries, public = [], []
    for subject, detail, *line in lines:
        told = {"subject": subject, "detail": detail, "reason": reason}
        entries.append(Entry(event=event, actor_id=by.user_id, actor_label=by.label, office_id=office, at=at, **told))
        public += line
    Entry.objects.bulk_create(entries, batch_size=1000)
    send_out([one for one in public if one is not None], at=at)
    return len(entries)


@contextmanager
def _one_effect(subject: str) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "one_effect_per_request" not in str(error):
            raise
        raise AlreadyDone(f"这项操作已经办理过（{subject}），没有重复办理。") from error


@transaction.atomic
def mark_synthetic(*, seed: int) -> None:
    """This function will mark this database as a synthetic city, once and while the ledger is empty.

    :raises Refusal: when the ledger already holds lines of a real installation.
    """
    row, _ = Installation.objects.select_for_update().get_or_create(pk=1)
    if not row.synthetic and Entry.objects.exists():
        raise Refusal("数据库中已有正式业务记录，不能改为模拟城市。", next_step="请换一个空数据库。")
    row.synthetic, row.seed = True, seed
    row.save()


@transaction.atomic
def move_clock(*, by: "Actor", at: datetime, ahead: timedelta) -> timedelta:
    """This function will move a synthetic city's clock further ahead and give the whole offset.

    :raises Refusal: on a real installation, where time passes by itself.
    """
    row = Installation.objects.select_for_update().filter(pk=1, synthetic=True).first()
    if row is None:
        raise Refusal("只有模拟城市可以调整时钟，正式环境的时间不能改动。")
    row.clock_ahead = (row.clock_ahead or timedelta()) + ahead
    row.save()
    record("clock.moved", "simulation", by=by, at=at, detail={"ahead_seconds": int(ahead.total_seconds())})
    return row.clock_ahead
