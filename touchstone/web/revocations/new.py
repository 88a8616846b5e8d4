"""撤销立案页: which certificates, why, and what would it reach? Numbers are pasted, come from a workbook or from a search; nothing is done before the
whole reach was shown."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.monitoring import permissions as monitoring_permissions
from touchstone.monitoring.operations import open_revocation
from touchstone.monitoring.queries import alert as alert_of
from touchstone.monitoring.queries import certificates_behind
from touchstone.policy.certificates.revocation import LAW, Cause
from touchstone.revocations import permissions
from touchstone.revocations.facts import numbers_of_workbook
from touchstone.revocations.operations import open_case
from touchstone.revocations.queries import numbers_in, reach_of
from touchstone.web.doors import Request, either_door, own_side, told
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.monitoring.models import Alert

_SHOWN = 200


class OpenForm(Form):
    """The cause, the ground, the facts, and the numbers."""

    cause = forms.ChoiceField(label="事由", choices=[("", "请选择"), *((one.value, one.label) for one in Cause)])
    numbers = forms.CharField(
        label="证书编号",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "form-control ts-number-text"}),
        help_text="每行一个，或者用空格、逗号隔开；可以从Excel整列粘贴。",
    )
    workbook = forms.FileField(label="或者选择工作簿", required=False, help_text="xlsx，读取“证书编号”一列。")
    reason = forms.CharField(
        label="事实和理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text="写入告知书，请写清楚哪里不符。"
    )
    clause = forms.CharField(label="依据", max_length=200, required=False, initial=str(LAW))
    origin = forms.CharField(label="来源编号", max_length=40, required=False, help_text="来自其他案件、预警的，填写其编号；没有的留空。")


@either_door
def revocation_new(request: Request) -> HttpResponseBase:
    """This page will show what a case would reach, and open it once that was seen. :raises NotAllowed: for those who may not open one."""
    permissions.check_may_open(request.actor)
    alert = _alert(request)
    if alert and not monitoring_permissions.may_lead_on(request.actor, alert):
        with told(request):
            monitoring_permissions.check_may_lead_on(request.actor, alert)
        return redirect(own_side(request, "alert", alert.number))
    form = OpenForm(request.POST or None, request.FILES or None, initial=_started(request, alert))
    reach = None
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            numbers = numbers_in(form.cleaned_data["numbers"]) + _from_workbook(request)
            if request.POST.get("act") == "open":
                given = _told(form.cleaned_data) | {"certificate_numbers": numbers, "by": request.actor, "at": request.now}
                number = open_revocation(number=alert.number, **given) if alert else open_case(origin=form.cleaned_data["origin"], **given)
                messages.success(request, f"已立案{number}。证书状态还没有改变，告知以后查验页显示“核查中”。")
                return redirect(own_side(request, "revocation", number))
            reach = reach_of(numbers, request.actor)
            form = OpenForm(initial={**form.cleaned_data, "numbers": "\n".join(one.number for one in reach.good)})
    context = {
        "form": form,
        "alert": alert,
        "reach": reach,
        "lines": reach.lines[:_SHOWN] if reach else [],
        "more": max(0, len(reach.lines) - _SHOWN) if reach else 0,
        "wrong": sum(bool(line.sentence) for line in reach.lines) if reach else 0,
        "search_url": own_side(request, "certificates"),
        "crumbs": [{"label": "证书撤销案件", "url": own_side(request, "revocations")}, {"label": "立案"}],
    }
    return render(request, "revocations/new.html", context)


def _told(given: dict[str, Any]) -> dict[str, Any]:
    return {"cause": Cause(given["cause"]), "clause_words": given["clause"], "reason": given["reason"]}


def _alert(request: Request) -> "Alert | None":
    """The upheld case of comparison this is opened on, if any. :raises NotAllowed: for another's."""
    number = request.GET.get("alert", "")
    return alert_of(number, request.actor) if number else None


def _started(request: Request, alert: "Alert | None") -> dict[str, str]:
    """What the form begins with: what the address says, or what the case of comparison says."""
    if alert is None:
        return {key: request.GET.get(key, "") for key in ("numbers", "origin", "cause")} | {"clause": str(LAW)}
    numbers = "\n".join(certificates_behind(alert))
    return {"numbers": numbers, "origin": alert.number, "reason": f"{alert.told}{alert.reason}", "clause": alert.clause}


def _from_workbook(request: Request) -> list[str]:
    sent = request.FILES.get("workbook")
    return numbers_of_workbook(sent.name or "", sent.read()) if sent is not None and sent.size else []
