"""双随机数字: which draws are under way, how many visits were drawn and held in a month, and how was discretion used in what they came to?"""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When

from touchstone.inspections.models import DrawSet, Task
from touchstone.inspections.states import DrawState, TaskState
from touchstone.policy.inspections import VisitOutcome
from touchstone.policy.roles import OfficeKind

UNDER_WAY = [one.value for one in DrawState if one not in {DrawState.REVEALED, DrawState.VOIDED}]
_NOTHING = (VisitOutcome.CLEAN, VisitOutcome.NOT_HELD)


def under_way(found: DrawSet) -> DrawSet:
    """This function will keep the draws that are neither told to their end nor void."""
    return found.filter(state__in=UNDER_WAY)


def drawn_by_district(since: datetime, until: datetime) -> dict[str, int]:
    """This function will count the visits drawn in that time by the district whose office drew them, empty for the city; what was made void later
    counts with them."""
    rows = Task.objects.filter(draw__drawn_at__gte=since, draw__drawn_at__lt=until)
    return dict(rows.order_by().values_list("draw__plan__office__district").annotate(many=Count("pk")))


def visited_by_district(since: datetime, until: datetime) -> dict[str, tuple[int, int]]:
    """This function will count the visits whose result was made public in that time, and those at which something was found."""
    rows = Task.objects.filter(state=TaskState.CONFIRMED, confirmed_at__gte=since, confirmed_at__lt=until).order_by()
    counted = rows.values_list("draw__plan__office__district").annotate(many=Count("pk"), found=Count("pk", filter=~Q(outcome__in=_NOTHING)))
    return {place: (many, found) for place, many, found in counted}


def outcomes_of_districts(since: datetime, until: datetime) -> QuerySet[Any]:
    """This function will give the visits of districts whose result was made public in that time: `lenient` where nothing was found. Those that could
    not be held say nothing."""
    rows = Task.objects.filter(state=TaskState.CONFIRMED, confirmed_at__gte=since, confirmed_at__lt=until)
    rows = rows.filter(draw__plan__office__kind=OfficeKind.DISTRICT_BUREAU).exclude(outcome=VisitOutcome.NOT_HELD)
    return rows.annotate(
        place=F("draw__plan__office__district"), case_number=F("draw__number"), about=F("body__name"), decided=F("confirmed_at"),
        lenient=Case(When(outcome=VisitOutcome.CLEAN, then=Value(True)), default=Value(False), output_field=BooleanField()),
    )  # fmt: skip
