"""证书数据办理: data comes in, is checked, reviewed, returned, corrected, accepted and handed over."""

from touchstone.uploads.operations.accepting import accept
from touchstone.uploads.operations.correcting import correct
from touchstone.uploads.operations.following import follow_replaced, follow_revoked
from touchstone.uploads.operations.handing_over import Answered, make_parcel, note_sent, note_trouble, take_receipt
from touchstone.uploads.operations.processing import process
from touchstone.uploads.operations.receiving import load_tried, receive, receive_existing, receive_issued, receive_rows
from touchstone.uploads.operations.retelling import let_revocation_rest, tell_again
from touchstone.uploads.operations.reviewing import look_at, object_to, refuse, return_for_correction
from touchstone.uploads.operations.settling import send_again, take_file
from touchstone.uploads.operations.submitting import revert, submit, take_row_back

__all__ = [
    "Answered",
    "accept",
    "correct",
    "follow_replaced",
    "follow_revoked",
    "let_revocation_rest",
    "load_tried",
    "look_at",
    "make_parcel",
    "note_sent",
    "note_trouble",
    "object_to",
    "process",
    "receive",
    "receive_existing",
    "receive_issued",
    "receive_rows",
    "refuse",
    "return_for_correction",
    "revert",
    "send_again",
    "submit",
    "take_file",
    "take_receipt",
    "take_row_back",
    "tell_again",
]
