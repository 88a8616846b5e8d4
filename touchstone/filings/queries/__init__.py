"""备案查询: what can be asked about filings? Writes nothing."""

from touchstone.filings.queries.cases import (
    active_filing,
    assessments,
    consents,
    decisions,
    filing,
    filings,
    latest_assessment,
    latest_submission,
    objected,
    open_supplement,
    overdue_consents,
    report,
    reports,
    sheets_shown_to,
)
from touchstone.filings.queries.checking import TITLES, WRITTEN, assessor_choices, blockers, check, consent_findings, consents_asked_of, is_editable, must_show, sections_state
from touchstone.filings.queries.scope import filings_in_force, may_plan, scope_in_force, scope_item, scope_of
from touchstone.filings.queries.timeline import timeline

__all__ = [
    "TITLES",
    "WRITTEN",
    "active_filing",
    "assessments",
    "assessor_choices",
    "blockers",
    "check",
    "consent_findings",
    "consents",
    "consents_asked_of",
    "decisions",
    "filing",
    "filings",
    "filings_in_force",
    "is_editable",
    "latest_assessment",
    "latest_submission",
    "may_plan",
    "must_show",
    "objected",
    "open_supplement",
    "overdue_consents",
    "report",
    "reports",
    "scope_in_force",
    "scope_item",
    "scope_of",
    "sections_state",
    "sheets_shown_to",
    "timeline",
]
