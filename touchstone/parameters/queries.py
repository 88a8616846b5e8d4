"""参数查询: which value is in force on a day, the office's or our default?"""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar
from touchstone.parameters.models import CalendarYear, ParameterVersion
from touchstone.policy.documents import NOTICE_2024

T = TypeVar("T")


def in_force(dated: Dated[T], day: date) -> Value[T]:
    """This function will give the value of a keyed `Dated` on `day`: the office's approved version when it is the later one."""
    default = dated.on(day)
    if not dated.changeable:
        return default
    version = (
        ParameterVersion.objects.filter(key=dated.key, approved=True, since__lte=day, since__gte=default.since)
        .order_by("-since")
        .first()
    )
    if version is None:
        return default
    label = f"四(三) 参数“{dated.meaning}” {version.document}".strip()
    return Value(version.since, version.value, NOTICE_2024.clause(label))


def versions(key: str) -> QuerySet[ParameterVersion]:
    """This function will give every version ever proposed for a parameter, newest first."""
    return ParameterVersion.objects.filter(key=key).select_related("proposed_by__person", "answered_by__person").order_by("-since", "-id")


def awaiting_approval() -> QuerySet[ParameterVersion]:
    """This function will give the proposals nobody has answered yet."""
    return ParameterVersion.objects.filter(answered_at__isnull=True).select_related("proposed_by__person").order_by("id")


def counts() -> dict[str, Any]:
    """This function will count approved and waiting versions."""
    return {
        "approved": ParameterVersion.objects.filter(approved=True).count(),
        "waiting": ParameterVersion.objects.filter(answered_at__isnull=True).count(),
    }


def calendar() -> Calendar:
    """This function will give the installation's working days: the package's years and the notices loaded since."""
    years = list(CalendarYear.objects.all())
    return Calendar(
        frozenset(day for year in years for day in year.off),
        frozenset(day for year in years for day in year.worked),
        frozenset(year.year for year in years),
    )


def due(within: Dated[int], at: datetime) -> date:
    """This function will give the last day for what may take `within` working days from `at` (as the door gives it, in Shanghai)."""
    return calendar().add_working_days(at.date(), in_force(within, at.date()).value)


def calendar_years() -> QuerySet[CalendarYear]:
    """This function will give the years whose notice was loaded, newest first."""
    return CalendarYear.objects.order_by("-year")
