"""登记线索页: what the press reported, another authority handed over, an alert or an inspection showed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies.queries import body_told
from touchstone.complaints import permissions
from touchstone.complaints.operations import enter_lead
from touchstone.complaints.operations.entering import Entered
from touchstone.files.operations import LARGEST
from touchstone.policy.supervision.complaints import Origin
from touchstone.web.complaints.words import files_sent
from touchstone.web.doors import Request, authority_door
from touchstone.web.forms import Form
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.refusing import told_in


class LeadForm(Form):
    """A lead of an origin that is no complaint."""

    origin = forms.ChoiceField(
        label="来源", choices=[(one.value, one.label) for one in Origin if one is not Origin.COMPLAINT], widget=forms.RadioSelect
    )
    source = forms.CharField(label="来源说明", max_length=160, help_text="媒体名称和日期、移送单位和文号、预警编号或者检查任务编号。")
    link = forms.URLField(label="链接", max_length=400, required=False, assume_scheme="https")
    about = forms.CharField(label="反映的机构或场所", max_length=160, help_text="在名录里的写全称、信用代码或者机构编号，会自动对应。")
    place = forms.CharField(label="地点或网址", max_length=200, required=False)
    district = forms.ChoiceField(label="所在区", required=False, choices=[("", "不清楚或不在本市"), *DISTRICT_CHOICES])
    happened = forms.CharField(label="什么时间", max_length=120)
    certificate_number = forms.CharField(label="证书编号", max_length=40, required=False)
    facts = forms.CharField(label="反映的情况", max_length=8000, widget=forms.Textarea({"rows": 6}))


@authority_door
def lead_new(request: Request) -> HttpResponseBase:
    """This page will take a lead in and lead on to it, or to the list where it is another office's. :raises NotAllowed:"""
    permissions.check_may_enter(request.actor)
    asked = request.GET.get("alert", "")[:40]
    initial: dict[str, Any] = {"origin": "alert", "source": asked} if asked else {"origin": "media"}
    form = LeadForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        entered = Entered(Origin(told["origin"]), **{name: told[name] for name in (
            "source", "about", "link", "place", "district", "happened", "facts", "certificate_number"
        )})  # fmt: skip
        with told_in(form):
            found = enter_lead(entered=entered, body=body_told(told["about"]), files=files_sent(request), by=request.actor, at=request.now)
            if found.office_id != request.actor.office_id:
                messages.success(request, f"已登记{found.number}，按监管职责由{found.office.name}承办。")
                return redirect("authority:leads")
            messages.success(request, f"已登记{found.number}。")
            return redirect("authority:lead", found.number)
    crumbs = [{"label": "投诉举报和线索", "url": reverse("authority:leads")}, {"label": "登记线索"}]
    return render(request, "complaints/lead_new.html", {"form": form, "crumbs": crumbs, "largest": LARGEST})
