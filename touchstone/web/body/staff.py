"""人员队伍: who serves my body in which duty?"""

import django_filters
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations, permissions, queries
from touchstone.bodies.queries import DUTIES
from touchstone.kernel.numbers import name_key
from touchstone.web.doors import Request, body_door
from touchstone.web.levels import LEVEL_CHOICES, level_label
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, Table, list_page

_WHOLE = {"td": {"class": "ts-nowrap"}}


class StaffTable(Table):
    """Staff of one body; identity masked."""

    name = Column("姓名", accessor="person__name", order_by="person__name_key", attrs=_WHOLE)
    id_masked = Column("证件号码", accessor="person__id_masked", orderable=False)
    duty = Column("职责", accessor="get_duty_display", order_by="duty")
    post = Column("职务", attrs=_WHOLE)
    full_time = Column("专职")
    occupation = Column("考评职业", accessor="occupation__name")
    highest_level = Column("最高可考评等级")
    qualification = Column("资格证书编号", orderable=False)
    since = DayColumn("起")
    until = DayColumn("止", default="在任")

    def render_full_time(self, value: bool) -> str:
        return "专职" if value else "兼职"

    def render_highest_level(self, value: int) -> str:
        return level_label(value)

    def render_duty(self, value: str, record: object) -> SafeString:
        tone = "neutral" if record.until else "info"  # type: ignore[attr-defined]
        return format_html('<span class="ts-state ts-tone-{}">{}</span>', tone, value)

    def value_duty(self, value: str) -> str:
        return value


class StaffFilter(django_filters.FilterSet):
    """Narrowing the list of staff."""

    name = django_filters.CharFilter(label="姓名", method="named")
    duty = django_filters.ChoiceFilter(label="职责", choices=DUTIES)
    occupation = django_filters.CharFilter(label="考评职业", field_name="occupation__name", lookup_expr="icontains")
    level = django_filters.ChoiceFilter(label="可考评等级", choices=LEVEL_CHOICES, field_name="highest_level", lookup_expr="lte")
    full_time = django_filters.ChoiceFilter(label="专职或兼职", choices=[("True", "专职"), ("False", "兼职")])
    standing = django_filters.ChoiceFilter(label="状态", choices=[("open", "在任"), ("ended", "已结束")], method="standing_so")

    def named(self, found: queries.StaffSet, name: str, value: str) -> queries.StaffSet:
        return found.filter(person__name_key__contains=name_key(value))

    def standing_so(self, found: queries.StaffSet, name: str, value: str) -> queries.StaffSet:
        return found.filter(until__isnull=value == "open")


@body_door
def staff(request: Request) -> HttpResponseBase:
    """This page will list the body's staff; the export is put on record."""
    body = queries.own_body(request.actor)
    why_not = permissions.why_not_keep(request.actor, body)

    def on_record(kind: str, count: int) -> None:
        operations.record_export(body=body, what="staff", kind=kind, count=count, by=request.actor.with_key(""), at=request.now)

    empty = Empty(
        "还没有人员", "备案前请登记管理人员、考评人员和内部质量督导员。", "" if why_not else "添加人员", "" if why_not else reverse("body:staff_new")
    )
    return list_page(
        request, queryset=queries.staff_of(body), table=StaffTable, filterset=StaffFilter, title="人员队伍", unit="项", empty=empty,
        totals=lambda rows: {"在任": rows.filter(until__isnull=True).count()},
        batch=[] if why_not else [BatchAction("end", "结束职责", "danger")], batch_url=reverse("body:staff_end"),
        exported=on_record, template="body/staff.html", extra={"why_not": why_not},
    )
