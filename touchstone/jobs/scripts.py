"""机考到时办理: whose time is over, and their script not handed in?"""

from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.exams.operations.script_submit import submit_ended


def hand_in_what_is_over(at: datetime) -> int:
    """This job will hand in every script whose time and grace are over, and count them."""
    return submit_ended(by=PLATFORM, at=at)


WHEN_DUE = (hand_in_what_is_over,)
