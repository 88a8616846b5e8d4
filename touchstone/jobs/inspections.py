"""双随机到期办理: of which draws is every visit known, so that the secret can be told?"""

from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.inspections.operations import reveal
from touchstone.inspections.queries import to_reveal


def reveal_what_is_known(at: datetime) -> int:
    """This function will tell the secret of every draw of which all visits are known, and count them."""
    numbers = to_reveal(at)
    for number in numbers:
        reveal(number=number, by=PLATFORM, at=at)
    return len(numbers)


WHEN_DUE = [reveal_what_is_known]
