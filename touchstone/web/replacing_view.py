"""转出考生页公用: to which other body's plan do the candidates of a plan go that cannot be finished? The same for the body and the office."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams.operations.replacing import offer_replacement
from touchstone.exams.permissions import check_may_replace
from touchstone.exams.queries import plans, winding
from touchstone.web.doors import Request
from touchstone.web.forms import Form
from touchstone.web.levels import level_label
from touchstone.web.navigation import audience_of
from touchstone.web.refusing import told_in


class OfferForm(Form):
    """Which plan is asked to take them."""

    to_plan = forms.ChoiceField(label="转入哪个计划", widget=forms.RadioSelect)


def show(request: Request, number: str) -> HttpResponseBase:
    """This function will show who is to move and which plans could take them, offer them to one, and tell what came of each candidate."""
    plan = plans.plan(number, request.actor)
    check_may_replace(request.actor, plan)
    audience = audience_of(request.actor)
    fate = winding.last_fate(plan)
    moved = winding.moved_from(fate)
    open_plans = winding.plans_open_to(plan, request.today)
    form = OfferForm(request.POST or None)
    form.fields["to_plan"].choices = [  # type: ignore[attr-defined]
        (one.number, f"{one.body.name} · {one.title} · 考试{one.exam_on:%Y年%m月%d日} · 还能接收{one.room}人")  # type: ignore[attr-defined]
        for one in open_plans
    ]
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made = offer_replacement(plan_number=number, to_plan=form.cleaned_data["to_plan"], by=request.actor, at=request.now)
            name = made.offered_to.body.name if made.offered_to else ""
            messages.success(request, f"已向{name}提出，等待答复；未经其同意不转入。")
            return redirect(f"{audience}:plan_replace", number)
    context = {
        "plan": plan,
        "level": level_label(plan.level),
        "fate": fate,
        "form": form,
        "open_plans": open_plans,
        "leaving": winding.to_move(plan).count(),
        "moved": moved,
        "undone": bool(fate and fate.undone_at),
        "back": sum(one.returned_at is not None for one in moved),
        "stay": sum(bool(one.undoing) and one.returned_at is None for one in moved),
        "crumbs": [
            {"label": "认定计划", "url": reverse(f"{audience}:plans")},
            {"label": number, "url": reverse(f"{audience}:plan", args=[number])},
            {"label": "转出考生"},
        ],
    }
    return render(request, "plan_replace.html", context)
