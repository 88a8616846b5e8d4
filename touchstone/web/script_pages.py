"""答卷页: what did the scripts of a sitting come to, and how was one of them written? For the body and the offices that watch it, after the end."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.exams import permissions
from touchstone.exams.operations.script_marks import appoint_markers, has_questions_for_people
from touchstone.exams.operations.script_scores import counted_scripts, forms_of, score_never_begun
from touchstone.exams.queries import marking, scripts, sittings
from touchstone.exams.queries.plans import plan as plan_of
from touchstone.exams.states import PlanState
from touchstone.policy.questions.kinds import kind_label
from touchstone.questions.answered import letters_said
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.paging import CappedPaginator

if TYPE_CHECKING:
    from touchstone.exams.models import Plan, Script, Sitting

PER_PAGE = 50


@either_door
def scripts_of(request: Request, number: str, sitting: str) -> HttpResponseBase:
    """This page will list the scripts of a closed sitting with what they come to, and name who marks what people have to mark."""
    plan, one = _closed(request, number, sitting)
    exam = scripts.computer_exam(one)
    if exam is None:
        raise Http404
    if request.POST.get("act") == "nought":
        with told(request):
            results = score_never_begun(sitting_number=sitting, by=request.actor, at=request.now)
            messages.success(request, f"已登记{sum(result.done for result in results)}名考生理论知识考试0分。")
        return redirect(own_side(request, "scripts", number, sitting))
    if request.method == "POST":
        with told(request):
            users = [int(text) for text in request.POST.getlist("marker") if text.isdecimal()]
            appoint_markers(sitting_number=sitting, users=users, by=request.actor, at=request.now)
            messages.success(request, "评卷人已指定。")
        return redirect(own_side(request, "scripts", number, sitting))
    rows = list(exam.scripts.select_related("exam", "seat__candidate").order_by("seat__seat_number"))
    counted = counted_scripts(rows, request.now)
    asks = has_questions_for_people(exam, request.now)
    context = {
        "plan": plan,
        "sitting": one,
        "exam": exam,
        "rows": [_row(script, counted[script.pk]) for script in rows],
        "scored": sum(script.scored_at is not None for script in rows),
        "waiting": sum(len(count.waiting) for count in counted.values()),
        "asks": asks,
        "never_begun": scripts.never_begun(exam) if side(request) == "body" else [],
        "held": plan.state == PlanState.HELD,
        "markers": marking.markers(exam) if asks else (),
        "choices": marking.may_mark(plan, request.now) if asks and side(request) == "body" else [],
        "why_not": permissions.why_not(request.actor, "score", plan),
        "marks": side(request) == "body" and marking.marker_of(exam, request.actor.user_id) is not None,
        "turns": (1, 2, 3),
        "crumbs": _crumbs(request, plan, "答卷"),
        "log": f"{side(request)}:script_log",
    }
    return render(request, "scripts/scripts.html", context)


def _row(script: "Script", count: Any) -> dict[str, Any]:
    if script.scored_at is not None:
        state, tone = "已评分", "ok"
    elif count.waiting:
        state, tone = f"待评卷{len(count.waiting)}题", "warn"
    else:
        state, tone = "待评分", "info"
    return {"script": script, "machine": count.machine, "people": count.people, "state": state, "tone": tone}


@either_door
def script_log(request: Request, number: str, sitting: str, script: str) -> HttpResponseBase:
    """This page will show every change of a script in order: when it was made, when it was here, how long the question was in view."""
    plan, one = _closed(request, number, sitting)
    exam = scripts.computer_exam(one)
    found = exam.scripts.select_related("exam", "seat__candidate").filter(number=script).first() if exam else None
    if found is None:
        raise Http404
    form = forms_of([found], request.now)[found.letter]
    places = {position: (place, orders) for place, (position, orders) in enumerate(found.layout, 1)}
    rows = scripts.changes(found)
    page = CappedPaginator(rows, rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "change": change,
            "place": places[change.position][0],
            "kind": kind_label(form.placed[change.position].kind, request.today),
            "question": form.placed[change.position].question,
            "said": letters_said(form.placed[change.position], places[change.position][1], change.response),
            "late": (change.at - change.said_at).total_seconds(),
            "seconds": change.spent_ms / 1000,
        }
        for change in page
    ]
    context = {
        "plan": plan,
        "sitting": one,
        "script": found,
        "page": page,
        "lines": lines,
        "crumbs": [*_crumbs(request, plan, "答卷", own_side(request, "scripts", number, sitting)), {"label": found.number, "url": ""}],
    }
    return render(request, "scripts/log.html", context)


def _closed(request: Request, number: str, sitting: str) -> "tuple[Plan, Sitting]":
    """A sitting of a plan the visitor may see. :raises NotAllowed: before it is closed."""
    plan = plan_of(number, request.actor)
    found = sittings.sittings(plan).filter(number=sitting).first()
    if found is None:
        raise Http404
    permissions.check_over(found)
    return plan, found


def _crumbs(request: Request, plan: "Plan", label: str, url: str = "") -> list[dict[str, str]]:
    return [
        {"label": "认定计划", "url": own_side(request, "plans")},
        {"label": plan.number, "url": own_side(request, "plan", plan.number)},
        {"label": label, "url": url},
    ]
