"""编制计划: under which line of my scope, on which day, for how many, and by when is everything due?"""

from dataclasses import fields

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies.queries import own_body
from touchstone.exams import permissions
from touchstone.exams.operations import plans as operations
from touchstone.exams.queries import plans as queries
from touchstone.exams.states import PlanState
from touchstone.policy.roles import BodyKind
from touchstone.web.body.plan_form import ChangeForm, NewPlanForm, scope_lines
from touchstone.web.doors import Request, body_door
from touchstone.web.forms import day_given
from touchstone.web.refusing import told_in

_TERMS = tuple(one.name for one in fields(operations.PlanTerms))


@body_door
def plan_new(request: Request) -> HttpResponseBase:
    """This page will draft a plan."""
    permissions.check_may(request.actor, "draft_plan")
    body = own_body(request.actor)
    lines = scope_lines(request, body)
    form = NewPlanForm(request.POST or None, lines=lines, initial={"contact": f"{request.actor.person_name} {body.contact_phone}".strip()})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            plan = operations.draft_plan(scope_item_id=form.cleaned_data["scope_item"], terms=form.terms(), by=request.actor, at=request.now)
            messages.success(request, f"计划{plan.number}已保存，核对无误后请上报。")
            return redirect("body:plan", plan.number)
    crumbs = [{"label": "认定计划", "url": reverse("body:plans")}, {"label": "编制计划", "url": ""}]
    context = {
        "form": form,
        "lines": lines,
        "dates": _dates(request, form["exam_on"].value()),
        "crumbs": crumbs,
        "title": "编制认定计划",
        "button": "保存计划",
    }
    return render(request, "body/plan_new.html", context)


@body_door
def plan_change(request: Request, number: str) -> HttpResponseBase:
    """This page will change a plan's days, quota, contact and words."""
    plan = queries.plan(number, request.actor)
    permissions.check_may(request.actor, "change_plan", plan)
    form = ChangeForm(request.POST or None, initial={name: getattr(plan, name) for name in _TERMS})
    if plan.state == PlanState.DRAFTED:
        del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            reason = form.cleaned_data.get("reason", "")
            operations.change_plan(number=number, terms=form.terms(), reason=reason, by=request.actor, at=request.now)
            messages.success(request, "计划已变更。")
            return redirect("body:plan", number)
    crumbs = [
        {"label": "认定计划", "url": reverse("body:plans")},
        {"label": number, "url": reverse("body:plan", args=[number])},
        {"label": "变更", "url": ""},
    ]
    context = {
        "form": form,
        "lines": [True],
        "dates": _dates(request, str(form["exam_on"].value())),
        "crumbs": crumbs,
        "title": "变更认定计划",
        "button": "保存变更",
    }
    return render(request, "body/plan_new.html", context)


@body_door
def plan_dates(request: Request) -> HttpResponseBase:
    """This fragment will show the deadlines of the exam day being typed."""
    return render(request, "body/plan_dates.html", {"dates": _dates(request, request.GET.get("exam_on", ""))})


def _dates(request: Request, text: object) -> list[queries.DatedStep]:
    day = day_given(str(text or ""))
    return queries.preview(day, BodyKind(own_body(request.actor).kind), request.today) if day else []
