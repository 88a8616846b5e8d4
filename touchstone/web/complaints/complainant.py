"""投诉人身份页: who complained, shown once to somebody who verifies, for a purpose that is put on record."""

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.complaints import queries
from touchstone.complaints.operations import see_complainant
from touchstone.web.complaints.words import kept_back
from touchstone.web.doors import Request, authority_door
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in


class PurposeForm(Form):
    """What for."""

    purpose = forms.CharField(label="用途", max_length=300, widget=forms.Textarea({"rows": 2}), help_text="例如：电话核实考试当天的经过。")


@authority_door
def complainant(request: Request, number: str) -> HttpResponseBase:
    """This page will ask what for, and then show the name and the telephone number; it is nowhere kept. :raises NotAllowed:"""
    found = queries.lead(number, request.actor)
    form = PurposeForm(request.POST or None)
    context: dict[str, Any] = {"lead": found, "form": form}
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            purpose = form.cleaned_data["purpose"]
            context["who"] = see_complainant(number=number, purpose=purpose, by=request.actor, at=request.now)
    context["crumbs"] = [
        {"label": "投诉举报和线索", "url": reverse("authority:leads")},
        {"label": number, "url": reverse("authority:lead", args=[number])},
        {"label": "投诉人"},
    ]
    return kept_back(render(request, "complaints/complainant.html", context))
