"""机构等级查询: which grade has a body on a day, why, and until when (none, where it expired), and did it fail year after year?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from touchstone.bodies.models import Body, BodyGrade, FailedYears, StaffMember, Venue
from touchstone.policy.supervision.grade import Grade


@dataclass
class Equipped:
    """How many venues a body has, and how many people of each duty (in words)."""

    venues: int = 0
    staff: dict[str, int] = field(default_factory=dict)


def grade_of(body: Body, day: date) -> Grade:
    """This function will give a body's grade on `day`; Grade.NONE where it has none, or its grade has expired."""
    row = grade_row(body, day)
    return Grade(row.grade) if row is not None else Grade.NONE


def grade_row(body: Body, day: date) -> BodyGrade | None:
    """This function will give the row of a body's grade on `day`, with its reasons; None where it has none."""
    return _on(day).filter(body=body).first()


def grades_of(bodies: Iterable[int], day: date) -> dict[int, Grade]:
    """This function will give, by key of the body, the grades of some bodies on `day`, in one query; who has none is not in it."""
    rows = _on(day).filter(body__in=list(bodies)).values_list("body", "grade")
    return {body: Grade(grade) for body, grade in reversed(list(rows))}


def grade_on(day: date, path: str = "pk") -> Coalesce:
    """This function will give, in a query, a body's grade on `day`; `path` leads from the row to the body."""
    return Coalesce(Subquery(_on(day).filter(body=OuterRef(path)).values("grade")[:1]), Value(Grade.NONE.value))


def grade_history(body: Body) -> QuerySet[BodyGrade]:
    """This function will give every grade a body had, the latest first."""
    return body.grades.order_by("-since", "-id")


def failed_years(number: str) -> FailedYears | None:
    """This function will give that a body failed year after year, by the number of the last assessment; None where it did not."""
    return FailedYears.objects.select_related("body", "office").filter(number=number).first()


def graded_bodies(day: date) -> QuerySet[BodyGrade]:
    """This function will give the grades in force on `day`, one for each body, the best first."""
    # looked up once a body: asked of every grade there ever was, it would be answered as often
    latest = _on(day).filter(body=OuterRef("pk")).values("pk")[:1]
    standing = Body.objects.order_by().values_list(Subquery(latest), flat=True)
    return BodyGrade.objects.filter(pk__in=standing).select_related("body").order_by("grade", "body__number")


def grades_ending(first: date, last: date) -> QuerySet[BodyGrade]:
    """This function will give the grades that expire from `first` to `last`, the soonest first."""
    return BodyGrade.objects.filter(until__gte=first, until__lte=last, body__gone_on__isnull=True).select_related("body").order_by("until", "pk")


def equipped(bodies: Iterable[int], day: date) -> dict[int, Equipped]:
    """This function will give, by key of the body, how many venues and people of each duty it has on `day`; two queries."""
    keys = list(bodies)
    now = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    found = {key: Equipped() for key in keys}
    for key, many in Venue.objects.filter(now, body__in=keys).order_by().values_list("body").annotate(many=Count("pk")):
        found[key].venues = many
    people = StaffMember.objects.filter(now, body__in=keys).order_by().values_list("body", "duty")
    for key, duty, many in people.annotate(many=Count("person", distinct=True)):
        found[key].staff[StaffMember.Duty(duty).label] = many
    return found


def _on(day: date) -> QuerySet[BodyGrade]:
    return BodyGrade.objects.filter(since__lte=day, until__gt=day).order_by("-since", "-id")
