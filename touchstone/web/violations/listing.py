"""违纪违规档案: which cases are there, whom are they about, how far is each? The person themselves sees their own, as cards."""

from typing import Any

import django_filters
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.operations.exports import record_export
from touchstone.kernel.numbers import name_key
from touchstone.policy.violations.acts import Party, Tier
from touchstone.policy.violations.measures import Measure
from touchstone.violations import queries
from touchstone.violations.states import State
from touchstone.web.doors import Request, case_door, own_side, side
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import Column, DayColumn, Empty, NameColumn, StateColumn, Table, list_page
from touchstone.web.violations.words import STATES, TIERS, measure_of


class ViolationTable(Table):
    """Cases of one body."""

    number = Column("案件")
    person = NameColumn("当事人", accessor="person__name", order_by="name_key")
    party = Column("对象")
    act_words = Column("情形")
    tier = StateColumn(TIERS, "档次")
    happened_on = DayColumn("行为日期")
    state = StateColumn(STATES, "状态")
    measure = Column("处理", empty_values=(), orderable=False)
    decided_at = DayColumn("决定日期", default="—")
    plan = Column("计划", accessor="candidate__plan__title", default="—", orderable=False)
    folded = ("party", "plan", "decided_at")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "violation", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_measure(self, record: Any) -> str:
        return measure_of(record)

    def value_measure(self, record: Any) -> str:
        return measure_of(record)


class AuthorityViolationTable(ViolationTable):
    """Cases of several bodies."""

    body = Column("评价机构", accessor="body__name", order_by="body__name_key")

    class Meta(ViolationTable.Meta):
        sequence = ("number", "body", "...")


class ViolationFilter(django_filters.FilterSet):
    """Narrowing the cases."""

    number = django_filters.CharFilter(label="案件编号", lookup_expr="startswith")
    person = django_filters.CharFilter(label="当事人", method="of_person")
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in State])
    tier = django_filters.ChoiceFilter(label="档次", choices=[(one.value, one.label) for one in Tier])
    party = django_filters.ChoiceFilter(label="对象", choices=[(one.value, one.label) for one in Party])
    measure = django_filters.ChoiceFilter(label="处理", choices=[(one.value, one.label) for one in Measure])
    happened = DayRangeFilter(label="行为日期", field_name="happened_on")

    def of_person(self, found: Any, name: str, value: str) -> Any:
        return found.filter(name_key__holds=name_key(value))


@case_door
def violations(request: Request) -> HttpResponseBase:
    """This page will list the cases the actor may see."""
    rows = queries.violations(request.actor)
    if side(request) in {"candidate", "expert"}:
        lines = [
            {"row": one, "state": STATES[one.state], "measure": measure_of(one), "url": own_side(request, "violation", one.number)}
            for one in rows
        ]
        return render(request, "violations/own.html", {"lines": lines})
    of_body = side(request) == "body"

    def exported(kind: str, count: int) -> None:
        record_export(case="violations", what="违纪违规档案", kind=kind, count=count, by=request.actor, at=request.now)

    return list_page(
        request,
        queryset=rows,
        table=ViolationTable if of_body else AuthorityViolationTable,
        filterset=ViolationFilter,
        title="违纪违规行为处理档案" if of_body else "违纪违规案件",
        unit="件",
        template="violations/list.html" if of_body else "tables/list_page.html",
        empty=Empty("还没有案件", "考试中的违纪违规立案以后，会出现在这里。"),
        exported=exported,
    )
