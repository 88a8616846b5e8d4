"""队伍首页: what comes next for me, what may I judge, and what is under way?"""

from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.experts import queries
from touchstone.experts.states import ApplicationState, AssignmentState
from touchstone.policy.experts.training import may_be_renewed
from touchstone.web.corps_view import APPLICATION_STATES, ASSIGNMENT_STATES, line_of
from touchstone.web.doors import Request, expert_door

if TYPE_CHECKING:
    from touchstone.experts.models import Member


class _Page(Protocol):
    def __call__(self, request: Request, member: "Member", *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def member_page(view: _Page) -> Any:
    """This decorator will hand a page the member who acts; whoever has a desk here and no place on the register is told what to do."""

    @wraps(view)
    def enter(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        member = queries.own_member(request.actor)
        if member is None:
            return render(request, "expert/nobody.html")
        return view(request, member, *args, **kwargs)

    return expert_door(enter)


@member_page
def home(request: Request, member: "Member") -> HttpResponseBase:
    """This page will show the one thing to do next, the member's qualifications, and what is under way."""
    held = [line_of(one) for one in queries.qualifications_of(member, request.today)]
    open_ones = [one for one in queries.applications_of(member) if one.state in {"drafted", "submitted", "returned", "in_training"}]
    coming = queries.assignments_of(member).filter(state__in=[AssignmentState.OFFERED, AssignmentState.ACCEPTED])[:5]
    context = {
        "member": member,
        "held": held,
        "applications": [{"row": one, "state": APPLICATION_STATES[one.state]} for one in open_ones],
        "assignments": [{"row": one, "state": ASSIGNMENT_STATES[one.state]} for one in coming],
        "courses": queries.courses_open_to(member, request.today)[:3],
        "measures": [one for one in queries.standings_of(member)[:3] if one.lifted_on is None],
        "next": _next(request, member, held, open_ones),
    }
    return render(request, "expert/home.html", context)


def _next(request: Request, member: "Member", held: list[dict[str, Any]], open_ones: list[Any]) -> dict[str, str]:
    """The one card: what comes first of all that waits."""
    returned = next((one for one in open_ones if one.state in {ApplicationState.RETURNED, ApplicationState.DRAFTED}), None)
    if returned is not None:
        word = "补正" if returned.state == ApplicationState.RETURNED else "填完"
        url = reverse("expert:corps_application", args=[returned.number])
        return {"title": f"{word}{returned.get_kind_display()}申请", "sentence": returned.reason or "还没有提交。", "url": url, "button": "继续办理"}
    if queries.courses_open_to(member, request.today).exists():
        return {"title": "报名培训", "sentence": "您的申请已经审核通过，请选择一期培训。", "url": reverse("expert:training"), "button": "选择培训"}
    ending = next((one["held"] for one in held if one["usable"] and may_be_renewed(one["held"].until, request.today).outcome == "met"), None)
    if ending is not None and not any(one.claims.get("renews") == ending.number for one in open_ones):
        url = f"{reverse('expert:apply')}?renews={ending.number}"
        return {"title": "资格快要期满", "sentence": f"{ending.number}到{ending.until}期满。", "url": url, "button": "申请延续"}
    if not held and not open_ones:
        sentence = "取得资格以后，才会被派去考评或督导。"
        return {"title": "申请资格", "sentence": sentence, "url": reverse("expert:apply"), "button": "申请资格"}
    return {}
