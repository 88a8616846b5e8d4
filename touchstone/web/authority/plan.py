"""计划: what will be evaluated on my ground, how far is it, and do I sign for it?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams import permissions
from touchstone.exams.operations.plan_report import sign_for_plan
from touchstone.exams.queries import plans as queries
from touchstone.exams.states import PlanState
from touchstone.policy.districts import district_name
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.plan_view import shown

if TYPE_CHECKING:
    from touchstone.exams.models import Plan


@authority_door
def plan(request: Request, number: str) -> HttpResponseBase:
    """This page will show a plan to those on whose ground it lies, and take the district's signature (签收)."""
    found = queries.plan(number, request.actor)
    if request.method == "POST":
        with told(request):
            sign_for_plan(number=number, opinion=request.POST.get("opinion", ""), by=request.actor, at=request.now)
            messages.success(request, "已签收。")
        return redirect("authority:plan", number)
    context = shown(request, found) | {
        "crumbs": [{"label": "认定计划", "url": reverse("authority:plans")}, {"label": number, "url": ""}],
        "why_not": _why_not(request, found),
        "district": district_name(found.venue.district),
        "home": district_name(found.body.district),
    }
    return render(request, "authority/plan.html", context)


def _why_not(request: Request, found: "Plan") -> str:
    if found.signed_for_at is not None:
        return "已签收，无需重复办理。"
    if found.state == PlanState.CANCELLED:
        return "计划已取消，无需签收。"
    return permissions.why_not(request.actor, "sign_for_plan", found)
