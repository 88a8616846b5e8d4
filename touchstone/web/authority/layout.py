"""统筹布局页: which bodies are filed for which occupation in which district, and is that enough for what is wanted there?"""

from typing import Any

from django.http import HttpResponseBase
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.calls.permissions import why_not_enter_demand
from touchstone.exams.operations.exports import record_export
from touchstone.filings.queries.layout import Grouping, Layout, LayoutRow, Narrowing, layout
from touchstone.kernel.rules import Outcome
from touchstone.policy.calls.layout import PEOPLE_A_BODY
from touchstone.policy.districts import DISTRICTS, district_name
from touchstone.web.authority.layout_query import LayoutForm, query_of, read, rows_url
from touchstone.web.doors import Request, authority_door
from touchstone.web.levels import levels_label
from touchstone.web.reckoned import reckoned_page
from touchstone.web.tables import Column, Empty, NumberColumn, Table
from touchstone.web.templatetags.look import counted

HIDDEN = {
    Grouping.OCCUPATION: ("district", "occupations"),
    Grouping.DISTRICT: ("code", "name", "levels", "finding"),
    Grouping.BOTH: ("occupations",),
}
VERDICTS = {Outcome.MET: ("相称", "ok"), Outcome.UNMET: ("不足", "danger"), Outcome.UNPROVEN: ("待填报", "neutral")}
SHOWN_ON_CHART = 12


class LayoutTable(Table):
    """Groups of the layout; every number leads to its rows."""

    code = Column("职业编码", attrs={"td": {"class": "ts-nowrap"}})
    name = Column("职业")
    district = Column("考核点所在区", attrs={"td": {"class": "ts-nowrap"}})
    bodies = NumberColumn("机构（家）")
    venues = NumberColumn("考核点（处）")
    occupations = NumberColumn("职业（个）")
    levels = Column("等级", orderable=False, attrs={"td": {"class": "ts-nowrap"}})
    lines = NumberColumn("备案范围（行）")
    demand = NumberColumn("年需求（人次）", empty_values=())
    lacking = NumberColumn("还缺（家）")
    finding = Column("与需求对照", orderable=False)
    folded = ("lines",)

    def _to_rows(self, of: str, value: int, record: LayoutRow) -> SafeString | str:
        if not value:
            return "0"
        district = record.district if self.grouping is not Grouping.OCCUPATION else None
        return format_html('<a href="{}">{}</a>', rows_url(self.request, of, record.code, district), counted(value))

    @property
    def grouping(self) -> Grouping:
        return read(self.request)[2]

    def render_district(self, value: str) -> str:
        return district_name(value)

    def value_district(self, value: str) -> str:
        return district_name(value)

    def render_levels(self, value: tuple[int, ...]) -> str:
        return levels_label(value) if value else "—"

    def value_levels(self, value: tuple[int, ...]) -> str:
        return levels_label(value) if value else ""

    def render_bodies(self, value: int, record: LayoutRow) -> SafeString | str:
        return self._to_rows("bodies", value, record)

    def render_venues(self, value: int, record: LayoutRow) -> SafeString | str:
        return self._to_rows("venues", value, record)

    def render_lines(self, value: int, record: LayoutRow) -> SafeString | str:
        return self._to_rows("lines", value, record)

    def render_demand(self, value: int | None, record: LayoutRow) -> SafeString | str:
        if value is None:
            return "—"
        place = record.district or self.request.actor.district or None
        query = query_of(self.request, occupation=record.code or None, district=place, level="", kind="", day="")
        return format_html('<a href="{}?{}">{}</a>', reverse("authority:demand"), query, counted(value))

    def value_bodies(self, value: int) -> int:
        return value

    def value_venues(self, value: int) -> int:
        return value

    def value_lines(self, value: int) -> int:
        return value

    def value_demand(self, value: int | None) -> int | str:
        return "" if value is None else value

    def render_finding(self, record: LayoutRow) -> SafeString:
        found = record.finding
        if found is None:
            return SafeString("")
        label, tone = VERDICTS[found.outcome]
        return format_html('<span class="ts-state ts-tone-{}">{}</span> {}', tone, label, found.reason)

    def value_finding(self, record: LayoutRow) -> str:
        return record.finding.reason if record.finding else ""


@authority_door
def layout_page(request: Request) -> HttpResponseBase:
    """This page will lay out bodies, occupations and districts against demand, on the office's ground; the export is put on record."""
    form, asked, grouping = read(request)
    found = layout(request.actor, asked, grouping)

    def on_record(kind: str, count: int) -> None:
        record_export(case=request.actor.office_name[:64], what="统筹布局", kind=kind, count=count, by=request.actor, at=request.now)

    totals = {
        "机构": f"{counted(found.totals['bodies'])}家",
        "考核点": f"{counted(found.totals['venues'])}处",
        "年需求": f"{counted(found.totals['demand'])}人次",
        "还缺": f"{counted(found.totals['lacking'])}家",
    }
    return reckoned_page(
        request,
        rows=found.rows,
        table=LayoutTable,
        title=f"统筹布局（{grouping.label}）",
        template="authority/layout.html",
        unit="行",
        empty=Empty("还没有可以对照的备案和需求", "有机构备案或者填报需求数以后，会出现在这里。"),
        totals=totals,
        hidden=HIDDEN[grouping],
        exported=on_record,
        extra=_around(request, form, asked, grouping, found),
    )


def _around(request: Request, form: LayoutForm, asked: Narrowing, grouping: Grouping, found: Layout) -> dict[str, Any]:
    tabs = [
        {"label": one.label, "url": f"?{query_of(request, by=one.value)}", "active": one is grouping}
        for one in Grouping
        if not (request.actor.district and one is not Grouping.OCCUPATION)
    ]
    used = form.is_bound and any(form.cleaned_data.get(name) for name in ("occupation", "level", "district", "kind"))
    return {
        "form": form,
        "tabs": tabs,
        "day": asked.day,
        "is_today": asked.day == request.today,
        "narrowed": used,
        "ground": _ground(request),
        "ability": PEOPLE_A_BODY.on(asked.day).value,
        "ability_clause": PEOPLE_A_BODY.on(asked.day).clause,
        "enter_why_not": why_not_enter_demand(request.actor),
        "chart": _map(request, asked) if not request.actor.district else None,
        "lacking_chart": _lacking(request, found.rows, grouping),
        "outlines": static("shanghai_districts.geojson"),
    }


def _ground(request: Request) -> str:
    """What the numbers cover, in words."""
    actor = request.actor
    place = f"考核点在{DISTRICTS[actor.district]}的" if actor.district else "全市的"
    return f"{place}有效备案" if not actor.industry else f"{place}有效备案，限本领域的职业和本领域机构备案的职业"


def _map(request: Request, asked: Narrowing) -> dict[str, Any]:
    """The districts, the darker the more bodies; a district leads to the layout in it."""
    rows = layout(request.actor, asked, Grouping.DISTRICT).rows
    data = [
        {"name": DISTRICTS[row.district], "value": row.bodies, "url": f"?{query_of(request, district=row.district, by='occupation')}"}
        for row in rows
        if row.district in DISTRICTS
    ]
    most = max((row.bodies for row in rows), default=0)
    return {
        "option": {
            "tooltip": {"trigger": "item", "formatter": "{b}：{c}家"},
            "visualMap": {
                "min": 0, "max": max(most, 1), "left": 0, "bottom": 0, "text": ["多", "少"], "inRange": {"color": ["#dbe7f6", "#1f4e9e"]},
            },
            "series": [
                {"type": "map", "map": "shanghai", "data": data, "label": {"show": False}, "select": {"disabled": True}, "nameProperty": "name"}
            ],
        },
        "rows": sorted((row for row in rows if row.district), key=lambda row: (-row.bodies, row.district)),
        "summary": "、".join(f"{district_name(row.district)}{row.bodies}家" for row in sorted(rows, key=lambda row: -row.bodies)[:3]),
    }  # fmt: skip


def _lacking(request: Request, rows: list[LayoutRow], grouping: Grouping) -> dict[str, Any] | None:
    """Where most bodies are lacking; none where nothing is."""
    worst = sorted((row for row in rows if row.lacking), key=lambda row: (-row.lacking, row.code, row.district))[:SHOWN_ON_CHART]
    if not worst:
        return None
    names = [_named(row, grouping) for row in worst]
    option = {
        "grid": {"left": 8, "right": 32, "top": 32, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0, "data": ["现有机构", "还缺机构"]},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {"type": "category", "inverse": True, "data": names, "axisLabel": {"width": 130, "overflow": "truncate"}},
        "series": [
            {"name": "现有机构", "type": "bar", "stack": "all", "barMaxWidth": 22, "data": [row.bodies for row in worst]},
            {"name": "还缺机构", "type": "bar", "stack": "all", "barMaxWidth": 22, "data": [row.lacking for row in worst]},
        ],
    }
    return {"option": option, "rows": list(zip(names, worst, strict=True)), "summary": f"缺口最大：{names[0]}，还缺{worst[0].lacking}家"}


def _named(row: LayoutRow, grouping: Grouping) -> str:
    if grouping is Grouping.DISTRICT:
        return district_name(row.district)
    return f"{row.name}（{district_name(row.district)}）" if grouping is Grouping.BOTH else row.name
