"""线索办理: what can be done with a lead, about who complained, and with an evaluator that was never filed."""

from touchstone.complaints.operations.answering import lead_on, note_case_result, tell
from touchstone.complaints.operations.asking_body import answer_for_body, ask_body
from touchstone.complaints.operations.deciding import add_facts, ask_to_add, correct_about, decline, join, pass_on, take_up
from touchstone.complaints.operations.entering import enter_lead
from touchstone.complaints.operations.filing import Filed, Told, file_complaint, open_receipt
from touchstone.complaints.operations.handing_over import hand_over, note_answer, note_receipt
from touchstone.complaints.operations.protecting import check_harm, destroy_identities, enter_retaliation, explain_harm, see_complainant
from touchstone.complaints.operations.reminding import forget_attempts, remind_of_due
from touchstone.complaints.operations.unfiled import clear_evaluator, enter_evaluator, lead_evaluator_on, look_up, take_warning_off, warn_of
from touchstone.complaints.operations.verifying import appoint_verifiers, conclude, confirm, extend, note, send_back

__all__ = [
    "Filed",
    "Told",
    "add_facts",
    "answer_for_body",
    "appoint_verifiers",
    "ask_body",
    "ask_to_add",
    "check_harm",
    "clear_evaluator",
    "conclude",
    "confirm",
    "correct_about",
    "decline",
    "destroy_identities",
    "enter_evaluator",
    "enter_lead",
    "enter_retaliation",
    "explain_harm",
    "extend",
    "file_complaint",
    "forget_attempts",
    "hand_over",
    "join",
    "lead_evaluator_on",
    "lead_on",
    "look_up",
    "note",
    "note_answer",
    "note_case_result",
    "note_receipt",
    "open_receipt",
    "pass_on",
    "remind_of_due",
    "see_complainant",
    "send_back",
    "take_up",
    "take_warning_off",
    "tell",
    "warn_of",
]
