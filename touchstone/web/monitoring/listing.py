"""预警清单: which hits are there, how heavy is each, whose is it, by when is it to be decided, and how far is it?"""

from typing import Any

import django_filters
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from touchstone.exams.operations.exports import record_export
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import AlreadyDone
from touchstone.monitoring import operations, queries
from touchstone.monitoring.states import UNDECIDED, State
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.monitoring.comparison import Severity
from touchstone.policy.roles import OfficeKind, Role
from touchstone.web.doors import Request, authority_door, either_door, own_side, side
from touchstone.web.filters import DayRangeFilter
from touchstone.web.monitoring.words import RULE_CHOICES, SEVERITIES, STATES
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, StateColumn, Table, chosen_rows, list_page

_STATES = [(one.value, one.label) for one in State]
AT_ONCE = 200
"""So many cases are worked on at once, each with an outcome of its own."""


class AlertTable(Table):
    """Cases of an office's ground."""

    number = Column("预警", attrs={"td": {"class": "ts-nowrap"}})
    title = Column("规则", order_by="rule")
    severity = StateColumn(SEVERITIES, "级别")
    bodies = Column("涉及机构", empty_values=(), orderable=False)
    state = StateColumn(STATES, "状态")
    due_on = DayColumn("认定期限")
    owner = Column("承办单位", accessor="owner__short_name", order_by="owner_id")
    handler = Column("经办人", accessor="handler__person__name", default="—", orderable=False)
    told = Column("说明", orderable=False)
    raised_at = DayColumn("预警日期", order_by="pk")
    folded = ("handler", "told", "raised_at")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "alert", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_bodies(self, record: Any) -> str:
        names = [one.body.name for one in record.concerned.all()]
        return "、".join(names[:3]) + (f"等{len(names)}家" if len(names) > 3 else "") or "—"

    def value_bodies(self, record: Any) -> str:
        return "、".join(one.body.name for one in record.concerned.all())


class AskedTable(Table):
    """What a body was asked."""

    number = Column("预警", accessor="alert__number", attrs={"td": {"class": "ts-nowrap"}})
    title = Column("规则", accessor="alert__title", order_by="alert__rule")
    severity = StateColumn(SEVERITIES, "级别", accessor="alert__severity")
    state = StateColumn(STATES, "状态", accessor="alert__state")
    asked_at = DayColumn("请说明日期")
    answer_due_on = DayColumn("说明期限")
    answered_at = DayColumn("说明日期", default="—")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "alert", value), value)

    def value_number(self, value: str) -> str:
        return value


class AlertFilter(django_filters.FilterSet):
    """Narrowing the cases."""

    number = django_filters.CharFilter(label="预警编号", lookup_expr="startswith")
    rule = django_filters.ChoiceFilter(label="规则", choices=RULE_CHOICES)
    severity = django_filters.ChoiceFilter(label="级别", choices=[(one.value, one.label) for one in Severity])
    state = django_filters.ChoiceFilter(label="状态", choices=[("undecided", "未办结"), *_STATES], method="of_state")
    body = django_filters.CharFilter(label="评价机构", method="of_body")
    district = django_filters.ChoiceFilter(label="监管区", choices=list(DISTRICTS.items()), method="of_district")
    row = django_filters.CharFilter(label="证书或计划编号", method="of_row")
    mine = django_filters.ChoiceFilter(label="承办", choices=[("office", "本单位承办"), ("me", "本人经办")], method="of_mine")
    due = DayRangeFilter(label="认定期限", field_name="due_on")
    raised = DayRangeFilter(label="预警日期", field_name="raised_at")

    def of_state(self, found: Any, name: str, value: str) -> Any:
        return found.filter(state__in=UNDECIDED) if value == "undecided" else found.filter(state=value)

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(pk__in=queries.concerning_bodies_named(value))

    def of_district(self, found: Any, name: str, value: str) -> Any:
        return found.filter(pk__in=queries.concerning_district(value))

    def of_row(self, found: Any, name: str, value: str) -> Any:
        return found.filter(pk__in=queries.resting_on(value.strip()))

    def of_mine(self, found: Any, name: str, value: str) -> Any:
        actor = self.request.actor
        return found.filter(owner_id=actor.office_id) if value == "office" else found.filter(handler_id=actor.user_id)


class AskedFilter(django_filters.FilterSet):
    """Narrowing what a body was asked."""

    number = django_filters.CharFilter(label="预警编号", field_name="alert__number", lookup_expr="startswith")
    rule = django_filters.ChoiceFilter(label="规则", field_name="alert__rule", choices=RULE_CHOICES)
    state = django_filters.ChoiceFilter(label="状态", field_name="alert__state", choices=_STATES)
    answered = django_filters.BooleanFilter(label="已作说明", field_name="answered_at", lookup_expr="isnull", exclude=True)


@either_door
def alerts(request: Request) -> HttpResponseBase:
    """This page will list the cases of the actor's ground; a body those it was asked about."""

    def exported(kind: str, count: int) -> None:
        record_export(case="alerts", what="预警", kind=kind, count=count, by=request.actor, at=request.now)

    if side(request) == "body":
        return list_page(
            request, queryset=queries.own_alerts(request.actor), table=AskedTable, filterset=AskedFilter, title="我的预警", unit="件",
            empty=Empty("没有请贵机构说明的预警", "数据比对命中并需要贵机构说明的，会出现在这里，同时有待办和消息。"), exported=exported,
        )
    may_handle = request.actor.has(Role.SUPERVISOR, Role.DIRECTOR) and request.actor.office_kind is not OfficeKind.INDUSTRY_AUTHORITY
    return list_page(
        request,
        queryset=queries.with_bodies(queries.alerts(request.actor)),
        table=AlertTable,
        filterset=AlertFilter,
        title="预警",
        unit="件",
        template="monitoring/alerts.html",
        empty=Empty("还没有预警", "数据比对命中的，会按监管分工出现在这里。", "看比对规则", own_side(request, "comparison_rules")),
        batch=[BatchAction("ask", "请机构说明", "primary"), BatchAction("dismiss", "认定不属实")] if may_handle else [],
        batch_url=own_side(request, "alerts_batch") if may_handle else "",
        exported=exported,
        extra={"counts": queries.counts(request.actor, request.today), "here": own_side(request, "alerts")},
    )


@require_POST
@authority_door
def alerts_batch(request: Request) -> HttpResponseBase:
    """This page will take the words for the chosen cases, and then ask about, or dismiss, each, with an outcome for every one."""
    act = request.POST.get("action", "")
    if act not in {"ask", "dismiss"}:
        return redirect("authority:alerts")
    rows = chosen_rows(request, queryset=queries.alerts(request.actor), filterset=AlertFilter)
    chosen = list(rows.filter(state__in=UNDECIDED).order_by("due_on", "pk")[: AT_ONCE + 1])
    if not chosen:
        messages.error(request, "所选预警都已办结，或者没有选择预警。请勾选未办结的预警。")
        return redirect("authority:alerts")
    words = request.POST.get("words", "").strip()
    context: dict[str, Any] = {"act": act, "chosen": chosen[:AT_ONCE], "too_many": len(chosen) > AT_ONCE, "at_once": AT_ONCE}
    context["crumbs"] = [{"label": "预警", "url": own_side(request, "alerts")}, {"label": "批量办理"}]
    if words:
        context["outcomes"] = [_one(request, act, one.number, words) for one in chosen[:AT_ONCE]]
        context["done"] = sum(done for _, done, _ in context["outcomes"])
    return render(request, "monitoring/batch.html", context)


def _one(request: Request, act: str, number: str, words: str) -> tuple[str, bool, str]:
    by, at = request.actor, request.now
    try:
        if act == "ask":
            operations.ask_bodies(number=number, question=words, by=by, at=at)
            return number, True, "已请机构说明"
        operations.dismiss(number=number, reason=words, by=by, at=at)
    except AlreadyDone:
        return number, True, "已经办理"
    except Refusal as refusal:
        return number, False, str(refusal)
    return number, True, "已认定不属实"
