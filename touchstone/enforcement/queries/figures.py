"""案件数字: which cases are unfinished or past their day, how many were decided in a month, and how was discretion used?"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Count, F, Q, QuerySet, Value, When
from django.db.models import Case as Choice
from django.utils.timezone import localtime, make_aware

from touchstone.enforcement.models import Case, CaseSet
from touchstone.enforcement.states import STANDS, State
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.clocks import DECIDED_WITHIN, EXTENDED_BY
from touchstone.policy.supervision.ladder import Measure

UNDECIDED = [State.OPENED.value, State.NOTIFIED.value, State.PROPOSED.value]
UNFINISHED = [State.FOUND.value, *UNDECIDED, State.DECIDED.value, State.SERVED.value]
_HEAVY = [Measure.SUSPEND.value, Measure.TERMINATE.value]


def unfinished(found: CaseSet) -> CaseSet:
    """This function will keep the cases that wait for somebody."""
    return found.filter(state__in=UNFINISHED)


def past_their_day(found: CaseSet, at: datetime) -> CaseSet:
    """This function will keep the opened cases that were to be decided by now, those whose time was made longer with it."""
    day = localtime(at).date()
    first = _opened_before(day, DECIDED_WITHIN.on(day).value)
    longer = _opened_before(day, DECIDED_WITHIN.on(day).value + EXTENDED_BY.on(day).value)
    return found.filter(state__in=UNDECIDED).filter(Q(extended=False, opened_at__lt=first) | Q(opened_at__lt=longer))


def _opened_before(day: date, days: int) -> datetime:
    return make_aware(datetime.combine(day - timedelta(days=days), datetime.min.time()))


def decided_by_district(since: datetime, until: datetime) -> dict[str, int]:
    """This function will count the decisions of that time by the district whose office took them, empty for the city; one taken back later counts."""
    rows = Case.objects.filter(decided_at__gte=since, decided_at__lt=until)
    return dict(rows.order_by().values_list("office__district").annotate(many=Count("pk")))


def decisions_of_districts(since: datetime, until: datetime) -> QuerySet[Any]:
    """This function will give the cases on which districts decided in that time and which stand: `lenient` where neither suspended nor ended."""
    rows = Case.objects.filter(office__kind=OfficeKind.DISTRICT_BUREAU, state__in=STANDS, decided_at__gte=since, decided_at__lt=until)
    heavy = When(decision__overlap=_HEAVY, then=Value(False))
    return rows.annotate(
        place=F("office__district"), case_number=F("number"), about=F("party_name"), decided=F("decided_at"),
        lenient=Choice(heavy, default=Value(True), output_field=BooleanField()),
    )  # fmt: skip
