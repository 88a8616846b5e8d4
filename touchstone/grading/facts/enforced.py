"""案件事实: what was decided against a body, and what is open? The one place where grading asks of cases and complaints."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from touchstone.complaints.queries import upheld_about
from touchstone.enforcement.queries.yearly import decided_about, open_about
from touchstone.inspections.queries.visiting import corrections_owed
from touchstone.policy.supervision.acts import Tier

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


def upheld_decisions(bodies: Iterable[int], since: date, until: date) -> Mapping[int, Sequence[tuple[Tier, date]]]:
    """This function will give, by key of the body, tier and day of the decisions against it from `since` to the day before `until`."""
    return decided_about(bodies, since, until)


def upheld_tiers(body: "Body", year: int) -> list[Tier]:
    """This function will give the tiers of what was decided against a body in a year."""
    found = upheld_decisions([body.pk], date(year, 1, 1), date(year + 1, 1, 1))
    return [tier for tier, _ in found.get(body.pk, ())]


def upheld_complaints(bodies: Iterable[int], since: date, until: date) -> list[tuple[int, str]]:
    """This function will give (key of the body, number) of the complaints about some bodies found true from `since` to the day before `until`."""
    return upheld_about(bodies, since, until)


def open_matters(body: "Body") -> tuple[int, int]:
    """This function will count the cases about a body that are not closed, and the corrections it still owes, after cases as after visits."""
    cases, corrections = open_about(body)
    return cases, corrections + corrections_owed(body)
