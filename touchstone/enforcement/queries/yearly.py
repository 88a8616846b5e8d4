"""机构的案件记录: what was decided about bodies in a time, and what about one is still open? Assessment and grade ask this."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import localtime, make_aware

from touchstone.enforcement.models import Case, CaseMeasure
from touchstone.enforcement.states import OPEN, STANDS, MeasureState, State
from touchstone.policy.supervision.acts import Tier

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

_OWED = (MeasureState.DECIDED, MeasureState.RUNNING, MeasureState.REPORTED, MeasureState.FAILED)
_CORRECTED = ("at_once", "order", "rectify")


def decided_about(bodies: Iterable[int], since: date, until: date) -> dict[int, list[tuple[Tier, date]]]:
    """This function will give, by key of the body, tier and day of the decisions about some bodies from `since` to the day before `until` that stand:
    one taken back by an appeal counts no more."""
    moments = [make_aware(datetime.combine(day, time())) for day in (since, until)]
    rows = Case.objects.filter(body__in=list(bodies), state__in=STANDS, decided_at__gte=moments[0], decided_at__lt=moments[1])
    found: dict[int, list[tuple[Tier, date]]] = {}
    for body, tier, at in rows.order_by("decided_at", "pk").values_list("body_id", "tier", "decided_at"):
        assert body is not None and at is not None  # asked for by body and by day
        found.setdefault(body, []).append((Tier(tier), localtime(at).date()))
    return found


def open_about(body: "Body") -> tuple[int, int]:
    """This function will count the cases about a body that are not closed, and the corrections it still owes."""
    undecided = Case.objects.filter(body=body).filter(Q(state__in=OPEN) | Q(state__in=[State.DECIDED, State.SERVED])).count()
    owed = CaseMeasure.objects.filter(case__body=body, measure__in=_CORRECTED, state__in=_OWED).exclude(case__state=State.REVERSED).count()
    return undecided, owed
