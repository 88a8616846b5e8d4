"""证书撤销办理: what can be done with a case, with one certificate in it, and with a holder's request."""

from touchstone.revocations.operations.appealing import answer_appeal, appeal_row
from touchstone.revocations.operations.asking import Wanted, ask_correction, ask_reissue, take_back_request
from touchstone.revocations.operations.deciding import decide_rows, return_proposals, withdraw_case
from touchstone.revocations.operations.executing import execute_overdue, execute_rows
from touchstone.revocations.operations.granting import check_request, grant_request, refuse_request
from touchstone.revocations.operations.notifying import notify_holders
from touchstone.revocations.operations.opening import open_case
from touchstone.revocations.operations.proposing import Outcome, propose_rows, send_up
from touchstone.revocations.operations.stating import take_statement
from touchstone.revocations.operations.support import enter_tried_list, process_support_list, receive_support_list, undo_support_list
from touchstone.revocations.operations.taking_over import end_for_origin, take_over_examined

__all__ = [
    "Outcome",
    "Wanted",
    "answer_appeal",
    "appeal_row",
    "ask_correction",
    "ask_reissue",
    "check_request",
    "decide_rows",
    "end_for_origin",
    "enter_tried_list",
    "execute_overdue",
    "execute_rows",
    "grant_request",
    "notify_holders",
    "open_case",
    "process_support_list",
    "propose_rows",
    "receive_support_list",
    "refuse_request",
    "return_proposals",
    "send_up",
    "take_back_request",
    "take_over_examined",
    "take_statement",
    "undo_support_list",
    "withdraw_case",
]
