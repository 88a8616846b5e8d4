"""备案历史装入: how do the accepted filings of a synthetic city come in at once, with scope, decision and report?"""

from collections.abc import Iterable
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.filings.models import CentreReport, Decision, Filing, ScopeItem
from touchstone.ledger.history import HistoryRow, load_rows

_TABLES = {"filings": Filing, "scope": ScopeItem, "decisions": Decision, "reports": CentreReport}


def load_history(table: str, rows: Iterable[HistoryRow], *, by: Actor, at: datetime) -> list[int]:
    """This function will add rows to `filings`, `scope`, `decisions` or `reports` of a synthetic city and give their keys."""
    return load_rows(_TABLES[table], rows, by=by, at=at)
