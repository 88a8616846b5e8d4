"""撤销数字: which cases are unfinished, how many certificates were revoked in a month, and how was discretion used in deciding on them?"""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Count, F, QuerySet, Value, When

from touchstone.policy.certificates.revocation import Verdict
from touchstone.policy.roles import OfficeKind
from touchstone.revocations.models import RevocationRow, RevocationSet
from touchstone.revocations.states import State

OVER = [State.CLOSED.value, State.WITHDRAWN.value]


def unfinished(found: RevocationSet) -> RevocationSet:
    """This function will keep the cases that wait for somebody."""
    return found.exclude(state__in=OVER)


def revoked_by_district(since: datetime, until: datetime) -> dict[str, int]:
    """This function will count the certificates revoked by decision in that time, by where the body is registered; one put back on appeal later
    counts with them, for a certificate takes its place then."""
    rows = RevocationRow.objects.filter(verdict=Verdict.REVOKE, executed_at__gte=since, executed_at__lt=until)
    return dict(rows.order_by().values_list("body__district").annotate(many=Count("pk")))


def verdicts_of_districts(since: datetime, until: datetime) -> QuerySet[Any]:
    """This function will give the certificates on which districts decided in that time: `lenient` where the certificate was kept."""
    rows = RevocationRow.objects.filter(case__office__kind=OfficeKind.DISTRICT_BUREAU, decided_at__gte=since, decided_at__lt=until)
    rows = rows.exclude(verdict="")
    return rows.annotate(
        place=F("case__office__district"), case_number=F("case__number"), about=F("certificate_number"), decided=F("decided_at"),
        lenient=Case(When(verdict=Verdict.KEEP, then=Value(True)), default=Value(False), output_field=BooleanField()),
    )  # fmt: skip
