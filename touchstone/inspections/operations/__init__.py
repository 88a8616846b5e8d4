"""双随机办理: what can be done with a plan, a draw, a recusal, a visit and what it found, one verb each."""

from touchstone.inspections.operations.announcing import SourceTold, announce
from touchstone.inspections.operations.answering import AnswerChanged, Given, Where, answer_check, attach_evidence, note_position
from touchstone.inspections.operations.correcting import (
    check_off,
    correct_at_once,
    examine_correction,
    note_overdue,
    reject_correction,
    remind_of_correction,
    report_correction,
    suggest_case,
    take_up,
)
from touchstone.inspections.operations.drawing import draw_and_match, reveal
from touchstone.inspections.operations.entering import attest_chance, enter_chance
from touchstone.inspections.operations.freezing import begin_draw, discard_draw, freeze_again, redraw
from touchstone.inspections.operations.planning import PlanTerms, approve_plan, draft_plan, return_plan, save_plan, submit_plan
from touchstone.inspections.operations.recusing import declare_recusal, end_recusal
from touchstone.inspections.operations.reminding import remind_of_result
from touchstone.inspections.operations.sealing import seal_visit
from touchstone.inspections.operations.signing import note_hindrance, note_refusal, sign_by_hand, sign_for_body, sign_visit
from touchstone.inspections.operations.visiting import CheckTerms, begin_check, open_visit

__all__ = [
    "AnswerChanged",
    "CheckTerms",
    "Given",
    "PlanTerms",
    "SourceTold",
    "Where",
    "announce",
    "answer_check",
    "approve_plan",
    "attach_evidence",
    "attest_chance",
    "begin_check",
    "begin_draw",
    "check_off",
    "correct_at_once",
    "declare_recusal",
    "discard_draw",
    "draft_plan",
    "draw_and_match",
    "end_recusal",
    "enter_chance",
    "examine_correction",
    "freeze_again",
    "note_hindrance",
    "note_overdue",
    "note_position",
    "note_refusal",
    "open_visit",
    "redraw",
    "reject_correction",
    "remind_of_correction",
    "remind_of_result",
    "report_correction",
    "return_plan",
    "reveal",
    "save_plan",
    "seal_visit",
    "sign_by_hand",
    "sign_for_body",
    "sign_visit",
    "submit_plan",
    "suggest_case",
    "take_up",
]
