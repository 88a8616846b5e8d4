"""监管职责: which bodies does this office supervise, who else does and by which clause, who leads, and where is a gap or an overlap?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django_tables2 import A

from touchstone.exams.operations.exports import record_export
from touchstone.filings.permissions import check_may_see_charges, may_see_gaps
from touchstone.filings.queries import supervised as queries
from touchstone.kernel.numbers import name_key
from touchstone.policy.districts import district_name
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.who import CHARGES, Capacity, bureau_name, leads
from touchstone.web.doors import Request, authority_door
from touchstone.web.paging import counted_up_to
from touchstone.web.places import DISTRICT_CHOICES, industry_choices
from touchstone.web.supervision_view import Line, lines_of, short_name, state_of
from touchstone.web.tables import Column, Empty, Table, list_page

if TYPE_CHECKING:
    from touchstone.filings.models import Filing

ONLY = [("gap", "没有区督导（缺口）"), ("overlap", "几个区都督导（交叉）")]


class SupervisionTable(Table):
    """Bodies with those who supervise them; each cell is what the law says of the row today."""

    name = Column("机构名称", accessor="body__name", linkify=("authority:body", [A("body__number")]), order_by="body__name_key")
    kind = Column("机构类别", accessor="body__get_kind_display", order_by="body__kind")
    filed = Column("备案", accessor="pk", orderable=False, attrs={"td": {"class": "ts-nowrap"}})
    venues = Column("考核点", accessor="pk", orderable=False)
    inspects = Column("督导检查", accessor="pk", orderable=False)
    leads = Column("牵头", accessor="pk", orderable=False, attrs={"td": {"class": "ts-nowrap"}})
    assists = Column("协助督导检查", accessor="pk", orderable=False)
    state = Column("缺口和交叉", accessor="pk", orderable=False)
    every = Column("全部监管单位", accessor="pk", orderable=False)
    number = Column("备案编号", linkify=("authority:filing", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    folded = ("kind", "every", "number")

    @cached_property
    def own_district(self) -> str:
        """The district of the office that looks; empty for the city and the fields."""
        actor = self.request.actor
        return actor.district if actor.office_kind is OfficeKind.DISTRICT_BUREAU else ""

    def lines(self, record: "Filing", *capacities: Capacity) -> list[Line]:
        """Give who supervises a row, in some capacities or all."""
        return lines_of(queries.watched(record, self.request.today), self.request.today, *capacities)

    def value_filed(self, record: "Filing") -> str:
        return short_name(queries.filed_by(record))

    render_filed = value_filed

    def value_venues(self, record: "Filing") -> str:
        standing, own = queries.standing_venues(record, self.request.today), self.own_district
        here = [one.name for one in standing if own and one.district == own]
        counts: dict[str, int] = {}
        for one in standing:
            if not own or one.district != own:
                counts[one.district] = counts.get(one.district, 0) + 1
        told = [f"本区：{'、'.join(here)}"] if here else []
        return "；".join([*told, *(f"{district_name(code)}{many}个" for code, many in sorted(counts.items()))]) or "没有在用的考核点"

    render_venues = value_venues

    def render_inspects(self, record: "Filing") -> SafeString:
        lines = self.lines(record, Capacity.INSPECTS)
        told = [(short_name(one.place), f"{one.words}（{one.clause}）") for one in lines]
        if not told:
            return format_html('{}<br><small class="ts-hint">{}</small>', short_name(""), "没有区人社局督导，由市职鉴中心直接督导")
        return format_html_join(SafeString("<br>"), '{}<br><small class="ts-hint">{}</small>', told)

    def value_inspects(self, record: "Filing") -> str:
        return "；".join(one.told for one in self.lines(record, Capacity.INSPECTS)) or "没有区人社局督导，由市职鉴中心直接督导"

    def render_leads(self, record: "Filing") -> str:
        return short_name(leads(queries.watched(record, self.request.today), self.request.today))

    def value_leads(self, record: "Filing") -> str:
        return bureau_name(leads(queries.watched(record, self.request.today), self.request.today))

    def render_assists(self, record: "Filing") -> SafeString:
        told = [(one.name, one.clause) for one in self.lines(record, Capacity.ASSISTS)]
        return format_html_join(SafeString("<br>"), '{}<br><small class="ts-hint">{}</small>', told)

    def value_assists(self, record: "Filing") -> str:
        return "；".join(one.told for one in self.lines(record, Capacity.ASSISTS))

    def render_state(self, record: "Filing") -> SafeString:
        label, tone = state_of(queries.watched(record, self.request.today), self.request.today)
        return format_html('<span class="ts-state ts-tone-{}">{}</span>', tone, label)

    def value_state(self, record: "Filing") -> str:
        return state_of(queries.watched(record, self.request.today), self.request.today)[0]

    def render_every(self, record: "Filing") -> SafeString:
        return format_html_join(SafeString("<br>"), "{}", [(one.told,) for one in self.lines(record)])

    def value_every(self, record: "Filing") -> str:
        return "；".join(one.told for one in self.lines(record))


class SupervisionFilter(django_filters.FilterSet):
    """Narrowing the list of those who are supervised."""

    name = django_filters.CharFilter(label="名称、编号或信用代码", method="named")
    district = django_filters.ChoiceFilter(label="督导检查的区", choices=DISTRICT_CHOICES, method="inspected_in")
    charge = django_filters.ChoiceFilter(label="督导职责", choices=[], method="under_charge")
    industry = django_filters.ChoiceFilter(label="协助督导的行业", choices=industry_choices, field_name="body__industry")
    only = django_filters.ChoiceFilter(label="缺口和交叉", choices=ONLY, method="only_so")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["charge"].extra["choices"] = [(one.key, one.words) for one in queries.district_charges(self.request.today)]

    def named(self, found: "QuerySet[Filing]", name: str, value: str) -> "QuerySet[Filing]":
        plain = value.strip().upper()
        return found.filter(Q(body__name_key__holds=name_key(value)) | Q(body__uscc=plain) | Q(body__number=plain))

    def inspected_in(self, found: "QuerySet[Filing]", name: str, value: str) -> "QuerySet[Filing]":
        if self.form.cleaned_data.get("charge"):
            return found  # the charge is asked for in this district, below: both are about one and the same line of the list
        return queries.inspected_in(found, value, self.request.today)

    def under_charge(self, found: "QuerySet[Filing]", name: str, value: str) -> "QuerySet[Filing]":
        return queries.under_charge(found, value, self.request.today, self.form.cleaned_data.get("district") or "")

    def only_so(self, found: "QuerySet[Filing]", name: str, value: str) -> "QuerySet[Filing]":
        keep = queries.gaps if value == "gap" else queries.overlaps
        return keep(found, self.request.today)


@authority_door
def supervision(request: Request) -> HttpResponseBase:
    """This page will list whom the actor's office supervises, and show the city where nobody or more than one district does."""
    check_may_see_charges(request.actor)
    rows = queries.supervised(request.actor, request.today)

    def exported(kind: str, count: int) -> None:
        record_export(case="supervision", what="监管职责", kind=kind, count=count, by=request.actor, at=request.now)

    return list_page(
        request,
        queryset=rows,
        table=SupervisionTable,
        filterset=SupervisionFilter,
        title="监管职责",
        unit="件备案",
        empty=Empty("没有由本单位监管的备案", "机构完成备案、在本区设考核点或者属于本行业以后，会出现在这里。"),
        template="authority/supervision.html",
        exported=exported,
        extra=_shown(request, rows),
    )


def _shown(request: Request, rows: "QuerySet[Filing]") -> dict[str, Any]:
    charges = CHARGES.on(request.today)
    found: dict[str, Any] = {"charges": charges.value, "since": charges.since, "sees_gaps": may_see_gaps(request.actor)}
    if found["sees_gaps"] and not request.GET.get("export"):
        found |= {"gaps": counted_up_to(queries.gaps(rows, request.today)), "overlaps": counted_up_to(queries.overlaps(rows, request.today))}
    return found
