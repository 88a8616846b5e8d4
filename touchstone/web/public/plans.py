"""可报名的计划: which evaluations may I register for myself, what do they cost, and on which conditions?"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.catalogue.queries import search
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.operations.registration_gate import why_closed
from touchstone.exams.queries import own
from touchstone.policy.eligibility.admission import GROUNDS, Ground
from touchstone.policy.eligibility.conditions import CONDITIONS, conditions_for
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import OfficeKind
from touchstone.web.doors import Request
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.paging import CappedPaginator, page_size
from touchstone.web.places import VENUE_DISTRICT_CHOICES
from touchstone.web.plan_view import what_of

if TYPE_CHECKING:
    from touchstone.exams.models import Plan


class PlansForm(Form):
    """What somebody looks for; everything may be left open."""

    occupation = forms.CharField(
        label="职业或工种", required=False, max_length=80, widget=forms.TextInput({"placeholder": "名称、编码或拼音首字母", "autocomplete": "off"})
    )
    level = forms.ChoiceField(label="等级", required=False, choices=[("", "不限"), *LEVEL_CHOICES])
    district = forms.ChoiceField(label="考核点所在区", required=False, choices=[("", "不限"), *VENUE_DISTRICT_CHOICES])
    body = forms.CharField(label="评价机构", required=False, max_length=120)


def plans(request: Request) -> HttpResponseBase:
    """This page will list the plans in which anybody admitted may register, the earliest exam first."""
    form = PlansForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = _narrowed(own.plans_open_to_candidates(request.today), asked, request)
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": [{"plan": one, "what": what_of(one)} for one in page]}
    return render(request, "public/plans.html", context)


def plan(request: Request, number: str) -> HttpResponseBase:
    """This page will show a plan that is open to candidates: days, fee, on which grounds and conditions. :raises Http404:"""
    found = own.public_plan(number)
    if found is None:
        raise Http404
    level, day = Level(found.level), request.today
    grounds = GROUNDS.on(day).value[kind_of_plan(found)]
    context = {
        "plan": found,
        "what": what_of(found),
        "grounds": [ground.label for ground in Ground if ground in grounds],
        "conditions": conditions_for(level, day),
        "clause": CONDITIONS.on(day).clause,
        "closed": why_closed(found, day),
        "otherwise_engaged": "" if request.actor.office_kind in {None, OfficeKind.CANDIDATE} else request.actor.label,
        "crumbs": [{"label": "可报名的评价", "url": reverse("public:plans")}, {"label": number, "url": ""}],
    }
    return render(request, "public/plan.html", context)


def _narrowed(found: "QuerySet[Plan]", asked: dict[str, Any], request: Request) -> "QuerySet[Plan]":
    if asked.get("occupation"):
        codes = [each.code for each in search(asked["occupation"], request.today)[:500]]
        found = found.filter(occupation__code__in=codes)
    if asked.get("level"):
        found = found.filter(level=int(asked["level"]))
    if asked.get("district"):
        found = found.filter(venue__district=asked["district"])
    if asked.get("body", "").strip():
        found = found.filter(body__name__icontains=asked["body"].strip())
    return found
