"""导出登记: a list of people that leaves the platform is put on record first."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.ledger.operations import record


@transaction.atomic
def record_export(*, case: str, what: str, kind: str, count: int, by: Actor, at: datetime) -> None:
    """This function will note who took which list of which case away, in which form and with how many rows."""
    record("list.exported", case, by=by.with_key(""), at=at, detail={"what": what, "kind": kind, "rows": count})
