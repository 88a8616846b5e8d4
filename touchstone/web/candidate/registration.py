"""报名详情: where does my registration stand, what is lacking, what can I still do, when and where do I sit, and what came of it?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies.queries import apprenticeship_named
from touchstone.certificates.queries import verify_path
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.facts.papers import ticket_of
from touchstone.exams.operations import own_changes as operations
from touchstone.exams.operations.registration_gate import why_closed
from touchstone.exams.queries import own, panel
from touchstone.exams.queries.courses import course_exams, exempt_by, told_by_part
from touchstone.exams.queries.dual import second_of, second_outcome
from touchstone.exams.queries.enquiries import standing_of
from touchstone.exams.queries.kept import kept_by
from touchstone.exams.queries.payments import payment_of
from touchstone.exams.queries.remarks import remarks_of, score_history
from touchstone.exams.queries.results import scores_of
from touchstone.exams.queries.results import with_courses as score_shown
from touchstone.exams.states import CandidateState, PaymentState, PlanState
from touchstone.files.operations import LARGEST
from touchstone.policy.eligibility.admission import Ground
from touchstone.print.ticket import print_tickets
from touchstone.web.candidate.applying import ClaimsOnlyForm, initial_of
from touchstone.web.candidate.evidence import given_evidence, kinds_of
from touchstone.web.candidate.standing import explained
from touchstone.web.candidate.words import PAYMENT_TONES, is_told, state_of
from touchstone.web.doors import Request, candidate_door, told
from touchstone.web.downloads import send, send_from_case
from touchstone.web.enquiry_words import lines_of, with_questions
from touchstone.web.enterprise_standard_view import second_shown
from touchstone.web.plan_view import what_of
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate


@candidate_door
def registration(request: Request, number: str) -> HttpResponseBase:
    """This page will show one registration of the person who acts, and take evidence or a withdrawal."""
    found = own.own_candidacy(number, request.actor)
    if request.method == "POST":
        _acted(request, number)
        return redirect("candidate:registration", number)
    label, tone = state_of(found)
    reviewing = found.plan.state == PlanState.REPORTED and found.state != CandidateState.WITHDRAWN
    is_over = is_told(found)
    notice = own.notice_of(found) if is_over else None
    photo = own.photo_of(number)
    second = second_of(found.plan)
    shown = [{**one, "checked": one["kind"] in found.proofs} for one in kinds_of(number, "candidate:registration_file")]
    asked, standing = standing_of(found), explained(found)
    context = {
        "candidate": found,
        "plan": found.plan,
        "what": what_of(found.plan),
        "state_label": label,
        "state_tone": tone,
        "ground": Ground(found.ground).label,
        "standing": {**standing, "lacking": with_questions(standing["lacking"], asked)},
        "questions": lines_of(asked, oneself=True),
        "kinds": [one for one in shown if reviewing or one["files"] or one["checked"]],
        "reviewing": reviewing,
        "can_change": _can_change(found, request),
        "can_withdraw": found.state != CandidateState.WITHDRAWN and found.plan.state in {PlanState.REPORTED, PlanState.REVIEWED},
        "kept": kept_by(found),
        "exempt": told_by_part(exempt_by(found)),
        "combined": course_exams(found.plan),
        "papers": _papers(found, request),
        "payment": (paid := payment_of(found)),
        "can_pay": paid is not None and paid.state in {PaymentState.DUE, PaymentState.WAITING} and found.state == CandidateState.ELIGIBLE,
        "payment_tone": PAYMENT_TONES[paid.state] if paid else "",
        "seats": own.own_seats([found]).get(found.pk, []),
        "has_ticket": own.has_ticket(found),
        "told": is_over,
        "scores": [(part.label, score_shown(score)) for part, score in scores_of(found).items()] if is_over else [],
        "notice": notice,
        "apprenticeship": apprenticeship_named(found.admitted_by) if found.plan.is_for_apprentices else None,
        "second": second_shown(second, request.today),
        "second_outcome": second_outcome(found) if second and is_over else None,
        "certificates": [{"row": one, "path": verify_path(one.number)} for one in own.own_certificates(found)],
        "score_history": score_history(found) if is_over else [],
        "score_remarks": list(remarks_of(found)) if is_over else [],
        "photo_url": reverse("candidate:registration_file", args=[number, photo.number]) if photo else "",
        "largest": LARGEST,
        "request_key": uuid4(),
        "crumbs": [{"label": "我的报名", "url": reverse("candidate:registrations")}, {"label": number, "url": ""}],
    }
    return render(request, "candidate/registration.html", context)


@candidate_door
def registration_condition(request: Request, number: str) -> HttpResponseBase:
    """This page will let the person apply by another condition of the same level."""
    found = own.own_candidacy(number, request.actor)
    form = ClaimsOnlyForm(
        request.POST or None,
        kind=kind_of_plan(found.plan),
        level=found.plan.level,
        day=found.applied_on,
        initial=initial_of({"condition": found.condition, "claims": found.claims}),
    )
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            chosen = form.cleaned_data["condition"]
            after = operations.choose_another_condition(number=number, condition=chosen, claims=form.claims(), by=request.actor, at=request.now)
            messages.success(request, f"已改按{after.condition}申报，资格判定：{CandidateState(after.state).label}。")
            return redirect("candidate:registration", number)
    context = {
        "form": form,
        "what": what_of(found.plan),
        "plan": found.plan,
        "others": explained(found)["others"],
        "back": reverse("candidate:registration", args=[number]),
        "closed": "" if _can_change(found, request) else why_closed(found.plan, request.today) or "审核已有决定，不能再改选条件。",
        "crumbs": [
            {"label": "我的报名", "url": reverse("candidate:registrations")},
            {"label": number, "url": reverse("candidate:registration", args=[number])},
            {"label": "改选申报条件", "url": ""},
        ],
    }
    return render(request, "candidate/registration_condition.html", context)


@candidate_door
def registration_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a file of the person's own registration. :raises Http404:"""
    return send_from_case(own.own_candidacy(number, request.actor).number, attachment)


@candidate_door
def ticket_pdf(request: Request, number: str) -> HttpResponseBase:
    """This page will send the person's own admission ticket. :raises Http404: before the arrangement stands."""
    found = own.own_candidacy(number, request.actor)
    ticket = ticket_of(found) if own.has_ticket(found) else None
    if ticket is None:
        raise Http404
    return send(print_tickets([ticket]), "application/pdf", f"准考证 {found.ticket_number}.pdf", inline=True)


def _papers(found: "Candidate", request: Request) -> dict[str, Any] | None:
    """How far the papers for the panel are; nothing where none reviews this person."""
    if not panel.takes_panel(found):
        return None
    finding = panel.completeness(found.plan, panel.papers_of([found.pk]).get(found.pk, []))
    return {"findings": [finding.as_record()], "due": panel.due_on(found.plan, request.today), "complete": finding.outcome == "met"}


def _can_change(found: "Candidate", request: Request) -> bool:
    undecided = found.state in {CandidateState.REGISTERED, CandidateState.UNPROVEN, CandidateState.INELIGIBLE}
    return undecided and not operations.refused_by_reviewer(found) and not why_closed(found.plan, request.today)


def _acted(request: Request, number: str) -> None:
    act = request.POST.get("act")
    if act == "withdraw":
        with told(request):
            operations.withdraw_oneself(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
            messages.success(request, "已退出这次报名。")
    elif act == "supplement" and (given := given_evidence(request)) is not None:
        with told(request):
            kind, name, content = given
            operations.supplement_evidence(number=number, kind=kind, name=name, content=content, by=request.actor, at=request.now)
            messages.success(request, f"{kind.label}已提交，等待审核。")
