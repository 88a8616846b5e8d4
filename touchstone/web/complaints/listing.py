"""线索清单: which leads are there, of which origin, about whom, by when is each to be decided, verified or answered, and how far is it?"""

from typing import Any

import django_filters
from django.http import HttpResponseBase
from django.urls import reverse

from touchstone.complaints import permissions, queries
from touchstone.complaints.states import OPEN, State
from touchstone.exams.operations.exports import record_export
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.supervision.complaints import Origin, Verdict
from touchstone.web.complaints.words import STATES, VERDICTS, tabs
from touchstone.web.doors import Request, authority_door
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page


class LeadTable(Table):
    """Leads of an office."""

    number = Column("受理编号", linkify=lambda record: reverse("authority:lead", args=[record.number]), attrs={"td": {"class": "ts-nowrap"}})
    origin = Column("来源", accessor="get_origin_display", order_by="origin")
    about = Column("反映的对象", orderable=False)
    state = StateColumn(STATES, "状态")
    due_on = DayColumn("办理期限", default="—")
    office = Column("承办单位", accessor="office__short_name", order_by="office_id")
    verdict = StateColumn(VERDICTS, "结论", empty_values=())
    received_at = DayColumn("收到日期", order_by="pk")
    district = Column("所在区", order_by="district", default="—")
    source = Column("来源说明", orderable=False, default="—")
    led_to = Column("后续案件", orderable=False, default="—")
    folded = ("district", "source", "led_to")

    def render_district(self, value: str) -> str:
        return DISTRICTS.get(value, value)


class LeadFilter(django_filters.FilterSet):
    """Narrowing the leads."""

    number = django_filters.CharFilter(label="受理编号", lookup_expr="startswith")
    about = django_filters.CharFilter(label="反映的对象", method="of_about")
    origin = django_filters.ChoiceFilter(label="来源", choices=[(one.value, one.label) for one in Origin])
    state = django_filters.ChoiceFilter(
        label="状态", choices=[("open", "未办结"), *((one.value, one.label) for one in State)], method="of_state"
    )
    verdict = django_filters.ChoiceFilter(label="结论", choices=[(one.value, one.label) for one in Verdict])
    district = django_filters.ChoiceFilter(label="所在区", choices=sorted(DISTRICTS.items()))
    mine = django_filters.ChoiceFilter(label="承办", choices=[("office", "本单位承办"), ("me", "本人核实")], method="of_mine")
    due = DayRangeFilter(label="办理期限", field_name="due_on", newest_first=True)
    received = DayRangeFilter(label="收到日期", field_name="received_at", newest_first=True)

    def of_about(self, found: Any, name: str, value: str) -> Any:
        return found.filter(queries.named(value))

    def of_state(self, found: Any, name: str, value: str) -> Any:
        return found.filter(state__in=OPEN) if value == "open" else found.filter(state=value)

    def of_mine(self, found: Any, name: str, value: str) -> Any:
        actor = self.request.actor
        return found.filter(office_id=actor.office_id) if value == "office" else found.filter(verifiers__user_id=actor.user_id)


@authority_door
def leads(request: Request) -> HttpResponseBase:
    """This page will list the leads the actor may see, with what its own office owes. :raises NotAllowed:"""
    permissions.check_may_see_evaluators(request.actor)

    def exported(kind: str, count: int) -> None:
        record_export(case="leads", what="线索", kind=kind, count=count, by=request.actor, at=request.now)

    may_enter = not permissions.why_not(permissions.check_may_enter, request.actor)
    return list_page(
        request,
        queryset=queries.leads(request.actor),
        table=LeadTable,
        filterset=LeadFilter,
        title="投诉举报和线索",
        unit="件",
        template="complaints/leads.html",
        empty=Empty(
            "还没有线索",
            "公众的投诉举报会按监管职责分到这里；媒体报道和其他部门移送的由您登记。",
            "登记线索" if may_enter else "",
            reverse("authority:lead_new") if may_enter else "",
        ),
        totals=lambda rows: {"未办结": rows.order_by().filter(state__in=OPEN)[:10_000].count(), "属实或部分属实": _borne_out(rows)},
        exported=exported,
        extra={
            "counts": queries.counts(request.actor, request.today),
            "here": reverse("authority:leads"),
            "tabs": tabs("leads", request.actor),
            "may_enter": may_enter,
        },
    )


def _borne_out(rows: Any) -> int:
    return int(rows.order_by().filter(verdict__in=[Verdict.TRUE, Verdict.PARTLY])[:10_000].count())
