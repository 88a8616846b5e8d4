"""本人报名页: how does somebody register themselves on a phone, step by step, with nothing lost?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams import permissions
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.operations import own_registration as operations
from touchstone.exams.operations.registration_gate import why_closed
from touchstone.exams.queries import own
from touchstone.exams.queries.registration import evidence
from touchstone.files.operations import LARGEST
from touchstone.policy.eligibility.admission import Ground
from touchstone.policy.eligibility.conditions import conditions_for
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.undertaking import UNDERTAKING, version_of
from touchstone.web.candidate.evidence import given_evidence, given_file, kinds_of
from touchstone.web.claims_form import ClaimsForm
from touchstone.web.doors import Request, candidate_door, told
from touchstone.web.downloads import send_from_case
from touchstone.web.forms import Form
from touchstone.web.levels import level_label
from touchstone.web.plan_view import what_of
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.exams.models import OwnDraft

_STEPS = (("apply", "填写内容"), ("apply_photo", "照片"), ("apply_evidence", "证明材料"), ("apply_confirm", "承诺并提交"))


class OwnForm(ClaimsForm):
    """What somebody declares about themselves."""

    sections = (
        ("ground", "以什么身份参评", ("ground", "employment", "employer")),
        ("claims", "按哪一条件申报", ("condition", "years_in_field", "started_work_on")),
        ("papers", "证书和学历", ("certificate_level", "certificate_number", "education", "major")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employment"].help_text = "参评来源是本单位在岗职工的，须选择。"


class ClaimsOnlyForm(ClaimsForm):
    """Condition and what is declared for it; ground and employer stay."""

    ground = employment = employer = None  # type: ignore[assignment]
    sections = OwnForm.sections[1:]


class UndertakingForm(Form):
    """The text that was shown, and the tick."""

    version = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(label="我已阅读，并作出以上承诺")


@candidate_door
def plan(request: Request, number: str) -> HttpResponseBase:
    """This page will say what is registered for, and open the person's form."""
    found = own.public_plan(number)
    if found is None:
        raise Http404
    permissions.check_may_register_oneself(request.actor, found)
    if request.method == "POST":
        with told(request):
            draft = operations.begin_own_registration(plan_number=number, by=request.actor, at=request.now)
            return redirect("candidate:apply", draft.number)
        return redirect("candidate:plan", number)
    mine = own.own_candidacies(request.actor).filter(plan=found).exclude(state="withdrawn").first()
    context = {
        "plan": found,
        "what": what_of(found),
        "closed": why_closed(found, request.today),
        "mine": mine,
        "draft": own.own_drafts(request.actor).filter(plan=found).first(),
        "request_key": uuid4(),
        "crumbs": [{"label": "可报名的评价", "url": reverse("public:plans")}, {"label": number, "url": ""}],
    }
    return render(request, "candidate/plan.html", context)


@candidate_door
def apply(request: Request, number: str) -> HttpResponseBase:
    """This page will take what the person declares."""
    draft = own.own_draft(number, request.actor)
    form = OwnForm(request.POST or None, kind=kind_of_plan(draft.plan), level=draft.plan.level, day=request.today, initial=initial_of(draft.declared))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("ground", "employment", "employer", "condition")}
        with told_in(form):
            operations.save_own_registration(number=number, **given, claims=form.claims(), by=request.actor, at=request.now)
            return redirect("candidate:apply_photo", number)
    return render(request, "candidate/apply.html", _shown(request, draft, "apply") | {"form": form})


@candidate_door
def apply_photo(request: Request, number: str) -> HttpResponseBase:
    """This page will take the photo and say what is wrong with one that cannot be used."""
    draft = own.own_draft(number, request.actor)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid() and (file := given_file(request)) is not None:
        with told_in(form):
            operations.give_photo(number=number, name=file[0], content=file[1], by=request.actor, at=request.now)
            messages.success(request, "照片可以使用。")
            return redirect("candidate:apply_photo", number)
    return render(request, "candidate/apply_photo.html", _shown(request, draft, "apply_photo") | {"wrong": form.non_field_errors()})


@candidate_door
def apply_evidence(request: Request, number: str) -> HttpResponseBase:
    """This page will take pictures or files that are to prove what was declared."""
    draft = own.own_draft(number, request.actor)
    if request.method == "POST":
        if request.POST.get("act") == "take_off":
            with told(request):
                attachment = request.POST.get("attachment", "")
                operations.take_off_own_evidence(number=number, attachment=attachment, by=request.actor, at=request.now)
                messages.success(request, "材料已移除。")
        elif (given := given_evidence(request)) is not None:
            with told(request):
                kind, name, content = given
                operations.add_own_evidence(number=number, kind=kind, name=name, content=content, by=request.actor, at=request.now)
                messages.success(request, f"{kind.label}已上传。")
        return redirect("candidate:apply_evidence", number)
    context = _shown(request, draft, "apply_evidence") | {"kinds": kinds_of(number, "candidate:apply_file")}
    return render(request, "candidate/apply_evidence.html", context)


@candidate_door
def apply_confirm(request: Request, number: str) -> HttpResponseBase:
    """This page will show everything once more with the undertaking, and hand the form in."""
    draft = own.own_draft(number, request.actor)
    text = UNDERTAKING.on(request.today)
    form = UndertakingForm(request.POST or None, initial={"version": version_of(request.today)})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            version = form.cleaned_data["version"]
            candidate = operations.register_oneself(number=number, undertaking=version, by=request.actor, at=request.now)
            messages.success(request, f"报名成功，考生编号{candidate.number}。")
            return redirect("candidate:registration", candidate.number)
    context = _shown(request, draft, "apply_confirm") | {
        "form": form,
        "promises": text.value,
        "text_clause": text.clause,
        "pairs": told_pairs(draft) if draft.declared else [],
        "files": [one for kind in kinds_of(number, "candidate:apply_file") for one in kind["files"]],
        "missing": operations.missing_of(draft),
    }
    return render(request, "candidate/apply_confirm.html", context)


@candidate_door
def apply_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a file of the person's own form. :raises Http404:"""
    return send_from_case(own.own_draft(number, request.actor).number, attachment)


def told_pairs(draft: "OwnDraft") -> list[tuple[str, str]]:
    """This function will say in words what was declared."""
    declared, claims = draft.declared, draft.declared["claims"]
    conditions = {one.key: one.label for one in conditions_for(Level(draft.plan.level), draft.saved_at.date())}
    held = claims.get("certificate")
    return [
        ("参评来源", " · ".join(part for part in (Ground(declared["ground"]).label, declared["employment"]) if part)),
        ("所在单位", declared["employer"]),
        ("申报条件", conditions.get(declared["condition"], declared["condition"])),
        ("从事本职业年数", claims["years_in_field"]),
        ("参加工作时间", claims["started_work_on"] or "没有填写"),
        ("已有证书", f"{level_label(int(held['level']))} {held['number']}" if held else "没有"),
        ("文化程度、专业", f"{claims['education']} {claims['major']}"),
    ]


def initial_of(declared: dict[str, Any]) -> dict[str, Any]:
    """This function will fill the form with what was declared before."""
    claims = declared.get("claims", {})
    held = claims.get("certificate") or {}
    return {**declared, **claims, "certificate_level": held.get("level"), "certificate_number": held.get("number", "")} if declared else {}


def _shown(request: Request, draft: "OwnDraft", step: str) -> dict[str, Any]:
    photo = own.photo_of(draft.number)
    done = {"apply": bool(draft.declared), "apply_photo": photo is not None, "apply_evidence": any(evidence(draft.number).values())}
    place = [name for name, _ in _STEPS].index(step)
    return {
        "draft": draft,
        "plan": draft.plan,
        "what": what_of(draft.plan),
        "steps": [{"label": label, "state": "current" if name == step else "done" if done.get(name) else "waiting"} for name, label in _STEPS],
        "back": reverse(f"candidate:{_STEPS[place - 1][0]}", args=[draft.number]) if place else "",
        "forward": reverse(f"candidate:{_STEPS[place + 1][0]}", args=[draft.number]) if place + 1 < len(_STEPS) else "",
        "photo_url": reverse("candidate:apply_file", args=[draft.number, photo.number]) if photo else "",
        "closed": why_closed(draft.plan, request.today),
        "largest": LARGEST,
        "request_key": uuid4(),
        "crumbs": [{"label": "我的报名", "url": reverse("candidate:registrations")}, {"label": draft.number, "url": ""}],
    }
