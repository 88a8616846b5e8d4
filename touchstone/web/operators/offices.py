"""机构管理: which offices are there, and who holds which role in each?"""

from typing import TYPE_CHECKING

import django_filters
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.accounts import operations, permissions, queries
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.roles import OfficeKind
from touchstone.web.doors import Request, operators_door, told
from touchstone.web.forms import Form
from touchstone.web.tables import Column, DayColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.accounts.models import Office

_KINDS = [(kind.value, kind.label) for kind in OfficeKind]


class OfficeTable(Table):
    """Offices, by kind and ground."""

    name = Column("名称", order_by="name")
    number = Column("编号")
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    district = Column("所属区")
    industry = Column("行业")
    since = DayColumn("设立日")

    def render_name(self, value: str, record: "Office") -> SafeString:
        return format_html('<a href="/ops/offices/{}">{}</a>', record.number, value)

    def render_district(self, value: str) -> str:
        return DISTRICTS.get(value, value)


class OfficeFilter(django_filters.FilterSet):
    """Narrowing the list of offices."""

    name = django_filters.CharFilter(label="名称", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label="类别", choices=_KINDS)
    district = django_filters.ChoiceFilter(label="所属区", choices=sorted(DISTRICTS.items()))


class OfficeForm(Form):
    """A new office."""

    kind = forms.ChoiceField(label="类别", choices=[k for k in _KINDS if k[0] != OfficeKind.ASSESSMENT_BODY])
    number = forms.RegexField(r"^[A-Z0-9-]{2,24}$", label="编号", help_text="大写字母、数字和短横线")
    name = forms.CharField(label="名称", max_length=120)
    short_name = forms.CharField(label="简称", max_length=40)
    district = forms.ChoiceField(label="所属区", choices=[("", "全市"), *sorted(DISTRICTS.items())], required=False)
    industry = forms.ChoiceField(label="行业", required=False)
    phone = forms.CharField(label="联系电话", max_length=40, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        industry = self.fields["industry"]
        assert isinstance(industry, forms.ChoiceField)
        industry.choices = [("", "全部行业"), *((i.key, i.name) for i in queries.industries())]


@operators_door
def offices(request: Request) -> HttpResponseBase:
    """This page will list the offices."""
    extra = {"can_arrange": permissions.can(request.actor, "arrange_offices")}
    return list_page(
        request, queryset=queries.offices(), table=OfficeTable, filterset=OfficeFilter, title="机构", unit="个",
        template="operators/offices.html", extra=extra,
    )


@operators_door
def office_new(request: Request) -> HttpResponseBase:
    """This page will set up an office."""
    permissions.check_may(request.actor, "arrange_offices")
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {k: v for k, v in form.cleaned_data.items() if k not in {"request_key", "kind"}}
        with told(request):
            office = operations.set_up_office(kind=OfficeKind(form.cleaned_data["kind"]), by=request.actor, at=request.now, **given)
            messages.success(request, f"已设立“{office.name}”。")
            return redirect("operators:office", office.number)
    return render(request, "operators/form.html", {"form": form, "title": "设立机构", "button": "设立", "back": "operators:offices"})


@operators_door
def office(request: Request, number: str) -> HttpResponseBase:
    """This page will show an office and everyone who holds or held a role in it. :raises Http404:"""
    found = queries.offices().filter(number=number).first()
    if found is None:
        raise Http404
    context = {"office": found, "district": DISTRICTS.get(found.district, "全市"), "holdings": queries.holdings_in(found)}
    return render(request, "operators/office.html", context)
