"""评价对象依据到期办理: of which agreements, commissions and pilots that run out is a body to be told?"""

from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.operations import remind_of_end
from touchstone.bodies.queries.ending import papers_to_remind


def remind_of_ending_papers(at: datetime) -> int:
    """This job will tell bodies, once each three months and one month before and at the end, that a paper of their registers runs out."""
    return sum(remind_of_end(number=number, by=PLATFORM, at=at) for number in papers_to_remind(at.date()))


WHEN_DUE = (remind_of_ending_papers,)
