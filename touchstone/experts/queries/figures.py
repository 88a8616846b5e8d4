"""队伍数据: what do the records say of a year's work of a member, and of the city's?

Everything is counted from assignments, signing-in, refusals and marks as they stand; what no record tells (agreement with co-assessors, spread,
complaints) is not here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import Avg, Count, DateTimeField, DurationField, ExpressionWrapper, F, Func, Q, QuerySet, Value
from django.utils import timezone

from touchstone.accounts.actor import Actor
from touchstone.experts.models import Appraisal, Assignment, Member, SittingMark, Standing, YearRun
from touchstone.experts.states import AssignmentState
from touchstone.policy.experts.appraisal import LATE_AFTER, Year

CAME = (AssignmentState.SIGNED_IN, AssignmentState.REPORTED)
NOT_SENT = (AssignmentState.CANCELLED, AssignmentState.REPLACED)


@dataclass(frozen=True)
class City:
    """What the whole corps comes to in a year: shares from 0 to 1 (None: nothing known), the mean mark, and how many were sent."""

    members: int
    sent: int
    came: float | None
    late: float | None
    refused: float | None
    mark: float | None


def _year_of(year: int) -> Q:
    since, until = (timezone.make_aware(datetime(one, 1, 1)) for one in (year, year + 1))  # noqa: DTZ001 - made aware here
    return Q(starts_at__gte=since, starts_at__lt=until)


def _sent(year: int) -> "QuerySet[Assignment]":
    starts = Func(F("period"), function="lower", output_field=DateTimeField())
    return Assignment.objects.annotate(starts_at=starts).filter(_year_of(year)).exclude(state__in=NOT_SENT)


def _counts(day: date) -> dict[str, Count]:
    grace = timedelta(minutes=LATE_AFTER.on(day).value)
    latest = ExpressionWrapper(F("starts_at") - Value(grace, output_field=DurationField()), output_field=DateTimeField())
    refused = Q(state=AssignmentState.REFUSED) & (Q(refusal_accepted__isnull=True) | Q(refusal_accepted=False))
    return {
        "sent": Count("pk"),
        "came": Count("pk", filter=Q(state__in=CAME)),
        "late": Count("pk", filter=Q(state__in=CAME, signed_in_at__gt=latest)),
        "absent": Count("pk", filter=Q(state=AssignmentState.ABSENT)),
        "refused": Count("pk", filter=refused),
    }


def years_of(year: int, day: date) -> dict[int, Year]:
    """This function will give the year's work of every member who was sent anywhere, by key, in a handful of queries."""
    grouped = cast("Iterable[dict[str, int]]", _sent(year).order_by().values("member").annotate(**_counts(day)))
    counted = {row["member"]: row for row in grouped}
    marks, warned = _adjusted_marks(year), _warnings(year)
    return {
        key: Year(
            sent=row["sent"],
            came=row["came"],
            late=row["late"],
            absent=row["absent"],
            refused=row["refused"],
            mark=marks.get(key),
            warnings=warned.get(key, 0),
        )
        for key, row in counted.items()
    }


def _warnings(year: int) -> dict[int, int]:
    rows = Standing.objects.filter(measure=Standing.Measure.WARNING, lifted_on__isnull=True, since__year=year)
    return dict(rows.order_by().values_list("qualification__member").annotate(Count("pk")))


def _marks(year: int) -> "QuerySet[SittingMark]":
    starts = Func(F("assignment__period"), function="lower", output_field=DateTimeField())
    return SittingMark.objects.annotate(starts_at=starts).filter(_year_of(year))


def _adjusted_marks(year: int) -> dict[int, float]:
    """The mean mark of each member as it would be had all judged the same levels: how far each is, at every level, from the city's mean there."""
    by_level = dict(_marks(year).order_by().values_list("assignment__request__level").annotate(Avg("total")))
    whole = _marks(year).aggregate(mean=Avg("total"))["mean"]
    found: dict[int, list[tuple[float, int]]] = {}
    grouped = _marks(year).order_by().values_list("assignment__member", "assignment__request__level").annotate(mean=Avg("total"), count=Count("pk"))
    for key, level, mean, count in grouped:
        found.setdefault(key, []).append((float(mean) - float(by_level[level]), count))
    return {key: round(float(whole) + sum(off * n for off, n in parts) / sum(n for _, n in parts), 1) for key, parts in found.items()}


def city_of(years: Mapping[int, Year]) -> City:
    """This function will draw the city's figures together from everybody's."""
    sent, came = sum(one.sent for one in years.values()), sum(one.came for one in years.values())
    expected = came + sum(one.absent for one in years.values())
    marks = [one.mark for one in years.values() if one.mark is not None]
    return City(
        members=len(years),
        sent=sent,
        came=came / expected if expected else None,
        late=sum(one.late for one in years.values()) / came if came else None,
        refused=sum(one.refused for one in years.values()) / sent if sent else None,
        mark=round(sum(marks) / len(marks), 1) if marks else None,
    )


def appraisals_of(member: Member) -> "QuerySet[Appraisal]":
    """This function will give a member's yearly appraisals, the latest first."""
    return Appraisal.objects.filter(member=member).select_related("decided_by__person").order_by("-year")


def appraisals(members: "QuerySet[Member]", year: int) -> "QuerySet[Appraisal]":
    """This function will give the appraisals of a year of these members, by number."""
    return Appraisal.objects.filter(member__in=members, year=year).select_related("member__person", "member__body").order_by("member__number")


def last_run(actor: Actor, year: int) -> YearRun | None:
    """This function will give the latest drawing up of a year by the actor's office; None where there was none."""
    return YearRun.objects.filter(year=year, office=actor.office_id or None).order_by("-id").first()


def runs_left(before: datetime) -> list[str]:
    """This function will give the numbers of the drawings up that were asked for before a moment and are not finished."""
    return list(YearRun.objects.filter(finished_at=None, asked_at__lt=before).order_by("id").values_list("number", flat=True))


def refusals_within_a_year(member: Member, day: date) -> int:
    """This function will count the assignments a member refused without good reason in the twelve months before a day."""
    rows = Assignment.objects.filter(member=member, state=AssignmentState.REFUSED, answered_at__date__gt=day - timedelta(days=365))
    return rows.exclude(refusal_accepted=True).count()


def failed_years(member: Member) -> int:
    """This function will count the years a member failed."""
    return Appraisal.objects.filter(member=member, grade="failed").count()
