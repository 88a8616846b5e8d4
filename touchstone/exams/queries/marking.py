"""评卷查询: who marks a sitting, which answers wait for whom, and what do two markers come to?"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from touchstone.accounts.queries import users_of
from touchstone.exams.models import ComputerExam, Mark, Marker, Plan, Script
from touchstone.kernel.rules import Outcome
from touchstone.policy.exams.scripts import marks_agree

if TYPE_CHECKING:
    from touchstone.accounts.models import User
    from touchstone.questions.placing import Placed

FIRST, SECOND, THIRD, AGAIN = 1, 2, 3, 4
"""The two who mark, the third for where they differ, and who marks anew when a score is looked at again."""


def markers(exam: ComputerExam) -> QuerySet[Marker]:
    """This function will give the markers of a sitting, first to third."""
    return Marker.objects.filter(exam=exam).select_related("user__person").order_by("turn")


def may_mark(plan: Plan, at: datetime) -> "list[User]":
    """This function will give who of the body can be appointed: everybody who holds a role there."""
    return list(users_of(plan.body.office, at.date()).order_by("person__name_key", "pk"))


def marker_of(exam: ComputerExam, user_id: int | None) -> Marker | None:
    """This function will give as which marker somebody marks a sitting; None when they do not."""
    return Marker.objects.filter(exam=exam, user_id=user_id or 0).first()


def standing_marks(scripts: Iterable[Script]) -> dict[tuple[int, int], dict[int, Mark]]:
    """This function will give the standing marks by (script, position) and turn; one query."""
    found: dict[tuple[int, int], dict[int, Mark]] = {}
    for one in Mark.objects.filter(script__in=[script.pk for script in scripts], replaced_at__isnull=True):
        found.setdefault((one.script_id, one.position), {})[one.turn] = one
    return found


@dataclass(frozen=True)
class Settled:
    """What the markers of one answer come to: points, or None with the turn it waits for."""

    points: Decimal | None
    waits_for: int = 0


def settled(marks: Mapping[int, Mark], one: "Placed", day: datetime) -> Settled:
    """This function will join the marks of one answer: that of a re-mark, else the mean of two that are near enough, else the third's."""
    if AGAIN in marks:
        return Settled(marks[AGAIN].points)
    if FIRST not in marks:
        return Settled(None, FIRST)
    if SECOND not in marks:
        return Settled(None, SECOND)
    if THIRD in marks:
        return Settled(marks[THIRD].points)
    first, second = marks[FIRST].points, marks[SECOND].points
    if marks_agree(first, second, one.points, day.date()).outcome is not Outcome.MET:
        return Settled(None, THIRD)
    return Settled((first + second) / 2)


def blind_name(script: Script) -> str:
    """This function will name a script so that its marker does not learn whose it is."""
    return hashlib.sha256(f"{script.seed}|{script.number}".encode()).hexdigest()[:6].upper()
