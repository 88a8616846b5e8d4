"""评价档案列表: which archives are kept here, which are late, and which need not be kept any longer?"""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.http import HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.queries import archive as queries
from touchstone.exams.states import ArchiveState
from touchstone.kernel.numbers import name_key
from touchstone.policy.exams.archive import Carrier
from touchstone.web.doors import Request, either_door, own_side, side
from touchstone.web.filters import DayRangeFilter
from touchstone.web.levels import LEVEL_CHOICES, level_label
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page

TONES = {ArchiveState.OWED: "warn", ArchiveState.COMPILING: "info", ArchiveState.COMPILED: "warn", ArchiveState.SEALED: "ok"}
STATES = {state.value: (state.label, TONES[state]) for state in ArchiveState}
WITHIN = {"late": "逾期没有封存", "paper": "纸质保存年限已满", "electronic": "电子保存年限已满"}


class ArchiveTable(Table):
    """Archives with where they stand."""

    number = Column("档号")
    body = Column("评价机构", accessor="plan__body__name", order_by="plan__body__name_key")
    plan = Column("计划", accessor="plan__title", orderable=False)
    plan_number = Column("计划编号", accessor="plan__number", orderable=False)
    level = Column("等级", accessor="plan__level", order_by="plan__level")
    exam_on = DayColumn("考试日期", accessor="plan__exam_on", order_by="plan__exam_on")
    due_on = DayColumn("应封存日")
    sealed_at = DayColumn("封存日期", default="—")
    paper_until = DayColumn("纸质保存至", default="—")
    electronic_until = DayColumn("电子保存至", default="—")
    state = StateColumn(STATES, "状态")
    folded: Sequence[str] = ("plan_number", "level", "electronic_until")

    class Meta(Table.Meta):
        order_by = ("-due_on",)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a class="ts-nowrap" href="{}">{}</a>', own_side(self.request, "archive", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_level(self, value: int) -> str:
        return level_label(value)


class OwnArchiveTable(ArchiveTable):
    """A body's own archives."""

    body = None  # type: ignore[assignment]
    folded = ("plan_number", "electronic_until")


class OwnArchiveFilter(django_filters.FilterSet):
    """Narrowing the list of archives."""

    number = django_filters.CharFilter(label="档号", lookup_expr="startswith")
    plan = django_filters.CharFilter(label="计划编号", field_name="plan__number", lookup_expr="startswith")
    title = django_filters.CharFilter(label="计划名称", field_name="plan__title", lookup_expr="holds")
    state = django_filters.ChoiceFilter(label="状态", choices=[(state.value, state.label) for state in ArchiveState])
    within = django_filters.ChoiceFilter(label="期限", choices=list(WITHIN.items()), method="within_so")
    exam_on = DayRangeFilter(label="考试日期", field_name="plan__exam_on")

    def within_so(self, found: Any, name: str, value: str) -> Any:
        day = self.request.today
        return queries.late(found, day) if value == "late" else queries.ended(found, day, Carrier(value))


class ArchiveFilter(OwnArchiveFilter):
    """Narrowing the archives of several bodies."""

    body = django_filters.CharFilter(label="评价机构", method="of_body")
    level = django_filters.ChoiceFilter(label="等级", field_name="plan__level", choices=LEVEL_CHOICES)

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(plan__body__name_key__holds=name_key(value))


@either_door
def archives(request: Request) -> HttpResponseBase:
    """This page will list the archives of a body, or of all bodies on an office's ground."""
    own, day = side(request) == "body", request.today
    found = queries.archives(request.actor)
    words = "核发证书后，系统自动建立档号并排出封存期限。" if own else "辖区内的评价机构核发证书后，档案会出现在这里。"
    tabs = [("全部", "", None), ("逾期没有封存", "late", queries.late(found, day).count())]
    tabs += [(WITHIN[one.value], one.value, queries.ended(found, day, one).count()) for one in Carrier]
    chosen = request.GET.get("within", "")
    extra = {"tabs": [{"label": label, "url": f"?within={key}", "active": key == chosen, "count": count} for label, key, count in tabs]}
    return list_page(
        request,
        queryset=found,
        table=OwnArchiveTable if own else ArchiveTable,
        filterset=OwnArchiveFilter if own else ArchiveFilter,
        title="评价档案",
        unit="份",
        empty=Empty("没有评价档案", words),
        template="archives/archives.html",
        extra=extra,
    )
