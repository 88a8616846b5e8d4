"""月报页: which months were told, what happened in one, on screen, on paper and as a workbook, and does it still come to the same?"""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.exams.operations.exports import record_export
from touchstone.files.queries import of_case
from touchstone.insight import operations, permissions, printed
from touchstone.insight.operations.reporting import PAPER, hash_of
from touchstone.insight.queries import month as queries
from touchstone.insight.states import ReportState
from touchstone.jobs.insight import defer_report
from touchstone.ledger.queries import history
from touchstone.web.doors import Request, authority_door
from touchstone.web.downloads import send_attachment
from touchstone.web.events import told_with_receipt
from touchstone.web.exports import as_xlsx
from touchstone.web.forms import Form
from touchstone.web.insight.tabs import tabs
from touchstone.web.insight.words import REPORTS
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.insight.models import MonthlyReport


class ReportTable(Table):
    """Monthly reports."""

    number = Column("月报", linkify=("authority:month", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    month = Column("月份", attrs={"td": {"class": "ts-nowrap"}})
    edition = NumberColumn("版次")
    office = Column("编制单位", accessor="office__name", orderable=False)
    state = StateColumn(REPORTS, "状态")
    made_at = MomentColumn("生成时间", default="—")
    sha256 = Column("内容哈希", default="—", orderable=False)
    folded = ("sha256",)

    def render_month(self, value: date) -> str:
        return f"{value.year}年{value.month}月"

    value_month = render_month


class ReportFilter(django_filters.FilterSet):
    """Narrowing the reports."""

    year = django_filters.NumberFilter(label="年份", field_name="month__year")
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in ReportState])


class MonthForm(Form):
    """Which month."""

    month = forms.ChoiceField(label="月份")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = queries.months_told(today)
        self.fields["month"].choices = [(one.isoformat(), f"{one.year}年{one.month}月") for one in months]  # type: ignore[attr-defined]


@authority_door
def months(request: Request) -> HttpResponseBase:
    """This page will list the reports of the actor's ground, and have one made.

    :raises NotAllowed: for everybody but those who direct an office of the city or of a district.
    """
    permissions.check_may_read(request.actor)
    form = MonthForm(request.POST if request.method == "POST" else None, today=request.today)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made = _asked(request, date.fromisoformat(form.cleaned_data["month"]))
            messages.success(request, f"正在生成月报{made.number}。")
            return redirect("authority:month", made.number)
    return list_page(
        request,
        queryset=queries.reports(request.actor),
        table=ReportTable,
        filterset=ReportFilter,
        title="监管月报",
        unit="份月报",
        template="insight/months.html",
        empty=Empty("还没有月报", "在上面选择一个月，生成后留存在这里。"),
        exportable=False,
        extra={"form": form, "tabs": tabs("months")},
    )


@transaction.atomic
def _asked(request: Request, month: date) -> "MonthlyReport":
    made = operations.ask_report(month=month, by=request.actor.with_key(request.POST.get("request_key", "")), at=request.now)
    defer_report(made.number)
    return made


@authority_door
def month(request: Request, number: str) -> HttpResponseBase:
    """This page will show one report, send it on paper or as a workbook, and compare it with what the month comes to now. :raises Http404:"""
    permissions.check_may_read(request.actor)
    found = _found(request, number)
    if found.state == ReportState.MADE and request.GET.get("export") == "xlsx":
        return _workbook(request, found)
    label, tone = REPORTS[ReportState(found.state)]
    context = {
        "report": found,
        "state_label": label,
        "tone": tone,
        "title": f"{found.month.year}年{found.month.month}月监管月报",
        "entries": [told_with_receipt(line) for line in history(number)],
        "progress_url": reverse("authority:month_progress", args=[number]),
        "crumbs": [{"label": "监管月报", "url": reverse("authority:months")}, {"label": number}],
        "request_key": uuid4(),
        **(_shown(found) if found.state == ReportState.MADE else {}),
    }
    if found.state == ReportState.MADE and "compare" in request.GET:
        context |= _compared(found)
    return render(request, "insight/month.html", context)


def _shown(found: "MonthlyReport") -> dict[str, Any]:
    kept = found.figures
    heads = printed.head()
    lines = [(place, [f"{cell:,}" if isinstance(cell, int) else cell for cell in printed.line(kept, place)]) for place in printed.places(kept)]
    return {
        "paragraph": printed.told(kept, found.district),
        "heads": heads,
        "lines": [{"total": not place, "cells": list(zip(heads, line, strict=True))} for place, line in lines],
        "counts": [(one.label, one.counts) for one in queries.COLUMNS],
    }


def _compared(found: "MonthlyReport") -> dict[str, Any]:
    """What the month comes to now, figure by figure where it differs."""
    now = queries.document(found.month, found.district)
    labels = {one.key: one.label for one in queries.COLUMNS}
    differences = [
        {"label": labels.get(key, key), "place": printed.place_name(place), "kept": kept, "now": came_to}
        for key, place, kept, came_to in queries.differences(found.figures, now)
    ]
    return {"compared": True, "same": hash_of(now) == found.sha256, "hash_now": hash_of(now), "differences": differences}


def _workbook(request: Request, found: "MonthlyReport") -> HttpResponseBase:
    kept = found.figures
    places = printed.places(kept)
    record_export(case=found.number, what="监管月报", kind="xlsx", count=len(places), by=request.actor, at=request.now)
    return as_xlsx(printed.head(), [printed.line(kept, place) for place in places], f"监管月报{kept['month']}")


@authority_door
def month_progress(request: Request, number: str) -> HttpResponseBase:
    """This page will give the bar of a report that is being made anew. :raises Http404:"""
    permissions.check_may_read(request.actor)
    found = _found(request, number)
    return render(request, "insight/month_progress.html", {"report": found, "progress_url": reverse("authority:month_progress", args=[number])})


@authority_door
def month_paper(request: Request, number: str) -> HttpResponseBase:
    """This page will send the printed report as it was kept. :raises Http404:"""
    permissions.check_may_read(request.actor)
    kept = of_case(_found(request, number).number, PAPER).first()
    if kept is None:
        raise Http404
    return send_attachment(kept)


def _found(request: Request, number: str) -> "MonthlyReport":
    found = queries.report(number, request.actor)
    if found is None:
        raise Http404
    return found
