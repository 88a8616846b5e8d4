"""机构系统接入: which bodies report by their own systems, how much, and how much of it goes wrong?"""

from typing import Any

import django_filters
from django.http import HttpResponseBase

from touchstone.kernel.numbers import name_key
from touchstone.systems import permissions, queries
from touchstone.web.doors import Request, overseer_door
from touchstone.web.tables import Column, Empty, MomentColumn, NumberColumn, Table, list_page


class ConnectedTable(Table):
    """Bodies with keys."""

    number = Column("机构编号")
    name = Column("评价机构", order_by="name_key")
    keys = NumberColumn("可用密钥")
    requests = NumberColumn("近30天请求")
    refused = NumberColumn("不予办理")
    failed = NumberColumn("平台出错")
    rate = Column("未成功率", empty_values=(), orderable=False, attrs={"td": {"class": "ts-number"}, "th": {"class": "ts-number"}})
    used_at = MomentColumn("最近使用", default="还没有用过")

    def render_rate(self, record: Any) -> str:
        return f"{(record.refused + record.failed) / record.requests:.1%}" if record.requests else "—"

    def value_rate(self, record: Any) -> str:
        return self.render_rate(record)


class ConnectedFilter(django_filters.FilterSet):
    """Narrowing the list."""

    name = django_filters.CharFilter(label="机构名称", method="named")
    wrong = django_filters.ChoiceFilter(label="近30天", choices=[("failed", "有平台出错"), ("refused", "有不予办理")], method="with_faults")

    def named(self, found: Any, name: str, value: str) -> Any:
        return found.filter(name_key__holds=name_key(value))

    def with_faults(self, found: Any, name: str, value: str) -> Any:
        return found.filter(**{f"{value}__gt": 0})


@overseer_door
def connected(request: Request) -> HttpResponseBase:
    """This page will list the connected bodies on the actor's ground; to those who run the platform, every one."""
    permissions.check_may_see_keys(request.actor)
    return list_page(
        request,
        queryset=queries.connected_bodies(request.actor, request.today),
        table=ConnectedTable,
        filterset=ConnectedFilter,
        title="机构系统接入",
        unit="家",
        empty=Empty("还没有机构接入", "机构负责人在“系统对接”页开通接口密钥以后会出现在这里。"),
    )
