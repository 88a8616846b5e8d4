"""证书数据: the certificates of one plan have been accepted and reported, those of another wait for their review, so that a newcomer sees both."""

from datetime import date, datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.parameters.queries import calendar
from touchstone.simulation.cast import actor_of
from touchstone.simulation.evaluation import at_hour
from touchstone.uploads import operations, queries


def report(accepted: str, waiting: str, *, today: date) -> None:
    """This function will form the batches of two plans (by number) that issued certificates, review, accept and hand over the first, of which the
    national query sends one row back, and leave the second."""
    days = calendar()
    then, lately = at_hour(days.add_working_days(today, -6), 9), at_hour(days.add_working_days(today, -2), 9)
    clerk = actor_of("zhou", today)
    first = operations.receive_issued(plan_number=accepted, by=PLATFORM, at=then)
    if first is not None:
        operations.process(number=first.number, by=PLATFORM, at=then)
        drawn = queries.entries(first).filter(drawn=True).values_list("row_number", flat=True)
        reviewed = at_hour(days.add_working_days(today, -4), 14)
        operations.look_at(number=first.number, rows=list(drawn), by=clerk, at=reviewed)
        operations.accept(number=first.number, by=clerk, at=reviewed)
        hand_over(at=at_hour(days.add_working_days(today, -4), 17), answered_at=at_hour(days.add_working_days(today, -3), 8), sent_back=1)
    second = operations.receive_issued(plan_number=waiting, by=PLATFORM, at=lately)
    if second is not None:
        operations.process(number=second.number, by=PLATFORM, at=lately)


def hand_over(*, at: datetime, answered_at: datetime | None = None, sent_back: int = 0) -> None:
    """This function will put what waits into a file that the national query has taken; at `answered_at` it answers, sending the last rows back."""
    parcel = operations.make_parcel(by=PLATFORM, at=at)
    if parcel is None:
        return
    operations.note_sent(number=parcel.number, receipt=f"Q{parcel.number[2:]}", by=PLATFORM, at=at)
    if answered_at is None:
        return
    numbers = [one.number for one in queries.rows_in(parcel)]
    taken = len(numbers) - sent_back
    answers = [operations.Answered(number, True) for number in numbers[:taken]]
    answers += [operations.Answered(number, False, "E07", "文化程度不在代码表内") for number in numbers[taken:]]
    told = {"number": parcel.number, "told_parcel": parcel.number, "told_sha256": parcel.sha256}
    operations.take_receipt(**told, answers=answers, by=PLATFORM, at=answered_at)
