"""备案核对: what is complete, what is missing, and whose consent is needed?"""

from datetime import date
from typing import TYPE_CHECKING

from touchstone.accounts.queries import district_bureau, industry_authorities, people_with
from touchstone.filings.facts import as_scores, draft_facts, rules_day, sheet_of, written
from touchstone.filings.models import Filing
from touchstone.filings.states import State
from touchstone.kernel.routes import Route
from touchstone.kernel.rules import Finding, Outcome, weakest
from touchstone.policy.filing.completeness import SECTIONS, check_section
from touchstone.policy.filing.consents import ConsentNeeded, OfficeWanted, Opinion, consent_came_first, consent_obtained, consents_needed
from touchstone.policy.filing.routes import which_route
from touchstone.policy.filing.undertaking import self_assessed, undertaking_given
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership, Role

if TYPE_CHECKING:
    from touchstone.accounts.models import Office, Person

TITLES = {
    "identity": "机构信息",
    "venues": "考核点与考场",
    "staff": "人员队伍",
    "scope": "申报范围",
    "systems": "管理制度",
    "questions": "题库与质量管理",
    "evidence": "证明材料",
    "self_score": "自评评分表",
    "promise": "承诺",
}
WRITTEN = ("identity", "systems", "questions", "self_score", "promise")
"""The sections that are typed on the form; the others are gathered from the body's own register, the scope and the files."""


def check(filing: Filing, day: date) -> dict[str, tuple[Finding, ...]]:
    """This function will check the draft, section by section, by the rules of the day that counts for it."""
    counts = rules_day(filing, day)
    draft, sections = draft_facts(filing, day), written(filing)
    found = {key: check_section(key, draft, counts) for key in SECTIONS}
    found["self_score"] = (self_assessed(sheet_of(filing, day), as_scores(sections.get("self_score", {})), counts),)
    promise = sections.get("promise", {})
    found["promise"] = (undertaking_given(frozenset(promise.get("promised", [])), promise.get("signer", ""), counts),)
    return {key: found[key] for key in TITLES}


def must_show(filing: Filing, day: date) -> tuple[Finding, ...]:
    """This function will give every finding a submission rests on, those on the consents included."""
    return (*(f for findings in check(filing, day).values() for f in findings), *consent_findings(filing, day))


def blockers(filing: Filing, day: date) -> tuple[Finding, ...]:
    """This function will give the findings that stand in the way of a submission on `day`."""
    return tuple(f for f in must_show(filing, day) if f.outcome is not Outcome.MET)


def sections_state(filing: Filing, day: date) -> list[dict[str, object]]:
    """This function will give the sections with their tick or what is missing, for the navigation of the form."""
    listed: list[dict[str, object]] = []
    for key, findings in check(filing, day).items():
        lacking = sum(f.outcome is not Outcome.MET for f in findings)
        done = weakest(findings) is Outcome.MET
        note = "" if done else f"还有{lacking}项"
        listed.append({"key": key, "label": TITLES[key], "state": "complete" if done else "missing", "note": note})
    return listed


def route_of(filing: Filing, day: date) -> Route:
    """This function will give the route the filing follows."""
    return which_route(BodyKind(filing.body.kind), Ownership(filing.body.ownership), rules_day(filing, day))


def needed(filing: Filing, day: date) -> ConsentNeeded:
    """This function will give the consent the filing needs."""
    return consents_needed(route_of(filing, day), district=filing.body.district, industry=filing.body.industry)[0]


def consents_asked_of(filing: Filing, day: date) -> "list[Office]":
    """This function will give the offices of which the applicant asks one: 区行业主管部门 or 区人社局, where it is registered."""
    found: list[Office] = []
    for wanted in needed(filing, day).offices:
        if wanted.kind is OfficeKind.INDUSTRY_AUTHORITY:
            found += industry_authorities(wanted.industry, wanted.district)
        else:
            found.append(district_bureau(wanted.district))
    return [office for office in found if office.until is None or office.until > day]


def consent_findings(filing: Filing, day: date) -> tuple[Finding, ...]:
    """This function will find whether consent was given, and before the application."""
    counts, asked = rules_day(filing, day), needed(filing, day)
    answered = [c for c in filing.consents.select_related("office").order_by("id") if c.lapsed_at is None]
    opinions = [Opinion(_wanted(c.office), c.given) for c in answered]
    given = [c.answered_at.date() for c in answered if c.given and c.answered_at]
    applied_on = filing.submitted_at.date() if filing.submitted_at else day
    return consent_obtained(asked, opinions, counts), consent_came_first(min(given) if given else None, applied_on)


def _wanted(office: "Office") -> OfficeWanted:
    return OfficeWanted(OfficeKind(office.kind), office.district, office.industry if office.kind == OfficeKind.INDUSTRY_AUTHORITY else "")


def is_editable(filing: Filing) -> bool:
    """This function will say whether the applicant may write in the draft now."""
    return filing.state in {State.DRAFTED, State.CONSENTED, State.RETURNED}


def assessor_choices(filing: Filing, day: date) -> "list[Person]":
    """This function will give the technical assessors of the district from whom two are appointed."""
    return list(people_with(Role.TECHNICAL_ASSESSOR, district_bureau(filing.body.district), day).select_related("user").order_by("number"))
