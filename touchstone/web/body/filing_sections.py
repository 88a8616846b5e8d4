"""备案填报: one section at a time, saved as one writes, with what is still missing beside it."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from touchstone.bodies.queries import DUTIES, rooms_of, staff_counts, staff_of, venues_of
from touchstone.filings import operations, permissions, queries
from touchstone.filings.facts import SYSTEM_TEXTS, rules_day, sheet_of, written
from touchstone.kernel.law import Refusal
from touchstone.parameters.queries import in_force
from touchstone.policy.districts import district_name
from touchstone.policy.filing.completeness import EVIDENCE_OF
from touchstone.policy.filing.purposes import Purpose
from touchstone.policy.filing.safeguards import SHOWN_BY
from touchstone.policy.filing.site_visit import Subject
from touchstone.policy.roles import BodyKind
from touchstone.web import filing_view
from touchstone.web.body.filing_forms import content_of, differing, section_form
from touchstone.web.doors import Request, body_door

if TYPE_CHECKING:
    from datetime import date

    from touchstone.filings.models import Filing


def sections_nav(filing: "Filing", day: "date", current: str = "") -> list[dict[str, Any]]:
    """This function will give the section navigation: each with its address, its tick or what is missing."""
    return [
        section | {"url": reverse("body:filing_section", args=[filing.number, section["key"]]), "active": section["key"] == current}
        for section in queries.sections_state(filing, day)
    ]


@body_door
def filing_section(request: Request, number: str, section: str) -> HttpResponseBase:
    """This page will show one section of the draft and save it. :raises Http404: for an unknown section."""
    found = queries.filing(number, request.actor)
    if section not in queries.sections_of(found, request.today):
        raise Http404
    if section in {"scope", "changes"}:
        return redirect(f"body:filing_{section}", number)
    form, theirs = None, []
    if section in queries.WRITTEN:
        form = section_form(section, found, request.today, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                _save(request, number, section, form)
            except operations.SomebodySaved as conflict:
                messages.error(request, str(conflict))
                theirs = differing(form)
                form.data = form.data.copy()  # type: ignore[attr-defined]
                form.data["revision"] = str(form.initial["revision"])  # type: ignore[index]
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(_next(found, section, request.today) if "next" in request.POST else request.path)
    return render(request, f"body/filing_{_template(section)}.html", section_context(request, found, section) | {"form": form, "theirs": theirs})


def _template(section: str) -> str:
    return section if section in {"venues", "staff", "evidence", "self_score"} else "written"


def _next(filing: "Filing", section: str, day: "date") -> str:
    keys = list(queries.sections_of(filing, day))
    place = keys.index(section) + 1
    return reverse("body:filing_section", args=[filing.number, keys[place]]) if place < len(keys) else reverse("body:filing", args=[filing.number])


def _save(request: Request, number: str, section: str, form: Any) -> Any:
    return operations.save_draft(
        number=number,
        section=section,
        content=content_of(section, form),
        revision=form.cleaned_data["revision"],
        session=str(form.cleaned_data["request_key"]),
        by=request.actor,
        at=request.now,
    )


@require_POST
@body_door
def filing_autosave(request: Request, number: str, section: str) -> HttpResponseBase:
    """This page will save a section while it is being written; what cannot be saved is told in a sentence and stays with the writer."""
    if section not in queries.WRITTEN:
        raise Http404
    found = queries.filing(number, request.actor)
    form = section_form(section, found, request.today, request.POST)
    if not form.is_valid():
        return JsonResponse({"message": "；".join(str(error) for errors in form.errors.values() for error in errors)}, status=400)
    try:
        kept = _save(request, number, section, form)
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse({"saved_at": f"{localtime(kept.saved_at):%H:%M}"})


@body_door
def filing_findings(request: Request, number: str, section: str) -> HttpResponseBase:
    """This fragment will show what the rules find in a section now."""
    found = queries.filing(number, request.actor)
    if section not in queries.sections_of(found, request.today):
        raise Http404
    context = {"findings": queries.check(found, request.today)[section], "nav": sections_nav(found, request.today, section), "filing": found}
    return render(request, "body/filing_findings.html", context | {"section": section})


def section_context(request: Request, filing: "Filing", section: str) -> dict[str, Any]:
    """This function will give what the page of every section shows: the navigation, what the rules find, what was asked for, why it is locked."""
    day = request.today
    supplement = queries.open_supplement(filing)
    kept = filing.sections.filter(key=section).select_related("saved_by__person").first()
    why_not = permissions.why_not(request.actor, "write", filing)
    if not why_not and not queries.is_editable(filing):
        why_not = f"当前为“{filing.state_label}”，填报内容已锁定。"
    removable = not why_not
    context = filing_view.header(filing) | {
        "proofs": _proofs(request, filing, section, removable=removable),
        "section": section,
        "section_title": queries.TITLES[section],
        "nav": sections_nav(filing, day, section),
        "findings": queries.check(filing, day)[section],
        "kept": kept,
        "why_not": why_not,
        "asked": supplement.points.get(section, "") if supplement else "",
        "supplement": supplement,
        "next_url": _next(filing, section, day),
        "autosave": reverse("body:filing_autosave", args=[filing.number, section]) if section in queries.WRITTEN and not why_not else "",
    }
    return context | _matter(request, filing, section, removable=removable)


_SUBJECTS = {
    "identity": (Subject.ORGANISATION,),
    "venues": (Subject.VENUE, Subject.EQUIPMENT, Subject.VIDEO),
    "staff": (Subject.STAFF,),
}


def _proofs(request: Request, filing: "Filing", section: str, *, removable: bool) -> dict[str, list[dict[str, Any]]]:
    """The files that show what a section says: 机构设置、场地、设施设备、视频监控、人员 (those of 管理制度 stand there already)."""
    shown_by = in_force(SHOWN_BY, rules_day(filing, request.today)).value
    labels = [shown_by[subject] for subject in _SUBJECTS.get(section, ())]
    return filing_view.file_items(filing, request.actor, labels, removable=removable) if labels else {}


def _matter(request: Request, filing: "Filing", section: str, *, removable: bool) -> dict[str, Any]:
    body, day = filing.body, request.today
    match section:
        case "venues":
            venues = [{"venue": v, "district": district_name(v.district), "rooms": list(rooms_of(v, day))} for v in venues_of(body, day)]
            return {"venues": venues}
        case "staff":
            return {"counts": [(label, staff_counts(body, day).get(duty, 0)) for duty, label in DUTIES], "staff": list(staff_of(body, day))}
        case "evidence":
            amends = filing.purpose == Purpose.AMEND
            wanted = queries.evidence_wanted(filing, day) if amends else in_force(EVIDENCE_OF[BodyKind(body.kind)], rules_day(filing, day)).value
            labels = [label for label in wanted if label != SYSTEM_TEXTS]
            return {"uploads": filing_view.file_items(filing, request.actor, labels, removable=removable)}
        case "systems":
            return {"uploads": filing_view.file_items(filing, request.actor, [SYSTEM_TEXTS], removable=removable)}
        case "self_score":
            uploaded = filing_view.file_items(filing, request.actor, removable=removable)
            sheet = sheet_of(filing, day)
            own = written(filing).get("self_score", {})
            choices = [(f"自评：{item.key}", item.title) for item in sheet.items]
            return {"sheet": sheet, "groups": filing_view.sheet_sections(sheet.sections(), own, uploaded), "upload_choices": choices}
        case _:
            return {}
