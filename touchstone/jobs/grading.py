"""考核与分级任务: a round is prepared and grades computed outside the request; who is near an end is reminded, and terms are evaluated in time."""

import logging
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.grading import operations, queries
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_months
from touchstone.parameters.facts import apply_later_values
from touchstone.parameters.queries import in_force
from touchstone.policy.supervision.assessment import EVALUATED_BEFORE
from touchstone.web import clock

log = logging.getLogger(__name__)
PATIENCE = timedelta(minutes=3)
"""How long a round or a run may show no progress before a second job looks after it."""


@app.task(name="grading.prepare_round", retry=3)
def prepare_round(number: str) -> None:
    """This job will prepare the assessments of a round from where it stands."""
    apply_later_values()
    operations.prepare_round(number=number, by=PLATFORM, at=clock.now())


@app.task(name="grading.compute", retry=3)
def compute_grades(number: str) -> None:
    """This job will compute the grades of a run from where it stands."""
    apply_later_values()
    operations.compute_grades(number=number, by=PLATFORM, at=clock.now())


def defer_round(number: str) -> None:
    """This function will line a round up, in the caller's transaction; once is enough while it waits."""
    try:
        prepare_round.configure(queueing_lock=f"round-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def defer_grades(number: str) -> None:
    """This function will line a run up, in the caller's transaction; once is enough while it waits."""
    try:
        compute_grades.configure(queueing_lock=f"grades-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_left(at: datetime) -> int:
    """This function will line up again what nobody has looked after for a while, and count it."""
    rounds, runs = queries.unfinished(at - PATIENCE)
    for number in rounds:
        defer_round(number)
    for number in runs:
        defer_grades(number)
    return len(rounds) + len(runs)


def evaluate_terms(at: datetime) -> int:
    """This function will open the evaluation of every filing that is near its end, and count them."""
    day = localtime(at).date()
    numbers = queries.filings_to_evaluate(add_months(day, in_force(EVALUATED_BEFORE, day).value), day)
    done = 0
    for number in numbers:
        try:
            operations.open_evaluation(filing=number, by=PLATFORM, at=at)
        except Refusal as refusal:
            log.warning("%s: %s", number, refusal)
            continue
        done += 1
    return done


def remind(at: datetime) -> int:
    """This function will remind bodies of reports that are missing and of grades that expire, and count them."""
    return operations.remind_reports(by=PLATFORM, at=at) + operations.remind_of_expiry(by=PLATFORM, at=at)


WHEN_DUE = [take_up_left, evaluate_terms, remind]
