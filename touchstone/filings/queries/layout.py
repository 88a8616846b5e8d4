"""统筹布局: how many bodies are filed for which occupation in which district on a day, and how many people are wanted there?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Q, QuerySet

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import kind_on
from touchstone.calls.queries import DemandSet, latest_demand
from touchstone.filings.models import ScopeItem
from touchstone.filings.queries.scope import scope_in_force
from touchstone.kernel.numbers import half_width, name_key
from touchstone.kernel.rules import Finding
from touchstone.policy.calls.layout import PlaceFacts, bodies_lacking, bodies_meet_demand
from touchstone.policy.roles import OfficeKind

_CODE, _DISTRICT = "occupation__code", "venue__district"


class Grouping(StrEnum):
    """By what the layout is laid out."""

    OCCUPATION = "occupation"
    DISTRICT = "district"
    BOTH = "both"

    @property
    def label(self) -> str:
        return {"occupation": "按职业", "district": "按区", "both": "按职业和区"}[self.value]


@dataclass(frozen=True)
class Narrowing:
    """What somebody asks of the layout: a day, and what it is narrowed to (empty: not at all)."""

    day: date
    text: str = ""
    level: int | None = None
    district: str | None = None
    kind: str = ""


@dataclass(frozen=True)
class LayoutRow:
    """An occupation, a district, or an occupation in a district: what is filed there and what is wanted.

    `demand` None: nobody has said. `lacking` is how many bodies more would be needed, by `finding` (none for a whole district).
    """

    code: str
    name: str
    district: str
    bodies: int = 0
    venues: int = 0
    lines: int = 0
    occupations: int = 0
    levels: tuple[int, ...] = ()
    demand: int | None = None
    lacking: int = 0
    finding: Finding | None = None


@dataclass
class Layout:
    """The rows asked for, and what they come to in all."""

    rows: list[LayoutRow]
    totals: dict[str, int] = field(default_factory=dict)


def layout_lines(actor: Actor, asked: Narrowing) -> QuerySet[ScopeItem]:
    """This function will give the lines of scope in force that a layout counts: at venues on a district's ground; of an authority's field,
    which is every occupation of the field and every one its bodies are filed for."""
    found = scope_in_force(asked.day)
    if actor.office_kind is OfficeKind.INDUSTRY_AUTHORITY:
        own = scope_in_force(asked.day).filter(filing__body__industry=actor.industry).order_by().values(_CODE)
        found = found.filter(Q(occupation__industry=actor.industry) | Q(occupation__code__in=own))
    district = actor.district or asked.district
    if district is not None:
        found = found.filter(venue__district=district)
    if asked.text:
        found = found.filter(_named(asked.text))
    if asked.level is not None:
        found = found.filter(level=asked.level)
    if asked.kind:
        found = found.annotate(kind_then=kind_on(asked.day, "filing__body")).filter(kind_then=asked.kind)
    return found


def layout_demand(actor: Actor, asked: Narrowing) -> DemandSet:
    """This function will give the demand figures that a layout is held against; they know neither level nor kind of body."""
    found = latest_demand(asked.day)
    if actor.office_kind is OfficeKind.INDUSTRY_AUTHORITY:
        own = scope_in_force(asked.day).filter(filing__body__industry=actor.industry).order_by().values(_CODE)
        found = found.filter(Q(occupation__industry=actor.industry) | Q(occupation__code__in=own))
    district = actor.district or asked.district
    if district is not None:
        found = found.filter(district=district or "-")  # a place outside the city has no figure; the empty one is the city's
    return found.filter(_named(asked.text)) if asked.text else found


def layout(actor: Actor, asked: Narrowing, grouping: Grouping) -> Layout:
    """This function will lay out what is filed against what is wanted, counted by the database; five queries, whatever the size."""
    lines, here = layout_lines(actor, asked), actor.district or asked.district
    wanted = [_Wanted(*row) for row in layout_demand(actor, asked).values_list(_CODE, "occupation__name", "district", "people")]
    pairs = _counted(lines, (_CODE, _DISTRICT))
    names = {one.code: one.name for one in wanted} | {code: str(row["name"]) for (code, _), row in pairs.items()}
    by_pair = _rows(pairs, {(one.code, one.district): one.people for one in wanted if one.district}, names, asked.day)
    if grouping is Grouping.BOTH:
        rows = by_pair
    elif grouping is Grouping.OCCUPATION:
        rows = _rows(_counted(lines, (_CODE,)), _of_the_city(wanted, whole=here is None), names, asked.day)
    else:
        rows = _districts(_counted(lines, (_DISTRICT,)), by_pair)
    totals = lines.order_by().aggregate(bodies=Count("filing__body", distinct=True), venues=Count("venue", distinct=True), lines=Count("pk"))
    return Layout(rows, totals | {"demand": sum(row.demand or 0 for row in rows), "lacking": sum(row.lacking for row in rows)})


@dataclass(frozen=True)
class _Wanted:
    code: str
    name: str
    district: str
    people: int


def _named(text: str) -> Q:
    plain = half_width(text).strip()
    return Q(occupation__name_key__contains=name_key(plain)) | Q(occupation__code__startswith=plain)


def _counted(lines: QuerySet[ScopeItem], by: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, object]]:
    """Count lines by some of their facts, in the database."""
    found = lines.order_by().values(*by).annotate(
        name=Max("occupation__name"),
        bodies=Count("filing__body", distinct=True),
        venues=Count("venue", distinct=True),
        occupations=Count(_CODE, distinct=True),
        levels=ArrayAgg("level", distinct=True),
        lines=Count("pk"),
    )
    return {tuple(row[key] for key in by): row for row in found}


def _of_the_city(wanted: Iterable[_Wanted], *, whole: bool) -> dict[tuple[str, ...], int]:
    """The demand by occupation: the city's own figure where there is one, else the sum of the districts'; of one district, that one's."""
    summed: dict[tuple[str, ...], int] = defaultdict(int)
    city: dict[tuple[str, ...], int] = {}
    for one in wanted:
        if one.district:
            summed[one.code,] += one.people
        elif whole:
            city[one.code,] = one.people
    return summed | city


def _rows(
    counted: dict[tuple[str, ...], dict[str, object]], wanted: dict[tuple[str, ...], int], names: dict[str, str], day: date
) -> list[LayoutRow]:
    return [_row(key, counted.get(key, {}), wanted.get(key), names, day) for key in sorted({*counted, *wanted})]


def _row(key: tuple[str, ...], row: dict[str, object], demand: int | None, names: dict[str, str], day: date) -> LayoutRow:
    place = PlaceFacts(int(str(row.get("bodies", 0))), demand)
    return LayoutRow(
        code=key[0],
        name=names.get(key[0], ""),
        district=key[1] if len(key) > 1 else "",
        bodies=place.bodies,
        venues=int(str(row.get("venues", 0))),
        lines=int(str(row.get("lines", 0))),
        occupations=1,
        levels=_levels(row),
        demand=demand,
        lacking=bodies_lacking(place, day),
        finding=bodies_meet_demand(place, day),
    )


def _districts(counted: dict[tuple[str, ...], dict[str, object]], by_pair: Iterable[LayoutRow]) -> list[LayoutRow]:
    demand: dict[str, int] = {}
    lacking: dict[str, int] = defaultdict(int)
    for pair in by_pair:
        lacking[pair.district] += pair.lacking
        if pair.demand is not None:
            demand[pair.district] = demand.get(pair.district, 0) + pair.demand
    found = []
    for code in sorted({*(key[0] for key in counted), *demand}):
        row = counted.get((code,), {})
        bodies, venues, lines, occupations = (int(str(row.get(name, 0))) for name in ("bodies", "venues", "lines", "occupations"))
        found.append(LayoutRow("", "", code, bodies, venues, lines, occupations, _levels(row), demand.get(code), lacking[code]))
    return found


def _levels(row: dict[str, object]) -> tuple[int, ...]:
    levels = row.get("levels")
    return tuple(levels) if isinstance(levels, list) else ()
