"""队伍到期办理: of which qualifications that run out is a member to be told?"""

from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.experts.operations import remind_of_expiry
from touchstone.experts.queries import to_be_reminded


def remind_of_qualifications(at: datetime) -> int:
    """This job will tell members, some months before, that a qualification ends, and count those told."""
    return sum(remind_of_expiry(qualification=number, by=PLATFORM, at=at) for number in to_be_reminded(at.date()))


WHEN_DUE = (remind_of_qualifications,)
