"""一家机构的等级: why is it so, what would bring it up, what does it change, and what can I do now? One page for both sides."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from touchstone.bodies.queries import bodies
from touchstone.bodies.queries.grades import grade_row
from touchstone.grading import operations, permissions, queries
from touchstone.grading.states import GRADE_MOVES, GradeState
from touchstone.kernel.rules import Outcome
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.grade import Grade, grade_contested_in_time
from touchstone.policy.supervision.treatment import treatment_of
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.events import told_with_receipt
from touchstone.web.grading.words import GRADE_CHOICES, GRADE_STATES, GRADES, indicators_shown

if TYPE_CHECKING:
    from touchstone.grading.models import GradeLine

_DONE = {
    "review": "已复核，等待市职鉴中心确认。",
    "confirm": "已确认，今日起生效，机构收到消息。",
    "contest": "异议已提出；答复以前按现等级管理。",
    "answer": "已答复，机构收到消息。",
}


@either_door
def grade_line(request: Request, number: str) -> HttpResponseBase:
    """This page will show a grade with its reasons and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.line(number, request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(own_side(request, "grade_line", number))
    may = {line.verb for line in GRADE_MOVES.open_from(GradeState(found.state)) if not permissions.why_not(request.actor, line.verb, found)}
    contest = _contest(request, found) if "contest" in may else None
    if contest is not None and not contest["open"]:
        may.discard("contest")
    label, tone = GRADE_STATES[found.state]
    of_body = side(request) == "body"
    context = {
        "found": found,
        "of_body": of_body,
        "state_label": label,
        "tone": tone,
        "given": GRADES[found.given],
        "computed": GRADES[found.computed],
        "indicators": indicators_shown(found.indicators, request.actor),
        "treatment": treatment_of(BodyKind(found.body.kind), Grade(found.given), request.today).words,
        "in_force": grade_row(bodies().get(pk=found.body_id), request.today),
        "contest": contest,
        "may": may,
        "choices": GRADE_CHOICES,
        "waits": "" if may else _waits(found),
        "entries": [told_with_receipt(one) for one in history(found.number)],
        "crumbs": [
            {"label": "考核与等级" if of_body else "机构等级", "url": reverse("body:standing" if of_body else "authority:grades")},
            {"label": number},
        ],
        "request_key": uuid4(),
    }
    return render(request, "grading/grade.html", context)


def _contest(request: Request, found: "GradeLine") -> dict[str, Any]:
    assert found.confirmed_at is not None
    finding = grade_contested_in_time(localtime(found.confirmed_at).date(), request.today, calendar())
    return {"open": finding.outcome is Outcome.MET, "words": finding.reason}


def _act(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    words, grade = post.get("words", ""), post.get("grade", "")
    acts: dict[str, Callable[[], object]] = {
        "review": lambda: operations.review_grade(number=number, grade=grade, because=words, by=by, at=at),
        "confirm": lambda: operations.confirm_grade(number=number, by=by, at=at),
        "contest": lambda: operations.contest_grade(number=number, words=words, by=by, at=at),
        "answer": lambda: operations.answer_contest(number=number, words=words, grade=grade, by=by, at=at),
    }
    act = post.get("act", "")
    if act in acts:
        with told(request):
            acts[act]()
            messages.success(request, _DONE[act])


def _waits(found: "GradeLine") -> str:
    return {
        GradeState.PROPOSED: f"等待{found.office.name}复核。",
        GradeState.REVIEWED: "等待市职鉴中心确认。",
        GradeState.CONFIRMED: "等级已经生效。",
        GradeState.CONTESTED: "等待市职鉴中心答复异议；答复以前按现等级管理。",
        GradeState.ANSWERED: "异议已经答复。",
    }[GradeState(found.state)]
