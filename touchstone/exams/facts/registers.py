"""登记事实: what do a body's student registers say about one candidate on the day of application?

A row speaks for itself: what it shows is met or not. Without a row the claim is open until a document proves it.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from touchstone.kernel.rules import Finding, Outcome, weakest
from touchstone.policy.eligibility.admission import Ground
from touchstone.policy.eligibility.populations import OnRegister, Paper, agreement_covers, in_graduation_year

if TYPE_CHECKING:
    from touchstone.bodies.models import Student

_ORDER = (Outcome.MET, Outcome.UNPROVEN, Outcome.UNMET)


def register_findings(ground: Ground, rows: Iterable["Student"], day: date) -> list[Finding]:
    """This function will give the findings of the row that speaks best for the candidate; none when no row is of this ground."""
    own = ground is Ground.OWN_STUDENT
    found = [_of_row(row, day) for row in rows if (row.agreement is None) is own]
    return min(found, key=lambda findings: _ORDER.index(weakest(findings)), default=[])


def _of_row(row: "Student", day: date) -> list[Finding]:
    student = OnRegister(row.major, row.full_time, row.enrolled_on, row.graduates_on, row.left_on)
    found = [in_graduation_year(student, day)]
    paper = row.agreement
    if paper is not None:
        found.append(agreement_covers(Paper(paper.number, paper.majors, paper.since, paper.until, paper.ended_on), row.major, day))
    return found
