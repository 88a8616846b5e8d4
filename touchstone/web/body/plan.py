"""计划: how far is this plan, what is due, and what can I do now?"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from touchstone.exams import permissions
from touchstone.exams.operations import eligibility_review, plan_report
from touchstone.exams.operations.exceptions import hold_directly
from touchstone.exams.queries import plans as queries
from touchstone.exams.queries import winding
from touchstone.exams.queries.dual import second_of
from touchstone.exams.queries.exceptions import is_direct
from touchstone.exams.states import PlanState
from touchstone.web.body.dual import dual_page_of
from touchstone.web.body.plan_courses import courses_page_of
from touchstone.web.doors import Request, body_door
from touchstone.web.doors import told as told_to
from touchstone.web.enterprise_standard_view import second_shown
from touchstone.web.plan_view import shown

if TYPE_CHECKING:
    from touchstone.exams.models import Plan

_DONE = {
    "report": "计划已上报，报名已开放；所在区会收到签收待办。",
    "cancel": "计划已取消。",
    "close_review": "资格审核已完成，可以编排考务。",
    "reopen_review": "已重新开放报名。",
    "hold_directly": "直接认定已确认，请机构负责人公示结果。",
}
_PAGES = (
    ("apprentice_registration", "登记期满学徒", set(PlanState) - {PlanState.DRAFTED}),
    ("registration", "报名与上传", set(PlanState) - {PlanState.DRAFTED}),
    ("candidates", "考生与资格审核", set(PlanState) - {PlanState.DRAFTED}),
    ("fees", "缴费名单", set(PlanState) - {PlanState.DRAFTED}),
    ("arrangement", "考务编排", {PlanState.REVIEWED, PlanState.ARRANGED, PlanState.HELD}),
    ("attendance", "到考登记", {PlanState.ARRANGED, PlanState.HELD}),
    ("scores", "成绩登记", {PlanState.HELD, PlanState.ANNOUNCED, PlanState.CONFIRMED, PlanState.CERTIFIED}),
    ("results", "结果与公示", {PlanState.HELD, PlanState.ANNOUNCED, PlanState.CONFIRMED, PlanState.CERTIFIED}),
    ("plan_archive", "评价档案", {PlanState.CONFIRMED, PlanState.CERTIFIED}),
)


@body_door
def plan(request: Request, number: str) -> HttpResponseBase:
    """This page will show a plan with its steps, dates and counts, and carry out what can be done now."""
    found = queries.plan(number, request.actor)
    if request.method == "POST":
        _act(request, number, request.POST.get("act", ""), request.POST.get("reason", ""))
        return redirect("body:plan", number)
    state = PlanState(found.state)
    stop = winding.stopped(found, request.today)
    stranded = stop is not None and winding.to_move(found).exists()
    context = shown(request, found) | {
        "crumbs": [{"label": "认定计划", "url": reverse("body:plans")}, {"label": number, "url": ""}],
        "second": second_shown(second_of(found), request.today),
        "pages": [
            *([("一考双证", dual)] if (dual := dual_page_of(found)) else []),
            *([("课证融通", courses)] if (courses := courses_page_of(found)) else []),
            *((label, url) for name, label, states in _PAGES if _shows(found, name, states) and (url := _address(name, number))),
        ],
        "why_not": permissions.why_not(request.actor, "change_plan", found),
        "stop": str(stop) if stop else "",
        "can_change": stop is None and state in {PlanState.DRAFTED, PlanState.REPORTED, PlanState.REVIEWED},
        "can_cancel": not stranded and state in {PlanState.DRAFTED, PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED},
        "direct": state == PlanState.REVIEWED and is_direct(found),
        "uploads": queries.uploads(found)[:3],
    }
    return render(request, "body/plan.html", context)


def _shows(found: "Plan", name: str, states: set[PlanState]) -> bool:
    if name == ("registration" if found.is_for_apprentices else "apprentice_registration"):
        return False
    return PlanState(found.state) in states and (name != "fees" or found.fee > 0)


def _act(request: Request, number: str, act: str, reason: str) -> None:
    by, at = request.actor, request.now
    acts: dict[str, Callable[[], object]] = {
        "report": lambda: plan_report.report_plan(number=number, by=by, at=at),
        "cancel": lambda: plan_report.cancel_plan(number=number, reason=reason, by=by, at=at),
        "close_review": lambda: eligibility_review.close_review(number=number, by=by, at=at),
        "hold_directly": lambda: hold_directly(plan_number=number, by=by, at=at),
        "reopen_review": lambda: eligibility_review.reopen_review(number=number, reason=reason, by=by, at=at),
    }
    if act in acts:
        with told_to(request):
            acts[act]()
            messages.success(request, _DONE[act])


def _address(name: str, number: str) -> str:
    try:
        return reverse(f"body:{name}", args=[number])
    except NoReverseMatch:
        return ""
