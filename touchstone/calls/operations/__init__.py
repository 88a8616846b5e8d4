"""征集办理: what can be done with a project, a call, an application? One verb, one function, one transaction, one ledger line."""

from touchstone.calls.operations._case import NothingToDo
from touchstone.calls.operations.announcing import Settled, announce_result, answer_call_objection, conclude_call, take_up_call_objections
from touchstone.calls.operations.applying import (
    attach_proof,
    begin_application,
    missing,
    proofs,
    save_application,
    submit_application,
    withdraw_application,
    withdraw_proof,
)
from touchstone.calls.operations.demand import enter_demand
from touchstone.calls.operations.demand_workbook import DemandReport, take_demand_workbook
from touchstone.calls.operations.drafting import add_lot, cancel_call, change_call, close_call, draft_call, publish_call, remove_lot
from touchstone.calls.operations.ending_selection import end_selection
from touchstone.calls.operations.filing_owed import lapse_selection, owe_filing_again, settle_filing_owed
from touchstone.calls.operations.projects import decline_project, recommend_project, retire_project, select_project, withdraw_project
from touchstone.calls.operations.selecting import Ranked, check_application, proposed, rank_call, reason_of, return_application
from touchstone.kernel.rules import WordsMissing

__all__ = [
    "DemandReport",
    "NothingToDo",
    "Ranked",
    "Settled",
    "WordsMissing",
    "add_lot",
    "announce_result",
    "answer_call_objection",
    "attach_proof",
    "begin_application",
    "cancel_call",
    "change_call",
    "check_application",
    "close_call",
    "conclude_call",
    "decline_project",
    "draft_call",
    "end_selection",
    "enter_demand",
    "lapse_selection",
    "missing",
    "owe_filing_again",
    "proofs",
    "proposed",
    "publish_call",
    "rank_call",
    "reason_of",
    "recommend_project",
    "remove_lot",
    "retire_project",
    "return_application",
    "save_application",
    "select_project",
    "settle_filing_owed",
    "submit_application",
    "take_demand_workbook",
    "take_up_call_objections",
    "withdraw_application",
    "withdraw_project",
    "withdraw_proof",
]
