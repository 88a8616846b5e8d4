"""政策支持名单页: which support was paid on which certificate; a list is tried first and entered after."""

from typing import Any

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.operations.exports import record_export
from touchstone.files.operations import LARGEST
from touchstone.files.queries import of_case
from touchstone.revocations import permissions, queries
from touchstone.revocations.operations import take_support_list
from touchstone.revocations.operations.support import RETURNED
from touchstone.sheets.support import support_template
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import XLSX, send, send_attachment
from touchstone.web.filters import DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.tables import Column, DayColumn, Empty, NameColumn, NumberColumn, Table, list_page


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
        sent = request.FILES.get("workbook")
        if sent is None or not sent.size or sent.size > LARGEST:
            messages.error(request, f"没有选择文件，或者文件是空的、超过{LARGEST // 1048576}MB。请选择填好的名单。")
            return redirect("authority:support_import")
        with told(request):
            dry = request.POST.get("act") != "enter"
            run = take_support_list(name=sent.name or "", content=sent.read(), dry_run=dry, by=request.actor, at=request.now)
            return redirect("authority:support_run", run.number)
        return redirect("authority:support_import")
    context = {
        "form": Form(),
        "largest": LARGEST,
        "runs": list(queries.support_imports(request.actor)[:20]),
        "crumbs": [{"label": "政策支持名单", "url": reverse("authority:support")}, {"label": "导入"}],
    }
    return render(request, "revocations/support_import.html", context)


@authority_door
def support_run(request: Request, number: str) -> HttpResponseBase:
    """This page will show what became of each row of a list. :raises NotAllowed: for another office's."""
    found = queries.support_import(number, request.actor)
    rows: list[dict[str, Any]] = [dict(zip(("number", "title", "done", "sentence"), row, strict=True)) for row in found.outcomes]
    rows.sort(key=lambda row: row["done"])
    context = {
        "run": found,
        "rows": rows[:500],
        "refused": found.row_count - found.taken,
        "crumbs": [
            {"label": "政策支持名单", "url": reverse("authority:support")},
            {"label": "导入", "url": reverse("authority:support_import")},
            {"label": number},
        ],
    }
    return render(request, "revocations/support_run.html", context)


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
