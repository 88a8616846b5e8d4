"""公示历史装入: how do the notices that stood before the public in a synthetic city come in at once?"""

from collections.abc import Iterable
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.ledger.history import HistoryRow, load_rows
from touchstone.notices.models import Cursor, Message, PublicNotice


def load_history(rows: Iterable[HistoryRow], *, by: Actor, at: datetime) -> list[int]:
    """This function will add public notices to a synthetic city and give their keys."""
    return load_rows(PublicNotice, rows, by=by, at=at)


def load_messages(rows: Iterable[HistoryRow], *, by: Actor, at: datetime) -> list[int]:
    """This function will add messages that people of a synthetic city were sent and give their keys."""
    return load_rows(Message, rows, by=by, at=at)


def pass_over(readers: Iterable[str], *, entry_id: int) -> None:
    """This function will let readers of the ledger go on after a line: what was loaded with its messages is told already."""
    for reader in readers:
        Cursor.objects.update_or_create(reader=reader, defaults={"entry_id": entry_id})
