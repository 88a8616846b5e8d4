"""备案列表: which filings lie on this office's ground, in which state, with how many days left?"""

from datetime import date
from typing import TYPE_CHECKING

import django_filters
from django.http import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import A

from touchstone.filings import queries
from touchstone.filings.queries.figures import SOON, Left, left_so
from touchstone.kernel.numbers import name_key
from touchstone.kernel.periods import Calendar
from touchstone.parameters.queries import calendar
from touchstone.policy.districts import district_name
from touchstone.policy.filing.purposes import Purpose
from touchstone.web.doors import Request, authority_door
from touchstone.web.filing_view import STATES
from touchstone.web.filters import DayRangeFilter
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.filings.models import FilingSet

class FilingTable(Table):
    """Filings as an office sees them."""

    number = Column("编号", linkify=("authority:filing", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    body = Column("申请单位", accessor="body__name")
    district = Column("注册地", accessor="body__district")
    purpose = Column("事项")
    state = StateColumn(STATES, "状态")
    due_on = Column("办理期限")
    round = Column("提交次数")
    submitted_at = DayColumn("首次提交")
    in_force_from = DayColumn("生效日")
    until = DayColumn("有效期至（不含）")
    folded = ("round", "until")

    @cached_property
    def days(self) -> Calendar:
        """The calendar, read once for all rows."""
        return calendar()

    def render_district(self, value: str) -> str:
        return district_name(value)

    def render_due_on(self, value: date) -> SafeString:
        left = self.days.working_days_between(self.request.today, value)
        tone = "danger" if left <= 0 else "warn" if left <= SOON else "ok"
        words = f"已超期{-left}个工作日" if left < 0 else "今天到期" if left == 0 else f"还剩{left}个工作日"
        return format_html('<span class="ts-deadline ts-tone-{}">{}</span>', tone, words)

    def value_due_on(self, value: date) -> str:
        return value.isoformat()


class FilingFilter(django_filters.FilterSet):
    """Narrowing the list of filings."""

    body = django_filters.CharFilter(label="申请单位", method="named")
    number = django_filters.CharFilter(label="编号", lookup_expr="holds")
    purpose = django_filters.ChoiceFilter(label="事项", choices=[(one.value, one.label) for one in Purpose])
    state = django_filters.ChoiceFilter(label="状态", choices=[(key, label) for key, (label, _) in STATES.items()])
    district = django_filters.ChoiceFilter(label="注册地", choices=DISTRICT_CHOICES, field_name="body__district")
    left = django_filters.ChoiceFilter(label="剩余工作日", choices=[(one.value, one.label) for one in Left], method="due")
    submitted = DayRangeFilter(label="首次提交", field_name="submitted_at")

    def named(self, found: "FilingSet", name: str, value: str) -> "FilingSet":
        return found.filter(body__name_key__holds=name_key(value))

    def due(self, found: "FilingSet", name: str, value: str) -> "FilingSet":
        return left_so(found, Left(value), self.request.today)


@authority_door
def filings(request: Request) -> HttpResponseBase:
    """This page will list the filings on the actor's ground."""
    rows = queries.with_deadline(queries.filings(request.actor))
    empty = Empty("还没有备案申请", "本单位职责范围内的申请单位提交或征求同意后，会出现在这里。")
    return list_page(request, queryset=rows, table=FilingTable, filterset=FilingFilter, title="备案申请", unit="件", empty=empty)
