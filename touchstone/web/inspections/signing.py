"""检查签字页: what stands in the record, who signed it already, and how do inspectors and the body sign before it is sealed?"""

import base64
import binascii
from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.inspections import operations, permissions
from touchstone.inspections.queries import visiting
from touchstone.inspections.states import VisitState
from touchstone.kernel.rules import Outcome
from touchstone.policy.inspections import VisitOutcome
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.inspections.record import record_shown

_DONE = {
    "sign": "您已签字。",
    "by_hand": "机构在场人员已签字。",
    "refuse": "机构没有签字的情况已更新，请检查人员签字证明。",
    "hinder": "未能检查的情况已更新，请检查人员签字。",
}
_PREFIX = "data:image/png;base64,"


@authority_door
def inspection_sign(request: Request, number: str) -> HttpResponseBase:
    """This page will show the record as it is signed, take the signatures, and seal it. :raises NotAllowed: unless for the visit's inspectors."""
    found = visiting.visit(number, request.actor)
    permissions.check_may_inspect(request.actor, "sign", found)
    if found.state != VisitState.OPEN:
        return redirect("authority:inspection_visit", number)
    if request.method == "POST":
        return _act(request, number)
    people, signed = visiting.people_of(found), list(visiting.signatures_of(found))
    by_person = {one.person_id: one for one in signed if not one.for_body}
    missing = [one for one in visiting.sealing_findings(found) if one.outcome is not Outcome.MET]
    answered = found.hindrance or not any(one.rule.endswith("every_check_is_answered") for one in missing)
    context = {
        "visit": found,
        "parts": record_shown(found, request),
        "digest": visiting.digest_of(found),
        "inspectors": [(one, by_person.get(one.pk)) for one in people],
        "body_signed": next((one for one in signed if one.for_body), None),
        "own_signed": any(one.person is not None and one.person.user.pk == request.actor.user_id for one in by_person.values()),
        "answered": answered,
        "missing": missing,
        "hindrances": [(one.value, one.label) for one in VisitOutcome if one.hinders],
        "hindered": VisitOutcome(found.hindrance).label if found.hindrance else "",
        "request_key": uuid4(),
        "crumbs": [
            {"label": "我的检查", "url": reverse("authority:inspection_visits")},
            {"label": number, "url": reverse("authority:inspection_visit", args=[number])},
            {"label": "核对和签字"},
        ],
    }
    return render(request, "inspections/sign.html", context)


def _drawn(text: str) -> bytes:
    """Read what was drawn on the page; what cannot be read counts as nothing."""
    try:
        return base64.b64decode(text.removeprefix(_PREFIX), validate=True) if text.startswith(_PREFIX) else b""
    except binascii.Error:
        return b""


def _act(request: Request, number: str) -> HttpResponseBase:
    post, by, at = request.POST, request.actor, request.now
    words, digest = post.get("words", ""), post.get("digest", "")
    acts: dict[str, Callable[[], object]] = {
        "sign": lambda: operations.sign_visit(number=number, digest=digest, by=by, at=at),
        "by_hand": lambda: operations.sign_by_hand(
            number=number, digest=digest, name=post.get("name", ""), post=post.get("post", ""), drawing=_drawn(post.get("drawing", "")), by=by, at=at
        ),
        "refuse": lambda: operations.note_refusal(number=number, words=words, by=by, at=at),
        "hinder": lambda: operations.note_hindrance(number=number, outcome=post.get("outcome", ""), words=words, by=by, at=at),
    }
    act = post.get("act", "")
    if act == "seal":
        with told(request):
            sealed = operations.seal_visit(number=number, by=by, at=at)
            messages.success(request, f"检查记录已封存，结果：{VisitOutcome(sealed.outcome).label}。")
            return redirect("authority:inspection_visit", number)
    elif act in acts:
        with told(request):
            acts[act]()
            messages.success(request, _DONE[act])
    return redirect("authority:inspection_sign", number)
