"""试验布景: a body that is filed, its plans, and workbooks of people who are nobody else, by the real operations."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from itertools import count, islice
from random import Random
from typing import Any
from unittest.mock import patch

SEED = 1


@cache
def ground() -> Any:
    """This function will set up the standing cast and body 丙, filed long ago, once; the crowd of further people is given."""
    from touchstone.accounts.actor import PLATFORM
    from touchstone.ledger.operations import mark_synthetic
    from touchstone.ledger.queries import is_synthetic
    from touchstone.parameters.queries import calendar
    from touchstone.simulation import small
    from touchstone.simulation.cast import HOME, actor_of, set_up_cast
    from touchstone.simulation.crowd import Crowd
    from touchstone.simulation.evaluation import at_hour
    from touchstone.simulation.filing import TURNER
    from touchstone.simulation.premises import equip, random_of

    if is_synthetic():
        return None  # another process of this trial has done it
    today, days = now().date(), calendar()
    begun = at_hour(days.add_working_days(today, -125), 9)
    mark_synthetic(seed=SEED)
    crowd = Crowd(random_of(SEED, "campaign"))
    body_a, _ = set_up_cast(since=begun.date(), at=begun)
    equip(body_a, crowd, occupation=TURNER, district=HOME, by=PLATFORM, at=begun)
    body_c = small._body_c(crowd, begun)
    small._file("signed", body_c, actor_of("gu", begun.date()), at=at_hour(days.add_working_days(today, -110), 9))
    return crowd


def now() -> datetime:
    """This function will give the moment at the doors."""
    from touchstone.web import clock

    return clock.now()


def acting(username: str) -> Any:
    """This function will give one of the cast as they act today."""
    from touchstone.simulation.cast import actor_of

    return actor_of(username, now().date())


def body_of(username: str) -> Any:
    """This function will give the body that somebody of the cast acts for."""
    from touchstone.bodies.queries import own_body

    return own_body(acting(username))


def scope(level: int) -> Any:
    """This function will give the line of body 丙's scope for a level."""
    from touchstone.filings.queries import scope_in_force

    return scope_in_force(now().date(), body_of("ren")).filter(level=level)[0]


def evaluation(stage: str, *, level: int, working_days: int, people: int) -> str:
    """This function will bring a plan of body 丙, with its exam so many working days from now, to a stage and give its number."""
    from touchstone.parameters.queries import calendar
    from touchstone.simulation.evaluation import Evaluation

    crowd = ground()
    exam_on = calendar().add_working_days(now().date(), working_days)
    return Evaluation(scope(level), exam_on, people, crowd, acting("ren"), acting("gu"), acting("wang")).bring_to(stage)


_plans = count(1)


def upload(rows: int, after: Callable[[str], None] = lambda number: None, turn: int = 0) -> Any:
    """This function will open a plan, hand in a workbook with so many rows, and give the upload.

    Every workbook has the same rows in the same order, but its own people: only the place in their identity numbers differs.
    `after` is told the upload's number in the same transaction, as the page does it; `turn` (from 1) tells uploads of several processes apart.
    """
    from django.db import transaction

    from touchstone.exams.operations.plan_report import report_plan
    from touchstone.exams.operations.plans import PlanTerms, draft_plan
    from touchstone.exams.operations.registration_upload import receive_upload

    ground()
    turn, at, planner = turn or next(_plans), now(), acting("ren")
    terms = PlanTerms(at.date() + timedelta(days=60 + turn), at.date() + timedelta(days=20), rows, "任可欣 021-00000000")
    plan = draft_plan(scope_item_id=scope(4).pk, terms=terms, by=planner, at=at).number
    report_plan(number=plan, by=planner, at=at)
    content = _workbook(plan, planner.office_name, f"3199{turn:02d}", rows)
    with transaction.atomic():
        made = receive_upload(plan_number=plan, name="报名表.xlsx", content=content, ground="own_staff", employment="直接用工", by=planner, at=at)
        after(made.number)
    return made


def _workbook(plan: str, employer: str, place: str, rows: int) -> bytes:
    from bench import workbooks
    from touchstone.sheets.registration_fields import FIELDS, PlanOptions
    from touchstone.sheets.registration_template import registration_template

    own = workbooks._options()
    with patch("touchstone.simulation.identity.CROWD_PLACE", place):
        found = [{**row, "所在单位": employer} for row in islice(workbooks._rows(Random(SEED)), rows)]
    lines = [[row[field.header] for field in FIELDS] for row in found]
    return registration_template(PlanOptions(plan, own.occupations, own.levels, own.conditions), lines)
