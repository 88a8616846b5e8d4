"""双随机办理: what can be done with a plan, a draw and a recusal, one verb each."""

from touchstone.inspections.operations.announcing import SourceTold, announce
from touchstone.inspections.operations.drawing import draw_and_match, reveal
from touchstone.inspections.operations.entering import attest_chance, enter_chance
from touchstone.inspections.operations.freezing import begin_draw, discard_draw, freeze_again, redraw
from touchstone.inspections.operations.planning import PlanTerms, approve_plan, draft_plan, return_plan, save_plan, submit_plan
from touchstone.inspections.operations.recusing import declare_recusal, end_recusal
from touchstone.inspections.operations.reporting import confirm_visit, report_visit, send_back_report

__all__ = [
    "PlanTerms",
    "SourceTold",
    "announce",
    "approve_plan",
    "attest_chance",
    "begin_draw",
    "confirm_visit",
    "declare_recusal",
    "discard_draw",
    "draft_plan",
    "draw_and_match",
    "end_recusal",
    "enter_chance",
    "freeze_again",
    "redraw",
    "report_visit",
    "return_plan",
    "reveal",
    "save_plan",
    "send_back_report",
    "submit_plan",
]
