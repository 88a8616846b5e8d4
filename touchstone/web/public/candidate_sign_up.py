"""考生注册: how does somebody come in by themselves who wants to be evaluated?"""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from touchstone.accounts.operations import LogIn
from touchstone.accounts.queries import user_named
from touchstone.exams.operations.candidate_desk import sign_up_candidate, take_candidate_desk
from touchstone.policy.roles import OfficeKind
from touchstone.web.doors import Request, told
from touchstone.web.middleware import OFFICE_KEY
from touchstone.web.public.log_in_form import OwnLogInForm
from touchstone.web.public.login import come_in
from touchstone.web.refusing import told_in


class SignUpForm(OwnLogInForm):
    """Who they are, and the log-in they choose."""

    name = forms.CharField(label="姓名", max_length=60, widget=forms.TextInput({"autocomplete": "name"}), help_text="与身份证一致。")
    field_order = ("name", "id_number", "phone", "username", "password", "again")


@sensitive_post_parameters("password", "again", "id_number")
def candidate_sign_up(request: Request) -> HttpResponseBase:
    """This page will open a log-in for a visitor, or a candidate's desk for somebody who is logged in."""
    if request.user.is_authenticated:
        return _beside(request)
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = LogIn(given["username"], given["password"])
        with told_in(form):
            sign_up_candidate(
                name=given["name"], id_number=given["id_number"], phone=given["phone"], log_in=chosen, by=request.actor, at=request.now
            )
            come_in(request, user_named(given["username"]))
            messages.success(request, "注册成功。机构已经为您报过名的，也会显示在这里。")
            return redirect("candidate:home")
    return render(request, "public/candidate_sign_up.html", {"form": form})


def _beside(request: Request) -> HttpResponseBase:
    """Somebody who works for an office has a desk as a candidate beside it, and goes there."""
    desk = next((one for one in request.actors if one.office_kind is OfficeKind.CANDIDATE), None)
    if desk is not None:
        request.session[OFFICE_KEY] = desk.office_id
        return redirect("candidate:home")
    if request.method == "POST":
        with told(request):
            take_candidate_desk(by=request.actor, at=request.now)
            messages.success(request, "已开通考生身份，右上角可以切换回原来的身份。")
            return redirect("public:candidate_sign_up")
    return render(request, "public/candidate_sign_up.html", {"beside": True})
