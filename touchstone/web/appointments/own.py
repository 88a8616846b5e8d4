"""我的评聘: for which posts of my enterprise may I apply, what has become of my applications, and which post do I hold until when?"""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.accounts.queries import person_behind
from touchstone.appointments import queries
from touchstone.appointments.operations import apply_for_post
from touchstone.web.appointments.round_new import ClaimForm
from touchstone.web.appointments.words import STANDINGS, TENURES, round_pairs
from touchstone.web.doors import Request, candidate_door
from touchstone.web.refusing import told_in


@candidate_door
def appointments(request: Request) -> HttpResponseBase:
    """This page will list what the person can apply for, has applied for, and holds."""
    context = {
        "open_now": queries.open_to(person_behind(request.actor), request.today),
        "held": [{"row": one, "state": TENURES[one.state]} for one in queries.appointments(request.actor)],
        "applied": [{"row": one, "state": STANDINGS[one.standing]} for one in queries.own_nominations(request.actor)],
    }
    return render(request, "appointments/own.html", context)


@candidate_door
def appointment_apply(request: Request, number: str) -> HttpResponseBase:
    """This page will take an application for a post of the person's own enterprise."""
    found = queries.open_to(person_behind(request.actor), request.today).filter(number=number).first()
    if found is None:
        messages.error(request, "没有这次评聘，或者它已不接受您的申报。")
        return redirect("candidate:appointments")
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            one = apply_for_post(number=number, claim=form.claim(), by=request.actor, at=request.now)
            messages.success(request, "申报已提交，请上传证书和业绩材料。")
            return redirect("candidate:nomination", one.number)
    crumbs = [{"label": "特级首席评聘", "url": reverse("candidate:appointments")}, {"label": "申报", "url": ""}]
    return render(request, "appointments/apply.html", {"form": form, "round": found, "pairs": round_pairs(found), "crumbs": crumbs})
