"""证书数据批次: a body's batches with the form to upload one more; an authority's queue, what waits for it first."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.operations.exports import record_export
from touchstone.files.operations import LARGEST
from touchstone.jobs.uploads import defer_batch
from touchstone.kernel.numbers import name_key
from touchstone.policy.certificates.receiving import MEND_WITHIN, REVIEW_WITHIN
from touchstone.sheets.certificates import template
from touchstone.uploads import operations, permissions, queries
from touchstone.web.doors import Request, body_door, either_door, own_side, side, told
from touchstone.web.downloads import XLSX, send
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page
from touchstone.web.uploads.words import BATCH_CHOICES, BATCH_STATES, WAY_CHOICES

if TYPE_CHECKING:
    from django.db.models import QuerySet


class BatchTable(Table):
    """Batches of one body."""

    number = Column("批次")
    way = Column("来源", accessor="way_label", order_by="way")
    state = StateColumn(BATCH_STATES, "状态")
    total = NumberColumn("行数")
    passed = NumberColumn("核对通过")
    broken = NumberColumn("不通过")
    plan_number = Column("计划编号", default="—")
    office = Column("审核单位", accessor="office__short_name", orderable=False)
    received_at = MomentColumn("收到时间")
    due_on = DayColumn("期限", default="—")
    folded = ("plan_number",)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a class="ts-nowrap" href="{}">{}</a>', own_side(self.request, "certificate_batch", value), value)

    def value_number(self, value: str) -> str:
        return value


class QueueTable(BatchTable):
    """Batches of several bodies."""

    body = Column("评价机构", accessor="body__name", order_by="body__name_key")

    class Meta(BatchTable.Meta):
        sequence = ("number", "body", "...")


class BatchFilter(django_filters.FilterSet):
    """Narrowing the batches."""

    number = django_filters.CharFilter(label="批次编号", lookup_expr="startswith")
    state = django_filters.ChoiceFilter(label="状态", choices=BATCH_CHOICES)
    way = django_filters.ChoiceFilter(label="来源", choices=WAY_CHOICES)
    plan = django_filters.CharFilter(label="计划编号", field_name="plan_number")
    certificate = django_filters.CharFilter(label="含有证书编号", method="holding")
    received = DayRangeFilter(label="收到日期", field_name="received_at__date")

    def holding(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(pk__in=queries.batches_with(value.strip().upper()))


class QueueFilter(BatchFilter):
    """The same, by body too."""

    body = django_filters.CharFilter(label="评价机构", method="of_body")

    def of_body(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(body__name_key__contains=name_key(value))


@either_door
def batches(request: Request) -> HttpResponseBase:
    """This page will list the batches, and take a workbook of the actor's body."""
    of_body = side(request) == "body"
    if request.method == "POST":
        return _receive(request)
    found = queries.batches(request.actor)
    extra = {
        "why_not": permissions.why_not_send(request.actor) if of_body else "",
        "largest": LARGEST,
        "of_body": of_body,
        "parcels": not of_body and permissions.can_see_parcels(request.actor),
        "waiting": {} if of_body else queries.counts_of_office(request.actor, request.today),
        "sent_back": queries.sent_back(request.actor).count() if of_body else 0,
        "review_within": REVIEW_WITHIN.on(request.today).value,
        "mend_within": MEND_WITHIN.on(request.today).value,
    }
    return list_page(
        request,
        queryset=found,
        table=BatchTable if of_body else QueueTable,
        filterset=BatchFilter if of_body else QueueFilter,
        title="证书数据" if of_body else "证书数据审核",
        unit="批",
        template="uploads/list.html",
        empty=Empty("还没有证书数据", "核发证书以后自动成批；自有系统的证书在本页上传。" if of_body else "评价机构提交以后，会出现在这里。"),
        exported=lambda kind, count: record_export(
            case=request.actor.office_name[:64], what="证书数据批次", kind=kind, count=count, by=request.actor, at=request.now
        ),
        extra=extra,
    )


def _receive(request: Request) -> HttpResponseBase:
    file = request.FILES.get("workbook")
    if file is None or not file.size or file.size > LARGEST:
        too_large = f"文件超过{LARGEST // 1048576}MB的上限，请分成几份上传。"
        messages.error(request, too_large if file and file.size else "没有选择文件，或者文件是空的。请选择填好的证书数据上传表。")
        return redirect(own_side(request, "certificate_batches"))
    with told(request), transaction.atomic():
        batch = operations.receive(name=file.name or "", content=file.read(), by=request.actor, at=request.now)
        defer_batch(batch.number)
        return redirect(own_side(request, "certificate_batch", batch.number))
    return redirect(own_side(request, "certificate_batches"))


@body_door
def upload_template(request: Request) -> HttpResponseBase:
    """This page will send the workbook to be filled."""
    return send(template(), XLSX, "证书数据上传表.xlsx")
