"""征求同意: whose consent does an application need, who is only told, and has it been given?

Computed from facts, never typed in. Silence is never consent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Clause
from touchstone.kernel.routes import Route, Step
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.documents import notice, our_default
from touchstone.policy.filing.places import Place
from touchstone.policy.roles import OfficeKind

OUTSIDE = our_default("市外考核点的同意")


@dataclass(frozen=True)
class OfficeWanted:
    """Which office: its place in the route, its kind, district (a GB/T 2260 code, empty for the city), industry, or, for a superior
    authority, its number."""

    place: Place
    kind: OfficeKind
    district: str = ""
    industry: str = ""
    number: str = ""

    @property
    def label(self) -> str:
        if self.place is not Place.BUREAU_OF_VENUE:
            return self.place.label
        return f"考核点所在区（{DISTRICTS[self.district]}）人力资源社会保障局" if self.district else "市职鉴中心（市外考核点）"


@dataclass(frozen=True)
class ConsentNeeded:
    """Consent from any one (`one_of`) or from each (`all_of`) of some offices; `key` is the step of the route that asks."""

    key: str
    title: str
    asked_of: str
    offices: tuple[OfficeWanted, ...]
    clause: Clause


@dataclass(frozen=True)
class Opinion:
    """What one office asked has answered: True, False, or None while it is silent."""

    office: OfficeWanted
    given: bool | None


def consents_needed(
    route: Route, *, district: str, industry: str, superior: str = "", venue_districts: Iterable[str] = ()
) -> tuple[ConsentNeeded, ...]:
    """This function will give the consents the route asks for, from the district and industry of registration, the number of the superior
    authority (empty for none) and the districts of all venues (an empty one lies outside the city)."""
    venues = sorted(set(venue_districts))
    needed = []
    for step in route:
        if step.key not in {"consent", "consent_of_authority", "consent_of_venues"}:
            continue
        offices = _offices(step, district, industry, superior, venues)
        if offices:
            asked_of = "all_of" if step.asked_of == "per_venue" else step.asked_of
            needed.append(ConsentNeeded(step.key, step.title, asked_of, offices, step.clause))
    return tuple(needed)


def _offices(step: Step, district: str, industry: str, superior: str, venues: list[str]) -> tuple[OfficeWanted, ...]:
    found: list[OfficeWanted] = []
    for place in step.offices:
        match place:
            case Place.INDUSTRY_OF_REGISTRATION:
                found.append(OfficeWanted(Place.INDUSTRY_OF_REGISTRATION, OfficeKind.INDUSTRY_AUTHORITY, district, industry))
            case Place.BUREAU_OF_REGISTRATION:
                found.append(OfficeWanted(Place.BUREAU_OF_REGISTRATION, OfficeKind.DISTRICT_BUREAU, district))
            case Place.INDUSTRY_AUTHORITY:
                found.append(OfficeWanted(Place.INDUSTRY_AUTHORITY, OfficeKind.INDUSTRY_AUTHORITY, "", industry))
            case Place.SUPERIOR_AUTHORITY if superior:
                found.append(OfficeWanted(Place.SUPERIOR_AUTHORITY, OfficeKind.INDUSTRY_AUTHORITY, number=superior))
            case Place.BUREAU_OF_VENUE:
                for code in venues:
                    kind = OfficeKind.DISTRICT_BUREAU if code else OfficeKind.CITY_CENTRE
                    found.append(OfficeWanted(Place.BUREAU_OF_VENUE, kind, code))
    return tuple(found)


def offices_told(route: Route, venue_districts: Iterable[str], *, district: str) -> tuple[tuple[OfficeWanted, ...], Clause]:
    """This function will give the offices that are told of an accepted filing because a venue lies on their ground.

    Where venues' districts consent (C1, C3) each of them is told; elsewhere the others than that of registration (choice 2). A venue outside
    the city is the city centre's.
    """
    decided_by_centre = any(step.key == "decision" and Place.CENTRE in step.offices for step in route)
    asked = any(step.key == "consent_of_venues" for step in route)
    codes = sorted(set(venue_districts))
    told = [
        OfficeWanted(Place.BUREAU_OF_VENUE, OfficeKind.DISTRICT_BUREAU if code else OfficeKind.CITY_CENTRE, code)
        for code in codes
        if (code or not decided_by_centre) and (asked or code != district)
    ]
    return tuple(told), our_default("他区考核点的告知")


@rule("已取得应当取得的同意")
def consent_obtained(needed: ConsentNeeded, opinions: Iterable[Opinion], day: date) -> Finding:
    """Whether enough of the offices asked have said yes; an office that has not answered is never counted as agreeing."""
    answers = {opinion.office: opinion.given for opinion in opinions if opinion.office in needed.offices}
    yes = [office for office in needed.offices if answers.get(office) is True]
    no = [office for office in needed.offices if answers.get(office) is False]
    enough = bool(yes) if needed.asked_of == "one_of" else len(yes) == len(needed.offices)
    if enough:
        return met(f"{'、'.join(office.label for office in yes)}已同意", needed.clause)
    lost = len(no) == len(needed.offices) if needed.asked_of == "one_of" else bool(no)
    if lost:
        return unmet(f"{'、'.join(office.label for office in no)}不同意", needed.clause)
    open_offices = [office for office in needed.offices if answers.get(office) is None]
    joint = "或" if needed.asked_of == "one_of" else "和"
    wanted = joint.join(office.label for office in open_offices)
    return unproven(f"尚未取得{wanted}的同意，未答复不视为同意", needed.clause, ask_for=f"{wanted}的同意意见")


@rule("同意先于备案申请")
def consent_came_first(consented_on: date | None, applied_on: date) -> Finding:
    """Whether the last consent needed was given no later than the application (经…同意后, 提出备案申请)."""
    if consented_on is None:
        return unmet("提出备案申请前须先取得同意", notice("三(一)"))
    if applied_on < consented_on:
        return unmet(f"备案申请（{applied_on}）早于取得同意之日（{consented_on}）", notice("三(一)"))
    return met(f"{consented_on}取得同意后提出申请", notice("三(一)"))
