"""统筹布局的明细: which bodies, venues and lines of scope stand behind a number of the layout?"""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponseBase
from django.urls import reverse

from touchstone.bodies.queries import bodies, kind_on, venues
from touchstone.exams.operations.exports import record_export
from touchstone.filings.queries.layout import Narrowing, layout_lines
from touchstone.policy.districts import district_name
from touchstone.policy.roles import BodyKind
from touchstone.web.authority.layout_query import query_of, read
from touchstone.web.doors import Request, authority_door
from touchstone.web.levels import level_label
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.filings.models import ScopeItem


def _to_body(body: "Body", on_ground: bool) -> str:
    """The office's own page of a body on its ground, the public one of any other."""
    return reverse("authority:body" if on_ground else "public:register_body", args=[body.number])


class LineTable(Table):
    """Lines of scope."""

    body = Column("机构", accessor="filing__body__name", linkify=lambda record: _to_body(record.filing.body, record.on_ground))
    kind_then = Column("机构类别")
    code = Column("职业编码", accessor="occupation__code", attrs={"td": {"class": "ts-nowrap"}})
    occupation = Column("职业（工种）", accessor="occupation__name")
    level = Column("等级", attrs={"td": {"class": "ts-nowrap"}})
    venue = Column("考核点", accessor="venue__name")
    district = Column("所在区", accessor="venue__district", empty_values=(), attrs={"td": {"class": "ts-nowrap"}})
    filing = Column("备案编号", accessor="filing__number", attrs={"td": {"class": "ts-nowrap"}})
    since = DayColumn("自")
    until = DayColumn("至（不含）")
    folded = ("filing", "kind_then")

    def render_occupation(self, record: "ScopeItem") -> str:
        return str(record)

    def value_occupation(self, record: "ScopeItem") -> str:
        return str(record)

    def render_kind_then(self, value: str) -> str:
        return BodyKind(value).label

    def render_level(self, value: int) -> str:
        return level_label(value)

    def render_district(self, value: str) -> str:
        return district_name(value)


class BodyTable(Table):
    """Bodies."""

    name = Column("机构名称", linkify=lambda record: _to_body(record, record.on_ground), order_by="name_key")
    number = Column("机构编号", attrs={"td": {"class": "ts-nowrap"}})
    kind_then = Column("机构类别")
    district = Column("注册地", attrs={"td": {"class": "ts-nowrap"}})
    lines = NumberColumn("备案范围（行）")

    def render_kind_then(self, value: str) -> str:
        return BodyKind(value).label

    def render_district(self, value: str) -> str:
        return district_name(value)


class VenueTable(Table):
    """Venues."""

    name = Column("考核点")
    body = Column("机构", accessor="body__name", linkify=lambda record: _to_body(record.body, record.on_ground))
    district = Column("所在区", empty_values=(), attrs={"td": {"class": "ts-nowrap"}})
    address = Column("地址")
    lines = NumberColumn("备案范围（行）")

    def render_district(self, value: str) -> str:
        return district_name(value)


TABLES: dict[str, tuple[type[Table], str, str]] = {
    "bodies": (BodyTable, "机构", "家"),
    "venues": (VenueTable, "考核点", "处"),
    "lines": (LineTable, "备案范围", "行"),
}


@authority_door
def layout_rows(request: Request, of: str) -> HttpResponseBase:
    """This page will list what stands behind a number of the layout. :raises Http404: for another kind of rows."""
    if of not in TABLES:
        raise Http404
    _, asked, _ = read(request)
    table, title, unit = TABLES[of]

    def on_record(kind: str, count: int) -> None:
        record_export(case=request.actor.office_name[:64], what=f"统筹布局·{title}", kind=kind, count=count, by=request.actor, at=request.now)

    address = {key: f"{reverse('authority:layout_rows', args=[key])}?{query_of(request)}" for key in TABLES}
    tabs = [{"label": name, "url": address[key], "active": key == of} for key, (_, name, _) in TABLES.items()]
    return list_page(
        request,
        queryset=_rows(request, of, asked),
        table=table,
        title=f"统筹布局·{title}",
        unit=unit,
        template="authority/layout_rows.html",
        empty=Empty("没有符合条件的记录", "当日没有机构备案所查的职业、等级或区。", "返回统筹布局", reverse("authority:layout")),
        exported=on_record,
        extra={
            "tabs": tabs,
            "said": _said(request, asked),
            "crumbs": [{"label": "统筹布局", "url": f"{reverse('authority:layout')}?{query_of(request)}"}, {"label": title}],
        },
    )


def _rows(request: Request, of: str, asked: Narrowing) -> QuerySet[Any]:
    lines = layout_lines(request.actor, asked)
    seen = bodies(request.actor)
    if of == "lines":
        return lines.annotate(kind_then=kind_on(asked.day, "filing__body"), on_ground=Exists(seen.filter(pk=OuterRef("filing__body"))))
    if of == "bodies":
        found = bodies().filter(pk__in=lines.order_by().values("filing__body"))
        return found.annotate(
            lines=_how_many(lines, "filing__body"), kind_then=kind_on(asked.day), on_ground=Exists(seen.filter(pk=OuterRef("pk")))
        )
    found_venues = venues().filter(pk__in=lines.order_by().values("venue"))
    return found_venues.annotate(lines=_how_many(lines, "venue"), on_ground=Exists(seen.filter(pk=OuterRef("body"))))


def _how_many(lines: "QuerySet[ScopeItem]", of: str) -> Subquery:
    """How many of the lines each row of the list has."""
    return Subquery(lines.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(many=Count("pk")).values("many"))


def _said(request: Request, asked: Narrowing) -> list[str]:
    found = [f"{asked.day.year}年{asked.day.month}月{asked.day.day}日"]
    found += [f"职业 {asked.text}"] if asked.text else []
    found += [level_label(asked.level)] if asked.level else []
    place = request.actor.district or asked.district
    found += [f"考核点在{district_name(place)}"] if place is not None and (place or asked.district is not None) else []
    return found + ([BodyKind(asked.kind).label] if asked.kind else [])
