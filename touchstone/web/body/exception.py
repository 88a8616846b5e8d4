"""直接认定和破格页: on which merit is somebody put forward, which papers show it, what was found, and what does the leader decide?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams import permissions
from touchstone.exams.operations import exceptions as operations
from touchstone.exams.queries import registration as queries
from touchstone.exams.queries.exceptions import ExceptionalRow, exceptional
from touchstone.exams.states import CandidateState, PlanState
from touchstone.files import queries as files
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.eligibility.exceptions import BY_ENTERPRISES, Mode, merits_for
from touchstone.policy.eligibility.levels import Level
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import send_attachment
from touchstone.web.levels import level_label
from touchstone.web.plan_view import told as told_lines

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate

_STATES = {True: ("已认可", "ok"), False: ("不认可", "danger"), None: ("待负责人决定", "warn")}


@body_door
def exception(request: Request, number: str) -> HttpResponseBase:
    """This page will show and take an exception of one candidate. :raises NotAllowed: for another body's."""
    found = queries.candidate(number, request.actor)
    if request.method == "POST":
        _act(request, found)
        return redirect("body:exception", number)
    if (wanted := request.GET.get("file")) is not None:
        kept = files.of_case(number, ExceptionalRow.LABEL).filter(number=wanted).first()
        return send_attachment(kept) if kept else redirect("body:exception", number)
    case = exceptional(found)
    open_now = found.plan.state == PlanState.REPORTED and found.state != CandidateState.WITHDRAWN
    label, tone = _STATES[case.granted] if case else ("没有提出", "neutral")
    level = Level(found.plan.level)

    def may(act: str) -> bool:
        return not permissions.why_not(request.actor, act, found.plan)

    context = {
        "candidate": found,
        "level": level_label(found.plan.level),
        "case": case,
        "state_label": label,
        "tone": tone,
        "files": [{"name": one.name, "url": f"?file={one.number}"} for one in files.of_case(number, ExceptionalRow.LABEL)],
        "merits": [(mode.label, _merits(mode, level, found)) for mode in Mode],
        "chosen": f"{case.mode}:{case.merit}" if case else "",
        "may_put": open_now and (case is None or case.granted is None) and may("put_forward_exception"),
        "may_decide": open_now and case is not None and case.granted is None and may("decide_exception"),
        "may_take_back": case is not None
        and bool(case.granted)
        and case.mode == Mode.DIRECT
        and found.plan.state == PlanState.HELD
        and found.result == "passed"
        and may("decide_exception"),
        "waits": _waits(open_now, case),
        "entries": told_lines(line for line in history(number) if line.event.startswith("exception.")),
        "crumbs": [
            {"label": "认定计划", "url": reverse("body:plans")},
            {"label": found.plan.number, "url": reverse("body:plan", args=[found.plan.number])},
            {"label": found.name, "url": reverse("body:candidate", args=[number])},
            {"label": "直接认定和破格", "url": ""},
        ],
        "request_key": uuid4(),
    }
    return render(request, "body/exception.html", context)


def _merits(mode: Mode, level: Level, found: "Candidate") -> list[tuple[str, str]]:
    return [(f"{mode.value}:{key}", words) for key, words in merits_for(mode, level, found.applied_on).items()]


def _waits(open_now: bool, case: Any) -> str:
    if case is not None and case.granted is not None:
        return "已作决定；结果随成绩公示，公示期满核发证书。"
    if not open_now:
        return "资格审核不在进行中，不能提出和决定。"
    return "等待企业负责人决定。" if case is not None else "先上传业绩材料，再提出。"


def _act(request: Request, found: "Candidate") -> None:
    post, by, at, number = request.POST, request.actor, request.now, found.number
    words = post.get("words", "")
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "attach": (lambda: _attach(request, number), "材料已上传。"),
        "put_forward": (lambda: _put_forward(request, number), "已提出，等待企业负责人决定。"),
        "grant": (lambda: operations.decide_exception(number=number, granted=True, words=words, by=by, at=at), "已认可，资格已重新判定。"),
        "take_back": (lambda: operations.take_back_exception(number=number, words=words, by=by, at=at), "已撤回，其余人员可以重新公示。"),
        "refuse": (lambda: operations.decide_exception(number=number, granted=False, words=words, by=by, at=at), "已作不认可的决定。"),
    }
    act = post.get("act", "")
    if act in acts:
        with told(request):
            acts[act][0]()
            messages.success(request, acts[act][1])


def _put_forward(request: Request, number: str) -> None:
    mode, _, merit = request.POST.get("merit", "").partition(":")
    if mode not in {one.value for one in Mode}:
        raise Refusal("请选择方式和业绩情形。", BY_ENTERPRISES, "清单按本计划的等级列出。")
    operations.put_forward_exception(
        number=number, mode=Mode(mode), merit=merit, words=request.POST.get("words", ""), by=request.actor, at=request.now
    )


def _attach(request: Request, number: str) -> None:
    by = request.actor.with_key("")
    for file in request.FILES.getlist("file"):
        operations.add_merit_paper(number=number, name=file.name or "材料", content=file.read(), by=by, at=request.now)
