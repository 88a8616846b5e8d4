"""送交: how does a line come on its way into a public log?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from touchstone.logs.lines import PublicLine
from touchstone.logs.models import Outbox


def send_out(lines: Sequence[PublicLine], *, at: datetime) -> None:
    """This function will put lines on their way, in order; they stand or fall with the caller's transaction. Only the ledger calls it.

    :raises RuntimeError: outside a transaction.
    """
    if not lines:
        return
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("public lines are sent out inside the operation's transaction")
    rows = [Outbox(log=one.log_at(at), kind=one.kind, entry=one.entry(at)) for one in lines]
    Outbox.objects.bulk_create(rows, batch_size=1000)
