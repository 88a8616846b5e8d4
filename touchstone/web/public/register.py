"""评价机构名录: is this body filed for this occupation, at this level, in this district, on this day?"""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.bodies import queries
from touchstone.catalogue.queries import search
from touchstone.filings.queries import filings_in_force, scope_in_force, suspended_scope
from touchstone.policy.districts import DISTRICTS
from touchstone.web.doors import Request
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.paging import CappedPaginator, page_size, rows_of_page
from touchstone.web.places import VENUE_DISTRICT_CHOICES
from touchstone.web.scope_view import scope_lines

if TYPE_CHECKING:
    from touchstone.filings.models import ScopeItem


MOST = 1_000
"""How many bodies are counted and paged through; whoever looks for more narrows the question, or takes the open data."""


class RegisterForm(Form):
    """What anyone may ask of the register; everything may be left open."""

    q = forms.CharField(label="机构名称或信用代码", required=False, max_length=120)
    occupation = forms.CharField(
        label="职业或工种", required=False, max_length=80, widget=forms.TextInput({"placeholder": "名称、编码或拼音首字母", "autocomplete": "off"})
    )
    level = forms.ChoiceField(label="等级", required=False, choices=[("", "不限"), *LEVEL_CHOICES])
    district = forms.ChoiceField(label="考核点所在区", required=False, choices=[("", "不限"), *VENUE_DISTRICT_CHOICES])
    day = forms.DateField(label="日期", required=False, widget=DayInput())


def register(request: Request) -> HttpResponseBase:
    """This page will answer from the filings in force on the day asked (today, when none); a body found by name is shown filed or not."""
    given = request.GET.copy()
    if given and not given.get("day"):
        given["day"] = request.today.isoformat()
    form = RegisterForm(given or None, initial={"day": request.today})
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = asked.get("day") or request.today
    scope = _asked_for(scope_in_force(day), asked, day)
    named = asked.get("q", "").strip()
    bodies = queries.search(named) if named else _with_scope(scope, rare=bool(asked.get("occupation")), district=asked.get("district", ""))
    bodies = bodies.annotate(model=queries.is_model_on(day))
    page = CappedPaginator(bodies, bodies, page_size(request.GET.get("per_page")), MOST).get_page(request.GET.get("page"))
    shown = list(rows_of_page(bodies, page))
    context = {
        "form": form,
        "page": page,
        "rows": _rows(shown, asked, scope, day),
        "day": day,
        "narrowed": any(asked.get(name) for name in ("occupation", "level", "district")),
        "named": named,
        "asked": urlencode({name: request.GET[name] for name in ("occupation", "level", "district", "day") if request.GET.get(name)}),
    }
    return render(request, "public/register.html", context)


def _with_scope(scope: "QuerySet[ScopeItem]", *, rare: bool, district: str) -> "QuerySet[queries.BodyRow]":
    """The bodies that have a line of this scope. What is `rare` is looked up first; what most bodies have is tried body by body, of those with
    a venue in the district asked for, so that a page of them is found without reading the whole register."""
    if rare:
        return queries.bodies().filter(pk__in=scope.order_by().values("filing__body_id"))
    found = queries.bodies()
    if district:
        found = found.filter(pk__in=queries.venues().filter(district=_code(district)).order_by().values("body"))
    return found.filter(Exists(scope.order_by().filter(filing__body=OuterRef("pk"))))


def _code(district: str) -> str:
    """The code of a district; empty for what lies outside the city."""
    return district if district in DISTRICTS else ""


def _asked_for(scope: "QuerySet[ScopeItem]", asked: dict[str, Any], day: date) -> "QuerySet[ScopeItem]":
    """Lines of scope narrowed to the occupation, level and district asked for."""
    if asked.get("occupation"):
        codes = [each.code for each in search(asked["occupation"], day)[:500]]
        scope = scope.filter(occupation__code__in=codes)
    if asked.get("level"):
        scope = scope.filter(level=int(asked["level"]))
    if asked.get("district"):
        scope = scope.filter(venue__district=_code(asked["district"]))
    return scope


def _rows(bodies: list["queries.BodyRow"], asked: dict[str, Any], scope: "QuerySet[ScopeItem]", day: date) -> list[dict[str, object]]:
    """This function will put beside each body what of the scope asked for it is filed for, or why it may not evaluate that day."""
    by_body: dict[int, list[ScopeItem]] = defaultdict(list)
    for item in scope.filter(filing__body__in=bodies):
        by_body[item.filing.body_id].append(item)
    paused = _asked_for(suspended_scope(day), asked, day).filter(filing__body__in=bodies)
    suspended = set(paused.values_list("filing__body_id", flat=True))
    filed = set(filings_in_force(day).filter(body__in=bodies).values_list("body_id", flat=True))
    return [
        {
            "body": body,
            "model": getattr(body, "model", False),
            "filed": body.pk in filed,
            "suspended": body.pk in suspended,
            "lines": scope_lines(by_body[body.pk]),
        }
        for body in bodies
    ]
