"""备案变动办理: what happens in the other apps after a filing was suspended or restored?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM
from touchstone.exams.operations.filing_changed import tell_of_restoration, tell_of_suspension
from touchstone.filings import queries
from touchstone.notices.following import follow

if TYPE_CHECKING:
    from touchstone.ledger.models import Entry

LIMIT = 100
_SUSPENDED = {"filing.suspended", "filing.lines_suspended"}
_RESTORED = {"filing.restored", "filing.lines_restored"}


def tell_plans(at: datetime) -> int:
    """This job will tell those who run plans on what was suspended or restored."""

    def take(line: "Entry") -> None:
        root = queries.filing(line.subject, PLATFORM)
        items = line.detail.get("items") or [one.pk for one in queries.lines_of(root, localtime(line.at).date())]
        tell = tell_of_suspension if line.event in _SUSPENDED else tell_of_restoration
        tell(scope_items=items, words=line.reason, by=PLATFORM, at=at)

    return follow(reader="suspensions", events=_SUSPENDED | _RESTORED, take=take, limit=LIMIT)


WHEN_DUE = [tell_plans]
