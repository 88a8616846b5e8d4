"""评聘办理: what can be done with a round and an appointment, one verb each."""

from touchstone.appointments.operations.announcing import Announcement, announce_round, cancel_round
from touchstone.appointments.operations.appointing import appoint_chosen
from touchstone.appointments.operations.noticing import answer_objection, confirm_round, publish_chosen, take_up_objections
from touchstone.appointments.operations.putting_forward import (
    Claim,
    add_evidence,
    apply_for_post,
    check_nomination,
    close_nominations,
    put_forward,
    withdraw_nomination,
)
from touchstone.appointments.operations.reviewing import Member, Vote, record_review
from touchstone.appointments.operations.serving import appraise_year, ask_for_appraisal, end_appointment, end_term, renew_appointment

__all__ = [
    "Announcement",
    "Claim",
    "Member",
    "Vote",
    "add_evidence",
    "announce_round",
    "answer_objection",
    "apply_for_post",
    "appoint_chosen",
    "appraise_year",
    "ask_for_appraisal",
    "cancel_round",
    "check_nomination",
    "close_nominations",
    "confirm_round",
    "end_appointment",
    "end_term",
    "publish_chosen",
    "put_forward",
    "record_review",
    "renew_appointment",
    "take_up_objections",
    "withdraw_nomination",
]
