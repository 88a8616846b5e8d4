"""考核与分级表: rounds and assessments, runs and grades, expiry evaluations."""

from touchstone.grading.models.assessment import Assessment, AssessmentSet, ExpertScore, Round
from touchstone.grading.models.grade import GradeLine, GradeLineSet, GradeRun
from touchstone.grading.models.term import TermEvaluation, TermEvaluationSet

__all__ = [
    "Assessment",
    "AssessmentSet",
    "ExpertScore",
    "GradeLine",
    "GradeLineSet",
    "GradeRun",
    "Round",
    "TermEvaluation",
    "TermEvaluationSet",
]
