"""机构案件列表: which cases are there, about which bodies, how grave and how far is each?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies.queries import named
from touchstone.enforcement import permissions, queries
from touchstone.enforcement.facts.wording import measures_told
from touchstone.enforcement.queries.figures import past_their_day, unfinished
from touchstone.enforcement.states import State
from touchstone.exams.operations.exports import record_export
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.supervision.acts import Tier
from touchstone.web.doors import Request, either_door, own_side, side
from touchstone.web.enforcement.words import STATES, TIERS
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.enforcement.models import Case


class CaseTable(Table):
    """Cases about bodies."""

    number = Column("案件", attrs={"td": {"class": "ts-nowrap"}})
    party_name = Column("当事机构")
    tier = StateColumn(TIERS, "档次", order_by=("tier", "-decided_at"))
    state = StateColumn(STATES, "状态", order_by=("state", "-pk"))
    decision = Column("处理", orderable=False, default="—")
    office = Column("承办单位", accessor="office__name", orderable=False)
    found_on = DayColumn("发现日")
    opened_at = DayColumn("立案日期", default="—")
    decided_at = DayColumn("决定日期", default="—")
    served_on = DayColumn("送达日", default="—")
    folded = ("found_on", "served_on")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "case", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_decision(self, value: list[str], record: "Case") -> str:
        told = record.served_on is not None or side(self.request) != "body"  # a body reads its decision in the letter it signs for
        return measures_told(value, record.terms) if value and told else "—"


_TOGETHER = (("unfinished", "没有办结的"), ("late", "超过决定期限的"))


class CaseFilter(django_filters.FilterSet):
    """Narrowing the cases."""

    number = django_filters.CharFilter(label="案件编号", lookup_expr="startswith")
    party = django_filters.CharFilter(label="当事机构", method="about")
    tier = django_filters.ChoiceFilter(label="档次", choices=[(one.value, one.label) for one in Tier])
    state = django_filters.ChoiceFilter(label="状态", choices=[*_TOGETHER, *((one.value, one.label) for one in State)], method="of_state")
    district = django_filters.ChoiceFilter(label="承办区", field_name="office__district", choices=sorted(DISTRICTS.items()))
    opened = DayRangeFilter(label="立案日期", field_name="opened_at", newest_first=True)
    decided = DayRangeFilter(label="决定日期", field_name="decided_at", newest_first=True)

    def about(self, found: Any, name: str, value: str) -> Any:
        return found.filter(named(value) | Q(party_name__holds=value))

    def of_state(self, found: Any, name: str, value: str) -> Any:
        if value == "unfinished":
            return unfinished(found)
        return past_their_day(found, self.request.now) if value == "late" else found.filter(state=value)


@either_door
def cases(request: Request) -> HttpResponseBase:
    """This page will list the cases the actor may see: an office's, or a body's own."""

    def exported(kind: str, count: int) -> None:
        record_export(case="cases", what="机构案件", kind=kind, count=count, by=request.actor, at=request.now)

    of_body = side(request) == "body"
    sentence = "检查、预警、投诉中发现机构违纪违规的，登记立案以后会出现在这里。"
    if of_body:
        sentence = "监管部门就本机构立案并告知以后，会出现在这里。"
    extra: dict[str, Any] = {
        "may_open": not of_body and permissions.can(permissions.check_may_open, request.actor),
        "of_body": of_body,
        "tabs": [] if of_body else tabs("cases"),
    }
    return list_page(
        request,
        queryset=queries.cases(request.actor),
        table=CaseTable,
        filterset=CaseFilter,
        title="机构违纪违规案件",
        unit="件",
        template="enforcement/list.html",
        empty=Empty("没有案件", sentence),
        exported=exported,
        extra=extra,
    )


def tabs(active: str) -> list[dict[str, Any]]:
    """This function will give the tabs of the subject."""
    pages = (("cases", "案件", "cases"), ("archives", "案卷", "case_archives"))
    return [{"label": label, "url": reverse(f"authority:{page}"), "active": key == active} for key, label, page in pages]
