"""变更与续期页: may my filing be changed or renewed, what does a change say, and what stands meanwhile?"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies.queries import expiry_evaluation
from touchstone.filings import operations, permissions, queries
from touchstone.filings.queries.changing import changes_of, term_of
from touchstone.policy.filing.purposes import Change, Purpose, route_for
from touchstone.policy.filing.routes import which_route
from touchstone.policy.filing.terms import renewal_window
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.web import filing_view
from touchstone.web.body.filing_sections import section_context
from touchstone.web.doors import Request, body_door, told
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.filings.models import Filing

HINTS = {
    Change.OCCUPATION: "增加新的职业（工种）",
    Change.LEVEL: "已备案的职业增加等级",
    Change.VENUE: "已备案的职业等级增加考核点",
    Change.STANDARD: "改用新颁布或修订的标准",
    Change.PEOPLE: "法定代表人、分管负责人，或者管理人员、内部质量督导员变更",
    Change.NAME: "机构名称变更，以前核发的证书不变",
}


class KindsForm(Form):
    """What is to be changed: it decides which steps the application takes."""

    kinds = forms.MultipleChoiceField(label="变更什么", widget=forms.CheckboxSelectMultiple)


class ChangesForm(Form):
    """What an amendment says of itself."""

    name = forms.CharField(label="变更后的机构名称", max_length=120, required=False, help_text="与新的营业执照或登记证书一致。")
    people = forms.CharField(label="变更后的法定代表人", max_length=60, required=False, help_text="没有变更的留空。")
    leader = forms.CharField(label="变更后的分管负责人", max_length=60, required=False, help_text="分管评价工作的负责人；没有变更的留空。")
    reason = forms.CharField(label="变更原因", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))
    ends = forms.TypedMultipleChoiceField(
        label="同时减少的范围", coerce=int, required=False, widget=forms.CheckboxSelectMultiple, help_text="变更生效之日终止；不减少的不用选。"
    )


@body_door
def filing_amend(request: Request, number: str) -> HttpResponseBase:
    """This page will say which steps each kind of change takes, and begin an amendment."""
    found = queries.filing(number, request.actor)
    form = KindsForm(request.POST or None)
    form.fields["kinds"].choices = [(change.value, f"{change.label}：{HINTS[change]}") for change in Change]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            kinds = {Change(kind) for kind in form.cleaned_data["kinds"]}
            begun = operations.begin_amendment(number=number, kinds=kinds, by=request.actor, at=request.now)
            messages.success(request, "已开始填报变更，只需填写新增和减少的内容，现有备案继续有效。")
            return redirect("body:filing_changes", begun.number)
    context = _context(request, found, Purpose.AMEND)
    ways = [] if context["why_not"] else _ways(found, request)
    return render(request, "body/filing_amend.html", context | {"form": form, "ways": ways})


def _ways(found: "Filing", request: Request) -> list[tuple[str, str]]:
    """Which steps each kind of change takes on the body's route."""
    route = which_route(BodyKind(found.body.kind), Ownership(found.body.ownership), request.today)
    return [
        (change.label, " → ".join(step.title for step in route_for(route, Purpose.AMEND, [change], request.today)))
        for change in Change
    ]


@body_door
def filing_renew(request: Request, number: str) -> HttpResponseBase:
    """This page will say when the filing may be renewed, and begin the renewal with a draft filled from what stands."""
    found = queries.filing(number, request.actor)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told(request):
            begun = operations.begin_renewal(number=number, by=request.actor, at=request.now)
            messages.success(request, "已按现有备案预填，请逐部分核对更新，重新作出承诺后提交。")
            return redirect("body:filing_section", begun.number, "identity")
        return redirect("body:filing_renew", number)
    window = renewal_window(term_of(found)) if found.until else None
    context = _context(request, found, Purpose.RENEW) | {"form": form, "window": window, "evaluation": expiry_evaluation(number)}
    return render(request, "body/filing_renew.html", context)


def _context(request: Request, found: "Filing", purpose: Purpose) -> dict[str, Any]:
    why_not = permissions.why_not(request.actor, "write", found) or queries.why_not_begin(found, purpose, request.today)
    return filing_view.header(found) | {
        "why_not": why_not,
        "under_way": queries.under_way(found, purpose),
        "standing": queries.lines_of(found, request.today),
    }


@body_door
def filing_changes(request: Request, number: str) -> HttpResponseBase:
    """This page will show and keep what an amendment says it changes."""
    found = queries.filing(number, request.actor)
    if found.root is None or found.purpose != Purpose.AMEND:
        return redirect("body:filing", number)
    said = found.changes
    kept = {key: said.get(key, "") for key in ("name", "people", "leader", "reason")} | {"ends": said.get("ends", [])}
    form = ChangesForm(request.POST or None, initial=kept)
    standing = queries.lines_of(found.root, request.today)
    form.fields["ends"].choices = [(line.pk, queries.line_told(line)) for line in standing]  # type: ignore[attr-defined]
    chosen = changes_of(found)
    for field, change in (("name", Change.NAME), ("people", Change.PEOPLE), ("leader", Change.PEOPLE)):
        if change not in chosen:
            del form.fields[field]
    if set(chosen) <= {Change.NAME, Change.PEOPLE}:
        del form.fields["ends"]
    if request.method == "POST" and form.is_valid():
        given = {"name": "", "people": "", "leader": "", "ends": []} | form.cleaned_data
        written = {key: given[key] for key in ("name", "people", "leader", "reason", "ends")}
        with told_in(form):
            operations.write_changes(number=number, **written, by=request.actor, at=request.now)
            messages.success(request, "已保存。")
            following = list(queries.sections_of(found, request.today))
            after = following[following.index("changes") + 1]
            return redirect("body:filing_section", number, after) if "next" in request.POST else redirect("body:filing_changes", number)
    context = section_context(request, found, "changes") | {
        "form": form,
        "chosen": chosen,
        "people_change": Change.PEOPLE in chosen,
        "staff_changes": queries.staff_changes(found, request.today) if Change.PEOPLE in chosen else [],
        "leader": queries.filed_leader(found.root),
        "reduces": not set(chosen) <= {Change.NAME, Change.PEOPLE},
        "standing": standing,
        "root_url": reverse("body:filing", args=[found.root.number]),
        "root_number": found.root.number,
    }
    return render(request, "body/filing_changes.html", context)
