"""政策支持名单页: which support was paid on which certificate; a list is tried first and entered after."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.operations.exports import record_export
from touchstone.files.operations import LARGEST
from touchstone.files.queries import of_case
from touchstone.jobs.revocations import defer_support
from touchstone.ledger.queries import history
from touchstone.revocations import operations, permissions, queries
from touchstone.revocations.operations.support import RETURNED
from touchstone.sheets.support import support_template
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import XLSX, send, send_attachment
from touchstone.web.events import told_with_receipt
from touchstone.web.filters import DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.tables import Column, DayColumn, Empty, NameColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.revocations.models import SupportImport

LINE_STATES = {"True": ("通过", "ok"), "False": ("有问题", "danger")}
LIST_TONES = {"reading": "info", "done": "ok", "failed": "danger", "undone": "neutral"}


class SupportTable(Table):
    """Support that was paid."""

    reference = Column("发放编号", attrs={"td": {"class": "ts-nowrap"}})
    certificate_number = Column("证书编号", attrs={"td": {"class": "ts-nowrap"}})
    holder_name = NameColumn("姓名")
    policy = Column("支持项目")
    amount = NumberColumn("金额（元）")
    paid_on = DayColumn("发放日期")
    office = Column("导入单位", accessor="run__office__name", orderable=False)

    def render_certificate_number(self, value: str) -> SafeString:
        return format_html('<a href="{}"><code>{}</code></a>', reverse("authority:certificate", args=[value]), value)

    def value_certificate_number(self, value: str) -> str:
        return value


class SupportFilter(django_filters.FilterSet):
    """Narrowing the payments."""

    certificate = django_filters.CharFilter(label="证书编号", field_name="certificate_number", lookup_expr="startswith")
    reference = django_filters.CharFilter(label="发放编号", lookup_expr="exact")
    name = django_filters.CharFilter(label="姓名", field_name="holder_name", lookup_expr="exact")
    paid = DayRangeFilter(label="发放日期", field_name="paid_on")


@authority_door
def support(request: Request) -> HttpResponseBase:
    """This page will list the support that was paid; the export is put on record."""

    def exported(kind: str, count: int) -> None:
        record_export(case="support", what="政策支持名单", kind=kind, count=count, by=request.actor, at=request.now)

    why_not = permissions.why_not(permissions.check_may_import, request.actor)
    action = {} if why_not else {"action_label": "导入名单", "action_url": reverse("authority:support_import")}
    return list_page(
        request,
        queryset=queries.payments(request.actor),
        table=SupportTable,
        filterset=SupportFilter,
        title="政策支持名单",
        unit="笔",
        template="revocations/support.html",
        empty=Empty("还没有名单", "导入凭证书发放的补贴等名单以后，撤销证书时可以看到影响了哪几笔。", **action),
        totals=lambda rows: {"合计（元）": f"{queries.support_total(rows):,.2f}"},
        exported=exported,
        extra={"why_not": why_not},
    )


@authority_door
def support_import(request: Request) -> HttpResponseBase:
    """This page will take a filled list, first only to try it, then to enter it. :raises NotAllowed: for those who keep none."""
    permissions.check_may_import(request.actor)
    if request.method == "POST":
        return _receive(request)
    context = {
        "form": Form(),
        "largest": LARGEST,
        "runs": list(queries.support_imports(request.actor)[:20]),
        "crumbs": [{"label": "政策支持名单", "url": reverse("authority:support")}, {"label": "导入"}],
    }
    return render(request, "revocations/support_import.html", context)


def _receive(request: Request) -> HttpResponseBase:
    sent = request.FILES.get("workbook")
    if sent is None or not sent.size or sent.size > LARGEST:
        messages.error(request, f"没有选择文件，或者文件是空的、超过{LARGEST // 1048576}MB。请选择填好的名单。")
        return redirect("authority:support_import")
    with told(request), transaction.atomic():
        dry = request.POST.get("act") != "enter"
        run = operations.receive_support_list(name=sent.name or "", content=sent.read(), dry_run=dry, by=request.actor, at=request.now)
        defer_support(run.number)
        return redirect("authority:support_run", run.number)
    return redirect("authority:support_import")


class LineTable(Table):
    """Rows of a list with their outcomes."""

    row_number = NumberColumn("行号")
    certificate_number = Column("证书编号", default="—", attrs={"td": {"class": "ts-nowrap"}})
    title = Column("项目", default="—")
    done = StateColumn(LINE_STATES, "结果", empty_values=(None,))
    sentence = Column("说明", orderable=False)

    def value_done(self, value: bool) -> str:
        return LINE_STATES[str(value)][0]


class LineFilter(django_filters.FilterSet):
    """Narrowing the rows."""

    done = django_filters.ChoiceFilter(label="结果", choices=[("True", "通过"), ("False", "有问题")])
    certificate = django_filters.CharFilter(label="证书编号", field_name="certificate_number", lookup_expr="startswith")
    sentence = django_filters.CharFilter(label="说明中含有", lookup_expr="contains")


@authority_door
def support_run(request: Request, number: str) -> HttpResponseBase:
    """This page will show how far a list is and what became of each row; enter what was tried, or take back what was entered.

    :raises NotAllowed: for another office's.
    """
    found = queries.support_import(number, request.actor)
    if request.method == "POST":
        return _act(request, number)
    may = permissions.can(permissions.check_may_undo_list, request.actor, found)
    done = found.state == "done"
    extra = {
        **_progress(found),
        "refused": found.cursor - found.taken,
        "tone": LIST_TONES[found.state],
        "may_enter": may and done and found.dry_run and found.taken > 0,
        "may_undo": may and done and not found.dry_run,
        "has_returned": of_case(number, RETURNED).exists(),
        "entries": [told_with_receipt(one) for one in history(number) if one.event != "support.rows_taken"],
        "request_key": uuid4(),
        "crumbs": [
            {"label": "政策支持名单", "url": reverse("authority:support")},
            {"label": "导入", "url": reverse("authority:support_import")},
            {"label": number},
        ],
    }
    return list_page(
        request,
        queryset=queries.support_lines(found),
        table=LineTable,
        filterset=LineFilter,
        title=f"政策支持名单 {number}",
        unit="行",
        template="revocations/support_run.html",
        empty=Empty("还没有处理到的行", "处理开始后，每一行的结果会出现在这里，有问题的列在前面。"),
        exported=lambda kind, count: record_export(case=number, what="政策支持名单各行", kind=kind, count=count, by=request.actor, at=request.now),
        extra=extra,
    )


def _act(request: Request, number: str) -> HttpResponseBase:
    by, at = request.actor, request.now
    with told(request), transaction.atomic():
        if request.POST.get("act") == "enter":
            run = operations.enter_tried_list(number=number, by=by, at=at)
            defer_support(run.number)
            return redirect("authority:support_run", run.number)
        operations.undo_support_list(number=number, reason=request.POST.get("reason", ""), by=by, at=at)
        messages.success(request, "已整份撤销，本名单登记的各笔不再计入。")
    return redirect("authority:support_run", number)


def _progress(found: "SupportImport") -> dict[str, Any]:
    return {"run": found, "finished": found.state != "reading", "address": reverse("authority:support_progress", args=[found.number])}


@authority_door
def support_progress(request: Request, number: str) -> HttpResponseBase:
    """This fragment will show the progress anew; when the work is done, the whole page is asked for."""
    found = queries.support_import(number, request.actor)
    response = render(request, "revocations/support_progress.html", _progress(found))
    if found.state != "reading":
        response["HX-Refresh"] = "true"
    return response


@authority_door
def support_template_file(request: Request) -> HttpResponseBase:
    """This page will give the blank list."""
    return send(support_template(), XLSX, "政策支持名单（模板）.xlsx")


@authority_door
def support_returned(request: Request, number: str) -> HttpResponseBase:
    """This page will give back a list with its results. :raises Http404: where there is none."""
    found = of_case(queries.support_import(number, request.actor).number, RETURNED).first()
    if found is None:
        raise Http404
    return send_attachment(found)
