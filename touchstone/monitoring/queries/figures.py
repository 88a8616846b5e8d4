"""预警数字: how many alerts were raised and decided in a month, and how was discretion used in deciding on them?"""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, F, Max, Min, QuerySet, Value, When

from touchstone.ledger.queries import lines_between
from touchstone.monitoring.models import Alert, Concerned
from touchstone.monitoring.states import State
from touchstone.policy.monitoring.handling import district_in_charge
from touchstone.policy.roles import OfficeKind

DECIDED = {"alert.upheld", "alert.dismissed"}


def raised_by_district(since: datetime, until: datetime) -> dict[str, int]:
    """This function will count the cases raised in that time by the district they are about; empty for those across districts."""
    raised = Alert.objects.filter(raised_at__gte=since, raised_at__lt=until)
    concerned = Concerned.objects.filter(alert__in=raised.values("pk")).order_by().values_list("alert")
    found, told = dict[str, int](), 0
    for _, first, last in concerned.annotate(first=Min("district"), last=Max("district")):
        place, told = district_in_charge({first, last}), told + 1
        found[place] = found.get(place, 0) + 1
    if nobodys := raised.count() - told:
        found[""] = found.get("", 0) + nobodys
    return found


def decided_by_district(since: datetime, until: datetime) -> dict[str, int]:
    """This function will count the decisions on cases in that time by the district whose office took them; empty for the city.
    They are read from the ledger: what is taken up again later was decided all the same."""
    found: dict[str, int] = {}
    for line in lines_between(DECIDED, since, until):
        place = line.office.district if line.office is not None and line.office.kind == OfficeKind.DISTRICT_BUREAU else ""
        found[place] = found.get(place, 0) + 1
    return found


def verdicts_of_districts(since: datetime, until: datetime) -> QuerySet[Any]:
    """This function will give the cases that districts decided in that time: `lenient` where found not true."""
    decided = {"decided_at__gte": since, "decided_at__lt": until, "state__in": (State.UPHELD, State.DISMISSED)}
    rows = Alert.objects.filter(owner__kind=OfficeKind.DISTRICT_BUREAU, **decided)
    return rows.annotate(
        place=F("owner__district"), case_number=F("number"), about=F("title"), decided=F("decided_at"),
        lenient=Case(When(state=State.DISMISSED, then=Value(True)), default=Value(False), output_field=BooleanField()),
    )  # fmt: skip
