"""证书列表: which certificates has my body issued? Narrowed, exported with masked numbers, printed in batches."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.certificates import permissions
from touchstone.certificates.operations import print_batch
from touchstone.certificates.queries import certificates as certificates_of
from touchstone.certificates.queries import occupations_named
from touchstone.exams.operations.exports import record_export
from touchstone.jobs.certificates import DIRECTLY
from touchstone.kernel.numbers import name_key
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import send
from touchstone.web.filters import DayRangeFilter
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, StateColumn, Table, chosen_rows, list_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

SCHEMES = (("national", "职业技能等级证书"), ("enterprise", "企业标准证书"))
STATES = {"有效": ("有效", "ok"), "核查中": ("核查中", "warn"), "已撤销": ("已撤销", "danger")}
STANDINGS = [("issued", "有效"), ("examined", "核查中"), ("revoked", "已撤销")]


class CertificateTable(Table):
    """The columns of a list of certificates; `page` is the view that shows one."""

    page = "body:certificate"
    number = Column("证书编号")
    holder_name = Column("姓名", order_by="holder_name_key")
    holder_id = Column("证件号码", accessor="holder__id_masked", orderable=False)
    occupation_label = Column("职业（工种）", order_by="occupation_code")
    level = Column("等级", accessor="level_label", order_by="level")
    scheme = Column("证书种类", accessor="get_scheme_display", order_by="scheme")
    issued_on = DayColumn("发证日期")
    plan_number = Column("计划编号")
    body_name = Column("评价机构")
    state = StateColumn(STATES, "状态", accessor="standing", order_by="state")
    folded: tuple[str, ...] = ("body_name", "scheme")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a class="ts-nowrap" href="{}"><code>{}</code></a>', reverse(self.page, args=[value]), value)

    def value_number(self, value: str) -> str:
        return value


class CertificateFilter(django_filters.FilterSet):
    """Narrowing a list of certificates."""

    number = django_filters.CharFilter(label="证书编号", lookup_expr="startswith")
    holder = django_filters.CharFilter(label="姓名", method="named")
    occupation = django_filters.CharFilter(label="职业名称", method="of_occupation")
    level = django_filters.ChoiceFilter(label="等级", choices=LEVEL_CHOICES)
    plan = django_filters.CharFilter(label="计划编号", field_name="plan_number")
    scheme = django_filters.ChoiceFilter(label="证书种类", choices=SCHEMES)
    issued = DayRangeFilter(label="发证日期", field_name="issued_on")
    state = django_filters.ChoiceFilter(label="状态", choices=STANDINGS, method="standing")

    def of_occupation(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(occupation_name__in=occupations_named(value))

    def named(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(holder_name_key=name_key(value))

    def standing(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        if value == "revoked":
            return found.filter(state=value)
        return found.filter(state="issued", examined_since__isnull=value == "issued")


@body_door
def certificates(request: Request) -> HttpResponseBase:
    """This page will list the body's certificates, and print those that are chosen."""
    found = certificates_of(request.actor)
    if request.method == "POST":
        return _print(request, found)
    may_print = permissions.can(request.actor, "print", request.actor.office_id)
    return list_page(
        request,
        queryset=found,
        table=CertificateTable,
        filterset=CertificateFilter,
        title="证书",
        unit="本",
        empty=Empty("还没有证书", "成绩公示期满后，由机构负责人核发证书。", "查看认定计划", reverse("body:plans")),
        batch=[BatchAction("print", "批量打印", "primary")] if may_print else [],
        template="certificates/list.html",
        extra={"keys_url": reverse("body:issuer_keys")},
        exported=lambda kind, count: record_export(
            case=request.actor.office_name[:64], what="证书", kind=kind, count=count, by=request.actor, at=request.now
        ),
    )


def _print(request: Request, found: "QuerySet[Any]") -> HttpResponseBase:
    chosen = list(chosen_rows(request, queryset=found, filterset=CertificateFilter).values_list("number", flat=True)[: DIRECTLY + 1])
    if len(chosen) > DIRECTLY:
        messages.error(request, f"一次最多直接打印{DIRECTLY}本。整个计划的证书请在该计划的“结果与公示”页打印，由后台分批完成。")
        return redirect("body:certificates")
    with told(request):
        content = print_batch(numbers=chosen, case=request.actor.office_name[:64], by=request.actor, at=request.now)
        return send(content, "application/pdf", f"证书（{len(chosen)}本）.pdf")
    return redirect("body:certificates")
