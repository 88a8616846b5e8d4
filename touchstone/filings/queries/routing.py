"""路线落到单位: which offices does a step of this filing mean, and who has it now?"""

from datetime import date
from typing import TYPE_CHECKING

from touchstone.accounts.queries import city_centre, district_bureau, industry_authorities
from touchstone.filings.facts import rules_day
from touchstone.filings.models import Filing
from touchstone.kernel.routes import Route, Step
from touchstone.policy.filing.places import Place
from touchstone.policy.filing.purposes import Change, Purpose, route_for
from touchstone.policy.filing.routes import CONSENTS, GATES, route_named

if TYPE_CHECKING:
    from touchstone.accounts.models import Office


def root_of(filing: Filing) -> Filing:
    """This function will give the filing that an amendment or renewal changes, or the filing itself."""
    return filing.root or filing


def family(root: Filing) -> list[Filing]:
    """This function will give a filing with every change of it, oldest first."""
    return [root, *root.changes_of.select_related("body__office").order_by("id")]


def route_of(filing: Filing, day: date) -> Route:
    """This function will give the steps this filing goes through: its body's route, less what its purpose does not need.

    :raises KeyError: for a filing loaded as it stood, whose route is not one of ours.
    """
    counts = rules_day(filing, day)
    changes = [Change(kind) for kind in filing.changes.get("kinds", [])]
    return route_for(route_named(filing.route, counts), Purpose(filing.purpose), changes, counts)


def reviewed_steps(filing: Filing, day: date) -> list[Step]:
    """This function will give the steps that are taken once an application has been handed in, in order."""
    return [step for step in route_of(filing, day) if step.key not in CONSENTS | GATES]


def earlier_steps(filing: Filing, day: date) -> list[Step]:
    """This function will give the steps of the review that lie before the present one."""
    steps = reviewed_steps(filing, day)
    keys = [step.key for step in steps]
    return steps[: keys.index(filing.step)] if filing.step in keys else []


def has_step(filing: Filing, key: str, day: date) -> bool:
    """This function will say whether the filing's route has a step."""
    return any(step.key == key for step in route_of(filing, day))


def offices_at(place: Place, filing: Filing) -> "list[Office]":
    """This function will give the offices a place means for a filing; none where the body has no such authority."""
    body = filing.body
    match place:
        case Place.BUREAU_OF_REGISTRATION | Place.BUREAU_OF_HEADQUARTERS:
            return [district_bureau(body.district)]
        case Place.INDUSTRY_OF_REGISTRATION:
            return list(industry_authorities(body.industry, body.district))
        case Place.INDUSTRY_AUTHORITY:
            return list(industry_authorities(body.industry))
        case Place.SUPERIOR_AUTHORITY:
            return [body.superior] if body.superior else []
        case Place.BUREAU_OF_VENUE:
            codes = sorted(set(filing.scope.values_list("venue__district", flat=True)))
            return [district_bureau(code) if code else city_centre() for code in codes]
        case Place.CENTRE:
            return [city_centre()]


def offices_of_step(filing: Filing, key: str, day: date) -> "list[Office]":
    """This function will give the offices of a step. :raises KeyError: when the route has no such step."""
    return [office for place in route_of(filing, day).step(key).offices for office in offices_at(Place(place), filing)]


def handler(filing: Filing, day: date, step: str = "") -> "Office":
    """This function will give the office that has a step of the review (the present one, unless named; before the review, the first)."""
    steps = reviewed_steps(filing, day)
    wanted = step or filing.step
    found = next((s for s in steps if s.key == wanted), steps[0])
    return offices_at(Place(found.offices[0]), filing)[0]
