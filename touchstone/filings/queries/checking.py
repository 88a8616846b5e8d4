"""备案核对: what is complete, what is missing, and whose consent is needed?"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from touchstone.accounts.queries import people_with
from touchstone.calls.queries import passed_gates
from touchstone.filings.facts import as_scores, draft_facts, rules_day, scope_facts, scope_rows, sheet_of, written
from touchstone.filings.models import Filing
from touchstone.filings.queries.changing import barred_findings, change_findings, changes_of, evidence_wanted
from touchstone.filings.queries.consenting import consents_wanted
from touchstone.filings.queries.routing import handler, has_step, route_of
from touchstone.filings.queries.scope import lines_of
from touchstone.filings.states import State
from touchstone.kernel.rules import Finding, Outcome, weakest
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing.changing import CHANGES, sections_shown
from touchstone.policy.filing.completeness import SECTIONS, check_section
from touchstone.policy.filing.consents import consent_came_first
from touchstone.policy.filing.purposes import Purpose
from touchstone.policy.filing.routes import GATES
from touchstone.policy.filing.undertaking import self_assessed, undertaking_given
from touchstone.policy.roles import Role

if TYPE_CHECKING:
    from touchstone.accounts.models import Person

TITLES = {
    CHANGES: "变更内容",
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
    shown = sections_of(filing, day)
    if filing.purpose == Purpose.AMEND:
        draft = replace(draft, wanted=evidence_wanted(filing, day))
    found = {key: check_section(key, draft, counts) for key in SECTIONS}
    if filing.purpose == Purpose.AMEND and filing.root:
        served = replace(draft, scope=(*draft.scope, *(scope_facts(item) for item in lines_of(filing.root, day))))
        found |= {"staff": check_section("staff", served, counts), CHANGES: change_findings(filing, day)}
    found["scope"] = (*found["scope"], *gate_findings(filing, day))
    found["self_score"] = (self_assessed(sheet_of(filing, day), as_scores(sections.get("self_score", {})), counts),)
    promise = sections.get("promise", {})
    found["promise"] = (undertaking_given(frozenset(promise.get("promised", [])), promise.get("signer", ""), counts),)
    return {key: found[key] for key in shown}


def sections_of(filing: Filing, day: date) -> dict[str, str]:
    """This function will give the sections an application fills in, with their titles: all of them, or what its change needs."""
    changes, counts = changes_of(filing), rules_day(filing, day)
    wanted = sections_shown(Purpose(filing.purpose), changes, TITLES, counts)
    assessed = filing.purpose != Purpose.AMEND or has_step(filing, "technical_assessment", day)
    return {key: TITLES[key] for key in wanted if key != "self_score" or assessed}


def must_show(filing: Filing, day: date) -> tuple[Finding, ...]:
    """This function will give every finding a submission rests on, those on the consents and on what a decided case keeps the body from included."""
    barred = barred_findings(filing.body, Purpose(filing.purpose), changes_of(filing), day)
    return (*(f for findings in check(filing, day).values() for f in findings), *consent_findings(filing, day), *barred)


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


def gate_findings(filing: Filing, day: date) -> tuple[Finding, ...]:
    """This function will find, for a route with gates before the application (`通知 三(一)2`), whether each line of the scope passed them."""
    if not any(step.key in GATES for step in route_of(filing, day)):
        return ()
    return tuple(passed_gates(filing.body, item.occupation, item.trade, Level(item.level), day) for item in scope_rows(filing))


def consent_findings(filing: Filing, day: date) -> tuple[Finding, ...]:
    """This function will find whether every consent was given, and before the application; nothing where the route asks for none."""
    groups = consents_wanted(filing, day)
    if not groups:
        return ()
    given = [consent.answered_at.date() for group in groups for consent in group.counted if consent.answered_at]
    applied_on = filing.submitted_at.date() if filing.submitted_at else day
    return (*(group.finding for group in groups), consent_came_first(max(given) if given else None, applied_on))


def is_editable(filing: Filing) -> bool:
    """This function will say whether the applicant may write in the draft now."""
    return filing.state in {State.DRAFTED, State.CONSENTED, State.RETURNED}


def assessor_choices(filing: Filing, day: date) -> "list[Person]":
    """This function will give the technical assessors of the office that assesses, from whom two are appointed."""
    office = handler(filing, day, "technical_assessment")
    return list(people_with(Role.TECHNICAL_ASSESSOR, office, day).select_related("user").order_by("number"))
