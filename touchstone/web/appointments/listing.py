"""评聘清单: which rounds are there, how far is each, and who holds a post until when? For the enterprise, and for the offices on their ground."""

from typing import Any

import django_filters
from django.http import HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.appointments import permissions, queries
from touchstone.appointments.states import State, Tenure
from touchstone.exams.operations.exports import record_export
from touchstone.kernel.numbers import name_key
from touchstone.web.appointments.words import POSTS, ROUND_STATES, TENURES
from touchstone.web.doors import Request, either_door, own_side, side
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import Column, DayColumn, Empty, NameColumn, NumberColumn, StateColumn, Table, list_page


class RoundTable(Table):
    """Rounds of one enterprise."""

    number = Column("评聘编号")
    post = Column("岗位")
    occupation = Column("职业", accessor="occupation_label", order_by="occupation_name")
    posts = NumberColumn("岗位数")
    put_forward = NumberColumn("申报")
    applications_until = DayColumn("申报截止")
    state = StateColumn(ROUND_STATES, "状态")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "appointment_round", value), value)

    def value_number(self, value: str) -> str:
        return value


class GroundRoundTable(RoundTable):
    """Rounds of several enterprises."""

    body = Column("企业", accessor="body__name", order_by="body__name_key")

    class Meta(RoundTable.Meta):
        sequence = ("number", "body", "...")


class RoundFilter(django_filters.FilterSet):
    """Narrowing the rounds."""

    number = django_filters.CharFilter(label="评聘编号", lookup_expr="startswith")
    post = django_filters.ChoiceFilter(label="岗位", choices=POSTS)
    occupation = django_filters.CharFilter(label="职业", field_name="occupation_name", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in State])
    until = DayRangeFilter(label="申报截止", field_name="applications_until")


class GroundRoundFilter(RoundFilter):
    """The same, by enterprise as well."""

    body = django_filters.CharFilter(label="企业", field_name="body__name", lookup_expr="icontains")


class AppointmentTable(Table):
    """Appointments of one enterprise."""

    number = Column("聘任编号")
    person = NameColumn("姓名", accessor="person__name", order_by="name_key")
    post = Column("岗位")
    occupation = Column("职业", accessor="occupation_label", order_by="occupation_name")
    since = DayColumn("受聘日")
    until = DayColumn("聘期至（不含）")
    state = StateColumn(TENURES, "状态")
    ending = Column("终止情形", default="—")
    certificate_number = Column("证书编号", default="—")
    folded = ("certificate_number",)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "appointment", value), value)

    def value_number(self, value: str) -> str:
        return value


class GroundAppointmentTable(AppointmentTable):
    """Appointments of several enterprises."""

    body = Column("企业", accessor="body__name", order_by="body__name_key")

    class Meta(AppointmentTable.Meta):
        sequence = ("number", "body", "...")


class AppointmentFilter(django_filters.FilterSet):
    """Narrowing the appointments."""

    number = django_filters.CharFilter(label="聘任编号", lookup_expr="startswith")
    person = django_filters.CharFilter(label="姓名", method="of_person")
    post = django_filters.ChoiceFilter(label="岗位", choices=POSTS)
    occupation = django_filters.CharFilter(label="职业", field_name="occupation_name", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in Tenure])
    until = DayRangeFilter(label="聘期截止", field_name="until")

    def of_person(self, found: Any, name: str, value: str) -> Any:
        return found.filter(name_key__holds=name_key(value))


class GroundAppointmentFilter(AppointmentFilter):
    """The same, by enterprise as well."""

    body = django_filters.CharFilter(label="企业", field_name="body__name", lookup_expr="icontains")


def _tabs(request: Request, active: str) -> list[dict[str, Any]]:
    names = (("评聘公告", "appointment_rounds"), ("受聘人员", "appointments"))
    return [{"label": label, "url": own_side(request, name), "active": name == active, "count": None} for label, name in names]


@either_door
def appointment_rounds(request: Request) -> HttpResponseBase:
    """This page will list the rounds on the actor's ground."""
    of_body = side(request) == "body"
    why_not = permissions.why_not(request.actor, "announce") if of_body else ""

    def exported(kind: str, count: int) -> None:
        record_export(case="appointment-rounds", what="评聘清单", kind=kind, count=count, by=request.actor, at=request.now)

    sentence = "企业备案到高级技师的职业，可以在本单位在岗职工中评聘特级技师、首席技师。"
    begin = ("发布评聘公告", own_side(request, "appointment_round_new")) if of_body and not why_not else ()
    return list_page(
        request,
        queryset=queries.rounds(request.actor),
        table=RoundTable if of_body else GroundRoundTable,
        filterset=RoundFilter if of_body else GroundRoundFilter,
        title="特级技师、首席技师评聘",
        unit="次",
        template="appointments/list.html",
        empty=Empty("还没有评聘", sentence, *begin),
        exported=exported,
        extra={"tabs": _tabs(request, "appointment_rounds"), "new": of_body and not why_not, "why_not": why_not},
    )


@either_door
def appointments(request: Request) -> HttpResponseBase:
    """This page will list the appointments on the actor's ground."""
    of_body = side(request) == "body"

    def exported(kind: str, count: int) -> None:
        record_export(case="appointments", what="受聘人员名册", kind=kind, count=count, by=request.actor, at=request.now)

    return list_page(
        request,
        queryset=queries.appointments(request.actor),
        table=AppointmentTable if of_body else GroundAppointmentTable,
        filterset=AppointmentFilter if of_body else GroundAppointmentFilter,
        title="特级技师、首席技师评聘",
        unit="人",
        template="appointments/list.html",
        empty=Empty("还没有受聘人员", "评聘公示期满、企业负责人聘任以后，会出现在这里。"),
        totals=lambda rows: {"在聘": rows.filter(state=Tenure.SERVING).count()},
        exported=exported,
        extra={"tabs": _tabs(request, "appointments")},
    )
