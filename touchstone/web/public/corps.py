"""考评人员查询和登记: is this somebody with a qualification, today, and how does one come into the corps?"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from touchstone.accounts.operations import LogIn
from touchstone.accounts.queries import user_named
from touchstone.experts import operations, permissions, queries
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import half_width, mask_name
from touchstone.web.corps_view import NO_DISTRICT, line_of
from touchstone.web.doors import Request
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.public.log_in_form import OwnLogInForm
from touchstone.web.public.login import come_in
from touchstone.web.refusing import told_in


class CheckForm(forms.Form):
    """The number of a qualification."""

    number = forms.CharField(label="资格证编号", max_length=40, widget=forms.TextInput({"autocomplete": "off", "placeholder": "例如 KP31202600001"}))


def corps_check(request: Request) -> HttpResponseBase:
    """This page will say whether a number is that of a qualification in use today, with the name masked."""
    form = CheckForm(request.GET if request.GET.get("number") else None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        number = half_width(form.cleaned_data["number"]).strip().upper()
        found = queries.qualification(number, request.today)
        context |= {"number": number, "found": found, "day": request.today}
        if found is not None:
            context |= {"name": mask_name(found.member.person.name), "line": line_of(found)}
    return render(request, "public/corps_check.html", context)


class JoinForm(OwnLogInForm):
    """Who registers, and the log-in they choose."""

    name = forms.CharField(label="姓名", max_length=60, widget=forms.TextInput({"autocomplete": "name"}))
    employer = forms.CharField(label="工作单位", max_length=120)
    district = forms.ChoiceField(label="工作单位所在的区", choices=[("", f"不在本市（由{NO_DISTRICT}管理）"), *DISTRICT_CHOICES], required=False)
    field_order = ("name", "id_number", "phone", "employer", "district", "username", "password", "again")


@sensitive_post_parameters("password", "again", "id_number")
def corps_join(request: Request) -> HttpResponseBase:
    """This page will put a visitor on the register of the corps, log them in, and lead on to applying."""
    try:
        permissions.check_may_register(request.actor)
    except Refusal as refusal:
        return render(request, "public/corps_join.html", {"refusal": refusal})
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        log_in = LogIn(given["username"], given["password"])
        facts = {name: given[name] for name in ("name", "id_number", "phone", "district", "employer")}
        with told_in(form):
            member = operations.register_member(**facts, body=None, log_in=log_in, by=request.actor, at=request.now)
            come_in(request, user_named(given["username"]))
            messages.success(request, f"登记成功，队伍编号{member.number}。现在可以申请资格。")
            return redirect("expert:home")
    return render(request, "public/corps_join.html", {"form": form})
