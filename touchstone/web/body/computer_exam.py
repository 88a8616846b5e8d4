"""机考监考: from which paper is a sitting taken at the computer, who has begun, who is quiet, who needs more time or another computer?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.exams.operations.computer_exams import set_on_computer, set_on_paper
from touchstone.exams.operations.script_watch import allow_move, give_more_time
from touchstone.exams.queries import scripts as queries
from touchstone.exams.queries import sittings
from touchstone.exams.states import Part, PlanState, SittingPhase, SubmittedBy
from touchstone.policy.exams.scripts import EXTRA_MOST
from touchstone.questions.queries.papers import letters_of
from touchstone.web.body.evaluation import around, own_plan
from touchstone.web.doors import Request, body_door, told
from touchstone.web.plan_view import why_not

if TYPE_CHECKING:
    from touchstone.exams.models import Plan, Sitting
    from touchstone.exams.queries.scripts import AtSeat

REFRESH = 5
"""Seconds after which the room is asked anew."""


@body_door
def computer_exam(request: Request, number: str, sitting: str) -> HttpResponseBase:
    """This page will set the paper of a sitting at the computer, and on the day show its room and take what the invigilator decides."""
    plan, one = _own(request, number, sitting)
    if request.method == "POST":
        _act(request, one)
        return redirect("body:computer_exam", number, sitting)
    exam = queries.computer_exam(one)
    room = queries.room_now(one, request.now) if exam else []
    context = around(plan, "attendance") | {
        "sitting": one,
        "exam": exam,
        "letters": letters_of(exam.paper_id) if exam else (),
        "papers": queries.papers_for(plan),
        "before": request.now < one.starts_at,
        "over": plan.state != PlanState.ARRANGED,
        "why_not": why_not(request, "arrange", plan),
        "may_watch": one.phase is SittingPhase.OPENED,
        "writing": [seat for seat in room if seat.script is not None and seat.script.submitted_at is None],
        "longer": [seat for seat in room if seat.script is not None and seat.script.submitted_by != SubmittedBy.CANDIDATE],
        "chosen": request.GET.get("script", ""),
        "most": EXTRA_MOST.on(request.today).value,
        **_room(room),
    }
    context["crumbs"] = [*context["crumbs"][:-1], {"label": "机考", "url": ""}]
    return render(request, "body/computer_exam.html", context)


@body_door
def computer_exam_progress(request: Request, number: str, sitting: str) -> HttpResponseBase:
    """This fragment is the room as it is now."""
    plan, one = _own(request, number, sitting)
    context = {"plan": plan, "sitting": one, "over": plan.state != PlanState.ARRANGED, **_room(queries.room_now(one, request.now))}
    return render(request, "body/computer_exam_room.html", context)


def _room(room: "list[AtSeat]") -> dict[str, Any]:
    counted = {state: sum(seat.state == state for seat in room) for state in ("waiting", "writing", "lost", "moving", "submitted", "absent")}
    return {"room": room, "counts": counted, "refresh": REFRESH}


def _own(request: Request, number: str, sitting: str) -> "tuple[Plan, Sitting]":
    plan = own_plan(request, number)
    found = sittings.sittings(plan).filter(number=sitting, part=Part.THEORY).first()
    if found is None:
        raise Http404
    return plan, found


def _act(request: Request, one: "Sitting") -> None:
    by, at, post, number = request.actor, request.now, request.POST, one.number
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "set": (lambda: set_on_computer(sitting_number=number, paper_number=post.get("paper", ""), by=by, at=at), "已设为机考，口令请在开考前公布。"),
        "paper": (lambda: set_on_paper(sitting_number=number, by=by, at=at), "已改为纸笔考试。"),
        "move": (
            lambda: allow_move(script_number=_of(one, post.get("script", "")), reason=post.get("reason", ""), by=by, at=at),
            "已允许换机，请考生在新的座位上重新进入。",
        ),
        "more": (lambda: _more(request, one), ""),
    }
    found = acts.get(post.get("act", ""))
    if found is not None:
        act, words = found
        with told(request):
            act()
            if words:
                messages.success(request, words)


def _of(one: "Sitting", number: str) -> str:
    """A script of this sitting. :raises Http404: for another's."""
    if not number.startswith(f"{one.number}-"):
        raise Http404
    return number


def _more(request: Request, one: "Sitting") -> None:
    text = request.POST.get("minutes", "")
    minutes = int(text) if text.isdecimal() and len(text) < 5 else 0
    reason = request.POST.get("reason", "")
    results = give_more_time(
        sitting_number=one.number, scripts=request.POST.getlist("script"), minutes=minutes, reason=reason, by=request.actor, at=request.now
    )  # fmt: skip
    for result in results:
        if result.done:
            messages.success(request, f"{result.name}{result.sentence}。")
        else:
            messages.error(request, result.sentence)
