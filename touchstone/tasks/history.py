"""待办历史装入: how do the tasks that a synthetic city's past has left, done and open, come in at once?"""

from collections.abc import Iterable
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.ledger.history import HistoryRow, load_rows
from touchstone.tasks.models import Task


def load_history(rows: Iterable[HistoryRow], *, by: Actor, at: datetime) -> list[int]:
    """This function will add tasks to a synthetic city and give their keys."""
    return load_rows(Task, rows, by=by, at=at)
