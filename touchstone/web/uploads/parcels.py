"""上报包: what went to the national query, what came back of each row, and what is to be sent again? For the city centre and the bureau."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.operations.exports import record_export
from touchstone.files.queries import of_case
from touchstone.jobs.uploads import defer_hand_over, is_connected
from touchstone.kernel.numbers import name_key
from touchstone.ledger.queries import history
from touchstone.uploads import operations, permissions, queries
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import send_attachment
from touchstone.web.events import told_with_receipt
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, NameColumn, NumberColumn, StateColumn, Table, list_page
from touchstone.web.templatetags.look import moment
from touchstone.web.uploads.words import ACT_CHOICES, ACT_STATES, NATIONAL_CHOICES, NATIONAL_STATES, PARCEL_CHOICES, PARCEL_STATES

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ParcelTable(Table):
    """Files that went to the national query."""

    number = Column("上报包")
    state = StateColumn(PARCEL_STATES, "状态")
    rows = NumberColumn("行数")
    taken = NumberColumn("收录")
    returned = NumberColumn("退回")
    made_at = MomentColumn("生成时间")
    sent_at = MomentColumn("报送时间", default="—")
    receipt = Column("回执编号", default="—")
    receipted_at = MomentColumn("回执时间", default="—")
    tries = NumberColumn("未成次数")
    last_trouble = Column("最近一次未成的原因", default="—", orderable=False)
    folded = ("tries", "receipted_at")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a class="ts-nowrap" href="{}">{}</a>', reverse("authority:certificate_parcel", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value


class ParcelFilter(django_filters.FilterSet):
    """Narrowing the files."""

    number = django_filters.CharFilter(label="上报包编号", lookup_expr="startswith")
    state = django_filters.ChoiceFilter(label="状态", choices=PARCEL_CHOICES)
    sent_back = django_filters.ChoiceFilter(label="退回", choices=[("yes", "有退回的"), ("no", "没有退回的")], method="with_returned")
    certificate = django_filters.CharFilter(label="含有证书编号", method="holding")
    made = DayRangeFilter(label="生成日期", field_name="made_at__date")

    def with_returned(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(returned__gt=0) if value == "yes" else found.filter(returned=0)

    def holding(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(pk__in=queries.parcels_with(value.strip().upper()))


@authority_door
def parcels(request: Request) -> HttpResponseBase:
    """This page will list the files. :raises NotAllowed: for those who may not see them."""
    permissions.check_may_see_parcels(request.actor)
    return list_page(
        request,
        queryset=queries.parcels(),
        table=ParcelTable,
        filterset=ParcelFilter,
        title="全国联网查询上报包",
        unit="个",
        template="uploads/parcels.html",
        empty=Empty("还没有上报包", "证书数据接收以后，平台自动成包上报。"),
        exported=lambda kind, count: record_export(
            case=request.actor.office_name[:64], what="上报包", kind=kind, count=count, by=request.actor, at=request.now
        ),
        extra={
            "connected": is_connected(),
            "counts": queries.counts_of_parcels(),
            "crumbs": [{"label": "证书数据审核", "url": reverse("authority:certificate_batches")}, {"label": "上报包"}],
        },
    )


class ParcelRowTable(Table):
    """Rows of one file, in its order."""

    act = StateColumn(ACT_STATES, "操作")
    number = Column("证书编号")
    name = NameColumn("姓名")
    occupation = Column("职业（工种）", accessor="occupation_label", order_by="occupation_name")
    body = Column("评价机构", accessor="batch__body__name", order_by="batch__body__name_key")
    issued_on = DayColumn("发证日期", default="—")
    national = StateColumn(NATIONAL_STATES, "全国查询", accessor="national_key", order_by="national")
    national_words = Column("退回原因", default="—", orderable=False)
    state = Column("现在", accessor="standing", orderable=False)
    folded = ("issued_on",)

    def render_number(self, record: Any) -> SafeString:
        address = reverse("authority:certificate_entry", args=[record.batch.number, record.row_number])
        return format_html('<a class="ts-nowrap" href="{}"><code>{}</code></a>', address, record.number)

    def value_number(self, value: str) -> str:
        return value


class ParcelRowFilter(django_filters.FilterSet):
    """Narrowing the rows."""

    act = django_filters.ChoiceFilter(label="操作", choices=ACT_CHOICES)
    national = django_filters.ChoiceFilter(label="全国查询", choices=NATIONAL_CHOICES)
    number = django_filters.CharFilter(label="证书编号", lookup_expr="startswith")
    name = django_filters.CharFilter(label="姓名", method="named")
    body = django_filters.CharFilter(label="评价机构", method="of_body")

    def named(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(name_key=name_key(value))

    def of_body(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(batch__body__name_key__contains=name_key(value))


@authority_door
def parcel(request: Request, number: str) -> HttpResponseBase:
    """This page will show one file with what came of each row, and have it sent again. :raises NotAllowed: for those who may not see it."""
    found = queries.parcel(number, request.actor)
    if request.method == "POST" and request.POST.get("act") == "send_again":
        with told(request):
            operations.send_again(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
            defer_hand_over()
            messages.success(request, "已排入报送。对方按上报包编号计数，再报不会重复。")
        return redirect("authority:certificate_parcel", number)
    label, tone = PARCEL_STATES[found.state]
    extra = {
        "found": found,
        "state_label": label,
        "tone": tone,
        "counts": queries.counts_in(found),
        "pairs": _pairs(found),
        "connected": is_connected(),
        "may_send": not permissions.why_not_settle(request.actor) and found.state == "sent",
        "may_download": not permissions.why_not_settle(request.actor),
        "entries": [told_with_receipt(one) for one in history(number)],
        "crumbs": [
            {"label": "证书数据审核", "url": reverse("authority:certificate_batches")},
            {"label": "上报包", "url": reverse("authority:certificate_parcels")},
            {"label": number},
        ],
        "request_key": uuid4(),
    }
    return list_page(
        request,
        queryset=queries.rows_in(found),
        table=ParcelRowTable,
        filterset=ParcelRowFilter,
        title=f"上报包 {number}",
        unit="行",
        template="uploads/parcel.html",
        exported=lambda kind, count: record_export(case=number, what="上报包各行", kind=kind, count=count, by=request.actor, at=request.now),
        extra=extra,
    )


def _pairs(found: Any) -> list[tuple[str, Any]]:
    return [
        ("生成时间", moment(found.made_at)),
        ("文件格式", found.layout),
        ("报送时间", moment(found.sent_at) if found.sent_at else "—"),
        ("回执编号", found.receipt or "—"),
        ("回执时间", moment(found.receipted_at) if found.receipted_at else "—"),
        ("未成次数", f"{found.tries}次" if found.tries else "—"),
    ]


@authority_door
def parcel_file(request: Request, number: str) -> HttpResponseBase:
    """This page will send the very file, with full identity numbers; who took it and why is put on record. :raises NotAllowed: :raises Http404:"""
    found = queries.parcel(number, request.actor)
    if request.method != "POST":
        raise Http404
    with told(request):
        operations.take_file(number=found.number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
        kept = of_case(number).first()
        if kept is None:
            raise Http404
        return send_attachment(kept)
    return redirect("authority:certificate_parcel", number)
