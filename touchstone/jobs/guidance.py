"""技术指导到期办理: which questions are past their day, so that a director is reminded?"""

from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.guidance.operations import remind
from touchstone.guidance.queries import overdue


def remind_of_unanswered(at: datetime) -> int:
    """This job will put each question past its day before the director of the office that has it, once, and count them."""
    return len([remind(number=number, by=PLATFORM, at=at) for number in overdue(at.date())])


WHEN_DUE = (remind_of_unanswered,)
