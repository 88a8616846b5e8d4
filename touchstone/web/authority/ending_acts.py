"""终止办理页: a request to end is answered, a filing is ordered to end, an end is looked at, undone, and its records received."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.filings import operations, permissions, queries
from touchstone.filings.queries import ended
from touchstone.kernel.rules import met
from touchstone.policy.documents import notice
from touchstone.policy.filing.ending import EndKind
from touchstone.web import filing_view
from touchstone.web.authority.filing_acts import opinion_field
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.ending_view import consequences, letter_pdf, line_choices, request_shown, shown
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.replacing_view import show as show_replacing


class OrderForm(Form):
    """Which lines are ordered to end, the facts found, and the reason."""

    lines = forms.TypedMultipleChoiceField(
        label="终止的范围", coerce=int, widget=forms.CheckboxSelectMultiple, required=False, help_text="不勾选即终止整件备案。"
    )
    facts = forms.CharField(
        label="查实的特别严重违纪违规事实", max_length=4000, widget=forms.Textarea({"rows": 4}), help_text="一行写一项事实，附证据或案号。"
    )
    reason = opinion_field("决定理由")


class GrantForm(Form):
    """A word that goes with the grant."""

    opinion = opinion_field("意见（可不填）", required=False)


class ReasonForm(Form):
    """Why."""

    reason = opinion_field("理由")


class VolumesForm(Form):
    """The keeper's own list, where the body cannot hand over."""

    volumes = opinion_field("收存清单", required=False)


@authority_door
def end_request(request: Request, number: str) -> HttpResponseBase:
    """This page will show a body's request to end with what follows from it; the office that filed it grants it or sends it back."""
    asked = ended.end_request(number, request.actor)
    why_not = permissions.why_not(request.actor, "decide_end", asked.filing)
    act = request.POST.get("act", "")
    grant, back = GrantForm(request.POST if act == "grant" else None), ReasonForm(request.POST if act == "return" else None)
    if act == "grant" and grant.is_valid():
        with told_in(grant):
            operations.grant_end(request=number, opinion=grant.cleaned_data["opinion"], by=request.actor, at=request.now)
            messages.success(request, "已准予，到希望终止之日由平台生效，并告知机构。")
            return redirect("authority:end_request", number)
    if act == "return" and back.is_valid():
        with told_in(back):
            operations.return_end(request=number, reason=back.cleaned_data["reason"], by=request.actor, at=request.now)
            messages.success(request, "已退回机构补充。")
            return redirect("authority:end_request", number)
    follows = None
    if asked.outcome in {"", "granted"}:
        ended_on = max(asked.wanted_on, request.today)
        follows = consequences(asked.filing, asked.items, kind=EndKind.VOLUNTARY, ended_on=ended_on, day=request.today)
    context = request_shown(asked, request.today) | {
        "filing": asked.filing,
        "follows": follows,
        "why_not": why_not,
        "grant": grant,
        "back": back,
        "crumbs": [{"label": "终止申请", "url": reverse("authority:end_requests")}, {"label": number}],
        "timeline": [one for one in queries.timeline(asked.filing) if number in one["what"]],
    }
    return render(request, "authority/end_request.html", context)


@authority_door
def filing_terminate(request: Request, number: str) -> HttpResponseBase:
    """This page will order a filing, or lines of it, to end: first what follows is shown, then it is confirmed."""
    found = queries.filing(number, request.actor)
    root = queries.root_of(found)
    permissions.check_may(request.actor, "terminate", root)
    form = OrderForm(request.POST or None)
    form.fields["lines"].choices = line_choices(root, request.today)  # type: ignore[attr-defined]
    confirming = False
    if request.method == "POST" and form.is_valid():
        confirming = "confirmed" not in request.POST
        if not confirming:
            with told_in(form):
                given = _ordered(form.cleaned_data) | {"number": root.number, "effective_on": request.today}
                made = operations.terminate(**given, by=request.actor, at=request.now)
                messages.success(request, f"已责令终止，决定书{made.number}已生成并告知机构。")
                return redirect("authority:termination", made.number)
    chosen = form.cleaned_data.get("lines", []) if form.is_bound and form.is_valid() else []
    context = filing_view.header(root) | {
        "form": form,
        "confirming": confirming,
        "given": form.cleaned_data if confirming else None,
        "follows": consequences(root, chosen, kind=EndKind.ORDERED, ended_on=request.today, day=request.today),
        "today": request.today,
    }
    return render(request, "authority/filing_terminate.html", context)


def _ordered(given: dict[str, Any]) -> dict[str, Any]:
    clause = notice("三(四)3")
    facts = [line.strip() for line in given["facts"].splitlines() if line.strip()]
    findings = [{**met(fact, notice("三(四)2")).as_record(), "title": "特别严重违纪违规"} for fact in facts]
    return {
        "kind": EndKind.ORDERED, "ground": "ordered", "findings": findings, "reason": given["reason"], "clause": str(clause), "lines": given["lines"],
    }  # fmt: skip


@authority_door
def termination(request: Request, number: str) -> HttpResponseBase:
    """This page will show an end with its letter, its records and what became of its plans; it is undone here on appeal."""
    found = ended.termination(number, request.actor)
    act = request.POST.get("act", "")
    if act == "undo":
        with told(request):
            operations.reinstate(termination=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
            messages.success(request, "终止已撤销，备案和所涉范围恢复到终止前。")
        return redirect("authority:termination", number)
    if act == "receive":
        with told(request):
            operations.receive_records(termination=number, volumes=request.POST.get("volumes", ""), by=request.actor, at=request.now)
            messages.success(request, "档案已接收。")
        return redirect("authority:termination", number)
    if act == "return":
        with told(request):
            operations.return_records(termination=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
            messages.success(request, "已退回机构补齐。")
        return redirect("authority:termination", number)
    context = shown(found, request.actor, request.today) | {
        "crumbs": [{"label": "终止决定", "url": reverse("authority:terminations")}, {"label": number}],
        "undo_form": ReasonForm(auto_id="undo_%s"),
        "return_form": ReasonForm(auto_id="return_%s"),
        "volumes_form": VolumesForm(auto_id="receive_%s"),
    }
    return render(request, "authority/termination.html", context)


@authority_door
def termination_print(request: Request, number: str) -> HttpResponseBase:
    """This page will send the decision as a PDF."""
    return letter_pdf(ended.termination(number, request.actor), request.today)


@authority_door
def plan_replace(request: Request, number: str) -> HttpResponseBase:
    """This page will offer the candidates of a plan that cannot be finished to another body, for the office that filed it."""
    return show_replacing(request, number)
