"""到期与终止列表: what will end in the months to come, what did a run find, who asked to end, what has ended, who owes records?"""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from django_tables2 import A

from touchstone.bodies.queries import KINDS
from touchstone.filings import operations, permissions
from touchstone.filings.operations.ending_approval import refresh_forecast
from touchstone.filings.queries import ended
from touchstone.kernel.numbers import name_key
from touchstone.kernel.periods import add_months
from touchstone.policy.districts import district_name
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.ending_view import KINDS as END_KINDS
from touchstone.web.ending_view import REQUESTS, custody_shown, ground_labels, tabs
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.filings.models import Custody, EndingForecast

_NOWRAP = {"td": {"class": "ts-nowrap"}}


class ForecastTable(Table):
    """What will end if nothing is done."""

    day = DayColumn("预计终止日")
    body = Column("机构", accessor="filing__body__name")
    number = Column("备案", accessor="filing__number", linkify=("authority:filing", [A("filing__number")]), attrs=_NOWRAP)
    item = Column("范围", empty_values=(), orderable=False)
    ground = Column("情形")
    why = Column("认定", accessor="why__reason", orderable=False)
    avert = Column("怎样避免", orderable=False)
    clause = Column("依据", accessor="why__clause", orderable=False)
    kind = Column("类别", accessor="filing__body__get_kind_display", order_by="filing__body__kind")
    district = Column("注册地", accessor="filing__body__district", attrs=_NOWRAP)
    folded = ("clause", "kind")

    def render_item(self, record: "EndingForecast") -> str:
        return f"{record.item}{record.item.level_label}" if record.item else "整件备案"

    def value_item(self, record: "EndingForecast") -> str:
        return self.render_item(record)

    def render_ground(self, value: str) -> str:
        return ground_labels().get(value, value)

    def render_district(self, value: str) -> str:
        return district_name(value)


class MonthFilter(django_filters.CharFilter):
    """A month, as the browser's own picker gives it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput({"type": "month"}), **kwargs)

    def filter(self, qs: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
        if not value:
            return qs
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
            return qs.none()
        first = date.fromisoformat(f"{value}-01")
        return qs.filter(day__gte=first, day__lt=add_months(first, 1))


class ForecastFilter(django_filters.FilterSet):
    """Narrowing the forecast."""

    body = django_filters.CharFilter(label="机构", method="named")
    district = django_filters.ChoiceFilter(label="注册地", choices=DISTRICT_CHOICES, field_name="filing__body__district")
    kind = django_filters.ChoiceFilter(label="类别", choices=KINDS, field_name="filing__body__kind")
    ground = django_filters.ChoiceFilter(label="情形", choices=lambda: [one for one in ground_labels().items() if one[0] not in {"asked", "ordered"}])
    month = MonthFilter(label="月份")

    def named(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(filing__body__name_key__holds=name_key(value))


@authority_door
def endings(request: Request) -> HttpResponseBase:
    """This page will list what ends in the next twelve months on the actor's ground, with why and what averts it; a dry run is made here."""
    if request.method == "POST":
        with told(request):
            run = operations.run_endings(dry_run=True, by=request.actor, at=request.now)
            messages.success(request, f"试运行完成：核查{run.examined}件，拟终止{run.selected}件，没有终止任何备案。")
            return redirect("authority:ending_run", run.number)
        return redirect("authority:endings")
    rows = ended.forecasts(request.actor)
    first = rows.first()
    soon = {months: rows.filter(day__lt=add_months(request.today, months)).count() for months in (1, 3, 6)}
    extra = {
        "tabs": tabs(request.actor, "endings"),
        "foreseen_at": first.foreseen_at if first else None,
        "soon": soon,
        "why_not": permissions.why_not(request.actor, "list_endings"),
    }
    empty = Empty("今后十二个月没有预计终止的备案", "每天凌晨重新预测；续期、变更以后，对应的行会消失。")
    return list_page(
        request, queryset=rows, table=ForecastTable, filterset=ForecastFilter, title="到期与终止", unit="件", empty=empty,
        template="authority/endings.html", extra=extra,
    )


@require_POST
@authority_door
def endings_refresh(request: Request) -> HttpResponseBase:
    """This page will have the ends to come foreseen anew."""
    with told(request):
        count = refresh_forecast(by=request.actor, at=request.now)
        messages.success(request, f"已重新预测，全市今后十二个月预计终止{count}件。")
    return redirect("authority:endings")


class RunTable(Table):
    """The runs that looked for filings to end."""

    number = Column("编号", linkify=("authority:ending_run", [A("number")]), attrs=_NOWRAP)
    day = DayColumn("日期")
    dry_run = Column("方式")
    run_at = MomentColumn("运行时间")
    examined = NumberColumn("核查")
    forecast = NumberColumn("预计")
    selected = NumberColumn("认定")
    state = Column("结果", empty_values=(), orderable=False)

    def render_dry_run(self, value: bool) -> str:
        return "试运行" if value else "正式"

    def render_state(self, record: Any) -> str:
        return run_state(record)[0]

    def value_state(self, record: Any) -> str:
        return run_state(record)[0]


def run_state(run: Any) -> tuple[str, str]:
    """This function will say in words how a run stands, with its tone."""
    if run.dry_run:
        return "试运行，未终止", "neutral"
    if run.discarded_at:
        return "已作废", "neutral"
    if run.waits_for_approval:
        return "已中止，等待核准", "danger"
    if run.stopped_because:
        return "已核准并继续办理", "ok"
    return ("已完成", "ok") if run.finished_at else ("运行中", "info")


@authority_door
def ending_runs(request: Request) -> HttpResponseBase:
    """This page will list the runs, newest first."""
    extra = {"tabs": tabs(request.actor, "ending_runs")}
    empty = Empty("还没有运行记录", "每天凌晨由平台运行一次；也可以在“到期预测”中试运行。")
    return list_page(
        request, queryset=ended.ending_runs(), table=RunTable, title="自动终止运行", unit="次", empty=empty, template="authority/endings_list.html",
        extra=extra,
    )


class RequestTable(Table):
    """Bodies' own requests to end."""

    number = Column("编号", linkify=("authority:end_request", [A("number")]), attrs=_NOWRAP)
    body = Column("机构", accessor="filing__body__name")
    filing = Column("备案", accessor="filing__number", attrs=_NOWRAP)
    wanted_on = DayColumn("希望终止日")
    asked_at = DayColumn("申请")
    due_on = DayColumn("办理期限")
    outcome = StateColumn(REQUESTS, "状态", empty_values=())


class RequestFilter(django_filters.FilterSet):
    """Narrowing the requests."""

    body = django_filters.CharFilter(label="机构", method="named")
    outcome = django_filters.ChoiceFilter(
        label="状态", choices=[("open", "待办理"), *((key, label) for key, (label, _) in REQUESTS.items() if key)], method="so"
    )
    district = django_filters.ChoiceFilter(label="注册地", choices=DISTRICT_CHOICES, field_name="filing__body__district")

    def named(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(filing__body__name_key__holds=name_key(value))

    def so(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(outcome="" if value == "open" else value)


@authority_door
def end_requests(request: Request) -> HttpResponseBase:
    """This page will list the bodies' own requests to end."""
    empty = Empty("还没有终止申请", "机构在自己的备案件中提出终止以后，会出现在这里。")
    return list_page(
        request, queryset=ended.end_requests(request.actor), table=RequestTable, filterset=RequestFilter, title="终止申请", unit="件",
        empty=empty, template="authority/endings_list.html", extra={"tabs": tabs(request.actor, "end_requests")},
    )


class TerminationTable(Table):
    """What has ended."""

    number = Column("编号", linkify=("authority:termination", [A("number")]), attrs=_NOWRAP)
    body = Column("机构", accessor="filing__body__name")
    filing = Column("备案", accessor="filing__number", attrs=_NOWRAP)
    kind = StateColumn(END_KINDS, "方式")
    ground = Column("情形")
    whole = Column("范围")
    effective_on = DayColumn("终止日")
    undone_at = DayColumn("撤销")
    reason = Column("理由", orderable=False)
    folded = ("reason",)

    def render_whole(self, value: bool) -> str:
        return "整件备案" if value else "部分范围"

    def render_ground(self, value: str) -> str:
        return ground_labels().get(value, value)


class TerminationFilter(django_filters.FilterSet):
    """Narrowing the ends."""

    body = django_filters.CharFilter(label="机构", method="named")
    kind = django_filters.ChoiceFilter(label="方式", choices=[(key, label) for key, (label, _) in END_KINDS.items()])
    district = django_filters.ChoiceFilter(label="注册地", choices=DISTRICT_CHOICES, field_name="filing__body__district")
    stands = django_filters.ChoiceFilter(label="效力", choices=[("yes", "有效"), ("no", "已撤销")], method="standing")

    def named(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(filing__body__name_key__holds=name_key(value))

    def standing(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(undone_at__isnull=value == "yes")


@authority_door
def terminations(request: Request) -> HttpResponseBase:
    """This page will list what has ended, and what of it was undone."""
    empty = Empty("还没有终止的备案", "自愿、自动和责令终止的备案都会出现在这里。")
    return list_page(
        request, queryset=ended.terminations(request.actor), table=TerminationTable, filterset=TerminationFilter, title="终止决定", unit="件",
        empty=empty, template="authority/endings_list.html", extra={"tabs": tabs(request.actor, "terminations")},
    )


class CustodyTable(Table):
    """Whose records are owed, handed over, received."""

    number = Column("终止决定", accessor="termination__number", linkify=("authority:termination", [A("termination__number")]), attrs=_NOWRAP)
    body = Column("机构", accessor="termination__filing__body__name")
    keeper = Column("接收单位", accessor="keeper__name")
    due_on = DayColumn("移交期限")
    state = Column("状态", empty_values=(), orderable=False)
    handed_over_at = DayColumn("移交")
    received_at = DayColumn("接收")
    volumes = Column("清单", orderable=False)
    folded = ("volumes",)

    def render_state(self, record: "Custody") -> str:
        return str(custody_shown(record, self.request.today)["label"])

    def value_state(self, record: "Custody") -> str:
        return self.render_state(record)


class CustodyFilter(django_filters.FilterSet):
    """Narrowing the hand-overs."""

    body = django_filters.CharFilter(label="机构", method="named")
    state = django_filters.ChoiceFilter(
        label="状态", choices=[("late", "逾期未移交"), ("owed", "待移交"), ("handed", "待接收"), ("kept", "已接收")], method="so"
    )

    def named(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(termination__filing__body__name_key__holds=name_key(value))

    def so(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        owed = {"handed_over_at__isnull": True, "received_at__isnull": True, "released_at__isnull": True}
        wanted: dict[str, dict[str, Any]] = {
            "late": owed | {"due_on__lt": self.request.today},
            "owed": owed,
            "handed": {"handed_over_at__isnull": False, "received_at__isnull": True, "released_at__isnull": True},
            "kept": {"received_at__isnull": False},
        }
        return found.filter(**wanted[value])


@authority_door
def custodies(request: Request) -> HttpResponseBase:
    """This page will list whose records are owed by when, the overdue first."""
    empty = Empty("没有要移交的档案", "备案整件终止以后，评价档案的移交会出现在这里。")
    return list_page(
        request, queryset=ended.custodies(request.actor), table=CustodyTable, filterset=CustodyFilter, title="档案移交", unit="件", empty=empty,
        template="authority/endings_list.html", extra={"tabs": tabs(request.actor, "custodies")},
    )
