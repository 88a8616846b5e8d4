"""按等级接收: how many rows may a body of its grade send at once, and is its data taken in at once or looked at first?

`通知 三(三)3` 分级分类: the tables stand in `policy/supervision/treatment`. What comes under one of these ways is treated by grade; corrections and
what an office loads itself are not the body's to send, and are always looked at first.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.bodies.queries.grades import grade_of
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.treatment import batch_fits_grade, data_taken_as_graded, treatment_of
from touchstone.uploads.models import Batch
from touchstone.uploads.states import Way

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

BY_GRADE = frozenset({Way.ISSUED, Way.WORKBOOK, Way.SYSTEM})


def most_rows(body: "Body", at: datetime) -> int:
    """This function will give how many rows a body may send at once."""
    day = localtime(at).date()
    return treatment_of(BodyKind(body.kind), grade_of(body, day), day).rows


def fits(body: "Body", rows: int, at: datetime) -> Finding:
    """This function will say whether so many rows at once are few enough for the body's grade."""
    day = localtime(at).date()
    return batch_fits_grade(BodyKind(body.kind), grade_of(body, day), rows, day)


def taken(batch: Batch, looked_at: bool, day: date) -> Finding:
    """This function will say whether a batch may be taken in: at once by its body's grade, or because its rows were looked at."""
    return data_taken_as_graded(BodyKind(batch.body.kind), grade_of(batch.body, day), looked_at, day)


def at_once(batch: Batch, day: date) -> bool:
    """This function will say whether a batch is taken in at once and looked at afterwards (先收后查)."""
    return Way(batch.way) in BY_GRADE and taken(batch, False, day).outcome is Outcome.MET
