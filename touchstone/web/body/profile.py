"""机构信息: what is on record about my body, and what may I correct myself?"""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.accounts.queries import city_authorities
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


class SuperiorForm(Form):
    """Which authority of the city is above the body, if any."""

    superior = forms.TypedChoiceField(
        label="上级主管部门",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="备案须经行业主管部门或者上级主管部门同意，登记后可在征求同意时选择其一。",
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["superior"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "没有"), *((office.pk, office.name) for office in city_authorities(day))]


@body_door
def profile(request: Request) -> HttpResponseBase:
    """This page will show the body's facts and save those it may change."""
    body = queries.own_body(request.actor)
    kept = ("address", "legal_representative", "contact_name", "contact_phone", "introduction")
    above = request.method == "POST" and "superior" in request.POST
    form = ProfileForm(None if above else request.POST or None, initial={name: getattr(body, name) for name in kept})
    superior = SuperiorForm(request.POST if above else None, day=request.today, initial={"superior": body.superior_id})
    if above and superior.is_valid():
        with told_in(superior):
            operations.choose_superior(body=body, office_id=superior.cleaned_data["superior"], by=request.actor, at=request.now)
            messages.success(request, "上级主管部门已保存。")
            return redirect("body:profile")
    elif request.method == "POST" and form.is_valid():
        with told_in(form):
            operations.change_profile(body=body, **{name: form.cleaned_data[name] for name in kept}, by=request.actor, at=request.now)
            messages.success(request, "机构信息已保存。")
            return redirect("body:profile")
    counts = queries.staff_counts(body, request.today)
    context = {
        "body": body,
        "form": form,
        "superior": superior,
        "industry": industry_label(body.industry),
        "district": district_name(body.district),
        "why_not": permissions.why_not_keep(request.actor, body),
        "staff": [(label, counts[duty]) for duty, label in queries.DUTIES],
        "venues": queries.venues_of(body, request.today).count(),
    }
    return render(request, "body/profile.html", context)
