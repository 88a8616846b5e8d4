"""队伍历史装入: how does the corps of a synthetic city come in at once?"""

from collections.abc import Iterable
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.experts.models import Application, Assignment, DispatchDraw, DispatchRequest, Member, Qualification, SittingMark, Tie
from touchstone.ledger.history import HistoryRow, load_rows

_TABLES = {
    "members": Member,
    "applications": Application,
    "qualifications": Qualification,
    "ties": Tie,
    "requests": DispatchRequest,
    "draws": DispatchDraw,
    "assignments": Assignment,
    "marks": SittingMark,
}


def load_history(table: str, rows: Iterable[HistoryRow], *, by: Actor, at: datetime) -> list[int]:
    """This function will add rows to a table of a synthetic city's corps and give their keys."""
    return load_rows(_TABLES[table], rows, by=by, at=at)
