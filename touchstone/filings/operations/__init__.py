"""备案办理: what can be done with a filing? One verb of the regulation, one function, one transaction, one ledger line."""

from touchstone.files.operations import LARGEST, FileRefused
from touchstone.filings.operations._case import NothingToDo
from touchstone.filings.operations.accept import accept_filing
from touchstone.filings.operations.added_opinion import answer_opinion, ask_opinion, call_back_opinion
from touchstone.filings.operations.answer_consent import answer_consent, escalate_consent, remind_consent
from touchstone.filings.operations.appoint import appoint_assessors
from touchstone.filings.operations.association import keep_association, list_association_moves, open_social_filing, plan_association_move
from touchstone.filings.operations.association_night import check_associations
from touchstone.filings.operations.begin import begin_filing
from touchstone.filings.operations.begin_change import begin_amendment, begin_renewal, write_changes
from touchstone.filings.operations.conclude import conclude_assessment, return_sheets
from touchstone.filings.operations.copy import copy_filing
from touchstone.filings.operations.custody import hand_over_records, receive_records, return_records
from touchstone.filings.operations.decide import decide
from touchstone.filings.operations.end_request import ask_end, end_as_asked, grant_end, return_end, take_back_end
from touchstone.filings.operations.ending_run import run_endings
from touchstone.filings.operations.evidence import attach_evidence, withdraw_evidence
from touchstone.filings.operations.first_opinion import give_first_opinion
from touchstone.filings.operations.flag import flag_resting_on
from touchstone.filings.operations.objection import answer_filing_objection, take_up_objections
from touchstone.filings.operations.panel import (
    appoint_panel,
    conclude_panel,
    declare_no_tie,
    draw_panel,
    replace_expert,
    submit_panel_opinion,
)
from touchstone.filings.operations.reinstate import reinstate
from touchstone.filings.operations.remind import remind_to_renew
from touchstone.filings.operations.renamed import carry_renamings, tell_of_renaming
from touchstone.filings.operations.report import answer_report, query_report, sign_for_report
from touchstone.filings.operations.return_for_supplement import return_for_supplement
from touchstone.filings.operations.return_to_step import return_to_step
from touchstone.filings.operations.save import SomebodySaved, save_draft
from touchstone.filings.operations.scope import ScopeRefused, add_scope_item, remove_scope_item
from touchstone.filings.operations.seek_consent import recall_consent, seek_consent
from touchstone.filings.operations.sheet import save_sheet, submit_sheet
from touchstone.filings.operations.sight import Fix, Sight
from touchstone.filings.operations.submit import NotComplete, submit
from touchstone.filings.operations.suspend import begin_suspension, remind_to_restore, replan_restoration, restore, suspend
from touchstone.filings.operations.terminate import terminate
from touchstone.filings.operations.told import take_note
from touchstone.filings.operations.urge import urge
from touchstone.filings.operations.visit import VisitChanged, attach_photo, confirm_visit, object_to_visit, record_visit, revise_visit
from touchstone.filings.operations.withdraw import lapse_renewal, withdraw_filing
from touchstone.kernel.rules import WordsMissing

__all__ = [
    "LARGEST",
    "FileRefused",
    "Fix",
    "NotComplete",
    "NothingToDo",
    "ScopeRefused",
    "Sight",
    "SomebodySaved",
    "VisitChanged",
    "WordsMissing",
    "accept_filing",
    "add_scope_item",
    "answer_consent",
    "answer_filing_objection",
    "answer_opinion",
    "answer_report",
    "appoint_assessors",
    "appoint_panel",
    "ask_end",
    "ask_opinion",
    "attach_evidence",
    "attach_photo",
    "begin_amendment",
    "begin_filing",
    "begin_renewal",
    "begin_suspension",
    "call_back_opinion",
    "carry_renamings",
    "check_associations",
    "conclude_assessment",
    "conclude_panel",
    "confirm_visit",
    "copy_filing",
    "decide",
    "declare_no_tie",
    "draw_panel",
    "end_as_asked",
    "escalate_consent",
    "flag_resting_on",
    "give_first_opinion",
    "grant_end",
    "hand_over_records",
    "keep_association",
    "lapse_renewal",
    "list_association_moves",
    "object_to_visit",
    "open_social_filing",
    "plan_association_move",
    "query_report",
    "recall_consent",
    "receive_records",
    "record_visit",
    "reinstate",
    "remind_consent",
    "remind_to_renew",
    "remind_to_restore",
    "remove_scope_item",
    "replace_expert",
    "replan_restoration",
    "restore",
    "return_end",
    "return_for_supplement",
    "return_records",
    "return_sheets",
    "return_to_step",
    "revise_visit",
    "run_endings",
    "save_draft",
    "save_sheet",
    "seek_consent",
    "sign_for_report",
    "submit",
    "submit_panel_opinion",
    "submit_sheet",
    "suspend",
    "take_back_end",
    "take_note",
    "take_up_objections",
    "tell_of_renaming",
    "terminate",
    "urge",
    "withdraw_evidence",
    "withdraw_filing",
    "write_changes",
]
