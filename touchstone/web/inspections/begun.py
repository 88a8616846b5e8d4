"""检查页: how far is an inspection, what did it find, what becomes of each finding, and what can I do now? One page for offices and for the body."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.files.operations import LARGEST
from touchstone.inspections import operations, permissions
from touchstone.inspections.queries import visiting
from touchstone.inspections.states import FINDING_MOVES, FindingState, VisitState
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.inspections import LAW, VisitOutcome
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.terms import due
from touchstone.web.doors import Request, own_side, side, told
from touchstone.web.enforcement.leading import led_on
from touchstone.web.events import told_with_receipt
from touchstone.web.filters import DayInput
from touchstone.web.forms import day_given
from touchstone.web.inspections.record import acts_told, record_shown
from touchstone.web.inspections.words import FINDING_STATES, VISIT_STATES

if TYPE_CHECKING:
    from touchstone.files.models import Attachment
    from touchstone.inspections.models import Visit, VisitFinding

_DONE = {
    "correct_at_once": "已要求机构立行立改，机构收到待办和消息。",
    "suggest_case": "已移交立案建议。",
    "examine": "已写明复查意见，请另一名督导员复查销号。",
    "check_off": "已改正销号。",
    "reject": "已退回机构重新改正。",
    "report": "改正情况已报告，等待检查单位复查。",
    "sign_for_body": "您已代表机构在检查记录上签字。",
}
_MOST = 10


def shown(request: Request, number: str) -> HttpResponseBase:
    """This function will show an inspection that was begun, and carry out what the actor can do. :raises NotAllowed: for another's."""
    found = visiting.visit(number, request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(own_side(request, "inspection_visit", number))
    of_body = side(request) == "body"
    label, tone = VISIT_STATES[found.state]
    record = visiting.record_file(found)
    opened = found.state == VisitState.OPEN
    today = request.today
    handed = visiting.corrections_of(found)
    problems = [_problem(request, one, handed.get(one.pk, [])) for one in visiting.problems_of(found)]
    context: dict[str, Any] = {
        "visit": found,
        "of_body": of_body,
        "state_label": label,
        "tone": tone,
        "opened": opened,
        "people": visiting.people_of(found),
        "items": [item for item, _ in visiting.items_of(found)],
        "way": "双随机抽查" if found.task_id else "专项督导" if found.campaign else "日常督导",
        "outcome": VisitOutcome(found.outcome).label if found.outcome else "",
        "parts": record_shown(found, request),
        "signed": list(visiting.signatures_of(found)),
        "positions": [] if of_body else visiting.positions_of(found),
        "record_url": own_side(request, "inspection_file", number, record.number) if record is not None else "",
        "problems": problems,
        "owes": any(one["may"] for one in problems),
        "may_inspect": opened and not of_body and permissions.may_inspect(request.actor, "answer", found),
        "may_sign": opened and of_body and permissions.may_sign_for_body(request.actor, found) and not _body_signed(found),
        "digest": visiting.digest_of(found) if opened else "",
        "entries": [told_with_receipt(line) for line in history(number) if line.event in _TOLD_BODY or not (of_body or line.event in _WITH_RECORD)],
        "last": due(Measure.AT_ONCE, today, today, calendar()),
        "largest": LARGEST,
        "crumbs": [{"label": "监督检查" if of_body else "检查", "url": own_side(request, "inspections")}, {"label": number}],
        "request_key": uuid4(),
    }
    if not of_body:
        ready = found.outcome == VisitOutcome.OBSTRUCTED or any(one["row"].state == FindingState.FOR_CASE for one in problems)
        context["led_on"] = led_on(request, "visit", number, ready=ready and not opened)
    return render(request, "inspections/begun.html", context)


_WITH_RECORD = {"inspection.answered", "inspection.photographed", "file.attached"}
"""What stands at each question already."""
_TOLD_BODY = {
    "inspection.begun",
    "inspection.signed_for_body",
    "inspection.refusal_noted",
    "inspection.sealed",
    "inspection.correction_asked",
    "inspection.correction_reported",
    "inspection.correction_rejected",
    "inspection.checked_off",
    "inspection.correction_due",
    "inspection.correction_overdue",
}


def _body_signed(found: "Visit") -> bool:
    return any(one.for_body for one in visiting.signatures_of(found))


def _problem(request: Request, one: "VisitFinding", handed: "list[Attachment]") -> dict[str, Any]:
    """A finding as the page shows it, with what the actor may do about it."""
    moves = {line.verb for line in FINDING_MOVES if one.state in line.sources and line.verb != "take_up"}
    may = {verb for verb in moves if not permissions.why_not_treat(request.actor, verb, one)}
    if one.state == "examined" and one.examined_by_id == request.actor.user_id:
        may.discard("check_off")
    label, tone = FINDING_STATES[one.state]
    files = [
        {"name": kept.name, "url": own_side(request, "inspection_file", one.visit.number, kept.number), "size": kept.size, "at": kept.uploaded_at}
        for kept in handed
    ]
    left = calendar().working_days_between(request.today, one.due_on) if one.due_on and one.state == "correcting" else None
    return {
        "row": one,
        "label": label,
        "tone": tone,
        "acts": acts_told(one) if side(request) != "body" else [],
        "files": files,
        "opinion": "" if side(request) == "body" and one.state in {"for_case", "taken_up"} else one.opinion,
        "may": may,
        "left": left,
        "own_examined": one.state == "examined" and one.examined_by_id == request.actor.user_id,
        "day_input": DayInput().render("due_on", "", {"class": "form-control", "id": f"due-{one.pk}"}),
    }


def _act(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    words, key, act = post.get("words", ""), post.get("problem", ""), post.get("act", "")
    problem, day = int(key) if key.isascii() and key.isdecimal() else 0, day_given(post.get("due_on", ""))
    acts: dict[str, Callable[[], object]] = {
        "correct_at_once": lambda: operations.correct_at_once(problem=problem, asked=words, due_on=day, by=by, at=at),
        "suggest_case": lambda: operations.suggest_case(problem=problem, words=words, by=by, at=at),
        "examine": lambda: operations.examine_correction(problem=problem, opinion=words, by=by, at=at),
        "check_off": lambda: operations.check_off(problem=problem, by=by, at=at),
        "reject": lambda: operations.reject_correction(problem=problem, opinion=words, due_on=day, by=by, at=at),
        "report": lambda: operations.report_correction(problem=problem, words=words, attachments=_files(request), by=by, at=at),
        "sign_for_body": lambda: operations.sign_for_body(number=number, digest=post.get("digest", ""), post=post.get("post", ""), by=by, at=at),
    }
    if act in acts:
        with told(request):
            acts[act]()
            messages.success(request, _DONE[act])


def _files(request: Request) -> list[tuple[str, bytes]]:
    """Read what was uploaded. :raises Refusal: for too many, or one too large."""
    uploads = request.FILES.getlist("files")
    if len(uploads) > _MOST or any((one.size or 0) > LARGEST for one in uploads):
        raise Refusal(f"一次最多{_MOST}个附件，每个不超过20MB。", LAW, "请压缩或合并后再上传。")
    return [(one.name or "", one.read()) for one in uploads]
