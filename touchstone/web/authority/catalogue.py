"""职业目录: which occupations stand on a day, at which levels may they be filed, and is there a national standard?"""

from datetime import date
from typing import Any

import django_filters
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django_tables2 import A

from touchstone.catalogue import permissions, queries
from touchstone.policy.filing.scope import Basis
from touchstone.web.doors import Request, authority_door
from touchstone.web.filters import DayInput
from touchstone.web.levels import LEVEL_CHOICES, levels_label
from touchstone.web.places import industry_choices
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page

ANY = "any"
NATIONAL = {"True": ("已颁布", "ok"), "False": ("尚未颁布", "neutral")}


class OccupationTable(Table):
    """Occupations standing on a day."""

    code = Column("职业编码", linkify=("authority:occupation", [A("code")]), attrs={"td": {"class": "ts-nowrap"}})
    name = Column("职业名称", order_by="pinyin_key")
    levels = Column("可备案等级", orderable=False)
    has_national = StateColumn(NATIONAL, Basis.NATIONAL.label, orderable=False)
    industry = Column("行业")
    major = Column("大类", orderable=False)
    since = DayColumn("列入目录")
    until = DayColumn("终止")
    folded = ("major", "until")

    @cached_property
    def industries(self) -> dict[str, str]:
        """The names of fields, read once for all rows."""
        return dict(industry_choices())

    def render_levels(self, value: list[int]) -> str:
        return levels_label(value) if value else "未列入可备案范围"

    def render_industry(self, value: str) -> str:
        return self.industries.get(value, value)


class OccupationFilter(django_filters.FilterSet):
    """Narrowing the catalogue."""

    words = django_filters.CharFilter(label="编码、名称、工种或拼音", method="fitting")
    industry = django_filters.ChoiceFilter(label="行业", choices=industry_choices)
    level = django_filters.ChoiceFilter(label="可备案等级", choices=[(ANY, "任一等级"), *LEVEL_CHOICES], method="fileable")
    national = django_filters.ChoiceFilter(label=Basis.NATIONAL.label, choices=[("yes", "已颁布"), ("no", "尚未颁布")], method="with_standard")
    day = django_filters.DateFilter(label="哪一天的目录（空为今天）", widget=DayInput, method="on_day")

    def fitting(self, found: queries.OccupationSet, name: str, value: str) -> queries.OccupationSet:
        return queries.matching(found, value)

    def fileable(self, found: queries.OccupationSet, name: str, value: str) -> queries.OccupationSet:
        return queries.at_level(found, None if value == ANY else int(value), chosen_day(self.request))

    def with_standard(self, found: queries.OccupationSet, name: str, value: str) -> queries.OccupationSet:
        return queries.with_national_standard(found, value == "yes", chosen_day(self.request))

    def on_day(self, found: queries.OccupationSet, name: str, value: date) -> queries.OccupationSet:
        return found  # the page asks for the catalogue of that day to begin with


def chosen_day(request: HttpRequest) -> date:
    """This function will give the day the address asks for; today where it names none, or none that can be read."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        today: date = request.today  # type: ignore[attr-defined]
        return today


def tabs(active: str) -> list[dict[str, Any]]:
    """This function will give the two halves of the catalogue: occupations and standards."""
    halves = (("catalogue", "职业、工种和等级"), ("standards", "国家职业标准和评价规范"))
    return [{"label": label, "url": reverse(f"authority:{page}"), "active": page == active} for page, label in halves]


@authority_door
def catalogue(request: Request) -> HttpResponseBase:
    """This page will list the occupations of a day; whoever keeps the list finds the way to enter and to import."""
    day = chosen_day(request)
    why_not = permissions.why_not(request.actor, "keep_list")
    first = ("导入目录", reverse("authority:catalogue_import")) if not why_not else ("", "")
    return list_page(
        request,
        queryset=queries.with_standing(queries.occupations(day), day),
        table=OccupationTable,
        filterset=OccupationFilter,
        title="职业目录",
        unit="个职业",
        template="authority/catalogue.html",
        empty=Empty("目录中还没有职业", "由市职鉴中心按国家公布的目录导入或逐个登记。", *first),
        extra={"day": day, "is_today": day == request.today, "tabs": tabs("catalogue"), "why_not": why_not},
    )
