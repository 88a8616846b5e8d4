"""备案件: where does my filing stand, what comes next, and what was said about it?"""

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from touchstone.filings import operations, permissions, queries
from touchstone.filings.states import State
from touchstone.policy.appeals import appeal_told
from touchstone.web import filing_view
from touchstone.web.body.filing_sections import sections_nav
from touchstone.web.doors import Request, body_door, told
from touchstone.web.filing_print import filing_pdf
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.filings.models import Decision, Filing


class ConsentForm(Form):
    """Which office is asked, in each group where any one of several may agree."""


class RecallForm(Form):
    """Why a draft is called back from the offices asked."""

    recall_reason = forms.CharField(label="撤回征求的原因", max_length=500, widget=forms.Textarea({"rows": 2}))


class WithdrawForm(Form):
    """Why an application is taken back."""

    reason = forms.CharField(label="撤回原因", max_length=500, widget=forms.Textarea({"rows": 2}))


@body_door
def filing(request: Request, number: str) -> HttpResponseBase:
    """This page will show the whole case to the applicant; here consent is sought and an application taken back."""
    found = queries.filing(number, request.actor)
    act = request.POST.get("act", "")
    consent_form = _consent_form(found, request, act)
    withdraw_form = WithdrawForm(request.POST if act == "withdraw" else None)
    recall_form = RecallForm(request.POST if act == "recall" else None)
    if act == "seek_consent" and consent_form.is_valid():
        with told_in(consent_form):
            picked = [value for name, value in consent_form.cleaned_data.items() if name.startswith("office") and value]
            asked = operations.seek_consent(number=number, office_ids=picked, by=request.actor, at=request.now)
            said = "已取得的同意覆盖本次范围，可以提交申请。"
            if asked:
                names = "、".join(consent.office.name for consent in asked)
                said = f"已向{names}征求同意，答复期限{asked[0].due_on:%Y年%m月%d日}。未答复不视为同意。"
            messages.success(request, said)
            return redirect("body:filing", number)
    if act == "recall" and recall_form.is_valid():
        with told(request):
            operations.recall_consent(number=number, reason=recall_form.cleaned_data["recall_reason"], by=request.actor, at=request.now)
            messages.success(request, "已撤回征求，可以修改后重新征求；已取得的同意在其范围内继续有效。")
        return redirect("body:filing", number)
    if act == "urge":
        with told(request):
            count = operations.urge(number=number, by=request.actor, at=request.now)
            messages.success(request, f"已催办{count}项待办。")
        return redirect("body:filing", number)
    if act == "withdraw" and withdraw_form.is_valid():
        with told(request):
            operations.withdraw_filing(number=number, reason=withdraw_form.cleaned_data["reason"], by=request.actor, at=request.now)
            messages.success(request, "已撤回，内容仍保存在本件中。")
        return redirect("body:filing", number)
    return render(request, "body/filing.html", _context(request, number, consent_form, withdraw_form) | {"recall_form": recall_form})


def _consent_form(found: "Filing", request: Request, act: str) -> ConsentForm:
    """A form with one choice for each group of consents in which any one of several offices may agree."""
    form = ConsentForm(request.POST if act == "seek_consent" else None)
    groups = queries.consents_wanted(found, request.today) if found.state == State.DRAFTED else []
    for group in groups:
        offices = [office for one in group.offices for office in one.offices]
        if group.needed.asked_of == "one_of" and len(offices) > 1 and group.finding.outcome != "met":
            form.fields[f"office_{group.key}"] = forms.TypedChoiceField(
                label=f"向哪个部门征求“{group.needed.title}”",
                coerce=int,
                widget=forms.RadioSelect,
                choices=[(office.pk, office.name) for office in offices],
            )
    return form


def _after_refusal(decisions: "list[Decision]") -> str:
    """What may be done after the last decision was a refusal, by the law of its day."""
    if not decisions or decisions[0].accepted:
        return ""
    sentence, clauses = appeal_told(localtime(decisions[0].decided_at).date())
    return f"可以改正后重新申请。{sentence}（依据：{clauses[0]}、{clauses[1]}）"


def _context(request: Request, number: str, consent_form: Form, withdraw_form: Form) -> dict[str, object]:
    found = queries.filing(number, request.actor)
    supplement = queries.open_supplement(found)
    titles = queries.TITLES
    asked = supplement.points if supplement else {}
    points = [(titles[key], text, reverse("body:filing_section", args=[number, key])) for key, text in asked.items()]
    why_not = permissions.why_not(request.actor, "write", found)
    editable = queries.is_editable(found)
    stands = found.root_id is None and found.state in {State.ACCEPTED, State.SUSPENDED}  # with what amendments added and took away
    blockers = queries.blockers(found, request.today) if editable else ()
    decisions = list(queries.decisions(found))
    return filing_view.header(found) | filing_view.life(found, request.actor, request.today) | {
        "nav": sections_nav(found, request.today) if editable or found.root_id is None else [],
        "steps": filing_view.steps(found, request.today),
        "waiting": filing_view.waiting(found, request.today),
        "supplement": supplement,
        "points": points,
        "consents": list(queries.consents(found)),
        "groups": filing_view.consents_shown(found, request.today),
        "can_recall": found.state == State.CONSENT_SOUGHT and not why_not,
        "can_urge": found.state in {State.CONSENT_SOUGHT, State.UNDER_REVIEW} and not why_not,
        "decisions": decisions,
        "refused_next": _after_refusal(decisions),
        "scope": queries.lines_of(found, request.today) if stands else list(queries.scope_of(found)),
        "timeline": queries.timeline(found),
        "editable": editable,
        "why_not": why_not,
        "blockers": blockers,
        "first_section": next(iter(queries.sections_of(found, request.today)), "identity") if editable else "identity",
        "can_submit": can_submit(found, request.today) and not why_not,
        "can_seek": found.state == State.DRAFTED and not why_not and bool(queries.consents_wanted(found, request.today)),
        "can_withdraw": found.state in {State.DRAFTED, State.CONSENT_SOUGHT, State.CONSENTED, State.RETURNED} and not why_not,
        "consent_form": consent_form,
        "withdraw_form": withdraw_form,
        "report": getattr(found, "report", None),
    }


def can_submit(found: "Filing", day: date) -> bool:
    """This function will say whether an application is at the point of being handed in: agreed to, returned, or in need of nobody's consent."""
    return found.state in {State.CONSENTED, State.RETURNED} or (found.state == State.DRAFTED and not queries.consents_wanted(found, day))


@body_door
def filing_submit(request: Request, number: str) -> HttpResponseBase:
    """This page will show every finding once more and hand the application in."""
    found = queries.filing(number, request.actor)
    permissions.check_may(request.actor, "write", found)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            submission = operations.submit(number=number, by=request.actor, at=request.now)
            messages.success(request, f"已提交（第{submission.round}次），由{queries.handler(submission.filing, request.today).name}办理。")
            return redirect("body:filing", number)
    findings = queries.must_show(found, request.today)
    context = filing_view.header(found) | {
        "form": form,
        "findings": findings,
        "lacking": [f for f in findings if f.outcome != "met"],
        "scope": list(queries.scope_of(found)),
        "can_submit": can_submit(found, request.today),
        "handler": queries.handler(found, request.today).name,
        "first_step": "组织技术评估" if queries.has_step(found, "technical_assessment", request.today) else "审核",
    }
    return render(request, "body/filing_submit.html", context)


@body_door
def filing_file(request: Request, number: str, file: str) -> HttpResponseBase:
    """This page will send one of the filing's files."""
    return filing_view.send_file(queries.filing(number, request.actor), file)


@body_door
def filing_print(request: Request, number: str) -> HttpResponseBase:
    """This page will send the application form as a PDF."""
    return filing_pdf(queries.filing(number, request.actor), request.today)


@require_POST
@body_door
def filing_attach(request: Request, number: str) -> HttpResponseBase:
    """This page will keep one or several files with the draft, with an outcome for each."""
    section = request.POST.get("section", "evidence")
    for place, upload in enumerate(request.FILES.getlist("file")):
        with told(request):
            if (upload.size or 0) > operations.LARGEST:
                raise operations.FileRefused(f"“{upload.name}”超过20MB。", None, "请压缩或拆分后再上传。")
            by = request.actor.with_key(f"{request.actor.request_key}:{place}" if request.actor.request_key else "")
            label = request.POST.get("label", "")
            operations.attach_evidence(number=number, label=label, name=upload.name or "", content=upload.read(), by=by, at=request.now)
            messages.success(request, f"已上传“{upload.name}”。")
    if not request.FILES:
        messages.error(request, "没有选择文件。请先选择文件再上传。")
    return redirect("body:filing_section", number, section if section in queries.TITLES else "evidence")


@require_POST
@body_door
def filing_detach(request: Request, number: str, file: str) -> HttpResponseBase:
    """This page will take a file off the draft."""
    with told(request):
        withdrawn = operations.withdraw_evidence(number=number, attachment=file, by=request.actor, at=request.now)
        messages.success(request, f"已移除“{withdrawn.name}”。")
    back = request.META.get("HTTP_REFERER", "")
    section = next((key for key in queries.TITLES if back.endswith(f"/{key}")), "evidence")
    return redirect("body:filing_section", number, section)

