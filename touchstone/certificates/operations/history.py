"""证书历史装入: how do the certificates a synthetic city has issued come in at once?"""

from collections.abc import Iterable
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.certificates.models import Certificate
from touchstone.ledger.history import HistoryRow, load_rows


def load_history(rows: Iterable[HistoryRow], *, by: Actor, at: datetime) -> list[int]:
    """This function will add certificates to the register of a synthetic city and give their keys; the numbers are the caller's."""
    return load_rows(Certificate, rows, by=by, at=at)
