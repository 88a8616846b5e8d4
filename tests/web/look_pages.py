"""样页: the addresses of pages that show every component, for the browser tests of the look."""

from typing import Any

import django_filters
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from tests.web.drawing import template_of
from tests.web.test_look_forms import Application
from touchstone.accounts.models import Office
from touchstone.urls import urlpatterns as real
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import BatchAction, Column, Empty, StateColumn, Table, chosen_rows, list_page

saved: list[dict[str, Any]] = []
refusing: list[str] = []

PAGE = """{% extends "base_office.html" %}{% load static look %}{% block title %}样页{% endblock %}
{% block header %}<c-page-header title="样页" number="FA-1" state="审查中" tone="info" />{% endblock %}
{% block content %}<c-steps :steps="steps" /><c-tabs :items="tabs" />
<c-refusal sentence="备案已暂停。" clause="通知 三(四)2" next_step="完成整改。" />
<c-notice tone="warn">放假安排未公布。</c-notice>
<c-stats><c-stat label="待受理" value="12" unit="件" url="#x" /></c-stats>
<c-case-layout><c-slot name="nav"><c-section-nav :items="sections" /></c-slot>
<c-section-card id="a" title="一"><c-findings :findings="findings" /><c-deadline :days_left="2" /><c-deadline :days_left="-2" /></c-section-card>
<c-section-card id="b" title="二"><c-upload name="book" label="选择名册" hint="不超过 20 MB" /><c-copyable value="Y1" label="编号" />
<c-progress label="签发" :done="3" :total="9" /></c-section-card>
<c-slot name="rail"><c-rail-box><c-action label="受理" url="#" tone="primary" /><c-action label="准予" why_not="评估未结束。" />
<c-confirm id="end" title="终止备案？" sentence="终止后不能恢复。" action="/sample" button="确认终止" opener="终止备案" /></c-rail-box></c-slot>
<c-slot name="below"><c-section-card title="流转"><c-timeline :entries="entries" /></c-section-card></c-slot></c-case-layout>
<c-chart id="chart" :option="option" title="各区" summary="浦东最多"><p>表</p></c-chart>{% endblock %}
{% block extra_scripts %}<script src="{% static 'vendor/echarts.min.js' %}" defer></script>
<script src="{% static 'charts.js' %}" defer></script>{% endblock %}"""
FORM = """{% extends "base_office.html" %}{% load static %}{% block title %}表单{% endblock %}
{% block header %}<c-page-header title="填写" />{% endblock %}
{% block content %}<c-form :form="form" sections autosave="/sample/save" button="提交" />{% endblock %}
{% block extra_scripts %}<script src="{% static 'autosave.js' %}" defer></script>{% endblock %}"""
PUBLIC = """{% extends "base_public.html" %}{% block title %}查验{% endblock %}
{% block hero %}<div class="ts-hero"><h1>证书查验</h1><c-verify-box /></div>{% endblock %}
{% block content %}<c-empty title="没有公告" />{% endblock %}"""
SHOWN: dict[str, Any] = {
    "steps": [{"label": "提交", "state": "done"}, {"label": "评估", "state": "current"}, {"label": "决定"}],
    "tabs": [{"label": "待办", "url": "#", "active": True, "count": 3}, {"label": "已办", "url": "#"}],
    "sections": [{"id": "a", "label": "一", "state": "complete"}, {"id": "b", "label": "二", "state": "missing", "note": "缺图"}],
    "findings": [{"outcome": outcome, "reason": "理由。", "clause": "通知"} for outcome in ("met", "unmet", "unproven")],
    "entries": [{"what": "退回", "who": "周", "opinion": "请补交。", "tone": "warn"}],
    "option": {"xAxis": {"type": "category", "data": ["徐汇"]}, "yAxis": {}, "series": [{"type": "bar", "data": [3]}]},
}


def sample(request: HttpRequest) -> HttpResponse:
    return HttpResponse(template_of(PAGE).render(dict(SHOWN), request))


def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse(template_of(PUBLIC).render({}, request))


def form(request: HttpRequest) -> HttpResponse:
    filled = Application(request.POST) if request.method == "POST" else Application()
    return HttpResponse(template_of(FORM).render({"form": filled}, request))


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    if refusing:
        return JsonResponse({"message": refusing[0]}, status=409)
    saved.append(request.POST.dict())
    return JsonResponse({"saved_at": "14:03"})


class OfficeFilter(django_filters.FilterSet):
    """Query of the sample list."""

    name = django_filters.CharFilter(label="名称", lookup_expr="contains")
    kind = django_filters.ChoiceFilter(label="类别", choices=[("operator", "平台运行"), ("district_bureau", "区局")])
    since = DayRangeFilter(label="设立日期", field_name="since")


class OfficeTable(Table):
    """The sample list: offices."""

    folded = ("district",)
    name = Column(verbose_name="名称")
    kind = StateColumn({"operator": ("平台运行", "info")}, verbose_name="类别")
    district = Column(verbose_name="区")


def offices(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        chosen = chosen_rows(request, queryset=Office.objects.all(), filterset=OfficeFilter)
        return JsonResponse({"action": request.POST["action"], "names": sorted(chosen.values_list("name", flat=True))})
    return list_page(
        request,
        queryset=Office.objects.all(),
        table=OfficeTable,
        filterset=OfficeFilter,
        title="机构",
        unit="家",
        batch=[BatchAction("print", "批量打印")],
        empty=Empty("还没有机构", "请先登记。"),
        totals=lambda rows: {"合计": f"{rows.count()}家"},
        exported=lambda kind, count: saved.append({"kind": kind, "count": count}),
    )


urlpatterns = [
    path("sample", sample),
    path("sample/public", public),
    path("sample/form", form),
    path("sample/save", save),
    path("sample/offices", offices),
    *real,
]
