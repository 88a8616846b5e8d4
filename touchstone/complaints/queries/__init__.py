"""线索查询: which leads may somebody see, by whom may each be verified, what may a case rest on, and of whom is the public warned?"""

from touchstone.complaints.queries.answering import CaseFacts, facts_for_case, facts_for_unfiled_case
from touchstone.complaints.queries.following import followed, own_leads, receipt_open_to
from touchstone.complaints.queries.leads import (
    could_join,
    counts,
    due_for_reminder,
    lead,
    leads,
    may_verify,
    named,
    overdue,
    own_word,
    own_words,
    takers,
    upheld_about,
)
from touchstone.complaints.queries.unfiled import evaluator, evaluators, number_waiting, standing_warning, warnings

__all__ = [
    "CaseFacts",
    "could_join",
    "counts",
    "due_for_reminder",
    "evaluator",
    "evaluators",
    "facts_for_case",
    "facts_for_unfiled_case",
    "followed",
    "lead",
    "leads",
    "may_verify",
    "named",
    "number_waiting",
    "overdue",
    "own_leads",
    "own_word",
    "own_words",
    "receipt_open_to",
    "standing_warning",
    "takers",
    "upheld_about",
    "warnings",
]
