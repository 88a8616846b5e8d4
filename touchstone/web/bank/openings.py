"""调阅记录: who opened which question of a bank, when and why? Never what it said."""

import django_filters
from django.http import Http404, HttpResponseBase

from touchstone.questions import permissions, queries
from touchstone.questions.queries import BankRow
from touchstone.web.bank.door import crumbs, tabs
from touchstone.web.doors import Request, either_door
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import Column, Empty, MomentColumn, NameColumn, NumberColumn, Table, list_page


class OpeningTable(Table):
    """Openings."""

    opened_at = MomentColumn("调阅时间")
    question = Column("试题", accessor="question__number", attrs={"td": {"class": "ts-nowrap"}})
    version = NumberColumn("版本")
    opened_by = NameColumn("调阅人", accessor="opened_by__person__name", empty_values=())
    office = Column("单位", accessor="office__name")
    reason = Column("事由")

    def render_opened_by(self, value: str | None) -> str:
        return value or "平台自动办理"

    value_opened_by = render_opened_by


class OpeningFilter(django_filters.FilterSet):
    """Narrowing the openings."""

    question = django_filters.CharFilter(label="试题编号", field_name="question__number", lookup_expr="startswith")
    person = django_filters.CharFilter(label="调阅人", field_name="opened_by__person__name", lookup_expr="icontains")
    reason = django_filters.CharFilter(label="事由", lookup_expr="icontains")
    opened = DayRangeFilter(label="调阅日期", field_name="opened_at")


@either_door
def bank_openings(request: Request, number: str) -> HttpResponseBase:
    """This page will list the openings of a bank, for its keeper and the centre's."""
    try:
        bank = queries.bank(number, request.actor)
    except BankRow.DoesNotExist:
        raise Http404 from None
    permissions.check_may(request.actor, "see_openings", bank)
    empty = Empty("还没有调阅记录", "试题内容每被打开一次，就留下一条记录。")
    extra = {"bank": bank, "crumbs": crumbs(request, bank, ("调阅记录", "")), "tabs": tabs(request, bank, "bank_openings")}
    return list_page(
        request, queryset=queries.openings(bank), table=OpeningTable, filterset=OpeningFilter, title="调阅记录", unit="条", empty=empty,
        template="bank/list.html", extra=extra | {"subtitle": "记录永久保存，不能修改或删除，其中没有试题内容。"},
    )  # fmt: skip
