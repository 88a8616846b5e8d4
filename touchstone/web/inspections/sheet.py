"""检查记录页: what was found at each question, written on a phone that may have no line, by two inspectors on two phones?

The page works without scripts. With them, what is written stays in the browser until it is sent (`inspection.js` on `offline.js`): each answer has
a key of its own, and where the other inspector answered otherwise meanwhile, both are shown.
"""

import math
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from touchstone.accounts.actor import NotAllowed
from touchstone.inspections import operations, permissions
from touchstone.inspections.operations import AnswerChanged, Given, Where
from touchstone.inspections.queries import visiting
from touchstone.inspections.states import VisitState
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import AlreadyDone
from touchstone.policy.supervision.items import Answer
from touchstone.web.doors import Request, authority_door
from touchstone.web.offline import moment_said

if TYPE_CHECKING:
    from touchstone.inspections.models import Visit

CHOICES = [(one.value, one.label) for one in Answer]


def _visit(request: Request, number: str) -> "Visit":
    found = visiting.visit(number, request.actor)
    permissions.check_may_inspect(request.actor, "answer", found)
    return found


@authority_door
def inspection_answers(request: Request, number: str) -> HttpResponseBase:
    """This page will take the answers to every question of a visit, with photos and the place. :raises NotAllowed: unless for its inspectors."""
    found = _visit(request, number)
    if found.state != VisitState.OPEN:
        return redirect("authority:inspection_visit", number)
    if request.method == "POST":
        _save(request, found)
        return redirect("authority:inspection_answers", number)
    answers, photos = visiting.answers_of(found), visiting.photos_of(found)
    parts: list[dict[str, Any]] = [
        {"item": item, "lines": [_line(one, answers.get(one.key), photos, number) for one in checks]} for item, checks in visiting.items_of(found)
    ]
    left = sum(line["stands"] is None for part in parts for line in part["lines"])
    context = {
        "visit": found,
        "people": visiting.people_of(found),
        "parts": parts,
        "left": left,
        "count": sum(len(part["lines"]) for part in parts),
        "choices": CHOICES,
        "positions": visiting.positions_of(found),
        "stands": [visiting.as_told(one) for one in answers.values()],
        "person": request.actor.user_id,
        "signed": visiting.signatures_of(found).exists(),
        "crumbs": [
            {"label": "我的检查", "url": reverse("authority:inspection_visits")},
            {"label": number, "url": reverse("authority:inspection_visit", args=[number])},
            {"label": "检查记录"},
        ],
    }
    return render(request, "inspections/sheet.html", context)


def _line(check: Any, stands: Any, photos: dict[str, list[Any]], number: str) -> dict[str, Any]:
    """A question as the page shows it: what stands at it, and its photos."""
    shown = [{"name": one.name, "url": reverse("authority:inspection_file", args=[number, one.number])} for one in photos.get(check.key, ())]
    return {"check": check, "id": check.key.replace(".", "-"), "stands": stands, "photos": shown}


def _given(post: Any, check: str) -> Given:
    revision = post.get(f"revision_{check}", "")
    return Given(
        check,
        post.get(f"answer_{check}", ""),
        post.get(f"note_{check}", ""),
        int(revision) if revision.isascii() and revision.isdecimal() else 0,
        post.get(f"reason_{check}", ""),
    )


def _save(request: Request, found: "Visit") -> None:
    """Keep what was filled in, question by question, each with an outcome of its own."""
    kept, key = 0, request.POST.get("request_key", "") or str(uuid4())
    stands = visiting.answers_of(found)
    for _, checks in visiting.items_of(found):
        for check in checks:
            given = _given(request.POST, check.key)
            before = stands.get(check.key)
            if not given.answer or (before is not None and (before.answer, before.note) == (given.answer, given.note.strip())):
                continue
            try:
                operations.answer_check(
                    number=found.number, given=given, client_key=f"{key[:40]}:{check.key}"[:64], by=request.actor.with_key(""), at=request.now
                )
                kept += 1
            except NotAllowed:
                raise
            except Refusal as refusal:
                messages.error(request, f"{check.question}：{refusal}")
    if kept:
        messages.success(request, f"已保存{kept}项结论。")


@require_POST
@authority_door
def inspection_answer_part(request: Request, number: str) -> HttpResponseBase:
    """This page will take one answer, or a place, that a phone wrote without a line; it answers in JSON, and where the question was answered
    otherwise meanwhile, with the answer that stands."""
    found, post = _visit(request, number), request.POST
    key, noted_at = post.get("client_key", "")[:64], moment_said(post.get("noted_at", ""))
    by, at = request.actor, request.now
    try:
        if post.get("act") == "place":
            operations.note_position(number=number, where=_where(post), client_key=key, noted_at=noted_at, by=by, at=at)
            return JsonResponse({})
        revision = post.get("revision", "")
        given = Given(
            post.get("check", ""), post.get("answer", ""), post.get("note", ""), int(revision) if revision.isdecimal() else 0, post.get("reason", "")
        )
        kept = operations.answer_check(number=number, given=given, client_key=key, noted_at=noted_at, by=by, at=at)
    except NotAllowed:
        raise
    except AnswerChanged as changed:
        stands = visiting.answers_of(found)[changed.check_key]
        told = {"fields": {"answer": stands.answer, "note": stands.note, "by": stands.given_by.name}, "revision": stands.revision}
        return JsonResponse({"message": str(changed), "theirs": told}, status=409)
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse({"revision": kept.revision})


def _where(post: Any) -> Where:
    fix = []
    for name in ("latitude", "longitude", "accuracy"):
        try:
            value = float(post.get(name, ""))
        except ValueError:
            value = math.nan
        fix.append(value if math.isfinite(value) else None)
    return Where(fix[0], fix[1], fix[2], post.get("unknown_because", ""))


@require_POST
@authority_door
def inspection_photo_part(request: Request, number: str) -> HttpResponseBase:
    """This page will take one photo of a question from a phone; its `request_key` is the photo's own, so that it is kept once."""
    _visit(request, number)
    upload = request.FILES.get("photo")
    if upload is None:
        return JsonResponse({"message": "没有收到照片。"}, status=400)
    try:
        operations.attach_evidence(
            number=number, check=request.POST.get("check", ""), name=upload.name or "", content=upload.read(), by=request.actor, at=request.now
        )
    except AlreadyDone:
        pass
    except NotAllowed:
        raise
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return HttpResponse(status=204)
