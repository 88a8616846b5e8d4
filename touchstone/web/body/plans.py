"""认定计划: which plans has my body, where does each stand, and what is late?"""

from typing import Any

import django_filters
from django.db.models import Q
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.catalogue.queries import named_like
from touchstone.exams import permissions
from touchstone.exams.queries import plans as queries
from touchstone.exams.states import PlanState
from touchstone.web.doors import Request, body_door
from touchstone.web.filters import DayRangeFilter
from touchstone.web.levels import LEVEL_CHOICES, level_label
from touchstone.web.plan_view import STATES
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, StateColumn, Table, list_page

UNDER_WAY = tuple(state for state in PlanState if state not in {PlanState.CERTIFIED, PlanState.CANCELLED})


class PlanTable(Table):
    """Plans with where they stand."""

    number = Column("计划编号")
    title = Column("计划名称", orderable=False)
    occupation = Column("职业", accessor="occupation__name")
    level = Column("等级")
    venue = Column("考核点", accessor="venue__name")
    exam_on = DayColumn("考试日期")
    registration_closes_on = DayColumn("报名截止")
    registered = NumberColumn("已报名")
    quota = NumberColumn("计划人数")
    state = StateColumn(STATES, "状态")
    signed_for_at = DayColumn("区局签收", default="—")
    folded = ("venue", "registration_closes_on")

    class Meta(Table.Meta):
        order_by = ("-exam_on",)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:plan", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_level(self, value: int) -> str:
        return level_label(value)


class PlanFilter(django_filters.FilterSet):
    """Narrowing the list of plans."""

    number = django_filters.CharFilter(label="计划编号", lookup_expr="startswith")
    title = django_filters.CharFilter(label="名称或职业", method="named")
    level = django_filters.ChoiceFilter(label="等级", choices=LEVEL_CHOICES)
    state = django_filters.ChoiceFilter(label="状态", choices=[(s.value, s.label) for s in PlanState])
    exam_on = DayRangeFilter(label="考试日期", field_name="exam_on")

    def named(self, found: Any, name: str, value: str) -> Any:
        occupations = list(named_like(value)[:500].values_list("pk", flat=True))  # by key: what is joined cannot be found by an index of plans
        return found.filter(Q(title__holds=value) | Q(occupation__in=occupations))


@body_door
def plans(request: Request) -> HttpResponseBase:
    """This page will show the plans under way as a board, and every plan as a list."""
    why_not = permissions.why_not(request.actor, "draft_plan")
    new = "" if why_not else reverse("body:plan_new")
    empty = Empty("还没有认定计划", "备案生效后即可编制计划；考试前至少10个工作日上报。", "编制计划" if new else "", new)
    extra = {"board": queries.board(request.actor, UNDER_WAY), "why_not": why_not, "narrowed": bool(request.GET)}
    return list_page(
        request,
        queryset=queries.plans(request.actor),
        table=PlanTable,
        filterset=PlanFilter,
        title="认定计划",
        unit="份",
        empty=empty,
        template="body/plans.html",
        extra=extra,
    )
