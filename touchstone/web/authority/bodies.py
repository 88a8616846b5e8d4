"""评价机构列表: which bodies stand on this office's ground, of which kind, and which of them are filed today?"""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import A

from touchstone.bodies.queries import KINDS, is_model_on, venues
from touchstone.bodies.queries import bodies as bodies_on_ground
from touchstone.bodies.queries.grades import grade_on
from touchstone.exams.operations.exports import record_export
from touchstone.filings.queries import filings_in_force, scope_in_force
from touchstone.kernel.numbers import name_key
from touchstone.policy.districts import district_name
from touchstone.web.doors import Request, authority_door
from touchstone.web.grading.words import GRADE_CHOICES, GRADES
from touchstone.web.paging import counted_up_to
from touchstone.web.places import DISTRICT_CHOICES, industry_choices
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page

FILED = {"True": ("已备案", "ok"), "False": ("未备案", "neutral")}


class BodyTable(Table):
    """Bodies as an office sees them."""

    name = Column("机构名称", linkify=("authority:body", [A("number")]), order_by="name_key")
    number = Column("机构编号", attrs={"td": {"class": "ts-nowrap"}})
    uscc = Column("统一社会信用代码")
    kind = Column("机构类别", accessor="get_kind_display", order_by="kind")
    ownership = Column("所有制", accessor="get_ownership_display", order_by="ownership")
    district = Column("注册地", attrs={"td": {"class": "ts-nowrap"}})
    industry = Column("行业")
    filed = StateColumn(FILED, "备案", orderable=False)
    grade = StateColumn(GRADES, "机构等级", orderable=False)
    model = Column("示范性", orderable=False)
    site_code = Column("站点序列码")
    registered_at = DayColumn("入驻")
    folded = ("uscc", "ownership", "registered_at")

    @cached_property
    def industries(self) -> dict[str, str]:
        """The names of fields, read once for all rows."""
        return dict(industry_choices())

    def render_district(self, value: str) -> str:
        return district_name(value)

    def render_industry(self, value: str) -> str:
        return self.industries.get(value, value)

    def render_model(self, value: bool) -> SafeString | str:
        return format_html('<span class="ts-state ts-tone-ok">{}</span>', "示范机构") if value else ""

    def value_model(self, value: bool) -> str:
        return "示范机构" if value else ""

    def value_filed(self, value: bool) -> str:
        return FILED[str(value)][0]


class BodyFilter(django_filters.FilterSet):
    """Narrowing the list of bodies."""

    name = django_filters.CharFilter(label="名称、编号或信用代码", method="named")
    kind = django_filters.ChoiceFilter(label="机构类别", choices=KINDS)
    district = django_filters.ChoiceFilter(label="注册地", choices=DISTRICT_CHOICES)
    venue = django_filters.ChoiceFilter(label="考核点所在区", choices=DISTRICT_CHOICES, method="with_venue_in")
    industry = django_filters.ChoiceFilter(label="行业", choices=industry_choices)
    filed = django_filters.ChoiceFilter(label="备案", choices=[("yes", "已备案"), ("no", "未备案")], method="filed_so")
    model = django_filters.ChoiceFilter(label="示范性", choices=[("yes", "示范机构"), ("no", "其他")], method="model_so")
    grade = django_filters.ChoiceFilter(label="机构等级", choices=GRADE_CHOICES)
    occupation = django_filters.CharFilter(label="备案的职业", method="filed_for")

    def named(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        plain = value.strip().upper()
        return found.filter(Q(name_key__holds=name_key(value)) | Q(uscc=plain) | Q(number=plain))

    def with_venue_in(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(pk__in=venues().filter(district=value, until__isnull=True).order_by().values("body"))

    def filed_so(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(filed=value == "yes")

    def model_so(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(model=value == "yes")

    def filed_for(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        lines = scope_in_force(self.request.today)
        wanted = lines.filter(Q(occupation__name_key__contains=name_key(value)) | Q(occupation__code__startswith=value.strip()))
        return found.filter(pk__in=wanted.order_by().values("filing__body"))


@authority_door
def bodies(request: Request) -> HttpResponseBase:
    """This page will list the bodies on the actor's ground; the export is put on record."""
    in_force = filings_in_force(request.today).filter(body=OuterRef("pk"))

    def on_record(kind: str, count: int) -> None:
        record_export(case=request.actor.office_name[:64], what="评价机构", kind=kind, count=count, by=request.actor, at=request.now)

    return list_page(
        request,
        queryset=bodies_on_ground(request.actor).annotate(filed=Exists(in_force), model=is_model_on(request.today), grade=grade_on(request.today)),
        table=BodyTable,
        filterset=BodyFilter,
        title="评价机构",
        unit="家",
        empty=Empty("还没有评价机构", "在本单位辖区注册、或在辖区内设有考核点的机构入驻后，会出现在这里。"),
        totals=lambda rows: {"已备案": counted_up_to(rows.filter(pk__in=filings_in_force(request.today).order_by().values("body")))},
        template="authority/bodies.html",
        exported=on_record,
    )
