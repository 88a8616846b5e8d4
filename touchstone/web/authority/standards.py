"""标准列表: which national standards and assessment specifications are there, for which levels, and since when?"""

from datetime import date

import django_filters
from django.db.models import Q
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import A

from touchstone.catalogue import permissions, queries
from touchstone.kernel.numbers import name_key
from touchstone.web.authority.catalogue import tabs
from touchstone.web.doors import Request, authority_door
from touchstone.web.filters import DayInput
from touchstone.web.levels import LEVEL_CHOICES, levels_label
from touchstone.web.tables import Column, DayColumn, Empty, Table, list_page


def state_of(since: date, until: date | None, needs_approval: bool, day: date) -> tuple[str, str]:
    """This function will say how a standard stands on `day`: words and tone."""
    if until is not None and until <= day:
        return "已废止", "neutral"
    if needs_approval:
        return "待核准", "warn"
    return ("尚未施行", "info") if day < since else ("现行", "ok")


class StandardTable(Table):
    """Standards, each edition a row."""

    title = Column("名称", linkify=("authority:standard", [A("number")]))
    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    occupation = Column("职业（工种）", accessor="occupation__name", order_by="occupation__pinyin_key")
    edition = Column("版本")
    levels = Column("等级", orderable=False)
    in_force_from = DayColumn("施行日")
    until = DayColumn("废止日")
    owner = Column("制定单位", accessor="owner__name")
    approved_on = DayColumn("核准日")
    structure_number = Column("结构", orderable=False)
    state = Column("状态", empty_values=(), orderable=False, accessor="number")
    folded = ("edition", "until", "owner", "approved_on")

    def render_occupation(self, value: str, record: object) -> str:
        trade = record.trade  # type: ignore[attr-defined]
        return f"{value}（{trade.name}）" if trade else value

    def render_levels(self, value: list[int]) -> str:
        return levels_label(value)

    def render_structure_number(self, value: str) -> SafeString:
        return format_html('<a class="ts-nowrap" href="{}">{}</a>', reverse("authority:structure", args=[value]), value)

    def value_structure_number(self, value: str) -> str:
        return value

    def _state(self, record: object) -> tuple[str, str]:
        found = record
        needs = found.kind == "specification" and found.approved_on is None  # type: ignore[attr-defined]
        return state_of(found.in_force_from, found.until, needs, self.request.today)  # type: ignore[attr-defined]

    def render_state(self, record: object) -> SafeString:
        label, tone = self._state(record)
        return format_html('<span class="ts-state ts-tone-{}">{}</span>', tone, label)

    def value_state(self, record: object) -> str:
        return self._state(record)[0]


class StandardFilter(django_filters.FilterSet):
    """Narrowing the list of standards."""

    words = django_filters.CharFilter(label="名称、编号或职业", method="fitting")
    kind = django_filters.ChoiceFilter(label="类别", choices=queries.STANDARD_KINDS)
    level = django_filters.ChoiceFilter(label="等级", choices=LEVEL_CHOICES, method="with_level")
    owner = django_filters.CharFilter(label="制定单位", field_name="owner__name", lookup_expr="icontains")
    approval = django_filters.ChoiceFilter(label="核准", choices=[("waiting", "待核准"), ("done", "已核准")], method="approved")
    day = django_filters.DateFilter(label="在哪一天施行", widget=DayInput, method="on_day")

    def fitting(self, found: queries.StandardSet, name: str, value: str) -> queries.StandardSet:
        wanted = Q(title__icontains=value) | Q(number__icontains=value) | Q(occupation__name_key__contains=name_key(value))
        return found.filter(wanted | Q(occupation__code__startswith=value) | Q(trade__name__icontains=value))

    def with_level(self, found: queries.StandardSet, name: str, value: str) -> queries.StandardSet:
        return found.filter(levels__contains=[int(value)])

    def approved(self, found: queries.StandardSet, name: str, value: str) -> queries.StandardSet:
        return found.filter(kind="specification", approved_on__isnull=value == "waiting")

    def on_day(self, found: queries.StandardSet, name: str, value: date) -> queries.StandardSet:
        return queries.standards_in_force(found, value)


@authority_door
def standards(request: Request) -> HttpResponseBase:
    """This page will list every edition of every standard; whoever keeps them finds the way to enter one."""
    return list_page(
        request,
        queryset=queries.with_structure(queries.standards(), request.today),
        table=StandardTable,
        filterset=StandardFilter,
        title="国家职业标准和评价规范",
        unit="项",
        template="authority/standards.html",
        empty=Empty("还没有登记标准", "登记国家职业标准或企业的评价规范后，会出现在这里。"),
        extra={"tabs": tabs("standards"), "why_not": permissions.why_not(request.actor, "keep_standards")},
    )
