"""问题回溯列表与新建: which tracings are there, how far is each; and from which bad thing is the next begun, or asked for?"""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies.queries import body as body_named
from touchstone.bodies.queries import named, own_body
from touchstone.exams.operations.exports import record_export
from touchstone.inspections.operations.tracing import ask_tracing, begin_tracing
from touchstone.inspections.permissions import records as records_permissions
from touchstone.inspections.permissions import tracing as tracing_permissions
from touchstone.inspections.queries import tracing as queries
from touchstone.inspections.states.tracing import TracingState
from touchstone.kernel.law import Refusal
from touchstone.policy.supervision.records import TRACED_WITHIN, Source
from touchstone.web.doors import Request, either_door, own_side, side
from touchstone.web.filters import DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.oversight.tabs import HEADING, crumbs, tabs
from touchstone.web.oversight.tracing_words import NAMED_BY, SOURCES, TRACING_STATES
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, StateColumn, Table, list_page


class TracingTable(Table):
    """Tracings."""

    number = Column("回溯", attrs={"td": {"class": "ts-nowrap"}})
    body = Column("评价机构", accessor="body__name", order_by=("body_id", "-pk"))
    source = Column("起点", accessor="get_source_display", order_by="source")
    reference = Column("起点编号")
    told = Column("起点说明", orderable=False)
    office = Column("要求单位", accessor="office__name", default="机构自查", orderable=False)
    begun_at = DayColumn("提出日期")
    due_on = DayColumn("完成期限", default="—")
    noted = NumberColumn("已查范围", orderable=False)
    held = NumberColumn("追究", orderable=False)
    state = StateColumn(TRACING_STATES, "状态")
    finished_at = DayColumn("完成日期", default="—")
    folded = ("told", "finished_at")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "tracing", value), value)

    def value_number(self, value: str) -> str:
        return value


class TracingFilter(django_filters.FilterSet):
    """Narrowing the tracings."""

    number = django_filters.CharFilter(label="回溯编号", lookup_expr="startswith")
    body = django_filters.CharFilter(label="评价机构", method="about")
    source = django_filters.ChoiceFilter(label="起点", choices=SOURCES)
    reference = django_filters.CharFilter(label="起点编号", lookup_expr="startswith")
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in TracingState])
    late = django_filters.ChoiceFilter(label="逾期", choices=[("yes", "逾期")], method="that_is_late")
    begun = DayRangeFilter(label="提出日期", field_name="begun_at", newest_first=True)

    def about(self, found: Any, name: str, value: str) -> Any:
        return found.filter(named(value))

    def that_is_late(self, found: Any, name: str, value: str) -> Any:
        return found.filter(overdue_at__isnull=False)


def _may_begin(request: Request) -> bool:
    if side(request) != "body":
        return records_permissions.can_call(request.actor)
    try:
        tracing_permissions.check_may_begin(request.actor, own_body(request.actor))
    except Refusal:
        return False
    return True


@either_door
def tracings(request: Request) -> HttpResponseBase:
    """This page will list the tracings the actor may see."""

    def exported(kind: str, count: int) -> None:
        record_export(case="tracings", what="问题回溯", kind=kind, count=count, by=request.actor, at=request.now)

    of_body, may = side(request) == "body", _may_begin(request)
    label = "开始回溯" if of_body else "要求回溯"
    new = own_side(request, "tracing_new") if may else ""
    sentence = "发现一本有问题的证书、一道试题、一名考评人员或者一段监控缺口，从这里查清它还影响了什么。"
    return list_page(
        request,
        queryset=queries.tracings(request.actor),
        table=TracingTable,
        filterset=TracingFilter,
        title=HEADING[side(request)],
        unit="次回溯",
        template="oversight/list.html",
        empty=Empty("还没有问题回溯", sentence, *((label, new) if may else ())),
        exported=exported,
        extra={
            "tabs": tabs(request, "tracings"),
            "subtitle": "从一个问题查到它影响的全部，逐项写明结果，追究责任",
            "new_url": new,
            "new_label": label,
        },
    )


class TracingForm(Form):
    """From what a tracing goes back."""

    body = forms.CharField(label="机构编号", max_length=24)
    source = forms.ChoiceField(label="起点", choices=[("", "请选择"), *SOURCES])
    reference = forms.CharField(
        label="编号", max_length=48, help_text="；".join(f"{source.label}填{named}" for source, named in NAMED_BY.items()) + "。"
    )
    reason = forms.CharField(label="发现的问题", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, of_body: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_body:
            del self.fields["body"]


@either_door
def tracing_new(request: Request) -> HttpResponseBase:
    """This page will begin a tracing of the own body, or have an office ask a body for one. :raises NotAllowed: for those who may do neither."""
    of_body = side(request) == "body"
    if of_body:
        tracing_permissions.check_may_begin(request.actor, own_body(request.actor))
    else:
        records_permissions.check_may_call(request.actor)
    first = {name: request.GET.get(name, "") for name in ("body", "source", "reference")}
    form = TracingForm(request.POST if request.method == "POST" else None, of_body=of_body, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        source, reference, reason = Source(given["source"]), given["reference"], given["reason"]
        with told_in(form):
            if of_body:
                body = own_body(request.actor)
                made = begin_tracing(body=body, source=source, reference=reference, reason=reason, by=request.actor, at=request.now)
                messages.success(request, "已列出它影响的全部，请逐项写明回溯结果。")
            else:
                made = ask_tracing(
                    body=_named(given["body"]), source=source, reference=reference, reason=reason, by=request.actor, at=request.now
                )
                messages.success(request, f"已要求机构回溯，期限{made.due_on:%Y年%-m月%-d日}。")
            return redirect(own_side(request, "tracing", made.number))
    days = TRACED_WITHIN.on(request.today).value
    context = {
        "form": form,
        "title": "开始问题回溯" if of_body else "要求问题回溯",
        "button": "开始回溯" if of_body else "要求回溯",
        "hint": "平台按起点列出影响到的全部。" if of_body else f"机构在{days}个工作日内完成并写明结果。",
        "crumbs": crumbs(request, "问题回溯", "tracings", "新的回溯"),
        "back_url": own_side(request, "tracings"),
    }
    return render(request, "body/entry_new.html", context)


def _named(number: str) -> Any:
    try:
        return body_named(number.strip().upper())
    except ObjectDoesNotExist:
        raise Refusal("没有这个编号的评价机构。", None, "请核对机构编号。") from None
