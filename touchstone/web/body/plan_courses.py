"""课证融通: which elements need a plan's candidates not sit, because of their course units, and of which course is it the exam as well?"""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies.queries.courses import taught_by
from touchstone.exams.operations.courses import grant_exemptions, join_course_exam, part_course_exam, take_back_exemptions
from touchstone.exams.queries.courses import DECIDABLE, OVER, SETTABLE, considered, course_exams, has_courses, pilot_of_plan
from touchstone.exams.queries.score_book import standing_lock
from touchstone.exams.queries.sittings import plan_parts
from touchstone.exams.states import PlanState
from touchstone.web.body.evaluation import around, own_plan
from touchstone.web.doors import Request, body_door, told
from touchstone.web.paging import page_size
from touchstone.web.plan_view import why_not

if TYPE_CHECKING:
    from touchstone.exams.models import Plan


@body_door
def plan_courses(request: Request, number: str) -> HttpResponseBase:
    """This page will show what every candidate could be exempt from and why not, decide it, take it back, and join the exam with a course's."""
    plan = own_plan(request, number)
    if request.method == "POST":
        _act(request, plan)
        return redirect("body:plan_courses", number)
    lines, state = considered(plan), PlanState(plan.state)
    exams = course_exams(plan)
    joined = {one.unit for one in exams}
    pilot, parts = pilot_of_plan(plan), plan_parts(plan)
    context = around(plan, "plan_courses") | {
        "page": Paginator(lines, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page")),
        "decidable": state in DECIDABLE,
        "settable": state in SETTABLE,
        "can_take_back": not why_not(request, "exempt", plan) and state not in OVER and standing_lock(plan) is None,
        "addable": sum(len(one.could_be) for one in lines),
        "people": sum(bool(one.could_be) for one in lines),
        "exams": exams,
        "units": [one for one in (taught_by(pilot) if pilot else []) if one.part in parts and one.unit not in joined],
        "pilot": pilot,
        "why_not": why_not(request, "exempt", plan),
        "request_key": uuid4(),
    }
    return render(request, "body/plan_courses.html", context)


def _act(request: Request, plan: "Plan") -> None:
    post, number, by, at = request.POST, plan.number, request.actor, request.now
    reason, unit = post.get("reason", ""), post.get("unit", "")
    acts: dict[str, Callable[[], str]] = {
        "grant": lambda: f"已核定{grant_exemptions(plan_number=number, by=by, at=at)}项免考。",
        "take_back": lambda: f"已撤销{_take_back(request, plan, reason)}项免考。",
        "join": lambda: f"本场同时作为“{join_course_exam(plan_number=number, unit=unit, by=by, at=at).unit}”的课程考试。",
        "part": lambda: f"已取消“{_part(request, number, unit, reason)}”的合并考试。",
    }
    act = acts.get(post.get("act", ""))
    if act is not None:
        with told(request):
            messages.success(request, act())


def _take_back(request: Request, plan: "Plan", reason: str) -> int:
    candidate = plan.candidates.get(number=request.POST.get("candidate", "")).number
    return take_back_exemptions(candidate_number=candidate, reason=reason, by=request.actor, at=request.now)


def _part(request: Request, number: str, unit: str, reason: str) -> str:
    part_course_exam(plan_number=number, unit=unit, reason=reason, by=request.actor, at=request.now)
    return unit


def courses_page_of(plan: "Plan") -> str:
    """This function will give the address of a plan's page of 课证融通, where its school has a pilot that covers it; else nothing."""
    return reverse("body:plan_courses", args=[plan.number]) if has_courses(plan) else ""
