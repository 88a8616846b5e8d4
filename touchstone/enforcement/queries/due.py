"""案件期限查询: which clocks of a case run until when, and what is to be reminded of or has lapsed?"""

from dataclasses import dataclass
from datetime import date, timedelta

from touchstone.enforcement.facts.procedure import day_of
from touchstone.enforcement.facts.wording import is_public
from touchstone.enforcement.models import Case, CaseMeasure
from touchstone.enforcement.states import OVER, AppealState, MeasureState, State
from touchstone.kernel.rules import Finding
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.supervision.clocks import Clock, clock_is_kept, last_day
from touchstone.policy.supervision.terms import CORRECTION_REMINDED


@dataclass(frozen=True)
class Running:
    """A clock of a case: what for, until when, whether it is over, and how it stands."""

    what: str
    last: date
    done_on: date | None
    finding: Finding

    @property
    def is_open(self) -> bool:
        return self.done_on is None


def clocks_of(case: Case, day: date) -> list[Running]:
    """This function will give the clocks of a case that run or ran, in order, each with its last day."""
    days, found = calendar(), list[Running]()

    def add(clock: Clock, since: date | None, done_on: date | None) -> None:
        if since is not None:
            extended = case.extended and clock is Clock.DECIDE
            finding = clock_is_kept(clock, since, done_on, extended, day, days)
            found.append(Running(clock.label, last_day(clock, since, days, extended=extended), done_on, finding))

    opened, decided, served = day_of(case.opened_at), day_of(case.decided_at), case.served_on
    ended = day_of(case.closed_at)
    add(Clock.OPEN, case.found_on, opened or (ended if case.state == State.REFUSED else None))
    add(Clock.DECIDE, opened, decided or (case.cleared_on if case.state == State.CLEARED else None))
    add(Clock.SERVE, decided, served)
    if is_public(case.decision):
        add(Clock.PUBLISH, served, day_of(case.published_at))
    for help_asked in case.helps.order_by("id"):
        add(Clock.HELP, day_of(help_asked.asked_at), day_of(help_asked.answered_at))
    if case.appeal_state != AppealState.NONE:
        add(Clock.ANSWER, day_of(case.appealed_at), day_of(case.answered_at))
    if case.state in OVER:
        add(Clock.ARCHIVE, ended, day_of(case.archive.sealed_at) if hasattr(case, "archive") else None)
    return found


def corrections_to_remind(day: date) -> list[int]:
    """This function will give the measures (by key) whose day is near and of which the body was not reminded."""
    near = day + timedelta(days=in_force(CORRECTION_REMINDED, day).value)
    rows = CaseMeasure.objects.filter(state=MeasureState.RUNNING, due_on__gte=day, due_on__lte=near, reminded_on__isnull=True)
    return list(rows.filter(measure__in=_CORRECTED).order_by("pk").values_list("pk", flat=True))


def corrections_lapsed(day: date) -> list[int]:
    """This function will give the measures (by key) whose day went by without a report."""
    rows = CaseMeasure.objects.filter(state=MeasureState.RUNNING, due_on__lt=day, measure__in=_CORRECTED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


_CORRECTED = ("at_once", "order", "rectify")
