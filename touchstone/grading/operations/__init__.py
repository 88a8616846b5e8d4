"""考核与分级办理: a year is assessed, a term evaluated, a grade computed, confirmed and contested."""

from touchstone.grading.operations.grades import (
    answer_contest,
    begin_grade_run,
    compute_grades,
    confirm_grade,
    contest_grade,
    review_grade,
)
from touchstone.grading.operations.publishing import CONSEQUENCES, answer_objection, object_to, publish, tell_result
from touchstone.grading.operations.reminding import remind_of_expiry, remind_reports
from touchstone.grading.operations.reporting import file_proof, save_report, submit_report
from touchstone.grading.operations.rounds import draw_sample, open_round, prepare_round
from touchstone.grading.operations.scoring import score_as_expert, score_first, score_second
from touchstone.grading.operations.terms import decide_term, open_evaluation, opine_on_term

__all__ = [
    "CONSEQUENCES",
    "answer_contest",
    "answer_objection",
    "begin_grade_run",
    "compute_grades",
    "confirm_grade",
    "contest_grade",
    "decide_term",
    "draw_sample",
    "file_proof",
    "object_to",
    "open_evaluation",
    "open_round",
    "opine_on_term",
    "prepare_round",
    "publish",
    "remind_of_expiry",
    "remind_reports",
    "review_grade",
    "save_report",
    "score_as_expert",
    "score_first",
    "score_second",
    "submit_report",
    "tell_result",
]
