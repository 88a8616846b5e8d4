"""跟读存证: what one app has done is taken up by another, line by line of the ledger, once each."""

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.ledger.queries import settled_after
from touchstone.notices.messages import GRACE
from touchstone.notices.models import Cursor

if TYPE_CHECKING:
    from touchstone.ledger.models import Entry


@transaction.atomic
def follow(*, reader: str, events: Collection[str], take: "Callable[[Entry], object]", limit: int, grace: timedelta = GRACE) -> int:
    """This function will give the next lines of these events to `take`, in order, and count them.

    The cursor and what `take` does commit together, so that a reader killed half-way neither loses nor doubles any.
    """
    cursor, _ = Cursor.objects.select_for_update().get_or_create(reader=reader)
    lines = settled_after(cursor.entry_id, grace=grace, limit=limit, events=events)
    for line in lines:
        take(line)
    if lines:
        cursor.entry_id = lines[-1].pk
        cursor.save()
    return len(lines)
