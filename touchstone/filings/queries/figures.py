"""备案数字: how many filings wait how long, how many began and ended in a month, and how was discretion used in deciding on them?"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from touchstone.filings.models import Decision, Filing, FilingSet, SupplementRequest, Termination
from touchstone.filings.queries.cases import with_deadline
from touchstone.filings.queries.supervised import AT_HOME
from touchstone.filings.states import GRANTED
from touchstone.parameters.queries import calendar
from touchstone.policy.filing.purposes import Purpose

SOON = 2
"""How many working days before a deadline a filing stands out."""


class Left(StrEnum):
    """How much time is left until the next step of a filing is owed."""

    OVER = "over"
    SOON = "soon"
    LATER = "later"

    @property
    def label(self) -> str:
        return {"over": "已超期", "soon": "两天以内", "later": "两天以上"}[self.value]


def left_so(found: FilingSet, left: Left, day: date) -> FilingSet:
    """This function will keep the filings whose next step is owed so soon, seen from `day`."""
    edge = calendar().add_working_days(day, SOON)
    wanted = {
        Left.OVER: Q(due_on__lt=day),
        Left.SOON: Q(due_on__gte=day, due_on__lte=edge),
        Left.LATER: Q(due_on__gt=edge),
    }
    return with_deadline(found).filter(wanted[left])


def filed_by_district(since: date, until: date) -> dict[str, int]:
    """This function will count the filings that came into force from `since` until before `until`, by the district where the body is registered;
    what became of them since counts for nothing."""
    rows = Filing.objects.filter(purpose=Purpose.NEW, state__in=GRANTED, in_force_from__gte=since, in_force_from__lt=until)
    return dict(rows.order_by().values_list("body__district").annotate(many=Count("pk")))


def ended_by_district(since: date, until: date) -> dict[str, int]:
    """This function will count the whole filings that ended in those days, of whatever kind, an end undone later among them."""
    rows = Termination.objects.filter(whole=True, effective_on__gte=since, effective_on__lt=until)
    return dict(rows.order_by().values_list("filing__body__district").annotate(many=Count("pk")))


def decisions_of_districts(since: datetime, until: datetime) -> QuerySet[Any]:
    """This function will give the decisions that districts took on new filings and renewals made with them: `lenient` where accepted."""
    with_district = Filing.objects.filter(AT_HOME["filed"]).values("pk")
    rows = Decision.objects.filter(decided_at__gte=since, decided_at__lt=until, filing__in=with_district)
    return rows.annotate(
        place=F("filing__body__district"), case_number=F("filing__number"), about=F("filing__body__name"), decided=F("decided_at"),
        lenient=F("accepted"),
    )  # fmt: skip


def receipts_of_districts(since: datetime, until: datetime) -> QuerySet[Any]:
    """This function will give the filings made with districts that were decided in that time: `lenient` where nothing was sent back."""
    sent_back = SupplementRequest.objects.filter(filing=OuterRef("pk"))
    rows = Filing.objects.filter(AT_HOME["filed"], decided_at__gte=since, decided_at__lt=until, loaded_from="")
    return rows.annotate(
        place=F("body__district"), case_number=F("number"), about=F("body__name"), decided=F("decided_at"),
        lenient=Case(When(Exists(sent_back), then=Value(False)), default=Value(True), output_field=BooleanField()),
    )  # fmt: skip
