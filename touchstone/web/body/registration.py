"""报名: where do I get the workbook, where do I hand it in, and what came of those before?"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams import permissions
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.exams.operations.registration_gate import why_closed
from touchstone.exams.operations.registration_upload import receive_upload
from touchstone.exams.queries import plans as plan_queries
from touchstone.exams.queries import registration as queries
from touchstone.exams.states import CandidateState, PlanState
from touchstone.files.operations import LARGEST
from touchstone.jobs.registration import defer_processing
from touchstone.web.body.registration_form import CandidateForm
from touchstone.web.claims_form import GroundForm
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import XLSX, send
from touchstone.web.plan_view import shown, why_not
from touchstone.web.refusing import told_in


@body_door
def registration(request: Request, number: str) -> HttpResponseBase:
    """This page will give the template and take the filled workbook; processing is lined up in the same transaction."""
    plan = plan_queries.plan(number, request.actor)
    form = GroundForm(request.POST or None, kind=kind_of_plan(plan), day=request.today)
    if request.method == "POST" and form.is_valid():
        file = request.FILES.get("workbook")
        if file is None or file.size is None or file.size > LARGEST:
            sentence = f"文件超过{LARGEST // 1048576}MB的上限，请删去图片和多余的工作表，或分成几份上传。" if file else "请选择填好的报名表。"
            messages.error(request, sentence)
            return redirect("body:registration", number)
        given = form.cleaned_data
        with told(request), transaction.atomic():
            upload = receive_upload(
                plan_number=number,
                name=file.name or "报名表.xlsx",
                content=file.read(),
                ground=given["ground"],
                employment=given["employment"],
                by=request.actor,
                at=request.now,
            )
            defer_processing(upload.number)
            return redirect("body:upload", upload.number)
        return redirect("body:registration", number)
    is_open = plan.state == PlanState.REPORTED and request.today <= plan.registration_closes_on
    context = shown(request, plan) | {
        "form": form,
        "crumbs": _crumbs(number, "报名"),
        "why_not": why_not(request, "register", plan) or (why_closed(plan, request.today) if is_open else ""),
        "open": is_open,
        "uploads": plan_queries.uploads(plan),
        "largest": LARGEST,
    }
    return render(request, "body/registration.html", context)


@body_door
def registration_template(request: Request, number: str) -> HttpResponseBase:
    """This page will send the plan's own 33-column workbook, with today's drop-downs."""
    plan = plan_queries.plan(number, request.actor)
    return send(queries.template(plan, request.today), XLSX, f"报名表 {number} {plan.title}.xlsx")


@body_door
def candidate_new(request: Request, number: str) -> HttpResponseBase:
    """This page will register one person without a workbook."""
    plan = plan_queries.plan(number, request.actor)
    permissions.check_may(request.actor, "register", plan)
    form = CandidateForm(
        request.POST or None, kind=kind_of_plan(plan), level=plan.level, day=request.today, initial={"employer": plan.body.name}
    )
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            candidate = register_candidate(plan_number=number, entry=form.entry(), by=request.actor, at=request.now)
            messages.success(request, f"已登记{candidate.name}，资格判定：{CandidateState(candidate.state).label}。")
            return redirect("body:candidate", candidate.number)
    return render(request, "body/candidate_new.html", {"form": form, "plan": plan, "crumbs": _crumbs(number, "登记一名考生")})


def _crumbs(number: str, last: str) -> list[dict[str, str]]:
    return [
        {"label": "认定计划", "url": reverse("body:plans")},
        {"label": number, "url": reverse("body:plan", args=[number])},
        {"label": last, "url": ""},
    ]
