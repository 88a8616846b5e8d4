"""案件管辖的事实: whose ground is a body on, who filed it, and which filing of it stands?"""

from datetime import date
from typing import TYPE_CHECKING

from touchstone.bodies.queries import venues_of
from touchstone.filings.queries import filings_in_force
from touchstone.filings.queries.supervised import watched_body
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.who import Matter, Watched, leads, office_supervises

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.bodies.models import Body
    from touchstone.enforcement.models import Case
    from touchstone.filings.models import Filing


def filing_of(body: "Body | None", day: date) -> "Filing | None":
    """This function will give a body's filing in force on `day`, suspended or not."""
    return filings_in_force(day, body).first() if body is not None else None


def watched(body: "Body | None", name: str, place: str, day: date) -> Watched:
    """This function will give whom a case is about as the law of supervision reads it; an evaluator never filed is where it was found."""
    if body is None:
        return Watched(Matter.CASE, name, None, None, place, (place,) if place else ())
    return watched_body(body, filing_of(body, day), venues_of(body, day), day)


def watched_of(case: "Case", day: date) -> Watched:
    """This function will give whom a case is about as the law of supervision reads it."""
    return watched(case.body, case.party_name, case.office.district, day)


def on_ground(office: "Office", it: Watched, day: date) -> Finding:
    """This function will find whether an office supervises whom a case is about."""
    return office_supervises(OfficeKind(office.kind), office.district, it, day)


def supervises(office: "Office", it: Watched, day: date) -> bool:
    """This function will say whether an office supervises whom a case is about."""
    return on_ground(office, it, day).outcome is Outcome.MET


def leader_of(it: Watched, day: date) -> str:
    """This function will give the district that leads, empty for the city centre."""
    return leads(it, day)
