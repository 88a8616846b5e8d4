"""在岗职工: who is in post with my body, in which form of employment?"""

from typing import Any

import django_filters
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations, permissions, queries
from touchstone.kernel.numbers import name_key
from touchstone.web.body.register_page import crumbs_of, register_of
from touchstone.web.doors import Request, body_door
from touchstone.web.filters import DayRangeFilter
from touchstone.web.paper_columns import badge
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, NameColumn, Table, list_page


class WorkerTable(Table):
    """Workers of one body; identity masked."""

    name = NameColumn("姓名", accessor="person__name", order_by="person__name_key")
    id_masked = Column("证件号码", accessor="person__id_masked", orderable=False)
    form = Column("用工形式", attrs={"td": {"class": "ts-nowrap"}})
    through = Column("派遣或承揽单位")
    subsidiary = Column("下属企业", accessor="subsidiary__name")
    post = Column("岗位")
    evidence = Column("用工证明", orderable=False)
    since = DayColumn("在岗起")
    until = DayColumn("离岗日")
    state = Column("状态", empty_values=(), accessor="until", orderable=False)
    folded = ("evidence", "until")

    def render_name(self, value: str, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:worker", args=[record.pk]), value)

    def value_name(self, value: str) -> str:
        return value

    def render_state(self, value: object) -> SafeString:
        return badge("已离岗", "neutral") if value else badge("在岗", "ok")

    def value_state(self, value: object) -> str:
        return "已离岗" if value else "在岗"


class WorkerFilter(django_filters.FilterSet):
    """Narrowing the list of workers."""

    name = django_filters.CharFilter(label="姓名", method="named")
    form = django_filters.CharFilter(label="用工形式")
    through = django_filters.CharFilter(label="派遣或承揽单位", lookup_expr="icontains")
    subsidiary = django_filters.CharFilter(label="下属企业", field_name="subsidiary__name", lookup_expr="icontains")
    since = DayRangeFilter(label="在岗起", field_name="since")
    standing = django_filters.ChoiceFilter(label="状态", choices=[("open", "在岗"), ("ended", "已离岗")], method="standing_so")

    def named(self, found: Any, name: str, value: str) -> Any:
        return found.filter(person__name_key__contains=name_key(value))

    def standing_so(self, found: Any, name: str, value: str) -> Any:
        return found.filter(until__isnull=value == "open")


@body_door
def workers(request: Request) -> HttpResponseBase:
    """This page will list the body's register of staff; the export is put on record."""
    body = register_of(request, "workers")
    why_not = permissions.why_not_keep(request.actor, body)

    def on_record(kind: str, count: int) -> None:
        operations.record_export(body=body, what="workers", kind=kind, count=count, by=request.actor.with_key(""), at=request.now)

    take_in = () if why_not else ("导入名册", reverse("body:workers_import"))
    actions = [] if why_not else [(*take_in, "upload", ""), ("登记一人", reverse("body:worker_new"), "user-plus", "btn-primary")]
    return list_page(
        request,
        queryset=queries.workers_of(body),
        table=WorkerTable,
        filterset=WorkerFilter,
        title="在岗职工",
        unit="人",
        empty=Empty("还没有登记在岗职工", "登记后，报名时按申报之日核对是否在岗和用工形式；没有登记的，逐人核对用工证明。", *take_in),
        totals=lambda rows: {"在岗": rows.filter(until__isnull=True).count()},
        batch=[] if why_not else [BatchAction("end", "登记离岗", "danger")],
        batch_url=reverse("body:workers_end"),
        exported=on_record,
        template="body/register.html",
        extra={
            "why_not": why_not,
            "actions": actions,
            "crumbs": crumbs_of("workers"),
            "subtitle": "各种用工形式的在岗职工都可以参评（通知 二(一)）；报名时按申报之日核对。",
        },
    )
