"""申请资格: what do I apply for, and how far has it come?"""

from typing import TYPE_CHECKING

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.experts import operations, queries
from touchstone.policy.experts.kinds import MemberKind
from touchstone.web.corps_application import BeginForm, application_file, application_page
from touchstone.web.doors import Request, expert_door
from touchstone.web.expert.home import member_page
from touchstone.web.occupation_field import written
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.experts.models import Member

KINDS: list[MemberKind] = [kind for kind in MemberKind if kind is not MemberKind.INTERNAL_SUPERVISOR]
"""What one may apply for alone; an internal supervisor is put forward by the body."""


@member_page
def apply(request: Request, member: "Member") -> HttpResponseBase:
    """This page will begin an application, for a first qualification or for a further term of one (`renews` in the address)."""
    renews = request.GET.get("renews", "")
    held = next((one for one in queries.qualifications_of(member, request.today) if one.number == renews), None)
    kinds = [MemberKind(held.kind)] if held else KINDS
    initial = {"kind": held.kind, "highest_level": held.highest_level} if held else {}
    if held and held.occupation:
        initial["occupation"] = written(held.occupation)
    form = BeginForm(request.POST or None, day=request.today, kinds=kinds, initial=initial)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            begun = operations.begin_application(
                member=member.number, **form.given(), renews=held.number if held else "", by=request.actor, at=request.now
            )
            return redirect("expert:corps_application", begun.number)
    crumbs = [{"label": "我的资格", "url": reverse("expert:qualifications")}, {"label": "申请延续" if held else "申请资格", "url": ""}]
    return render(request, "expert/apply.html", {"form": form, "held": held, "crumbs": crumbs})


@expert_door
def corps_application(request: Request, number: str) -> HttpResponseBase:
    """This page will show one of my applications; while it may be written, I write it here. :raises Http404:"""
    return application_page(request, number, "expert")


@expert_door
def corps_application_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a proof of one of my applications. :raises Http404:"""
    return application_file(request, number, attachment)
