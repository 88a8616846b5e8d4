"""考核点列表: where may my body evaluate, and with how many rooms?"""

import django_filters
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations, permissions, queries
from touchstone.bodies.queries import TENURES
from touchstone.policy.districts import DISTRICTS, district_name
from touchstone.web.body.venue_form import NewVenueForm
from touchstone.web.doors import Request, body_door
from touchstone.web.places import VENUE_DISTRICT_CHOICES
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, Table, list_page


class VenueTable(Table):
    """Venues of one body."""

    name = Column("名称")
    number = Column("编号")
    district = Column("所在区")
    address = Column("地址", orderable=False)
    tenure = Column("使用权", accessor="get_tenure_display", order_by="tenure")
    leased_until = DayColumn("租赁到期")
    open_rooms = NumberColumn("考场")
    until = Column("状态", empty_values=())

    def render_name(self, value: str, record: object) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:venue", args=[record.number]), value)  # type: ignore[attr-defined]

    def value_name(self, value: str) -> str:
        return value

    def render_district(self, value: str) -> str:
        return district_name(value)

    def render_until(self, value: object) -> SafeString:
        return format_html('<span class="ts-state ts-tone-{}">{}</span>', *(("neutral", "已停用") if value else ("ok", "在用")))

    def value_until(self, value: object) -> str:
        return "已停用" if value else "在用"


class VenueFilter(django_filters.FilterSet):
    """Narrowing the list of venues."""

    name = django_filters.CharFilter(label="名称或地址", method="named")
    district = django_filters.ChoiceFilter(label="所在区", choices=VENUE_DISTRICT_CHOICES, method="lying_in")
    tenure = django_filters.ChoiceFilter(label="使用权", choices=TENURES)
    standing = django_filters.ChoiceFilter(
        label="状态", choices=[("open", "在用"), ("closed", "已停用")], method="standing_so"
    )

    def named(self, found: queries.VenueSet, name: str, value: str) -> queries.VenueSet:
        return found.filter(Q(name__icontains=value) | Q(address__icontains=value))

    def lying_in(self, found: queries.VenueSet, name: str, value: str) -> queries.VenueSet:
        return found.filter(district=value if value in DISTRICTS else "")

    def standing_so(self, found: queries.VenueSet, name: str, value: str) -> queries.VenueSet:
        return found.filter(until__isnull=value == "open")


@body_door
def venues(request: Request) -> HttpResponseBase:
    """This page will list the body's venues, closed ones included."""
    body = queries.own_body(request.actor)
    why_not = permissions.why_not_keep(request.actor, body)
    empty = Empty("还没有考核点", "备案前请登记考核点和考场。", "" if why_not else "新增考核点", "" if why_not else reverse("body:venue_new"))
    return list_page(
        request, queryset=queries.venues_of(body), table=VenueTable, filterset=VenueFilter, title="考核点", unit="个", empty=empty,
        template="body/venues.html", extra={"why_not": why_not},
    )


@body_door
def venue_new(request: Request) -> HttpResponseBase:
    """This page will open a venue."""
    body = queries.own_body(request.actor)
    permissions.check_may_keep(request.actor, body)
    form = NewVenueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "address", "tenure", "leased_until")}
        district = form.cleaned_data["district"] if form.cleaned_data["district"] in DISTRICTS else ""
        with told_in(form):
            venue = operations.open_venue(body=body, district=district, **given, by=request.actor, at=request.now)
            messages.success(request, f"考核点“{venue.name}”已登记，请继续登记考场。")
            return redirect("body:venue", venue.number)
    crumbs = [{"label": "考核点", "url": reverse("body:venues")}, {"label": "新增考核点"}]
    context = {"form": form, "title": "新增考核点", "button": "登记", "back_url": reverse("body:venues"), "crumbs": crumbs}
    return render(request, "body/form.html", context)
