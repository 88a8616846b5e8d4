"""有效备案: what may which body evaluate on a day?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from touchstone.filings.facts import places_of
from touchstone.filings.models import Filing, ScopeItem, Suspension
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, Outcome, unmet
from touchstone.policy.documents import notice
from touchstone.policy.filing.terms import filing_in_force
from touchstone.policy.filing.use import site_code_assigned

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

_ALL = ("filing__root", "filing__body__office", "occupation", "trade", "standard", "venue")


def _stands(day: date, until: str, filing: str) -> Q:
    """Not yet over on `day`; what was asked to be renewed in time and is undecided stands on past its end (choice 4); what ended earlier does not."""
    own = Q(**{f"{filing}renewal_pending": True, f"{until}__gte": F(f"{filing}until")})
    if not filing:  # a filing itself; only lines belong to what changes one
        return Q(until__isnull=True) | Q(until__gt=day) | own
    change = Q(**{f"{filing}root__renewal_pending": True, f"{until}__gte": F(f"{filing}root__until")})
    return Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": day}) | own | change


def _covers(day: date) -> Q:
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def _suspended(day: date) -> Q:
    whole = Suspension.objects.filter(_covers(day), item__isnull=True).filter(
        Q(filing=OuterRef("filing_id")) | Q(filing=OuterRef("filing__root_id"))
    )
    line = Suspension.objects.filter(_covers(day), item=OuterRef("pk"))
    return Q(Exists(whole)) | Q(Exists(line))


def scope_in_force(day: date, body: "Body | None" = None) -> QuerySet[ScopeItem]:
    """This function will give every line of scope in force on `day` and not suspended (of one body, when named), by occupation and level."""
    found = ScopeItem.objects.filter(_stands(day, "until", "filing__"), since__lte=day).exclude(_suspended(day))
    if body is not None:
        found = found.filter(filing__body=body)
    return found.select_related(*_ALL).order_by("occupation__code", "trade__name", "-level", "id")


@dataclass(frozen=True)
class LineOnDay:
    """A line of scope as it stood on a day: from when to when it is in force (a renewal asked for in time and undecided keeps it), and suspended or
    not."""

    item: ScopeItem
    days: Period
    suspended: bool


def lines_on(wanted: Iterable[tuple[int, date]]) -> dict[tuple[int, date], LineOnDay]:
    """This function will say how lines of scope (by key) stood, each on a day of its own; two queries for all."""
    pairs = set(wanted)
    items = {one.pk: one for one in ScopeItem.objects.filter(pk__in={key for key, _ in pairs}).select_related("filing__root", "occupation", "trade")}
    return {(key, day): line for (key, day), line in zip(pairs, _stood([(items[key], day) for key, day in pairs]), strict=True)}


def lines_ever(body: "Body", day: date, occupation_codes: Iterable[str]) -> list[LineOnDay]:
    """This function will give every line a body ever had in force for some occupations, as it stood on `day`; two queries."""
    found = ScopeItem.objects.filter(filing__body=body, since__isnull=False, occupation__code__in=list(occupation_codes))
    return _stood([(one, day) for one in found.select_related("filing__root", "occupation", "trade").order_by("since", "id")])


def _stood(pairs: list[tuple[ScopeItem, date]]) -> list[LineOnDay]:
    roots = {item.filing.root_id or item.filing_id for item, _ in pairs}
    held = list(Suspension.objects.filter(filing__in=roots))
    return [LineOnDay(item, _days_of(item), any(_keeps(one, item, day) for one in held)) for item, day in pairs]


def _days_of(item: ScopeItem) -> Period:
    root = item.filing.root or item.filing
    ended_before = item.until is not None and root.until is not None and item.until < root.until
    until = None if root.renewal_pending and not ended_before else item.until
    return Period(item.since or date.max, until)


def _keeps(one: Suspension, item: ScopeItem, day: date) -> bool:
    """Whether a suspension keeps a line from being used on a day."""
    concerns = one.filing_id == (item.filing.root_id or item.filing_id) and one.item_id in (None, item.pk)
    return concerns and day in Period(one.since, one.until)


def places_unfiled(filing: Filing, day: date) -> set[tuple[str, str]]:
    """This function will give what an application asks for, as (occupation code, trade), and its body has not in force otherwise on `day`."""
    filed = scope_in_force(day, filing.body).values_list("occupation__code", "trade__name")
    return places_of(filing) - {(code, trade or "") for code, trade in filed}


def lines_of(root: Filing, day: date) -> list[ScopeItem]:
    """This function will give the lines of a filing and of its amendments that stand on `day`, suspended or not, in order."""
    family = ScopeItem.objects.filter(Q(filing=root) | Q(filing__root=root), since__lte=day).filter(_stands(day, "until", "filing__"))
    return list(family.select_related(*_ALL).order_by("occupation__code", "trade__name", "-level", "venue__name", "id"))


def open_suspensions(root: Filing) -> QuerySet[Suspension]:
    """This function will give the suspensions of a filing and of its lines that nobody has ended, oldest first."""
    found = Suspension.objects.filter(filing=root, restored_at__isnull=True)
    return found.select_related("item__occupation", "item__trade", "item__venue", "item__standard").order_by("since", "id")


def scope_of(filing: Filing) -> QuerySet[ScopeItem]:
    """This function will give a filing's whole scope, in force or not."""
    return filing.scope.select_related("occupation", "trade", "standard", "venue").order_by("occupation__code", "trade__name", "-level", "id")


def scope_item(item_id: int) -> ScopeItem:
    """This function will give one line of scope. :raises ScopeItem.DoesNotExist:"""
    return ScopeItem.objects.select_related(*_ALL).get(pk=item_id)


def filings_in_force(day: date, body: "Body | None" = None) -> QuerySet[Filing]:
    """This function will give the filings in force on `day` (of one body, when named)."""
    found = Filing.objects.filter(_stands(day, "until", ""), in_force_from__lte=day, root__isnull=True).select_related("body__office")
    return (found.filter(body=body) if body is not None else found).order_by("number")


def may_plan(scope_item: ScopeItem, day: date) -> Finding:
    """This function will find whether an evaluation may be planned on a line of scope for `day`: filed, in force, with a site code."""
    filing = scope_item.filing
    root = filing.root or filing
    if scope_item.since is None:
        return unmet(f"备案申请{filing.number}当前为“{filing.state_label}”，尚未备案，不能安排评价", notice("三(一)"))
    suspended = Suspension.objects.filter(Q(item__isnull=True) | Q(item=scope_item), _covers(day), filing=root).exists()
    ended_before = scope_item.until is not None and root.until is not None and scope_item.until < root.until
    until = None if root.renewal_pending and not ended_before else scope_item.until
    found = filing_in_force(Period(scope_item.since, until), suspended, day)
    coded = site_code_assigned(filing.body.site_code, day)
    return next((f for f in (found, coded) if f.outcome is not Outcome.MET), found)


def suspension_on(scope_item: ScopeItem, day: date) -> Suspension | None:
    """This function will give the suspension that keeps a line of scope from being used on `day`, the earliest begun, if any."""
    root = scope_item.filing.root_id or scope_item.filing_id
    found = Suspension.objects.filter(Q(item__isnull=True) | Q(item=scope_item), _covers(day), filing=root)
    return found.order_by("since", "id").first()


def scope_compared() -> QuerySet[ScopeItem, Any]:
    """This function will give every line of scope that ever came into force, as a comparison of data reads it; what was asked to be renewed in time
    and is undecided has no end yet (choice 4)."""
    own = Q(filing__renewal_pending=True, until__gte=F("filing__until")) | Q(filing__root__renewal_pending=True, until__gte=F("filing__root__until"))
    ends = Case(When(own, then=None), default=F("until"))
    found = ScopeItem.objects.filter(since__isnull=False).order_by("pk")
    return found.values("pk", "level", "since", body=F("filing__body__number"), occupation_code=F("occupation__code"), ends=ends)


def suspensions_compared() -> QuerySet[Suspension, Any]:
    """This function will give every time a whole filing might not be used."""
    return Suspension.objects.filter(item__isnull=True).order_by("pk").values("pk", "since", "until", body=F("filing__body__number"))
