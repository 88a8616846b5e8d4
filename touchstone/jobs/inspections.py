"""检查到期办理: of which draws is every visit known, and which corrections are due soon or overdue?"""

from datetime import datetime

from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM
from touchstone.inspections.operations import note_overdue, remind_of_correction, reveal
from touchstone.inspections.queries import to_reveal
from touchstone.inspections.queries.visiting import due_soon, overdue
from touchstone.parameters.queries import calendar


def reveal_what_is_known(at: datetime) -> int:
    """This function will tell the secret of every draw of which all visits are known, and count them."""
    numbers = to_reveal(at)
    for number in numbers:
        reveal(number=number, by=PLATFORM, at=at)
    return len(numbers)


def remind_of_corrections(at: datetime) -> int:
    """This function will remind bodies of what is to be corrected by the next working day, and count the reminders."""
    last = calendar().add_working_days(localtime(at).date(), 1)
    return sum(remind_of_correction(problem=key, by=PLATFORM, at=at) for key in due_soon(last))


def note_what_is_overdue(at: datetime) -> int:
    """This function will note what was not corrected by its day, and count it."""
    return sum(note_overdue(problem=key, by=PLATFORM, at=at) for key in overdue(localtime(at).date()))


WHEN_DUE = [reveal_what_is_known, remind_of_corrections, note_what_is_overdue]
