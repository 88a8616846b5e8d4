"""技术评估: one assessor's sheet, filled in on a desk or on a phone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from touchstone.filings import operations, permissions, queries
from touchstone.filings.facts import as_scores, rules_day, sheet_of
from touchstone.kernel.law import Refusal
from touchstone.policy.filing.assessment_sheet import total_of
from touchstone.web import filing_view
from touchstone.web.authority.filing import case_context
from touchstone.web.doors import Request, authority_door
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in


def _sheet_form(found: Any, day: Any, kept: dict[str, Any], data: Any) -> Form:
    form = Form(data)
    for item in sheet_of(found, day).items:
        line = kept.get(item.key, {})
        form.fields[f"score:{item.key}"] = forms.CharField(
            label=f"{item.title} 评分", required=False, max_length=6, initial=line.get("score", ""),
            widget=forms.NumberInput({"step": "0.5", "min": "0", "max": str(item.full_mark), "inputmode": "decimal"}),
        )
        said = line.get("remark", "")
        form.fields[f"remark:{item.key}"] = forms.CharField(label=f"{item.title} 备注", required=False, max_length=500, initial=said)
    return form


def _lines(form: Form) -> dict[str, dict[str, str]]:
    keys = [name.removeprefix("score:") for name in form.cleaned_data if name.startswith("score:")]
    return {key: {"score": form.cleaned_data[f"score:{key}"], "remark": form.cleaned_data[f"remark:{key}"]} for key in keys}


@authority_door
def filing_assessment(request: Request, number: str) -> HttpResponseBase:
    """This page will show an assessor's own sheet, blind to the other's, and hand it in."""
    found = queries.filing(number, request.actor)
    permissions.check_may(request.actor, "assess", found)
    assessment = queries.latest_assessment(found)
    assert assessment is not None
    own = assessment.sheets.get(assessor__user__pk=request.actor.user_id or 0)
    form = _sheet_form(found, request.today, own.scores, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            operations.submit_sheet(number=number, scores=_lines(form), by=request.actor, at=request.now)
            messages.success(request, "评分表已提交。两份都提交后由受理经办人汇总。")
            return redirect("authority:filing", number)
    submission, sheet = queries.latest_submission(found), sheet_of(found, request.today)
    uploaded = filing_view.file_items(found, request.actor)
    theirs = submission.content["sections"].get("self_score", {}) if submission else {}
    why_not = "您的评分表已经提交。" if own.submitted_at else ""
    if not why_not and (found.state != "under_review" or found.step != "technical_assessment"):
        why_not = "技术评估已经汇总，评分表不能再改。"
    context = case_context(found, request) | {
        "form": form,
        "own": own,
        "assessment": assessment,
        "sheet": sheet,
        "groups": filing_view.sheet_sections(sheet.sections(), theirs, uploaded, queries.visits_of(assessment), rules_day(found, request.today)),
        "total": total_of(sheet, as_scores(own.scores)),
        "why_not": why_not,
        "autosave": "" if why_not else reverse("authority:filing_assessment_save", args=[number]),
    }
    return render(request, "authority/filing_assessment.html", context)


@require_POST
@authority_door
def filing_assessment_save(request: Request, number: str) -> HttpResponseBase:
    """This page will save a sheet while it is being filled in."""
    found = queries.filing(number, request.actor)
    form = _sheet_form(found, request.today, {}, request.POST)
    if not form.is_valid():
        return JsonResponse({"message": "有分数或备注过长，请改正。"}, status=400)
    try:
        kept = operations.save_sheet(number=number, scores=_lines(form), by=request.actor, at=request.now)
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    assert kept.saved_at is not None
    return JsonResponse({"saved_at": f"{localtime(kept.saved_at):%H:%M}"})
