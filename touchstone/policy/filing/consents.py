"""征求同意: whose consent does an application need, who is only told, and has it been given?

Computed from facts, never typed in. Silence is never consent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Clause
from touchstone.kernel.routes import Route
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.roles import OfficeKind


@dataclass(frozen=True)
class OfficeWanted:
    """Which office: its kind, its district (a GB/T 2260 code, empty for the city) and its industry (empty for none)."""

    kind: OfficeKind
    district: str = ""
    industry: str = ""

    @property
    def label(self) -> str:
        if self.kind is OfficeKind.INDUSTRY_AUTHORITY:
            return "注册地所在区行业主管部门"
        return "注册地所在区人力资源社会保障局" if self.kind is OfficeKind.DISTRICT_BUREAU else self.kind.label


@dataclass(frozen=True)
class ConsentNeeded:
    """Consent from any one (`one_of`) or from each (`all_of`) of some offices."""

    key: str
    asked_of: str
    offices: tuple[OfficeWanted, ...]
    clause: Clause


@dataclass(frozen=True)
class Opinion:
    """What one office asked has answered: True, False, or None while it is silent."""

    office: OfficeWanted
    given: bool | None


def consents_needed(route: Route, *, district: str, industry: str) -> tuple[ConsentNeeded, ...]:
    """This function will give the consents the route asks for, from the district and industry of registration."""
    step = route.step("consent")
    offices = (
        OfficeWanted(OfficeKind.INDUSTRY_AUTHORITY, district, industry),
        OfficeWanted(OfficeKind.DISTRICT_BUREAU, district),
    )
    return (ConsentNeeded("registration", step.asked_of, offices, step.clause),)


def offices_told(venue_districts: Iterable[str], *, district: str) -> tuple[tuple[OfficeWanted, ...], Clause]:
    """This function will give the offices that are told, not asked: the other districts in which a venue lies (choice 2)."""
    others = sorted({code for code in venue_districts if code != district})
    told = tuple(OfficeWanted(OfficeKind.DISTRICT_BUREAU, code) if code else OfficeWanted(OfficeKind.CITY_CENTRE) for code in others)
    return told, our_default("他区考核点的告知")


@rule("已取得注册地行业主管部门或人社部门同意")
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
    """Whether consent was given no later than the application (经…同意后, 提出备案申请)."""
    if consented_on is None:
        return unmet("提出备案申请前须先取得同意", notice("三(一)1"))
    if applied_on < consented_on:
        return unmet(f"备案申请（{applied_on}）早于取得同意之日（{consented_on}）", notice("三(一)1"))
    return met(f"{consented_on}取得同意后提出申请", notice("三(一)1"))
