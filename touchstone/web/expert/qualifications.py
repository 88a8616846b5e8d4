"""我的资格: what may I judge until when, which measures were taken against me, and how do I appeal?"""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.experts import operations, queries
from touchstone.policy.experts.training import may_be_renewed
from touchstone.web.corps_view import APPLICATION_STATES, MEASURE_TONES, line_of, what_of
from touchstone.web.doors import Request
from touchstone.web.expert.home import member_page
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.experts.models import Member


class AppealForm(Form):
    """The facts and reasons of an appeal."""

    appeal = forms.CharField(label="申诉的事实和理由", max_length=2000, widget=forms.Textarea({"rows": 5}))


@member_page
def qualifications(request: Request, member: "Member") -> HttpResponseBase:
    """This page will show my qualifications, applications and the measures taken against me."""
    held = [line_of(one) | {"renewal": may_be_renewed(one.until, request.today)} for one in queries.qualifications_of(member, request.today)]
    context = {
        "member": member,
        "held": held,
        "applications": [{"row": one, "state": APPLICATION_STATES[one.state], "what": what_of(one)} for one in queries.applications_of(member)],
        "measures": [{"row": one, "tone": MEASURE_TONES[one.measure]} for one in queries.standings_of(member)],
    }
    return render(request, "expert/qualifications.html", context)


@member_page
def measure(request: Request, member: "Member", number: str) -> HttpResponseBase:
    """This page will show a measure against me with reason and clause, and take my appeal. :raises Http404: for somebody else's."""
    found = queries.standing(number)
    if found is None or found.qualification.member_id != member.pk:
        raise Http404
    last = operations.appeal_until(found)
    form = AppealForm(request.POST or None) if found.appealed_at is None and request.today <= last else None
    if request.method == "POST" and form is not None and form.is_valid():
        with told_in(form):
            operations.appeal_measure(number=number, appeal=form.cleaned_data["appeal"], by=request.actor, at=request.now)
            messages.success(request, "申诉已提交，市职鉴中心将在期限内答复。")
            return redirect("expert:measure", number)
    pairs = [
        ("资格", found.qualification.number),
        ("措施", found.get_measure_display()),
        ("依据", found.clause),
        ("起", f"{found.since:%Y年%m月%d日}"),
        ("止（不含）", f"{found.until:%Y年%m月%d日}" if found.until else "—"),
        ("恢复日", f"{found.lifted_on:%Y年%m月%d日}" if found.lifted_on else "—"),
    ]
    crumbs = [{"label": "我的资格", "url": reverse("expert:qualifications")}, {"label": number, "url": ""}]
    context = {"measure": found, "pairs": pairs, "form": form, "last": last, "tone": MEASURE_TONES[found.measure], "crumbs": crumbs}
    return render(request, "expert/measure.html", context)
