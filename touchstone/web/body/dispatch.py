"""本机构的考评派遣: who comes to judge our sitting, from the hour on at which we may know it, and how did they do?"""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams.queries.sittings import sitting
from touchstone.experts import operations, permissions
from touchstone.experts.queries import dispatch as queries
from touchstone.web.corps_view import timeline
from touchstone.web.dispatch_view import STATES, facts_of, people_of, shown_to_body
from touchstone.web.doors import Request, body_door, told


@body_door
def dispatch_request(request: Request, number: str) -> HttpResponseBase:
    """This page will show a request of the body's, name who comes once it may, take it back, and take the body's word on each. :raises Http404:"""
    found = queries.request(number, request.actor)
    if found is None:
        raise Http404
    if request.method == "POST":
        _act(request, number)
        return redirect("body:dispatch_request", number)
    state, tone = STATES[found.state]
    plan = sitting(found.case).plan.number if found.state != "cancelled" else ""
    crumbs = [{"label": "认定计划", "url": reverse("body:plans")}]
    crumbs += [{"label": plan, "url": reverse("body:arrangement", args=[plan])}] if plan else []
    context = {
        "asked": found,
        "pairs": facts_of(found),
        "state": state,
        "tone": tone,
        "shown": shown_to_body(found, request.now),
        "people": people_of(found, all_of_them=False) if shown_to_body(found, request.now) else [],
        "marks": list(operations.MARKS.items()),
        "begun": found.starts_at <= request.now,
        "why_not": permissions.why_not(permissions.check_may_ask, request.actor, found.body),
        "entries": timeline(number) if shown_to_body(found, request.now) else [],  # who refused would be named
        "crumbs": [*crumbs, {"label": number, "url": ""}],
        "request_key": uuid4(),
    }
    return render(request, "body/dispatch_request.html", context)


def _act(request: Request, number: str) -> None:
    by, at, post = request.actor, request.now, request.POST
    with told(request):
        if post.get("act") == "cancel":
            operations.cancel_request(number=number, reason=post.get("words", ""), by=by, at=at)
            messages.success(request, "派遣已取消，已派的人员会收到通知。")
        elif post.get("act") == "mark":
            given = {key: int(post[key]) for key in operations.MARKS if post.get(key, "").isdigit()}
            operations.mark_assignment(number=post.get("assignment", ""), marks=given, note=post.get("note", ""), by=by, at=at)
            messages.success(request, "评价已登记，会计入该人员的年度考核。")
