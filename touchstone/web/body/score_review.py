"""抽查复核: which locked scores were drawn, what did somebody else read on the paper, and which mark is right where it differs?"""

import json
from secrets import token_bytes
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.exams import permissions
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.operations.score_review import Seen, draw_review, look_again, settle_found
from touchstone.exams.queries import score_book
from touchstone.exams.states import Part, PlanState, ReviewOutcome
from touchstone.kernel.law import Refusal
from touchstone.web.body.evaluation import around, own_plan
from touchstone.web.body.typed_mark import mark_typed, part_and_mark
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import send
from touchstone.web.plan_view import why_not

if TYPE_CHECKING:
    from touchstone.exams.models import Plan, ReviewedScore
    from touchstone.exams.operations.outcomes import RowResult

_TONES = {"waiting": "neutral", "agrees": "ok", "differs": "danger", "corrected": "warn", "misread": "ok"}


@body_door
def score_review(request: Request, number: str) -> HttpResponseBase:
    """This page will draw the scores to look at again, take what was read on the papers, and settle what differs."""
    plan = own_plan(request, number)
    results: list[RowResult] = []
    if request.method == "POST":
        act = request.POST.get("act", "")
        with told(request):
            if act == "seen":
                results = _looked(request, plan)
            else:
                _act(request, plan, act)
        if not any(not one.done for one in results):
            return redirect("body:score_review", number)
    return render(request, "body/score_review.html", around(plan, "score_review") | _shown(request, plan) | {"results": results})


def _shown(request: Request, plan: "Plan") -> dict[str, Any]:
    review, lock = score_book.standing_review(plan), score_book.standing_lock(plan)
    rows = score_book.review_rows(review) if review else []
    entered = score_book.entered_by([one.entry for one in rows])
    places = score_book.places(plan)
    may = not permissions.why_not(request.actor, "review_scores", plan)
    lines = [_line(request, one, places, may and request.actor.user_id not in entered[one.entry_id]) for one in rows]
    return {
        "lock": lock,
        "review": review,
        "far": score_book.counted(review) if review else None,
        "lines": lines,
        "can_type": any(one["typed"] for one in lines),
        "held": plan.state == PlanState.HELD,
        "why_not": why_not(request, "score", plan),
        "why_not_look": permissions.why_not(request.actor, "review_scores", plan),
        "request_key": uuid4(),
    }


def _line(request: Request, one: "ReviewedScore", places: dict[tuple[int, str], str], may: bool) -> dict[str, Any]:
    waits = one.outcome == ReviewOutcome.WAITING
    key = f"{one.entry.candidate.ticket_number}-{one.entry.part}"
    return {
        "row": one,
        "key": key,
        "candidate": one.entry.candidate,
        "part": one.entry.get_part_display(),
        "place": places.get((one.entry.candidate_id, one.entry.part), "—"),
        "typed": waits and may,
        "text": request.POST.get(key, ""),
        "tone": _TONES[one.outcome],
        "waits": waits,
        "differs": one.outcome == ReviewOutcome.DIFFERS,
    }


def _looked(request: Request, plan: "Plan") -> "list[RowResult]":
    review = score_book.standing_review(plan)
    lines = []
    for one in score_book.review_rows(review) if review else []:
        ticket, part = one.entry.candidate.ticket_number or "", Part(one.entry.part)
        text = request.POST.get(f"{ticket}-{part.value}", "").strip()
        if text:
            lines.append(Seen(ticket, part, mark_typed(part.label, text)))
    if not lines:
        raise Refusal("没有填写复核所见的分数。", RECORD, "请对照原卷或评分记录填写后再提交。")
    found = look_again(plan_number=plan.number, lines=lines, by=request.actor, at=request.now)
    done = [one for one in found if one.done]
    if done:
        agreed = sum(one.sentence == ReviewOutcome.AGREES.label for one in done)
        messages.success(request, f"已复核{len(done)}份：一致{agreed}份，不一致{len(done) - agreed}份。")
    return found


def _act(request: Request, plan: "Plan", act: str) -> None:
    post, call = request.POST, {"plan_number": plan.number, "by": request.actor, "at": request.now}
    if act == "draw":
        review = draw_review(secret=token_bytes(32), **call)  # type: ignore[arg-type]
        messages.success(request, f"已随机抽取{review.rows.count()}份成绩，抽签记录可以下载重演。")
    elif act == "settle":
        part, mark = part_and_mark(post)
        row = settle_found(ticket=post.get("ticket", ""), part=part, mark=mark, reason=post.get("reason", ""), **call)  # type: ignore[arg-type]
        whole = row.review.whole_at == request.now
        words = "成绩已更正，请重新核定结论。" if row.outcome == ReviewOutcome.CORRECTED else "原成绩无误，不作更正。"
        messages.success(request, words + ("差错超过限度，其余成绩全部列入复核。" if whole else ""))


@body_door
def score_review_draw_file(request: Request, number: str) -> HttpResponseBase:
    """This page will give the records of the draw, from which anyone may draw again. :raises Http404: before it was drawn."""
    review = score_book.standing_review(own_plan(request, number))
    if review is None:
        raise Http404
    content = json.dumps(review.draws, ensure_ascii=False, indent=1).encode()
    return send(content, "application/json", f"成绩复核抽签记录 {number}.json")
