"""申请终止: how does a body ask for its filing, or part of it, to end, what follows from that, and how does it take that back?"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.filings import operations, permissions, queries
from touchstone.filings.queries import ended
from touchstone.filings.states import State
from touchstone.policy.filing.ending import EndKind
from touchstone.web import filing_view
from touchstone.web.doors import Request, body_door, told
from touchstone.web.ending_view import consequences, letter_pdf, line_choices, request_shown, shown
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in


class EndForm(Form):
    """What is to end, when, why, and who hands over the records."""

    lines = forms.TypedMultipleChoiceField(
        label="终止的范围", coerce=int, widget=forms.CheckboxSelectMultiple, required=False, help_text="不勾选即终止整件备案。"
    )
    wanted_on = forms.DateField(label="希望终止的日期", widget=DayInput(), help_text="从这一天起不再开展评价，不早于今天。")
    reason = forms.CharField(label="理由", max_length=2000, widget=forms.Textarea({"rows": 3}))
    custodian = forms.CharField(
        label="档案交接安排", max_length=2000, widget=forms.Textarea({"rows": 3}), help_text="由谁整理、何时移交，联系人和电话。"
    )


@body_door
def filing_end(request: Request, number: str) -> HttpResponseBase:
    """This page will ask for an end once what follows was seen; here a request nobody has decided is taken back."""
    root = queries.root_of(queries.filing(number, request.actor))
    permissions.check_may(request.actor, "ask_end", root)
    if request.POST.get("act") == "take_back":
        with told(request):
            reason = request.POST.get("reason", "")
            operations.take_back_end(request=request.POST.get("request", ""), reason=reason, by=request.actor, at=request.now)
            messages.success(request, "已撤回终止申请，备案继续有效。")
        return redirect("body:filing_end", root.number)
    form = EndForm(request.POST or None)
    form.fields["lines"].choices = line_choices(root, request.today)  # type: ignore[attr-defined]
    confirming = request.method == "POST" and form.is_valid() and "confirmed" not in request.POST
    if request.method == "POST" and form.is_valid() and not confirming:
        with told_in(form):
            given = {name: form.cleaned_data[name] for name in ("lines", "wanted_on", "reason", "custodian")}
            asked = operations.ask_end(number=root.number, **given, by=request.actor, at=request.now)
            messages.success(request, f"已提出终止申请{asked.number}，由{queries.handler(root, request.today, 'decision').name}办理。")
            return redirect("body:filing_end", root.number)
    return render(request, "body/filing_end.html", _context(request, root.number, form, confirming))


def _context(request: Request, number: str, form: EndForm, confirming: bool) -> dict[str, Any]:
    root = queries.filing(number, request.actor)
    asked = list(ended.end_requests(request.actor).filter(filing=root))
    given = form.cleaned_data if confirming else {}
    stands = root.state in {State.ACCEPTED, State.SUSPENDED}
    waiting = next((one for one in asked if one.outcome in {"", "granted"}), None)
    lines = waiting.items if waiting else given.get("lines", [])
    wanted_on = max(waiting.wanted_on, request.today) if waiting else given.get("wanted_on") or request.today
    return filing_view.header(root) | {
        "form": form,
        "confirming": confirming,
        "given": given,
        "stands": stands,
        "may_ask": stands and waiting is None,
        "waiting": request_shown(waiting, request.today) if waiting else None,
        "earlier": [request_shown(one, request.today) for one in asked if one is not waiting],
        "ends": list(ended.terminations(request.actor).filter(filing=root)),
        "follows": consequences(root, lines, kind=EndKind.VOLUNTARY, ended_on=wanted_on, day=request.today) if stands else None,
        "crumbs": _crumbs(number, "终止"),
    }


def _crumbs(filing: str, last: str) -> list[dict[str, str]]:
    return [{"label": "备案申请", "url": reverse("body:filings")}, {"label": filing, "url": reverse("body:filing", args=[filing])}, {"label": last}]


@body_door
def termination(request: Request, number: str) -> HttpResponseBase:
    """This page will show an end to the body whose filing ended, and hand its records over."""
    found = ended.termination(number, request.actor)
    if request.method == "POST":
        with told(request):
            operations.hand_over_records(termination=number, volumes=request.POST.get("volumes", ""), by=request.actor, at=request.now)
            messages.success(request, "档案已移交，等待接收单位核对接收。")
        return redirect("body:termination", number)
    return render(request, "body/termination.html", shown(found, request.actor, request.today) | {"crumbs": _crumbs(found.filing.number, number)})


@body_door
def termination_print(request: Request, number: str) -> HttpResponseBase:
    """This page will send the decision as a PDF."""
    return letter_pdf(ended.termination(number, request.actor), request.today)
