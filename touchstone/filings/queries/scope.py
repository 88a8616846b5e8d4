"""有效备案: what may which body evaluate on a day?"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from touchstone.filings.models import Filing, ScopeItem
from touchstone.filings.states import State
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, Outcome, unmet
from touchstone.policy.documents import notice
from touchstone.policy.filing.terms import filing_in_force
from touchstone.policy.filing.use import site_code_assigned

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

_ALL = ("filing__body__office", "occupation", "trade", "standard", "venue")


def scope_in_force(day: date, body: "Body | None" = None) -> QuerySet[ScopeItem]:
    """This function will give every line of scope in force on `day` (of one body, when named), by occupation and level."""
    found = ScopeItem.objects.filter(Q(until__isnull=True) | Q(until__gt=day), filing__state=State.ACCEPTED, since__lte=day)
    if body is not None:
        found = found.filter(filing__body=body)
    return found.select_related(*_ALL).order_by("occupation__code", "trade__name", "-level", "id")


def scope_of(filing: Filing) -> QuerySet[ScopeItem]:
    """This function will give a filing's whole scope, in force or not."""
    return filing.scope.select_related("occupation", "trade", "standard", "venue").order_by("occupation__code", "trade__name", "-level", "id")


def scope_item(item_id: int) -> ScopeItem:
    """This function will give one line of scope. :raises ScopeItem.DoesNotExist:"""
    return ScopeItem.objects.select_related(*_ALL).get(pk=item_id)


def filings_in_force(day: date, body: "Body | None" = None) -> QuerySet[Filing]:
    """This function will give the filings in force on `day` (of one body, when named)."""
    found = Filing.objects.filter(state=State.ACCEPTED, in_force_from__lte=day, until__gt=day).select_related("body__office")
    return (found.filter(body=body) if body is not None else found).order_by("number")


def may_plan(scope_item: ScopeItem, day: date) -> Finding:
    """This function will find whether an evaluation may be planned on a line of scope for `day`: filed, in force, with a site code."""
    filing = scope_item.filing
    if filing.state != State.ACCEPTED or scope_item.since is None:
        return unmet(f"备案申请{filing.number}当前为“{filing.state_label}”，尚未备案，不能安排评价", notice("三(一)1"))
    found = filing_in_force(Period(scope_item.since, scope_item.until), False, day)
    coded = site_code_assigned(filing.body.site_code, day)
    return next((f for f in (found, coded) if f.outcome is not Outcome.MET), found)
