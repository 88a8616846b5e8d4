"""队伍办理: what can be done with the corps? One verb of the regulation, one function, one transaction, one ledger line."""

from touchstone.experts.operations._filling import TakenMeanwhile
from touchstone.experts.operations.applying import (
    attach_proof,
    begin_application,
    save_application,
    submit_application,
    take_off_proof,
    withdraw_application,
)
from touchstone.experts.operations.appraising import decide_appraisal, say_word
from touchstone.experts.operations.checking import (
    admit_to_training,
    grant_qualification,
    refuse_application,
    return_application,
    training_findings,
)
from touchstone.experts.operations.dispatching import (
    Asked,
    ask_for_people,
    cancel_request,
    dispatch,
    draw_reserve,
    release_people,
    replace,
    reveal_secret,
)
from touchstone.experts.operations.drawing_up import ask_for_year, draw_up, draw_up_year
from touchstone.experts.operations.measures import (
    answer_appeal,
    appeal_measure,
    appeal_until,
    lift_suspension,
    remove_member,
    suspend_member,
    warn_member,
)
from touchstone.experts.operations.own import block_days, declare_tie, end_tie, free_days, limit_month
from touchstone.experts.operations.register import change_member, open_member_log_in, register_member
from touchstone.experts.operations.reminding import remind_of_expiry
from touchstone.experts.operations.serving import (
    MARKS,
    accept_assignment,
    judge_refusal,
    mark_assignment,
    note_absence,
    refuse_assignment,
    report,
    sign_in,
)
from touchstone.experts.operations.training import Noted, Result, announce_course, close_course, enrol, leave_course, note_results
from touchstone.experts.operations.training_workbook import ResultsReport, results_template, take_results_workbook

__all__ = [
    "MARKS",
    "Asked",
    "Noted",
    "Result",
    "ResultsReport",
    "TakenMeanwhile",
    "accept_assignment",
    "admit_to_training",
    "announce_course",
    "answer_appeal",
    "appeal_measure",
    "appeal_until",
    "ask_for_people",
    "ask_for_year",
    "attach_proof",
    "begin_application",
    "block_days",
    "cancel_request",
    "change_member",
    "close_course",
    "decide_appraisal",
    "declare_tie",
    "dispatch",
    "draw_reserve",
    "draw_up",
    "draw_up_year",
    "end_tie",
    "enrol",
    "free_days",
    "grant_qualification",
    "judge_refusal",
    "leave_course",
    "lift_suspension",
    "limit_month",
    "mark_assignment",
    "note_absence",
    "note_results",
    "open_member_log_in",
    "refuse_application",
    "refuse_assignment",
    "register_member",
    "release_people",
    "remind_of_expiry",
    "remove_member",
    "replace",
    "report",
    "results_template",
    "return_application",
    "reveal_secret",
    "save_application",
    "say_word",
    "sign_in",
    "submit_application",
    "suspend_member",
    "take_off_proof",
    "take_results_workbook",
    "training_findings",
    "warn_member",
    "withdraw_application",
]
