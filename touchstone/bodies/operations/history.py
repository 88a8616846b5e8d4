"""机构历史装入: how do the bodies of a synthetic city come in at once, with venues, rooms and staff?"""

from collections.abc import Iterable
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.bodies.models import Body, Room, StaffMember, Venue
from touchstone.ledger.history import HistoryRow, load_rows

_TABLES = {"bodies": Body, "venues": Venue, "rooms": Room, "staff": StaffMember}


def load_history(table: str, rows: Iterable[HistoryRow], *, by: Actor, at: datetime) -> list[int]:
    """This function will add rows to `bodies`, `venues`, `rooms` or `staff` of a synthetic city and give their keys."""
    return load_rows(_TABLES[table], rows, by=by, at=at)
