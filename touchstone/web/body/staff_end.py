"""结束职责: whose duties end today, seen before it is done, with an outcome for each?"""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies import operations, permissions, queries
from touchstone.kernel.law import Refusal
from touchstone.web.body.staff import StaffFilter
from touchstone.web.doors import Request, body_door
from touchstone.web.tables import chosen_rows

_OUTCOMES = "staff_end_outcomes"
MOST = 200


@body_door
def staff_end(request: Request) -> HttpResponseBase:
    """This page will show whose duties are about to end, end them once confirmed, and show an outcome for each row."""
    body = queries.own_body(request.actor)
    permissions.check_may_keep(request.actor, body)
    crumbs = [{"label": "人员队伍", "url": reverse("body:staff")}, {"label": "结束职责"}]
    if request.method != "POST":
        return render(request, "body/staff_end.html", {"crumbs": crumbs, "outcomes": request.session.pop(_OUTCOMES, None)})
    chosen = chosen_rows(request, queryset=queries.staff_of(body), filterset=StaffFilter)
    members = list(chosen[: MOST + 1])
    if not members or len(members) > MOST:
        messages.error(request, "没有选择人员。" if not members else f"一次最多结束{MOST}项职责，请缩小查询范围。")
        return redirect("body:staff")
    if "confirmed" not in request.POST:
        return render(request, "body/staff_end.html", {"crumbs": crumbs, "members": members, "request_key": uuid4()})
    request.session[_OUTCOMES] = [_end(request, member.pk, f"{member.person.name} {member.get_duty_display()}") for member in members]
    return redirect("body:staff_end")


def _end(request: Request, member_id: int, label: str) -> dict[str, object]:
    """This function will end one duty and tell what came of it."""
    try:
        by = request.actor.with_key(f"{request.actor.request_key[:48]}-{member_id}" if request.actor.request_key else "")
        operations.end_staff(member_id=member_id, reason=request.POST.get("reason", "").strip(), by=by, at=request.now)
    except Refusal as refusal:
        return {"label": label, "done": False, "sentence": str(refusal)}
    return {"label": label, "done": True, "sentence": "自今天起结束。"}
