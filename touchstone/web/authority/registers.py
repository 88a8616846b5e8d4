"""机构登记: whom and what has a body entered in its registers, as the offices on whose ground it stands see it?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations, permissions, queries
from touchstone.files.queries import cases_with_files
from touchstone.policy.roles import BodyKind
from touchstone.web.authority.pilots import DeskPilotTable
from touchstone.web.body.agreements import AgreementFilter, AgreementTable
from touchstone.web.body.apprentices import ApprenticeFilter, ApprenticeTable
from touchstone.web.body.commissions import CommissionFilter, CommissionTable
from touchstone.web.body.enterprise_standards import EnterpriseStandardFilter, EnterpriseStandardTable
from touchstone.web.body.students import StudentFilter, StudentTable
from touchstone.web.body.subsidiaries import SubsidiaryFilter, SubsidiaryTable
from touchstone.web.body.workers import WorkerFilter, WorkerTable
from touchstone.web.columns import Column, MomentColumn, NumberColumn
from touchstone.web.doors import Request, authority_door
from touchstone.web.paper_columns import badge
from touchstone.web.pilot_view import PilotFilter
from touchstone.web.tables import Empty, Table, list_page

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


def entry_link(number: str, words: str) -> SafeString:
    """This function will link to the office's page of an entry."""
    return format_html('<a href="{}">{}</a>', reverse("authority:register_entry", args=[number]), words)


class _Papers(Table):
    """Whether any paper lies under the entry, read once for all rows."""

    evidenced = Column("原件", empty_values=(), accessor="number", orderable=False)

    def render_evidenced(self, value: str) -> SafeString:
        return badge("已上传", "ok") if value in self._with_files else badge("没有", "warn")

    def value_evidenced(self, value: str) -> str:
        return "已上传" if value in self._with_files else "没有"

    @property
    def _with_files(self) -> frozenset[str]:
        if not hasattr(self, "_known"):
            self._known = cases_with_files(self.data.data.values_list("number", flat=True))
        return self._known


class DeskAgreementTable(_Papers, AgreementTable):
    """Agreements of a body."""

    def render_number(self, value: str) -> SafeString:
        return entry_link(value, value)


class DeskCommissionTable(_Papers, CommissionTable):
    """Commissions of a body."""

    def render_number(self, value: str) -> SafeString:
        return entry_link(value, value)


class DeskSubsidiaryTable(_Papers, SubsidiaryTable):
    """Subsidiaries of a body."""

    def render_number(self, value: str) -> SafeString:
        return entry_link(value, value)


class DeskWorkerTable(WorkerTable):
    """People in post with a body; identity masked."""

    def render_name(self, value: str, record: Any) -> SafeString:
        return entry_link(record.number, value)


class DeskStudentTable(StudentTable):
    """Students on a body's registers; identity masked."""

    agreement = Column("依据协议", accessor="agreement__number", default="本校学籍", orderable=False)

    def render_name(self, value: str, record: Any) -> SafeString:
        return entry_link(record.number, value)

    def render_agreement(self, value: str) -> SafeString:
        return entry_link(value, value)

    def value_agreement(self, value: str) -> str:
        return value


class RosterTable(Table):
    """Workbooks taken in for a body's registers."""

    number = Column("导入编号", attrs={"td": {"class": "ts-nowrap"}})
    roster = Column("名册", accessor="get_roster_display", orderable=False)
    agreement = Column("依据协议", accessor="agreement__number", default="—", orderable=False)
    name = Column("文件名")
    total = NumberColumn("总行数")
    accepted = NumberColumn("已登记")
    refused = NumberColumn("有误")
    run_at = MomentColumn("导入时间")

    def render_number(self, value: str) -> SafeString:
        return entry_link(value, value)

    def value_number(self, value: str) -> str:
        return value


class RosterFilter(django_filters.FilterSet):
    """Narrowing the workbooks."""

    name = django_filters.CharFilter(label="文件名", lookup_expr="icontains")


class DeskApprenticeTable(ApprenticeTable):
    """An enterprise's apprentices, as an office sees them."""

    def render_number(self, value: str) -> SafeString:
        return entry_link(value, value)


class DeskEnterpriseStandardTable(EnterpriseStandardTable):
    """An enterprise's own standards, as an office sees them."""

    def render_number(self, value: str) -> SafeString:
        return entry_link(value, value)


@dataclass(frozen=True)
class Shown:
    """One register as a list: label, unit, table, filter."""

    label: str
    unit: str
    table: type[Table]
    filterset: type[Any]


REGISTERS = {
    "agreements": Shown("合作协议", "份", DeskAgreementTable, AgreementFilter),
    "commissions": Shown("委托", "份", DeskCommissionTable, CommissionFilter),
    "subsidiaries": Shown("下属企业", "家", DeskSubsidiaryTable, SubsidiaryFilter),
    "workers": Shown("在岗职工", "人", DeskWorkerTable, WorkerFilter),
    "students": Shown("学生", "人", DeskStudentTable, StudentFilter),
    "pilots": Shown("试点", "项", DeskPilotTable, PilotFilter),
    "apprentices": Shown("学徒", "人", DeskApprenticeTable, ApprenticeFilter),
    "enterprise_standards": Shown("企业标准", "项", DeskEnterpriseStandardTable, EnterpriseStandardFilter),
    "imports": Shown("名册原件", "份", RosterTable, RosterFilter),
}
_OF_ENTERPRISES = (
    "agreements",
    "commissions",
    "subsidiaries",
    "workers",
    "apprentices",
    "students",
    "pilots",
    "enterprise_standards",
    "imports",
)
_OF_KIND = {
    BodyKind.ENTERPRISE: _OF_ENTERPRISES,
    BodyKind.SCHOOL: ("students", "pilots", "imports"),
    BodyKind.SOCIAL: (),
}


def registers_of(body: "Body") -> tuple[str, ...]:
    """This function will give the registers a body of this kind keeps."""
    return _OF_KIND[BodyKind(body.kind)]


def _rows(body: "Body", register: str) -> Any:
    return {
        "agreements": queries.agreements_with_students,
        "commissions": lambda body: queries.commissions_of(body).order_by("-since", "-number"),
        "subsidiaries": queries.subsidiaries_with_workers,
        "workers": queries.workers_of,
        "students": queries.all_students_of,
        "pilots": lambda body: queries.pilots().filter(body=body),
        "apprentices": queries.apprentices_of,
        "enterprise_standards": queries.enterprise_standards_of,
        "imports": queries.all_roster_imports_of,
    }[register](body)


@authority_door
def body_register(request: Request, number: str, register: str) -> HttpResponseBase:
    """This page will list one register of a body, identities masked; the export is put on record. :raises Http404:"""
    try:
        body = queries.body(number, request.actor)
    except ObjectDoesNotExist:
        raise Http404 from None
    permissions.check_may_read_registers(request.actor, body)
    kept = registers_of(body)
    if register not in kept:
        raise Http404
    shown = REGISTERS[register]

    def on_record(kind: str, count: int) -> None:
        operations.record_export(body=body, what=register, kind=kind, count=count, by=request.actor.with_key(""), at=request.now)

    return list_page(
        request,
        queryset=_rows(body, register),
        table=shown.table,
        filterset=shown.filterset,
        title=f"{body.name}登记的{shown.label}",
        unit=shown.unit,
        empty=Empty(f"该机构还没有登记{shown.label}", "机构登记以后会出现在这里。"),
        exported=on_record,
        template="authority/body_register.html",
        extra={
            "body": body,
            "tabs": [
                {"label": REGISTERS[key].label, "url": reverse("authority:body_register", args=[number, key]), "active": key == register}
                for key in kept
            ],
            "crumbs": [
                {"label": "评价机构", "url": reverse("authority:bodies")},
                {"label": body.name, "url": reverse("authority:body", args=[number])},
                {"label": "评价对象登记"},
            ],
        },
    )
