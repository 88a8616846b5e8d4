"""我的资料: where do I work, and who manages me?"""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.experts import operations
from touchstone.web.corps_view import NO_DISTRICT, managed_by
from touchstone.web.doors import Request
from touchstone.web.expert.home import member_page
from touchstone.web.forms import Form
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.experts.models import Member


class ProfileForm(Form):
    """Where somebody works."""

    employer = forms.CharField(label="工作单位", max_length=120)
    district = forms.ChoiceField(label="工作单位所在的区", choices=[("", f"不在本市（由{NO_DISTRICT}管理）"), *DISTRICT_CHOICES], required=False)


@member_page
def profile(request: Request, member: "Member") -> HttpResponseBase:
    """This page will show who I am in the corps, and change where I work."""
    form = ProfileForm(request.POST or None, initial={"employer": member.employer, "district": member.district})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("employer", "district")}
        with told_in(form):
            operations.change_member(number=member.number, **given, by=request.actor, at=request.now)
            messages.success(request, "资料已保存。")
            return redirect("expert:profile")
    pairs = [
        ("姓名", member.person.name),
        ("证件号码", member.person.id_masked),
        ("队伍编号", member.number),
        ("所在评价机构", member.body.name if member.body else "—"),
        ("日常管理", managed_by(member.district)),
    ]
    return render(request, "expert/profile.html", {"member": member, "form": form, "pairs": pairs})
