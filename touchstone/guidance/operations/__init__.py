"""技术指导办理: what can be done with questions, papers, notices and visits?"""

from touchstone.guidance.operations.asking import answer, ask, ask_again, mark, pass_on, publish_answer, remind, withdraw_answer
from touchstone.guidance.operations.notices import confirm_reading, send_notice
from touchstone.guidance.operations.papers import count_download, end_paper, publish_paper
from touchstone.guidance.operations.training import MOST_HOURS, MOST_SEATS, TrainingTerms, note_training, sign_up, withdraw_sign_up
from touchstone.guidance.operations.visits import confirm_visit, follow_up, record_visit

__all__ = [
    "MOST_HOURS",
    "MOST_SEATS",
    "TrainingTerms",
    "answer",
    "ask",
    "ask_again",
    "confirm_reading",
    "confirm_visit",
    "count_download",
    "end_paper",
    "follow_up",
    "mark",
    "note_training",
    "pass_on",
    "publish_answer",
    "publish_paper",
    "record_visit",
    "remind",
    "send_notice",
    "sign_up",
    "withdraw_answer",
    "withdraw_sign_up",
]
