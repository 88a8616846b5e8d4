"""远程监控列表: which sittings can be watched today, are their cameras alive, and which watchings were put down?"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import django_filters
from django.http import HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from touchstone.bodies.queries import named
from touchstone.exams.operations.exports import record_export
from touchstone.inspections.queries import cameras as queries
from touchstone.inspections.states.watching import WatchState
from touchstone.policy.inspections import VisitOutcome
from touchstone.web.authority.today import SittingFilter, SittingTable
from touchstone.web.doors import Request, authority_door, either_door, own_side, side
from touchstone.web.filters import DayRangeFilter
from touchstone.web.oversight.tabs import HEADING, tabs
from touchstone.web.oversight.watch_words import WATCH_STATES
from touchstone.web.oversight.watching import watching_url
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.inspections.models import Watch


class WatchedTable(SittingTable):
    """Sittings with their cameras."""

    connected = NumberColumn("摄像头")
    heard = NumberColumn("有信号")
    gaps = NumberColumn("中断")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', watching_url(value), value)


class WatchedFilter(SittingFilter):
    """Narrowing the sittings."""

    days = None
    cameras = django_filters.ChoiceFilter(
        label="摄像头", choices=[("gap", "有中断"), ("none", "没有接入"), ("some", "已接入")], method="with_cameras"
    )

    def with_cameras(self, found: Any, name: str, value: str) -> Any:
        if value == "gap":
            return found.filter(gaps__gt=0)
        return found.filter(connected=0) if value == "none" else found.filter(connected__gt=0)


@authority_door
def watch_today(request: Request) -> HttpResponseBase:
    """This page will list today's sittings on the actor's ground, and yesterday's, with their cameras."""
    day = localtime(request.now).date()

    def totals(rows: Any) -> dict[str, Any]:
        going_on = rows.filter(opened_at__isnull=False, closed_at__isnull=True)
        return {"进行中": f"{going_on.count()}场", "其中没有接入摄像头": f"{going_on.filter(connected=0).count()}场"}

    def exported(kind: str, count: int) -> None:
        record_export(case="watch-today", what="今日监控", kind=kind, count=count, by=request.actor, at=request.now)

    return list_page(
        request,
        queryset=queries.watched_rows(request.actor, day - timedelta(days=1), day, request.now),
        table=WatchedTable,
        filterset=WatchedFilter,
        title=HEADING["authority"],
        unit="场",
        template="oversight/list.html",
        empty=Empty("今天没有场次", "辖区内的评价机构今天有考试时，可以在这里远程监控。"),
        totals=totals,
        exported=exported,
        extra={"tabs": tabs(request, "today"), "subtitle": "从远处看一场考试：签到、考场情况、摄像头信号和画面；看到的情况随时记录"},
    )


class WatchTable(Table):
    """Watchings."""

    number = Column("监控", attrs={"td": {"class": "ts-nowrap"}})
    begun_at = MomentColumn("开始时间")
    body = Column("评价机构", accessor="body__name", order_by=("body_id", "-pk"))
    sitting = Column("场次", accessor="sitting__number", orderable=False)
    room = Column("考场", accessor="sitting__room__name", orderable=False)
    office = Column("监控单位", accessor="office__name", orderable=False)
    seen = NumberColumn("记录", orderable=False)
    outcome = Column("结论", accessor="get_outcome_display", orderable=False, default="—")
    state = StateColumn(WATCH_STATES, "状态")
    confirmed_at = DayColumn("确认日期", default="—")
    campaign = Column("专项督导", default="—")
    folded = ("campaign", "room")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "watch", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_outcome(self, value: Any, record: "Watch") -> str:
        return record.get_outcome_display() or "—"

    value_outcome = render_outcome


class WatchFilter(django_filters.FilterSet):
    """Narrowing the watchings."""

    number = django_filters.CharFilter(label="监控编号", lookup_expr="startswith")
    body = django_filters.CharFilter(label="评价机构", method="about")
    sitting = django_filters.CharFilter(label="场次", field_name="sitting__number", lookup_expr="startswith")
    office = django_filters.CharFilter(label="监控单位", field_name="office__name", lookup_expr="contains")
    outcome = django_filters.ChoiceFilter(label="结论", choices=[(one.value, one.label) for one in VisitOutcome])
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in WatchState])
    begun = DayRangeFilter(label="开始日期", field_name="begun_at", newest_first=True)

    def about(self, found: Any, name: str, value: str) -> Any:
        return found.filter(named(value))


@either_door
def watches(request: Request) -> HttpResponseBase:
    """This page will list the watchings the actor may see."""

    def exported(kind: str, count: int) -> None:
        record_export(case="watches", what="远程监控记录", kind=kind, count=count, by=request.actor, at=request.now)

    sentence = "监管部门对本机构的场次远程监控并确认结论以后，会出现在这里。" if side(request) == "body" else "在今日监控中打开一个场次，开始监控。"
    return list_page(
        request,
        queryset=queries.watches(request.actor),
        table=WatchTable,
        filterset=WatchFilter,
        title=HEADING[side(request)],
        unit="次监控",
        template="oversight/list.html",
        empty=Empty("还没有远程监控记录", sentence),
        exported=exported,
        extra={"tabs": tabs(request, "watches"), "subtitle": "一人填写结论，另一人确认；确认以后机构可以查看"},
    )
