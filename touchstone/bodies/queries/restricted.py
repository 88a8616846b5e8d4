"""机构限制查询: from what is a body kept away on a day, and by which case?"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from touchstone.bodies.models import BodyRestriction
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding
from touchstone.policy.supervision.restrictions import Barred, Restriction, body_not_restricted

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


def restrictions_of(body: "Body") -> QuerySet[BodyRestriction]:
    """This function will give everything a body was ever kept away from, the latest first."""
    return BodyRestriction.objects.filter(body=body).order_by("-since", "id")


def restrictions_by(case: str) -> QuerySet[BodyRestriction]:
    """This function will give what a case keeps its body away from, those lifted too."""
    return BodyRestriction.objects.filter(case=case).order_by("id")


def as_read(row: BodyRestriction) -> Restriction:
    """This function will give a restriction as the rules read it."""
    return Restriction(row.case, Barred(row.barred), Period(row.since, row.until), row.lifted_on)


def barred_from(body: "Body", barred: Barred, day: date) -> Finding:
    """This function will find whether no decided case keeps a body from this on `day`."""
    return body_not_restricted(barred, [as_read(one) for one in BodyRestriction.objects.filter(body=body, barred=barred)], day)


def restrictions_among(bodies: Iterable[int], barred: Barred) -> dict[int, list[Restriction]]:
    """This function will give, by key of the body, what keeps each of them from one thing: one read for many rows."""
    found: dict[int, list[Restriction]] = defaultdict(list)
    for one in BodyRestriction.objects.filter(body__in=list(bodies), barred=barred):
        found[one.body_id].append(as_read(one))
    return dict(found)
