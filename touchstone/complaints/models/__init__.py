"""投诉举报和线索表: leads, who complained (apart), how each was verified, and evaluators never filed."""

from touchstone.complaints.models.complainant import Attempt, Complainant
from touchstone.complaints.models.lead import Accused, BodyWord, Lead, LeadSet, Note, Question, Verifier
from touchstone.complaints.models.unfiled import Evaluator, EvaluatorSet, HandOver

__all__ = [
    "Accused",
    "Attempt",
    "BodyWord",
    "Complainant",
    "Evaluator",
    "EvaluatorSet",
    "HandOver",
    "Lead",
    "LeadSet",
    "Note",
    "Question",
    "Verifier",
]
