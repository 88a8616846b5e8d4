"""我的时间: on which days can I not be sent, and how often a month at most?"""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.experts import operations, queries
from touchstone.web.doors import Request, told
from touchstone.web.expert.home import member_page
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.experts.models import Member


class BlockForm(Form):
    """Days on which the member cannot come, both included."""

    since = forms.DateField(label="从哪天起", widget=DayInput())
    last_day = forms.DateField(label="到哪天止（含当天）", widget=DayInput())
    reason = forms.CharField(label="原因（可以不填）", required=False, max_length=120)


@member_page
def days(request: Request, member: "Member") -> HttpResponseBase:
    """This page will list the days I blocked, block more, free some, and set my limit a month."""
    act = request.POST.get("act", "")
    if act in {"free", "limit"}:
        with told(request):
            value = request.POST.get("value", "")
            number = int(value) if value.isdigit() else -1
            if act == "free":
                operations.free_days(member=member.number, blocked_id=number, by=request.actor, at=request.now)
                messages.success(request, "这些日期可以再派遣。")
            else:
                operations.limit_month(member=member.number, per_month=number, by=request.actor, at=request.now)
                messages.success(request, "每月次数已保存。")
        return redirect("expert:days")
    form = BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        until = given["last_day"] + timedelta(days=1)
        with told_in(form):
            operations.block_days(
                member=member.number, since=given["since"], until=until, reason=given["reason"], by=request.actor, at=request.now
            )
            messages.success(request, "已登记，这些日期不会派您。")
            return redirect("expert:days")
    blocked = [{"row": one, "last_day": one.until - timedelta(days=1)} for one in queries.blocked_days_of(member, request.today)]
    return render(request, "expert/days.html", {"member": member, "form": form, "blocked": blocked, "request_key": uuid4()})
