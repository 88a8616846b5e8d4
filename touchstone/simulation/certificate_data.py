"""证书数据: the certificates of one plan have been accepted, those of another wait for their review, so that a newcomer sees both."""

from datetime import date

from touchstone.accounts.actor import PLATFORM
from touchstone.parameters.queries import calendar
from touchstone.simulation.cast import actor_of
from touchstone.simulation.evaluation import at_hour
from touchstone.uploads import operations, queries


def report(accepted: str, waiting: str, *, today: date) -> None:
    """This function will form the batches of two plans (by number) that issued certificates, review and accept the first, and leave the second."""
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
    second = operations.receive_issued(plan_number=waiting, by=PLATFORM, at=lately)
    if second is not None:
        operations.process(number=second.number, by=PLATFORM, at=lately)
