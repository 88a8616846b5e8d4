"""添加人员: who begins to serve my body, and what shows that they may?"""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies import operations, permissions, queries
from touchstone.bodies.queries import DUTIES
from touchstone.web.doors import Request, body_door
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.occupation_field import OccupationField
from touchstone.web.refusing import told_in


class StaffForm(Form):
    """A person and the duty."""

    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(label="居民身份证号码", max_length=24, widget=forms.TextInput({"autocomplete": "off"}))
    duty = forms.ChoiceField(label="职责", choices=DUTIES)
    post = forms.CharField(label="职务", max_length=60, required=False)
    full_time = forms.TypedChoiceField(label="专职或兼职", choices=[("yes", "专职"), ("no", "兼职")], coerce=lambda text: text == "yes")
    occupation = OccupationField(label="考评职业", required=False)
    highest_level = forms.TypedChoiceField(
        label="可考评最高等级", choices=[("", "请选择"), *LEVEL_CHOICES], coerce=int, empty_value=None, required=False
    )
    qualification = forms.CharField(
        label="资格证书编号", max_length=60, required=False, help_text="考评人员填写考评员证书编号；督导员填写督导员证书编号。"
    )
    sections = (
        ("who", "人员", ("name", "id_number", "duty", "post", "full_time")),
        ("assessing", "考评资格（考评人员必填）", ("occupation", "highest_level", "qualification")),
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["occupation"]
        assert isinstance(field, OccupationField)
        field.day = day


@body_door
def staff_new(request: Request) -> HttpResponseBase:
    """This page will add a person to the body's staff."""
    body = queries.own_body(request.actor)
    permissions.check_may_keep(request.actor, body)
    form = StaffForm(request.POST or None, day=request.today)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "request_key"}
        with told_in(form):
            member = operations.add_staff(body=body, **given, by=request.actor, at=request.now)
            messages.success(request, f"已添加{member.person.name}（{member.get_duty_display()}）。")
            return redirect(f"{reverse('body:staff_new')}?again=1" if "again" in request.POST else "body:staff")
    crumbs = [{"label": "人员队伍", "url": reverse("body:staff")}, {"label": "添加人员"}]
    return render(request, "body/staff_new.html", {"form": form, "crumbs": crumbs, "again": "again" in (request.POST or request.GET)})
