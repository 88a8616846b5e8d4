"""相近案例的事实: which decisions were made about acts like these, the nearest first?"""

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch

from touchstone.enforcement.facts.procedure import day_of
from touchstone.enforcement.models import Case, CaseAct
from touchstone.enforcement.states import STANDS
from touchstone.policy.supervision.acts import Tier
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.precedents import Precedent, nearest

_READ = 500
"""The latest decisions that share an act: older ones are no nearer."""


def nearest_to(acts: Collection[str], tier: Tier, day: date, but: str = "") -> tuple[Precedent, ...]:
    """This function will give the decided cases most like this one, as many as are shown."""
    alike = CaseAct.objects.filter(act__in=list(acts)).order_by().values("case")
    rows = Case.objects.filter(pk__in=alike, state__in=[one.value for one in STANDS], decided_at__isnull=False).exclude(number=but)
    rows = rows.prefetch_related(Prefetch("acts", CaseAct.objects.order_by("id"))).order_by("-decided_at")[:_READ]
    return nearest(acts, tier, [precedent_of(one) for one in rows], day)


def precedent_of(case: Case) -> Precedent:
    """This function will give a decided case as others are compared with it."""
    decided_on = day_of(case.decided_at)
    assert decided_on is not None
    acts = frozenset(one.act for one in case.acts.all())
    return Precedent(case.number, acts, Tier(case.tier), frozenset(Measure(one) for one in case.decision), decided_on)
