"""机构信息: what is on record about my body, and what may I correct myself?"""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.bodies import operations, permissions, queries
from touchstone.policy.districts import district_name
from touchstone.web.doors import Request, body_door
from touchstone.web.forms import Form
from touchstone.web.places import industry_label
from touchstone.web.refusing import told_in


class ProfileForm(Form):
    """What a body keeps by itself."""

    address = forms.CharField(label="注册地址", max_length=200)
    legal_representative = forms.CharField(label="法定代表人", max_length=60)
    contact_name = forms.CharField(label="联系人", max_length=60)
    contact_phone = forms.CharField(label="联系电话", max_length=40, help_text="将在公开名录中显示。")
    introduction = forms.CharField(
        label="机构简介", required=False, max_length=2000, widget=forms.Textarea({"rows": 4}), help_text="主营业务、员工规模、技能人才状况等。"
    )


@body_door
def profile(request: Request) -> HttpResponseBase:
    """This page will show the body's facts and save those it may change."""
    body = queries.own_body(request.actor)
    kept = ("address", "legal_representative", "contact_name", "contact_phone", "introduction")
    form = ProfileForm(request.POST or None, initial={name: getattr(body, name) for name in kept})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            operations.change_profile(body=body, **{name: form.cleaned_data[name] for name in kept}, by=request.actor, at=request.now)
            messages.success(request, "机构信息已保存。")
            return redirect("body:profile")
    counts = queries.staff_counts(body, request.today)
    context = {
        "body": body,
        "form": form,
        "industry": industry_label(body.industry),
        "district": district_name(body.district),
        "why_not": permissions.why_not_keep(request.actor, body),
        "staff": [(label, counts[duty]) for duty, label in queries.DUTIES],
        "venues": queries.venues_of(body, request.today).count(),
    }
    return render(request, "body/profile.html", context)
