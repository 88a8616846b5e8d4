"""证书计数: how many certificates are there, by plan, body, month, level and occupation?"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from touchstone.certificates.models import Certificate, CertificateSet
from touchstone.certificates.queries.finding import of_plan

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


def count_of_plan(plan_number: str) -> dict[str, int]:
    """This function will count a plan's certificates, all and revoked."""
    return of_plan(plan_number).order_by().aggregate(all=Count("pk"), revoked=Count("pk", filter=Q(state=Certificate.State.REVOKED)))


def count_valid_of(body: "Body") -> int:
    """This function will count the valid certificates for which a body answers."""
    return Certificate.objects.filter(body=body, state=Certificate.State.VALID).count()


def issued_by_bodies(bodies: Iterable[int], since: date, until: date) -> dict[int, int]:
    """This function will count, for each of some bodies (by key), the valid certificates issued after `since` and up to `until`."""
    found = Certificate.objects.national().filter(body_id__in=list(bodies), issued_on__gt=since, issued_on__lte=until, state=Certificate.State.VALID)
    return dict(found.order_by().values_list("body_id").annotate(many=Count("pk")))


def counts_by_month(found: CertificateSet) -> dict[date, int]:
    """This function will count the valid certificates among `found` by the first day of the month in which they were issued."""
    valid = found.national().filter(state=Certificate.State.VALID).order_by()
    return dict(valid.annotate(month=TruncMonth("issued_on")).values_list("month").annotate(count=Count("pk")))


def counts_by_level(found: CertificateSet) -> list[tuple[str, int]]:
    """This function will count the valid certificates among `found` by level, from level 5 up."""
    valid = found.national().filter(state=Certificate.State.VALID).order_by()
    return list(valid.values_list("level").annotate(count=Count("pk")).order_by("-level"))


def counts_by_occupation(found: CertificateSet) -> list[tuple[str, str, int]]:
    """This function will count the valid certificates among `found` by code and name of the occupation, most first."""
    valid = found.national().filter(state=Certificate.State.VALID).order_by()
    return list(valid.values_list("occupation_code", "occupation_name").annotate(count=Count("pk")).order_by("-count", "occupation_code"))
