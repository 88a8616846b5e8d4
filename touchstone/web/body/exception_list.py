"""直接认定和破格清单: who was put forward by exception on my ground, on what merit, and what was decided? For the body and the offices."""

from typing import Any

import django_filters
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.operations.exports import record_export
from touchstone.exams.queries.exceptions import exceptional_cases
from touchstone.kernel.numbers import name_key
from touchstone.policy.eligibility.exceptions import Mode
from touchstone.web.doors import Request, either_door, own_side, side
from touchstone.web.filters import DayRangeFilter
from touchstone.web.levels import LEVEL_CHOICES, level_label
from touchstone.web.paper_columns import badge
from touchstone.web.tables import Column, DayColumn, Empty, NameColumn, Table, list_page

_STATES = {True: ("已认可", "ok"), False: ("不认可", "danger"), None: ("待决定", "warn")}


class ExceptionTable(Table):
    """Exceptions of one body."""

    name = NameColumn("姓名", accessor="candidate__name", order_by="candidate__name_key")
    mode = Column("方式")
    occupation = Column("职业", accessor="candidate__plan__occupation__name")
    level = Column("等级", accessor="candidate__plan__level")
    merit_words = Column("业绩情形")
    plan = Column("计划", accessor="candidate__plan__number")
    put_forward_at = DayColumn("提出日期")
    granted = Column("决定", empty_values=())

    def render_name(self, value: str, record: Any) -> SafeString | str:
        return format_html('<a href="{}">{}</a>', reverse("body:exception", args=[record.candidate.number]), value)

    def value_name(self, value: str) -> str:
        return value

    def render_granted(self, value: bool | None) -> SafeString:
        return badge(*_STATES[value])

    def value_granted(self, value: bool | None) -> str:
        return _STATES[value][0]

    def render_level(self, value: int) -> str:
        return level_label(value)

    def render_plan(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "plan", value), value)

    def value_plan(self, value: str) -> str:
        return value


class GroundExceptionTable(ExceptionTable):
    """Exceptions of several bodies; what was said and decided stands in the row."""

    body = Column("企业", accessor="candidate__plan__body__name", order_by="candidate__plan__body__name_key")
    words = Column("业绩事实", orderable=False)
    decision = Column("决定意见", orderable=False, default="—")

    class Meta(ExceptionTable.Meta):
        sequence = ("name", "body", "...")

    def render_name(self, value: str, record: Any) -> str:
        return value


class ExceptionFilter(django_filters.FilterSet):
    """Narrowing the exceptions."""

    name = django_filters.CharFilter(label="姓名", method="of_name")
    mode = django_filters.ChoiceFilter(label="方式", choices=[(one.value, one.label) for one in Mode])
    level = django_filters.ChoiceFilter(label="等级", field_name="candidate__plan__level", choices=LEVEL_CHOICES)
    granted = django_filters.ChoiceFilter(label="决定", choices=[("open", "待决定"), ("yes", "已认可"), ("no", "不认可")], method="decided_so")
    since = DayRangeFilter(label="提出日期", field_name="put_forward_at")

    def of_name(self, found: Any, name: str, value: str) -> Any:
        return found.filter(candidate__name_key__contains=name_key(value))

    def decided_so(self, found: Any, name: str, value: str) -> Any:
        return found.filter(granted__isnull=True) if value == "open" else found.filter(granted=value == "yes")


class GroundExceptionFilter(ExceptionFilter):
    """The same, by enterprise as well."""

    body = django_filters.CharFilter(label="企业", field_name="candidate__plan__body__name", lookup_expr="icontains")


@either_door
def exceptions(request: Request) -> HttpResponseBase:
    """This page will list the exceptions on the actor's ground."""
    of_body = side(request) == "body"

    def exported(kind: str, count: int) -> None:
        record_export(case="exceptions", what="直接认定和破格清单", kind=kind, count=count, by=request.actor, at=request.now)

    crumbs = [{"label": "认定计划", "url": own_side(request, "plans")}, {"label": "直接认定和破格", "url": ""}]
    return list_page(
        request,
        queryset=exceptional_cases(request.actor),
        table=ExceptionTable if of_body else GroundExceptionTable,
        filterset=ExceptionFilter if of_body else GroundExceptionFilter,
        title="直接认定和破格",
        unit="人",
        empty=Empty("还没有直接认定和破格", "企业在考生页对本单位职工提出，由企业负责人决定，结果随成绩公示。"),
        exported=exported,
        extra={"crumbs": crumbs},
    )
