"""接收考生页: does my body take the candidates that another body cannot finish evaluating, on which ground, or why not?"""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams import permissions
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.operations.replacing import accept_replacement, decline_replacement
from touchstone.exams.queries import plans, winding
from touchstone.parameters.queries import in_force
from touchstone.policy.eligibility.admission import GROUNDS, OWN_STAFF_FORMS, Ground
from touchstone.web.doors import Request, body_door
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.replacing_view import show


class AcceptForm(Form):
    """On what ground they are admitted here."""

    ground = forms.ChoiceField(label="参评来源")
    employment = forms.ChoiceField(label="用工形式", required=False, help_text="参评来源为本单位在岗职工时选择。")


class DeclineForm(Form):
    """Why not."""

    reason = forms.CharField(label="不接收的理由", max_length=500, widget=forms.Textarea({"rows": 2}))


@body_door
def plan_take_over(request: Request, number: str) -> HttpResponseBase:
    """This page will show the candidates offered to one of the body's plans, take them with an outcome for each, or decline."""
    plan = plans.plan(number, request.actor)
    permissions.check_may(request.actor, "register", plan)
    act, source = request.POST.get("act", ""), request.POST.get("from", "")
    accept, decline = AcceptForm(request.POST if act == "accept" else None), DeclineForm(request.POST if act == "decline" else None)
    grounds = in_force(GROUNDS, request.today).value[kind_of_plan(plan)]
    accept.fields["ground"].choices = [("", "请选择"), *((g.value, g.label) for g in Ground if g in grounds)]  # type: ignore[attr-defined]
    forms_of = [("", "不适用"), *((one, one) for one in in_force(OWN_STAFF_FORMS, request.today).value)]
    accept.fields["employment"].choices = forms_of  # type: ignore[attr-defined]
    if act == "accept" and accept.is_valid():
        with told_in(accept):
            given = {"ground": accept.cleaned_data["ground"], "employment": accept.cleaned_data["employment"]}
            rows = accept_replacement(plan_number=source, **given, by=request.actor, at=request.now)
            taken = sum(row.became_id is not None for row in rows)
            messages.success(request, f"已接收{taken}人" + (f"，{len(rows) - taken}人未能接收" if taken < len(rows) else "") + "，请继续资格审核。")
            return redirect("body:candidates", number)
    if act == "decline" and decline.is_valid():
        with told_in(decline):
            decline_replacement(plan_number=source, reason=decline.cleaned_data["reason"], by=request.actor, at=request.now)
            messages.success(request, "已答复不接收，对方可另行提出。")
            return redirect("body:plan", number)
    offers = [{"fate": one, "count": winding.to_move(one.plan).count()} for one in winding.offers_to(plan)]
    crumbs = [
        {"label": "认定计划", "url": reverse("body:plans")},
        {"label": number, "url": reverse("body:plan", args=[number])},
        {"label": "接收考生"},
    ]
    context = {"plan": plan, "offers": offers, "accept": accept, "decline": decline, "crumbs": crumbs}
    return render(request, "body/plan_take_over.html", context)


@body_door
def plan_replace(request: Request, number: str) -> HttpResponseBase:
    """This page will offer the candidates of a plan that cannot be finished to another body."""
    return show(request, number)
