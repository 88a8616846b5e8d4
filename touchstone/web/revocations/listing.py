"""撤销案件列表: which cases are there, about which certificates, how far is each?"""

from typing import Any

import django_filters
from django.http import HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.operations.exports import record_export
from touchstone.policy.certificates.revocation import Cause
from touchstone.revocations import permissions, queries
from touchstone.revocations.queries.figures import unfinished
from touchstone.revocations.states import State
from touchstone.web.doors import Request, either_door, own_side, side
from touchstone.web.filters import DayRangeFilter
from touchstone.web.revocations.words import STATES
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, StateColumn, Table, list_page


class RevocationTable(Table):
    """Cases of revocation."""

    number = Column("案件", attrs={"td": {"class": "ts-nowrap"}})
    cause = Column("事由")
    body_words = Column("评价机构")
    row_count = NumberColumn("证书")
    state = StateColumn(STATES, "状态")
    office = Column("承办单位", accessor="office__name")
    opened_at = DayColumn("立案日期")
    heard_until = DayColumn("陈述截止", default="—")
    execute_by = DayColumn("执行期限", default="—")
    origin = Column("来源", default="—")
    folded = ("origin", "heard_until")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "revocation", value), value)

    def value_number(self, value: str) -> str:
        return value


class RevocationFilter(django_filters.FilterSet):
    """Narrowing the cases."""

    number = django_filters.CharFilter(label="案件编号", lookup_expr="startswith")
    certificate = django_filters.CharFilter(label="证书编号", method="about")
    body = django_filters.CharFilter(label="评价机构", field_name="body_words", lookup_expr="contains")
    cause = django_filters.ChoiceFilter(label="事由", choices=[(one.value, one.label) for one in Cause])
    state = django_filters.ChoiceFilter(
        label="状态", choices=[("unfinished", "未办结"), *((one.value, one.label) for one in State)], method="in_state"
    )
    opened = DayRangeFilter(label="立案日期", field_name="opened_at")

    def in_state(self, found: Any, name: str, value: str) -> Any:
        return unfinished(found) if value == "unfinished" else found.filter(state=value)

    def about(self, found: Any, name: str, value: str) -> Any:
        return found.filter(rows__certificate_number=value.strip().upper()).distinct()


@either_door
def revocations(request: Request) -> HttpResponseBase:
    """This page will list the cases the actor may see."""

    def exported(kind: str, count: int) -> None:
        record_export(case="revocations", what="撤销案件", kind=kind, count=count, by=request.actor, at=request.now)

    of_body = side(request) == "body"
    sentence = "证书数据超范围或者有误、涉嫌弄虚作假的，立案以后会出现在这里。"
    if of_body:
        sentence = "监管部门核查本机构证书、或者本机构提出撤销以后，会出现在这里。"
    return list_page(
        request,
        queryset=queries.cases(request.actor),
        table=RevocationTable,
        filterset=RevocationFilter,
        title="证书撤销案件",
        unit="件",
        template="revocations/list.html",
        empty=Empty("还没有撤销案件", sentence),
        exported=exported,
        extra={
            "may_open": permissions.can(permissions.check_may_open, request.actor),
            "new_url": own_side(request, "revocation_new"),
            "of_body": of_body,
        },
    )
