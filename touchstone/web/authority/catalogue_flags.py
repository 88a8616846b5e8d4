"""目录调整页: which lines of which bodies rest on what the catalogue has changed, by when, and what has come of each?"""

from typing import TYPE_CHECKING

import django_filters
from django.http import HttpResponseBase
from django_tables2 import A

from touchstone.filings import queries
from touchstone.filings.queries.flags import OUTCOMES
from touchstone.kernel.numbers import name_key
from touchstone.web.doors import Request, authority_door
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from touchstone.filings.models import CatalogueFlag, ScopeItem


class FlagTable(Table):
    """Lines of filings that the catalogue's change touches, with the outcome of each."""

    body = Column("评价机构", accessor="item__filing__body__name")
    root_number = Column("备案编号", linkify=("authority:filing", [A("root_number")]), attrs={"td": {"class": "ts-nowrap"}})
    item = Column("职业（工种）")
    level = Column("等级", accessor="item__level_label", order_by="item__level", attrs={"td": {"class": "ts-nowrap"}})
    venue = Column("考核点", accessor="item__venue__name")
    what = Column("变化")
    due_on = DayColumn("申请变更的期限")
    outcome = StateColumn(OUTCOMES, "结果")
    settled_by_case = Column("了结依据")
    edition = Column("变化编号")
    told_at = DayColumn("告知日期")
    folded = ("venue", "edition", "told_at")

    def render_item(self, value: "ScopeItem") -> str:
        return str(value)


class FlagFilter(django_filters.FilterSet):
    """Narrowing the list of flags."""

    body = django_filters.CharFilter(label="评价机构", method="named")
    occupation = django_filters.CharFilter(label="职业", field_name="item__occupation__name", lookup_expr="icontains")
    level = django_filters.ChoiceFilter(label="等级", choices=LEVEL_CHOICES, field_name="item__level")
    outcome = django_filters.ChoiceFilter(label="结果", choices=[(key, label) for key, (label, _) in OUTCOMES.items()])
    edition = django_filters.CharFilter(label="变化编号")

    def named(self, found: "QuerySet[CatalogueFlag]", name: str, value: str) -> "QuerySet[CatalogueFlag]":
        return found.filter(item__filing__body__name_key__holds=name_key(value))


@authority_door
def catalogue_flags(request: Request) -> HttpResponseBase:
    """This page will list what a change of occupations or standards touches on the actor's ground, a result for every line."""
    empty = Empty("没有受目录调整影响的备案", "职业、等级终止或者标准更替后，依据它们的备案范围会自动列在这里，并书面告知机构。")
    rows = queries.catalogue_flags(request.actor, request.today)
    return list_page(
        request,
        queryset=rows,
        table=FlagTable,
        filterset=FlagFilter,
        title="目录调整",
        unit="项",
        empty=empty,
        totals=lambda found: {label: found.filter(outcome=key).count() for key, (label, _) in OUTCOMES.items()},
    )
