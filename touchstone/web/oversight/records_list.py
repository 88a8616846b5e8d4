"""调取资料列表: which calls for records are there, how far is each, what is late?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies.queries import named
from touchstone.exams.operations.exports import record_export
from touchstone.inspections.permissions import records as permissions
from touchstone.inspections.queries import records as queries
from touchstone.inspections.states.records import CallState
from touchstone.policy.supervision.items import ITEMS, Way
from touchstone.web.doors import Request, either_door, own_side, side
from touchstone.web.filters import DayRangeFilter
from touchstone.web.oversight.records_words import CALL_STATES
from touchstone.web.oversight.tabs import HEADING, tabs
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.inspections.models import RecordsCall


class RecordsTable(Table):
    """Calls for records."""

    number = Column("调取", attrs={"td": {"class": "ts-nowrap"}})
    body = Column("评价机构", accessor="body__name", order_by=("body_id", "-pk"))
    office = Column("调取单位", accessor="office__name", orderable=False)
    item = Column("检查事项", orderable=False)
    asked = NumberColumn("项数", orderable=False)
    owed = NumberColumn("未提供", orderable=False)
    called_at = DayColumn("调取日期")
    due_on = DayColumn("提供期限")
    state = StateColumn(CALL_STATES, "状态")
    overdue_at = Column("逾期", orderable=False, default="—")
    campaign = Column("专项督导", default="—")
    folded = ("campaign",)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "records_call", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_item(self, value: str, record: "RecordsCall") -> str:
        found = ITEMS.on(self.request.today).value.get(value)
        return found.title if found is not None else value

    value_item = render_item

    def render_overdue_at(self, value: Any) -> SafeString:
        return format_html('<span class="ts-state ts-tone-danger">{}</span>', "逾期")

    def value_overdue_at(self, value: Any) -> str:
        return "逾期" if value else ""


class RecordsFilter(django_filters.FilterSet):
    """Narrowing the calls."""

    number = django_filters.CharFilter(label="调取编号", lookup_expr="startswith")
    body = django_filters.CharFilter(label="评价机构", method="about")
    office = django_filters.CharFilter(label="调取单位", field_name="office__name", lookup_expr="contains")
    item = django_filters.ChoiceFilter(label="检查事项", choices=[])
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in CallState])
    late = django_filters.ChoiceFilter(label="逾期", choices=[("yes", "逾期"), ("no", "没有逾期")], method="that_is_late")
    called = DayRangeFilter(label="调取日期", field_name="called_at", newest_first=True)
    due = DayRangeFilter(label="提供期限", field_name="due_on", newest_first=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = ITEMS.on(self.request.today).value.values()
        self.filters["item"].extra["choices"] = [(one.key, one.title) for one in listed if Way.RECORDS in one.ways]

    def about(self, found: Any, name: str, value: str) -> Any:
        return found.filter(named(value))

    def that_is_late(self, found: Any, name: str, value: str) -> Any:
        return found.filter(overdue_at__isnull=value == "no")


@either_door
def records_calls(request: Request) -> HttpResponseBase:
    """This page will list the calls for records the actor may see."""

    def exported(kind: str, count: int) -> None:
        record_export(case="records-calls", what="调取资料", kind=kind, count=count, by=request.actor, at=request.now)

    of_body, may = side(request) == "body", permissions.can_call(request.actor)
    sentence = "监管部门调取本机构的资料以后，会出现在这里。" if of_body else "督导检查需要查阅资料的，由质量督导员调取。"
    new = ("调取资料", reverse("authority:records_call_new")) if may else ()
    return list_page(
        request,
        queryset=queries.calls(request.actor),
        table=RecordsTable,
        filterset=RecordsFilter,
        title=HEADING[side(request)],
        unit="次调取",
        template="oversight/records_list.html",
        empty=Empty("还没有调取资料", sentence, *new),
        exported=exported,
        extra={"tabs": tabs(request, "records"), "may_call": may, "of_body": of_body},
    )
