"""公示: what do the offices and bodies on my ground put before the public, and was anything objected?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.notices.queries import notices_on_ground, objections_to
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, authority_door
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.notices.models import PublicNotice



class NoticeTable(Table):
    """Notices with their objections."""

    title = Column("公示")
    number = Column("编号")
    office = Column("公示单位", accessor="office__name")
    opened_on = DayColumn("开始")
    working_days = NumberColumn("工作日")
    objected = NumberColumn("异议")
    unanswered = NumberColumn("未答复")
    outcome = Column("状态", empty_values=())

    def render_title(self, value: str, record: "PublicNotice") -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("authority:notice", args=[record.number]), value)

    def value_title(self, value: str) -> str:
        return value

    def render_outcome(self, value: str) -> SafeString:
        tone = "info" if not value else "warn" if value == "中止" else "neutral"
        return format_html('<span class="ts-state ts-tone-{}">{}</span>', tone, value or "公示中")

    def value_outcome(self, value: str) -> str:
        return value or "公示中"


class NoticeFilter(django_filters.FilterSet):
    """Narrowing the list of notices."""

    title = django_filters.CharFilter(label="标题", lookup_expr="icontains")
    office = django_filters.CharFilter(label="公示单位", field_name="office__name", lookup_expr="icontains")
    opened = DayRangeFilter(label="开始日", field_name="opened_on")
    standing = django_filters.ChoiceFilter(label="状态", choices=[("open", "公示中"), ("closed", "已结束")], method="standing_so")
    objections = django_filters.ChoiceFilter(label="异议", choices=[("any", "有异议"), ("open", "有未答复的")], method="objected_so")

    def standing_so(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(closed_at__isnull=value == "open")

    def objected_so(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(**{"objected__gt" if value == "any" else "unanswered__gt": 0})


@authority_door
def notices(request: Request) -> HttpResponseBase:
    """This page will list the public notices on the actor's ground."""
    empty = Empty("还没有公示", "本辖区的备案公示和成绩公示会出现在这里。")
    found = notices_on_ground(request.actor)
    return list_page(request, queryset=found, table=NoticeTable, filterset=NoticeFilter, title="公示", unit="件", empty=empty)


@authority_door
def notice(request: Request, number: str) -> HttpResponseBase:
    """This page will show a notice on the actor's ground with its objections and answers. :raises Http404: for others."""
    found = notices_on_ground(request.actor).filter(number=number).first()
    if found is None:
        raise Http404
    context = {
        "notice": found,
        "objections": objections_to(number),
        "case_url": case_url(found.case, request.actor),
        "crumbs": [{"label": "公示", "url": reverse("authority:notices")}, {"label": number, "url": ""}],
    }
    return render(request, "authority/notice.html", context)
