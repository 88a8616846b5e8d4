"""协会每日核对查询: when were the associations last tried by the night, and what changed of late?"""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.ledger.queries import history

if TYPE_CHECKING:
    from touchstone.ledger.models import Entry

CHECKED, CHECKS = "association.checked", "协会每日核对"
"""The event of a night's check, and what its lines stand on."""


def last_association_check() -> "Entry | None":
    """This function will give the line of the last check; None before the first."""
    return history(CHECKS).filter(event=CHECKED).last()


def associations_checked_on(day: date) -> bool:
    """This function will say whether the associations were tried on `day`."""
    last = last_association_check()
    return last is not None and localtime(last.at).date() >= day


def association_changes(limit: int = 10) -> "list[Entry]":
    """This function will give the last checks that found a change, the newest first."""
    found = history(CHECKS).filter(event=CHECKED).exclude(detail__newly=[], detail__no_longer=[])
    return list(found.order_by("-id")[:limit])
