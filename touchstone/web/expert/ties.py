"""回避申报: to which bodies and people am I tied, so that I must not judge there?"""

from typing import TYPE_CHECKING
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.bodies.queries import bodies
from touchstone.experts import operations, queries
from touchstone.web.doors import Request, told
from touchstone.web.expert.home import member_page
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.experts.models import Member


class TieForm(Form):
    """A tie to a body, or to a person known exactly."""

    kind = forms.ChoiceField(label="关系", choices=[("", "请选择"), *queries.TIE_KINDS])
    body = forms.CharField(label="评价机构（名称或编号，须完全一致）", required=False, max_length=120)
    name = forms.CharField(label="或：姓名", required=False, max_length=60)
    id_number = forms.CharField(label="证件号码", required=False, max_length=24, widget=forms.TextInput({"autocomplete": "off"}))
    words = forms.CharField(label="说明", required=False, max_length=200)


@member_page
def ties(request: Request, member: "Member") -> HttpResponseBase:
    """This page will list my ties, take a new one, and end one."""
    if request.POST.get("act") == "end":
        with told(request):
            tie = request.POST.get("tie", "")
            operations.end_tie(member=member.number, tie_id=int(tie) if tie.isdigit() else 0, by=request.actor, at=request.now)
            messages.success(request, "这项关系自今天起不再生效，记录保留。")
        return redirect("expert:ties")
    form = TieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        named = given["body"].strip()
        body = bodies().filter(name=named).first() or bodies().filter(number=named).first() if named else None
        if named and body is None:
            form.add_error("body", f"没有名为“{named}”的评价机构，请写全称或机构编号。")
        else:
            told_by = {"kind": given["kind"], "name": given["name"], "id_number": given["id_number"], "words": given["words"]}
            with told_in(form):
                operations.declare_tie(member=member.number, body=body, **told_by, by=request.actor, at=request.now)
                messages.success(request, "已申报，派遣时会自动回避。")
                return redirect("expert:ties")
    context = {"member": member, "form": form, "ties": queries.ties_of(member), "request_key": uuid4()}
    return render(request, "expert/ties.html", context)
