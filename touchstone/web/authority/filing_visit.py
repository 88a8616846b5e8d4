"""现场踏勘页: what did the assessors see in a venue, against what was filed, written on a phone that may have no line?

The page works without scripts. With them, what is written is kept in the browser first and sent when there is a line (`visit.js`): the record
carries a key of its own, so that it is kept once however often it is sent.
"""

import math
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from touchstone.accounts.actor import NotAllowed
from touchstone.filings import operations, permissions, queries
from touchstone.filings.operations import Fix, Sight
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import AlreadyDone
from touchstone.policy.filing.site_visit import Look, Seen, Subject
from touchstone.web import filing_view
from touchstone.web.authority.filing import case_context
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.offline import moment_said
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.filings.models import Filing, SiteVisit, TechnicalAssessment

_CHOICES = [(seen.value, seen.label) for seen in Seen]


class VisitForm(Form):
    """What was seen at a venue: who was met, where, each subject against what was filed, and in all."""

    venue = forms.TypedChoiceField(label="考核点", coerce=int)
    visited_on = forms.DateField(label="踏勘日期", widget=DayInput())
    met_with = forms.CharField(label="机构陪同人员", max_length=120)
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, widget=forms.HiddenInput)
    place_unknown = forms.CharField(label="没有定位的理由", required=False, max_length=200)
    observations = forms.CharField(
        label="现场情况", max_length=4000, widget=forms.Textarea({"rows": 4}), help_text="考场、工位、设备、监控、保密室、消防安全等。"
    )
    noted_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, venues: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].choices = venues  # type: ignore[attr-defined]
        for subject in Subject:
            self.fields[f"seen_{subject}"] = forms.ChoiceField(
                label=f"{subject.label}核对结果", required=False, choices=_CHOICES, widget=forms.RadioSelect
            )
            self.fields[f"words_{subject}"] = forms.CharField(label=f"{subject.label}现场的情况", required=False, max_length=500)

    def sight(self) -> Sight:
        """Give what was written as the operation takes it."""
        given = self.cleaned_data
        looks = {one: Look(Seen(given[f"seen_{one}"]), given[f"words_{one}"]) for one in Subject if given[f"seen_{one}"]}
        fix = [given["latitude"], given["longitude"], given["accuracy"]]
        place = Fix(*fix) if all(one is not None and math.isfinite(one) for one in fix) else given["place_unknown"]
        return Sight(given["venue"], given["visited_on"], given["met_with"], given["observations"], looks, place)


def _parts(number: str, request: Request) -> "tuple[Filing, TechnicalAssessment, VisitForm]":
    found = queries.filing(number, request.actor)
    permissions.check_may(request.actor, "assess", found)
    assessment = queries.latest_assessment(found)
    assert assessment is not None
    venues = list({item.venue_id: item.venue.name for item in queries.scope_of(found)}.items())
    recording = request.POST.get("act") in {"record", "revise"}
    return found, assessment, VisitForm(request.POST if recording else None, venues=venues, initial={"visited_on": request.today})


@authority_door
def filing_visit(request: Request, number: str) -> HttpResponseBase:
    """This page will record visits, take photos, and confirm what the other assessor recorded, or say what was seen otherwise."""
    found, assessment, form = _parts(number, request)
    if request.method == "POST" and _acted(request, number, form):
        return redirect("authority:filing_visit", number)
    submission = queries.latest_submission(found)
    content = submission.content if submission else {}
    filed = [
        {"id": pk, "name": name, "filed": {subject.value: lines for subject, lines in queries.as_filed(content, name).items()}}
        for pk, name in form.fields["venue"].choices  # type: ignore[attr-defined]
    ]
    visits = [_shown(visit, request, filing_view.file_items(found, request.actor)) for visit in queries.visits_of(assessment)]
    context = case_context(found, request) | {
        "form": form,
        "subjects": _subject_fields(form, filed),
        "filed": filed,
        "visits": visits,
        "written": [one["written"] for one in visits if one["own"] and one["open"]],
        "seen_labels": dict(_CHOICES),
        "assessment": assessment,
        "left": [one for one in filed if not any(v["visit"].venue_id == one["id"] and not v["open"] for v in visits)],
        "person": request.actor.user_id,
    }
    return render(request, "authority/filing_visit.html", context)


def _subject_fields(form: VisitForm, filed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each subject with its two fields and what was filed of it, venue by venue."""
    return [
        {
            "key": one.value,
            "label": one.label,
            "seen": form[f"seen_{one}"],
            "words": form[f"words_{one}"],
            "filed": [{"id": venue["id"], "name": venue["name"], "lines": venue["filed"][one.value]} for venue in filed],
        }
        for one in Subject
    ]


def _shown(visit: "SiteVisit", request: Request, uploaded: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """A record as the page shows it, and as the phone takes it up again to change it."""
    own = visit.recorded_by.user.pk == request.actor.user_id
    return filing_view.visit_seen(visit, uploaded) | {"own": own, "open": visit.confirmed_at is None, "written": written(visit)}


def written(visit: "SiteVisit") -> dict[str, Any]:
    """This function will give a record in the names of the form's fields, with the version it stands at."""
    fields: dict[str, Any] = {
        "venue": visit.venue_id,
        "visited_on": visit.visited_on.isoformat(),
        "met_with": visit.met_with,
        "observations": visit.observations,
        "latitude": visit.latitude,
        "longitude": visit.longitude,
        "accuracy": visit.accuracy,
        "place_unknown": visit.place_unknown,
    }
    for key, line in visit.checks.items():
        fields |= {f"seen_{key}": line["seen"], f"words_{key}": line.get("words", "")}
    return {"visit": visit.pk, "revision": visit.revision, "fields": {name: "" if value is None else str(value) for name, value in fields.items()}}


def _acted(request: Request, number: str, form: VisitForm) -> bool:
    act, visit = request.POST.get("act", ""), request.POST.get("visit", "")
    by, at = request.actor, request.now
    if act == "record":
        if form.is_valid():
            with told_in(form):
                operations.record_visit(number=number, sight=form.sight(), by=by, at=at)
                messages.success(request, "踏勘记录已保存，可以添加照片，再请另一名评估员确认。")
                return True
        return False
    if not visit.isdigit():
        return True
    if act == "confirm":
        with told(request):
            revision = request.POST.get("revision", "")
            operations.confirm_visit(number=number, visit_id=int(visit), revision=int(revision) if revision.isdigit() else None, by=by, at=at)
            messages.success(request, "已确认。")
    if act == "object":
        with told(request):
            operations.object_to_visit(number=number, visit_id=int(visit), objection=request.POST.get("objection", "")[:1000], by=by, at=at)
            messages.success(request, "已写明异议，由填写人修改。")
    for place, upload in enumerate(request.FILES.getlist("photo") if act == "photo" else ()):
        with told(request):
            if (upload.size or 0) > operations.LARGEST:
                raise operations.FileRefused(f"“{upload.name}”超过20MB。", None, "请压缩后再上传。")
            own = by.with_key(f"{by.request_key}:{place}"[:64] if by.request_key else "")
            operations.attach_photo(number=number, visit_id=int(visit), name=upload.name or "", content=upload.read(), by=own, at=at)
            messages.success(request, f"已添加“{upload.name}”。")
    return True


@require_POST
@authority_door
def filing_visit_sent_part(request: Request, number: str) -> HttpResponseBase:
    """This page will take what a phone wrote without a line: a record, a change of one, or a confirmation; it answers in JSON, and where the
    record was changed meanwhile, with the version that stands."""
    _, assessment, form = _parts(number, request)
    act, key, visit = (request.POST.get(name, "") for name in ("act", "client_key", "visit"))
    by, at = request.actor, request.now
    visit_id, revision = (int(text) if text.isdigit() else 0 for text in (visit, request.POST.get("revision", "")))
    if act in {"record", "revise"} and not form.is_valid():
        return JsonResponse({"message": "；".join(str(error) for errors in form.errors.values() for error in errors)}, status=400)
    try:
        match act:
            case "record":
                kept = operations.record_visit(
                    number=number, sight=form.sight(), client_key=key[:64], noted_at=moment_said(form.cleaned_data["noted_at"]), by=by, at=at
                )
            case "revise":
                kept = operations.revise_visit(number=number, visit_id=visit_id, revision=revision, sight=form.sight(), by=by, at=at)
            case "confirm":
                kept = operations.confirm_visit(number=number, visit_id=visit_id, revision=revision, by=by, at=at)
            case _:
                return JsonResponse({"message": "不能识别的操作，请刷新页面后重试。"}, status=400)
    except AlreadyDone:
        return JsonResponse({"visit": visit_id})
    except operations.VisitChanged as changed:
        stands = next(one for one in queries.visits_of(assessment) if one.pk == changed.visit_id)
        return JsonResponse({"message": str(changed), "theirs": written(stands)}, status=409)
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse({"visit": kept.pk, "revision": kept.revision})


@require_POST
@authority_door
def filing_visit_photo_part(request: Request, number: str) -> HttpResponseBase:
    """This page will take one photo of a record from a phone; its `request_key` is the photo's own, so that it is kept once."""
    _parts(number, request)
    upload, visit, subject = request.FILES.get("photo"), request.POST.get("visit", ""), request.POST.get("subject", "")
    if upload is None or not visit.isdigit():
        return JsonResponse({"message": "没有收到照片。"}, status=400)
    shows = Subject(subject) if subject in set(Subject) else None
    try:
        operations.attach_photo(
            number=number, visit_id=int(visit), name=upload.name or "", content=upload.read(), subject=shows, by=request.actor, at=request.now
        )
    except AlreadyDone:
        pass
    except NotAllowed:
        raise
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return HttpResponse(status=204)
