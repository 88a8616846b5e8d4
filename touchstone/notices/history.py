"""公示历史装入: how do the notices that stood before the public in a synthetic city come in at once?"""

from collections.abc import Iterable
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.ledger.history import HistoryRow, load_rows
from touchstone.notices.models import PublicNotice


def load_history(rows: Iterable[HistoryRow], *, by: Actor, at: datetime) -> list[int]:
    """This function will add public notices to a synthetic city and give their keys."""
    return load_rows(PublicNotice, rows, by=by, at=at)
