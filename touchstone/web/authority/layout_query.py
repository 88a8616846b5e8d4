"""统筹布局查询条件: what of the layout does the address ask for, and how does it lead on to the rows behind a number?"""

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from touchstone.bodies.queries import KINDS
from touchstone.filings.queries.layout import Grouping, Narrowing
from touchstone.policy.districts import DISTRICTS
from touchstone.web.doors import Request
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.places import VENUE_DISTRICT_CHOICES

NARROWED_BY = ("occupation", "level", "district", "kind", "day")


class LayoutForm(Form):
    """What the layout may be narrowed to; everything may be left open."""

    by = forms.ChoiceField(label="分组", required=False, choices=[(one.value, one.label) for one in Grouping], widget=forms.HiddenInput)
    occupation = forms.CharField(label="职业名称或编码", required=False, max_length=80)
    level = forms.ChoiceField(label="等级", required=False, choices=[("", "不限"), *LEVEL_CHOICES])
    district = forms.ChoiceField(label="考核点所在区", required=False, choices=[("", "不限"), *VENUE_DISTRICT_CHOICES])
    kind = forms.ChoiceField(label="机构类别", required=False, choices=[("", "不限"), *KINDS])
    day = forms.DateField(label="日期", required=False, widget=DayInput())

    def __init__(self, *args: Any, own_district: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["request_key"]  # a question asked by address changes nothing
        if own_district:
            del self.fields["district"]


def read(request: Request) -> tuple[LayoutForm, Narrowing, Grouping]:
    """This function will read the address; what cannot be read counts as left open."""
    form = LayoutForm(request.GET or None, initial={"day": request.today}, own_district=bool(request.actor.district))
    form.full_clean()
    given = getattr(form, "cleaned_data", {}) if form.is_bound else {}
    district = given.get("district") or None
    asked = Narrowing(
        day=given.get("day") or request.today,
        text=given.get("occupation", "").strip(),
        level=int(given["level"]) if given.get("level") else None,
        district=None if district is None else district if district in DISTRICTS else "",
        kind=given.get("kind", ""),
    )
    return form, asked, Grouping(given.get("by") or Grouping.OCCUPATION)


def query_of(request: Request, **changed: str | None) -> str:
    """This function will give the address's conditions, with some changed: None leaves as it is, an empty text drops."""
    query = QueryDict(mutable=True)
    for name in NARROWED_BY:
        if value := request.GET.get(name, ""):
            query[name] = value
    for name, text in changed.items():
        if text is None:
            continue
        query.pop(name, None)
        if text:
            query[name] = text
    return query.urlencode()


def rows_url(request: Request, of: str, code: str = "", district: str | None = None) -> str:
    """This function will give the address of the rows behind a number: of bodies, venues or lines, of an occupation, in a district."""
    place = None if district is None or request.actor.district else district or "outside"
    return f"{reverse('authority:layout_rows', args=[of])}?{query_of(request, occupation=code or None, district=place)}"
