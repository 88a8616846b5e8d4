"""案件事实: what was decided against a body, and what is open? The one place where assessment and grade ask enforcement and complaints.

Nothing is known here until cases and complaints are kept on the platform: then these functions ask their queries, and nothing else changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from touchstone.policy.supervision.acts import Tier

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


def upheld_decisions(bodies: Iterable[int], since: date, until: date) -> Mapping[int, Sequence[tuple[Tier, date]]]:
    """This function will give, by key of the body, tier and day of the decisions against it from `since` to the day before `until`."""
    del bodies, since, until
    return {}


def upheld_tiers(body: "Body", year: int) -> list[Tier]:
    """This function will give the tiers of what was decided against a body in a year."""
    found = upheld_decisions([body.pk], date(year, 1, 1), date(year + 1, 1, 1))
    return [tier for tier, _ in found.get(body.pk, ())]


def upheld_complaints(bodies: Iterable[int], since: date, until: date) -> list[tuple[int, str]]:
    """This function will give (key of the body, number) of the complaints about some bodies found true from `since` to the day before `until`."""
    del bodies, since, until
    return []


def open_matters(body: "Body") -> tuple[int, int]:
    """This function will count the cases about a body that are not closed, and the corrections it still owes."""
    del body
    return 0, 0
