"""跟读存证: what one app has done is taken up by another, line by line of the ledger, once each."""

import logging
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.ledger.queries import settled_after
from touchstone.notices.messages import GRACE
from touchstone.notices.models import Cursor

if TYPE_CHECKING:
    from touchstone.ledger.models import Entry

log = logging.getLogger(__name__)


@transaction.atomic
def follow(*, reader: str, events: Collection[str], take: "Callable[[Entry], object]", limit: int, grace: timedelta = GRACE) -> int:
    """This function will give the next lines of these events to `take`, in order, and count those taken.

    The cursor and what `take` does commit together, so that a reader killed half-way neither loses nor doubles any. A line that fails is
    written to the log, stays first and is tried again next time; what waits behind it waits, and no other reader does.
    """
    cursor, _ = Cursor.objects.select_for_update().get_or_create(reader=reader)
    taken = 0
    for line in settled_after(cursor.entry_id, grace=grace, limit=limit, events=events):
        try:
            with transaction.atomic():
                take(line)
        except Exception:
            log.exception("%s: 第%s号存证没有办成，下次再试", reader, line.pk)
            break
        cursor.entry_id = line.pk
        taken += 1
    cursor.save()
    return taken
