"""监督检查到期办理: of which draws is every visit known, what is due or late (results, corrections, records), and which cameras are silent?"""

from datetime import datetime

from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM
from touchstone.inspections.operations import note_overdue, remind_of_correction, remind_of_result, reveal
from touchstone.inspections.operations.feeding import note_silent_cameras, tell_of_long_gaps
from touchstone.inspections.operations.records_answering import note_records_late, remind_of_records
from touchstone.inspections.operations.tracing import note_tracing_late
from touchstone.inspections.queries import to_reveal
from touchstone.inspections.queries.records import to_note_late, to_remind
from touchstone.inspections.queries.tracing import late_tracings
from touchstone.inspections.queries.visiting import due_soon, overdue, results_due
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


def remind_of_results(at: datetime) -> int:
    """This function will remind those sent on drawn visits of results that must be public soon, once each, and count the visits."""
    return sum(remind_of_result(number=number, by=PLATFORM, at=at) for number in results_due(at))


def note_what_is_overdue(at: datetime) -> int:
    """This function will note what was not corrected by its day, and count it."""
    return sum(note_overdue(problem=key, by=PLATFORM, at=at) for key in overdue(localtime(at).date()))


def remind_of_what_is_due(at: datetime) -> int:
    """This function will remind every body whose records are due soon, once each, and count them."""
    return sum(remind_of_records(number=number, by=PLATFORM, at=at) for number in to_remind(localtime(at).date()))


def note_what_is_late(at: datetime) -> int:
    """This function will put every call whose day has passed before its office, once each, and count them."""
    return sum(note_records_late(number=number, by=PLATFORM, at=at) for number in to_note_late(localtime(at).date()))


def note_late_tracings(at: datetime) -> int:
    """This function will put every tracing whose day has passed before the office that asked for it, once each, and count them."""
    return sum(note_tracing_late(number=number, by=PLATFORM, at=at) for number in late_tracings(localtime(at).date()))


WHEN_DUE = [
    reveal_what_is_known,
    remind_of_corrections,
    remind_of_results,
    note_what_is_overdue,
    remind_of_what_is_due,
    note_what_is_late,
    note_late_tracings,
    note_silent_cameras,
    tell_of_long_gaps,
]
