"""登记期满学徒: which apprentices' terms are over by the day of this exam, and who of them is registered?"""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.bodies.queries import apprentices_of
from touchstone.exams.operations.apprentices import register_apprentices
from touchstone.exams.operations.registration_gate import why_closed
from touchstone.exams.queries.plans import plan as plan_of
from touchstone.exams.states import CandidateState, PlanState
from touchstone.web.doors import Request, body_door, told
from touchstone.web.plan_view import shown, why_not


@body_door
def apprentice_registration(request: Request, number: str) -> HttpResponseBase:
    """This page will offer the apprentices whose term is over and register those chosen; each has an outcome. :raises Http404: for another kind."""
    plan = plan_of(number, request.actor)
    if not plan.is_for_apprentices:
        raise Http404
    results: list[Any] = []
    if request.method == "POST":
        with told(request):
            results = register_apprentices(plan_number=number, numbers=request.POST.getlist("number"), by=request.actor, at=request.now)
    there = dict(plan.candidates.exclude(state=CandidateState.WITHDRAWN).values_list("person_id", "number"))
    rows = apprentices_of(plan.body).filter(occupation_code=plan.occupation.code, ended_on__isnull=True, fixed_on__isnull=True)
    lines = [{"row": one, "candidate": there.get(one.person_id), "served": one.until <= plan.exam_on} for one in rows]
    context = shown(request, plan) | {
        "rows": lines,
        "any_left": any(not one["candidate"] for one in lines),
        "results": results,
        "why_not": why_not(request, "register", plan) or (why_closed(plan, request.today) if plan.state == PlanState.REPORTED else ""),
        "open": plan.state == PlanState.REPORTED,
        "request_key": uuid4(),
        "crumbs": [
            {"label": "认定计划", "url": reverse("body:plans")},
            {"label": number, "url": reverse("body:plan", args=[number])},
            {"label": "登记期满学徒", "url": ""},
        ],
    }
    return render(request, "body/apprentice_registration.html", context)
