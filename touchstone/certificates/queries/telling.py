"""证书对外提供: what do the national query and a comparison of data take from the register?"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import TruncMonth

from touchstone.certificates.models import Certificate
from touchstone.certificates.queries.finding import of_plan


def reportable(plan_number: str) -> QuerySet[Certificate]:
    """This function will give the valid certificates of a plan that the national query takes: none by a body's own standard, no posts."""
    return of_plan(plan_number).filter(scheme=Certificate.Scheme.NATIONAL, state=Certificate.State.VALID, level__regex="^[1-5]$")


def counts_reportable(plan_numbers: Iterable[str]) -> dict[str, int]:
    """This function will count `reportable` for several plans; one query."""
    found = Certificate.objects.national().filter(plan_number__in=list(plan_numbers), state=Certificate.State.VALID, level__regex="^[1-5]$")
    return dict(found.order_by().values_list("plan_number").annotate(many=Count("pk")))


def compared(since: date, until: date) -> QuerySet[Certificate, Any]:
    """This function will give the national certificates issued from `since` until `until` (exclusive) as a comparison of data reads them, by number;
    the holder's identity stays sealed."""
    found = Certificate.objects.national().filter(issued_on__gte=since, issued_on__lt=until).order_by("number")
    named = {"body": "body__number", "person": "holder__number", "id_sealed": "holder__id_sealed", "phone_sealed": "holder__phone_sealed"}
    return found.values(
        "number", "holder_name", "occupation_code", "occupation_name", "trade_name", "level", "issued_on", "theory", "practical", "panel",
        "plan_number", "candidate_number", "state", birthday=F("holder__birthday"), exam_on=KT("basis__exam_on"),
        **{f"of_{name}": F(path) for name, path in named.items()},
    )  # fmt: skip


def months_issued() -> list[date]:
    """This function will give the first day of every month in which a national certificate was issued, in order."""
    found = Certificate.objects.national().order_by().annotate(month=TruncMonth("issued_on"))
    return list(found.values_list("month", flat=True).distinct().order_by("month"))


def months_of_plans(plans: Iterable[str]) -> list[date]:
    """This function will give the first day of every month in which national certificates of some plans were issued."""
    found = Certificate.objects.national().filter(plan_number__in=list(plans)).order_by().annotate(month=TruncMonth("issued_on"))
    return sorted(set(found.values_list("month", flat=True).distinct()))
