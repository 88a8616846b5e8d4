"""机构案件办理: what can be done with a case about a body, one verb each."""

from touchstone.enforcement.operations.appealing import answer_appeal, appeal_case
from touchstone.enforcement.operations.archiving import ask_leave, export_archive, give_leave, open_archive, seal_archive
from touchstone.enforcement.operations.clearing import clear_case
from touchstone.enforcement.operations.correcting import re_examine, record_talk, report_correction, restore_evaluation, sign_talk, summon
from touchstone.enforcement.operations.deciding import decide_case, hand_to_filing_office, return_case, send_up
from touchstone.enforcement.operations.evidence import Piece, add_evidence, add_reference, withdraw_evidence
from touchstone.enforcement.operations.following import close_case, lift_early, note_receipt, note_result, publish_decision
from touchstone.enforcement.operations.notifying import (
    Proposed,
    answer_statement,
    ask_hearing,
    hold_hearing,
    notify_body,
    set_hearing,
    state_case,
    waive_statement,
)
from touchstone.enforcement.operations.officers import invite_officer, join_case, leave_case
from touchstone.enforcement.operations.opening import Charge, approve_opening, begin_case, change_charge, extend_case, refuse_opening
from touchstone.enforcement.operations.reminding import lapse_correction, remind_of_correction
from touchstone.enforcement.operations.reviewing import ask_help, examine_lawfulness, give_opinion, sign_discussion
from touchstone.enforcement.operations.serving import note_service, receive_letter

__all__ = [
    "Charge",
    "Piece",
    "Proposed",
    "add_evidence",
    "add_reference",
    "answer_appeal",
    "answer_statement",
    "appeal_case",
    "approve_opening",
    "ask_hearing",
    "ask_help",
    "ask_leave",
    "begin_case",
    "change_charge",
    "clear_case",
    "close_case",
    "decide_case",
    "examine_lawfulness",
    "export_archive",
    "extend_case",
    "give_leave",
    "give_opinion",
    "hand_to_filing_office",
    "hold_hearing",
    "invite_officer",
    "join_case",
    "lapse_correction",
    "leave_case",
    "lift_early",
    "note_receipt",
    "note_result",
    "note_service",
    "notify_body",
    "open_archive",
    "publish_decision",
    "re_examine",
    "receive_letter",
    "record_talk",
    "refuse_opening",
    "remind_of_correction",
    "report_correction",
    "restore_evaluation",
    "return_case",
    "seal_archive",
    "send_up",
    "set_hearing",
    "sign_discussion",
    "sign_talk",
    "state_case",
    "summon",
    "waive_statement",
    "withdraw_evidence",
]
