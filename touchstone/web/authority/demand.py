"""需求数页: how many people a year are wanted for which occupation where; enter one, or many from a workbook."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.calls import operations, permissions, queries
from touchstone.calls.operations.demand_workbook import CITY, DISTRICT_WORDS, RETURNED
from touchstone.exams.operations.exports import record_export
from touchstone.files.operations import LARGEST
from touchstone.files.queries import of_case
from touchstone.kernel.numbers import name_key
from touchstone.policy.districts import DISTRICTS, district_name
from touchstone.sheets.demand import demand_template
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import XLSX, send, send_attachment
from touchstone.web.forms import Form
from touchstone.web.occupation_field import OccupationField
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, Table, list_page


def place_name(code: str) -> str:
    """This function will name where a figure is for: a district, or the whole city."""
    return district_name(code) if code else CITY


class DemandTable(Table):
    """Demand figures."""

    code = Column("职业编码", accessor="occupation__code", attrs={"td": {"class": "ts-nowrap"}})
    occupation = Column("职业", accessor="occupation__name")
    district = Column("区", empty_values=(), attrs={"td": {"class": "ts-nowrap"}})
    year = Column("年度")
    people = NumberColumn("年需求（人次）")
    source = Column("来源")
    entered_at = DayColumn("填报日")
    entered_by = Column("填报人", accessor="entered_by__display_name", orderable=False)

    def render_district(self, value: str) -> str:
        return place_name(value)

    def value_district(self, value: str) -> str:
        return place_name(value)


class DemandFilter(django_filters.FilterSet):
    """Narrowing the figures."""

    occupation = django_filters.CharFilter(label="职业名称或编码", method="named")
    district = django_filters.ChoiceFilter(label="区", choices=[("city", CITY), *DISTRICT_CHOICES], method="lying_in")
    year = django_filters.NumberFilter(label="年度")

    def named(self, found: queries.DemandSet, name: str, value: str) -> queries.DemandSet:
        return found.filter(Q(occupation__name_key__contains=name_key(value)) | Q(occupation__code__startswith=value.strip()))

    def lying_in(self, found: queries.DemandSet, name: str, value: str) -> queries.DemandSet:
        return found.filter(district="" if value == "city" else value)


class DemandForm(Form):
    """One figure."""

    occupation = OccupationField()
    district = forms.ChoiceField(label="区", choices=[("", CITY), *DISTRICT_CHOICES], required=False)
    year = forms.IntegerField(label="年度")
    people = forms.IntegerField(label="年需求人数", min_value=0, max_value=10_000_000, help_text="这一年希望参加评价的人数。")
    source = forms.CharField(label="来源", max_length=200, help_text="例如：2026年行业用工调查。")

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupation"].day = request.today  # type: ignore[attr-defined]
        self.fields["year"].initial = request.today.year
        if own := request.actor.district:
            self.fields["district"].choices = [(own, DISTRICTS[own])]  # type: ignore[attr-defined]


@authority_door
def demand(request: Request) -> HttpResponseBase:
    """This page will list the demand figures an office plans by; the export is put on record."""

    def on_record(kind: str, count: int) -> None:
        record_export(case=request.actor.office_name[:64], what="需求数", kind=kind, count=count, by=request.actor, at=request.now)

    why_not = permissions.why_not_enter_demand(request.actor)
    empty = Empty("还没有需求数", "填报或者导入各区、各职业的年需求人数以后，会出现在这里，并在统筹布局中与备案对照。")
    if not why_not:
        empty = Empty(empty.title, empty.sentence, "填报需求数", reverse("authority:demand_new"))
    return list_page(
        request,
        queryset=queries.figures_shown_to(request.actor),
        table=DemandTable,
        filterset=DemandFilter,
        title="需求数",
        unit="项",
        template="authority/demand.html",
        empty=empty,
        exported=on_record,
        extra={"why_not": why_not, "crumbs": _crumbs("需求数")},
    )


@authority_door
def demand_new(request: Request) -> HttpResponseBase:
    """This page will enter one figure, or put one right that stands for the same occupation, district and year."""
    permissions.check_may_enter_demand(request.actor)
    form = DemandForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with told_in(form):
            figure = operations.enter_demand(
                occupation=given["occupation"].code,
                **{name: given[name] for name in ("district", "year", "people", "source")},
                by=request.actor,
                at=request.now,
            )
            messages.success(request, f"已登记：{figure.occupation.name} {place_name(figure.district)} {figure.year}年 {figure.people:,}人次。")
            return redirect("authority:demand")
    return render(request, "authority/demand_new.html", {"form": form, "crumbs": _crumbs("填报需求数")})


@authority_door
def demand_import(request: Request) -> HttpResponseBase:
    """This page will take a filled demand sheet and show what became of each row."""
    permissions.check_may_enter_demand(request.actor)
    report = _taken(request) if request.method == "POST" else None
    return render(request, "authority/demand_import.html", {"form": Form(), "report": report, "largest": LARGEST, "crumbs": _crumbs("导入需求表")})


def _taken(request: Request) -> "operations.DemandReport | None":
    sent = request.FILES.get("workbook")
    if sent is None or not sent.size:
        messages.error(request, "没有选择文件，或者文件是空的。请选择填好的需求表。")
        return None
    with told(request):
        return operations.take_demand_workbook(name=sent.name or "", content=sent.read(), by=request.actor, at=request.now)
    return None


@authority_door
def demand_template_file(request: Request) -> HttpResponseBase:
    """This page will give the blank demand sheet; a district's offers its own name only."""
    own = request.actor.district
    words = [DISTRICTS[own]] if own else list(DISTRICT_WORDS)
    return send(demand_template(words, request.today.year), XLSX, "技能评价需求表（模板）.xlsx")


@authority_door
def demand_returned(request: Request, number: str) -> HttpResponseBase:
    """This page will give back a demand sheet with its results to whoever sent it. :raises Http404: for another's."""
    found = of_case(number, RETURNED).filter(uploaded_by_id=request.actor.user_id).first()
    if found is None:
        raise Http404
    return send_attachment(found)


def _crumbs(last: str) -> list[dict[str, str]]:
    found = [{"label": "统筹布局", "url": reverse("authority:layout")}]
    return [*found, {"label": last}] if last == "需求数" else [*found, {"label": "需求数", "url": reverse("authority:demand")}, {"label": last}]
