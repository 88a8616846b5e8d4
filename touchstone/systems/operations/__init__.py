"""机构系统办理: keys are made, limited, rotated and retired; requests are let in and answered once; batches are worked off."""

from touchstone.systems.operations.answering import Answer, RequestKeyReused, answer_once, forget_answers
from touchstone.systems.operations.batches import receive_batch, stop_batch, take_part
from touchstone.systems.operations.entering import Admitted, KeyRefused, TooManyRequests, acting_for, admit, count_request
from touchstone.systems.operations.keys import limit_key, make_key, retire_key, rotate_key

__all__ = [
    "Admitted",
    "Answer",
    "KeyRefused",
    "RequestKeyReused",
    "TooManyRequests",
    "acting_for",
    "admit",
    "answer_once",
    "count_request",
    "forget_answers",
    "limit_key",
    "make_key",
    "receive_batch",
    "retire_key",
    "rotate_key",
    "stop_batch",
    "take_part",
]
