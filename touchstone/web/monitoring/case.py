"""预警页: what was found on which data, who was asked and said what, how was it decided, and what can I do now? One page for offices and bodies."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.files import queries as files
from touchstone.files.operations import LARGEST
from touchstone.ledger.queries import history
from touchstone.monitoring import operations, permissions, queries
from touchstone.monitoring.operations.deciding import heard
from touchstone.monitoring.operations.handing import handlers, takers
from touchstone.monitoring.states import MOVES, UNDECIDED, State
from touchstone.parameters.queries import calendar
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.downloads import send_attachment
from touchstone.web.enforcement.leading import led_on
from touchstone.web.events import WORDS
from touchstone.web.monitoring.words import SEVERITIES, STATES

if TYPE_CHECKING:
    from touchstone.monitoring.models import Alert, AlertRow, Concerned

_DONE = {
    "assign": "已转交。",
    "ask": "已请机构说明，机构收到待办和消息。",
    "answer": "说明已提交。",
    "uphold": "已认定属实，计入规则的成效。",
    "dismiss": "已认定不属实；同样的数据不再重复预警。",
    "reopen": "已重新核实，期限重新起算。",
}
_ONE_BODY = frozenset({"alert.asked", "alert.answered"})


@either_door
def alert(request: Request, number: str) -> HttpResponseBase:
    """This page will show a case and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.alert(number, request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(own_side(request, "alert", number))
    of_body = side(request) == "body"
    lines = queries.concerned(found, request.actor)
    rows, kept_back = queries.rows_of(found, request.actor)
    may = {line.verb for line in MOVES if found.state in line.sources and not permissions.why_not(request.actor, line.verb, found)}
    if of_body and lines[0].answered_at is not None:
        may.discard("answer")
    label, tone = STATES[found.state]
    due_on = _due_on(found, lines[0] if of_body else None)
    context = {
        "alert": found,
        "of_body": of_body,
        "state_label": label,
        "tone": tone,
        "severity": SEVERITIES[found.severity],
        "told_in_whole": not of_body or not kept_back,
        "table": side_by_side(rows, request),
        "kept_back": kept_back,
        "lines": [_asked(request, found, one) for one in lines],
        "may": may,
        "why_not_uphold": _why_not_uphold(request, found) if "uphold" in may else "",
        "waits": _waits(request, found, may),
        "left": calendar().working_days_between(request.today, due_on) if due_on else None,
        "due_on": due_on,
        "to_offices": [(one.number, one.name) for one in takers(found, request.now)] if "assign" in may else [],
        "colleagues": [one for one in handlers(found, request.now).items() if one[0] != found.handler_id] if "assign" in may else [],
        "entries": _entries(request, found),
        "led_on": {} if side(request) == "body" or found.led_to else led_on(request, "alert", number, ready=found.state == State.UPHELD),
        "may_lead_on": permissions.may_lead_on(request.actor, found),
        "led_url": case_url(found.led_to, request.actor) if found.led_to else "",
        "largest": LARGEST,
        "crumbs": [{"label": "我的预警" if of_body else "预警", "url": own_side(request, "alerts")}, {"label": number, "url": ""}],
        "request_key": uuid4(),
    }
    return render(request, "monitoring/alert.html", context)


@either_door
def alert_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send one piece of a body's evidence; to a body its own only. :raises Http404:"""
    found = queries.alert(number, request.actor)
    labels = [one.body.number for one in queries.concerned(found, request.actor)]
    kept = files.of_case(found.number).filter(number=attachment, label__in=labels).first()
    if kept is None:
        raise Http404
    return send_attachment(kept)


def _act(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    words = post.get("words", "")
    acts: dict[str, Callable[[], object]] = {
        "assign": lambda: operations.assign(
            number=number, office=post.get("office", ""), user_id=_key(post.get("colleague", "")), reason=words, by=by, at=at
        ),
        "ask": lambda: operations.ask_bodies(number=number, question=words, bodies=post.getlist("body"), by=by, at=at),
        "answer": lambda: operations.answer(number=number, words=words, files=_files(request), by=by, at=at),
        "uphold": lambda: operations.uphold(number=number, reason=words, by=by, at=at),
        "dismiss": lambda: operations.dismiss(number=number, reason=words, by=by, at=at),
        "reopen": lambda: operations.reopen(number=number, reason=words, by=by, at=at),
    }
    act = post.get("act", "")
    if act in acts:
        with told(request):
            acts[act]()
            messages.success(request, _DONE[act])


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None


def _files(request: Request) -> list[tuple[str, bytes]]:
    return [(one.name or "", one.read()) for one in request.FILES.getlist("files")[:10] if one.size and one.size <= LARGEST]


def _due_on(found: "Alert", own: "Concerned | None") -> date | None:
    """The day by which the reader's side must act: the body answers, the office decides."""
    if own is not None:
        return own.answer_due_on if found.state == State.ASKED and own.answered_at is None else None
    return found.due_on if found.state in UNDECIDED else None


def side_by_side(rows: "Sequence[AlertRow]", request: Request) -> dict[str, Any]:
    """This function will lay rows beside one another, label by label, and mark the labels on which they agree: that is mostly what a hit is about."""
    labels = list(dict.fromkeys(label for row in rows for label, _ in row.shown))
    held = [dict(row.shown) for row in rows]
    lines = [
        {"label": label, "values": values, "same": len(rows) > 1 and len(set(values)) == 1}
        for label in labels
        if (values := [one.get(label, "—") for one in held])
    ]
    heads = [{"number": row.number, "url": case_url(row.number, request.actor)} for row in rows]
    return {"heads": heads, "lines": lines}


def _asked(request: Request, found: "Alert", line: "Concerned") -> dict[str, Any]:
    held = files.of_case(found.number, line.body.number) if line.answered_at else []
    return {
        "row": line,
        "url": reverse("authority:body", args=[line.body.number]) if side(request) != "body" else "",
        "files": [{"name": one.name, "url": own_side(request, "alert_file", found.number, one.number), "size": one.size} for one in held],
    }


def _why_not_uphold(request: Request, found: "Alert") -> str:
    return "；".join(one.reason for one in heard(found, request.now) if one.outcome != "met")


def _waits(request: Request, found: "Alert", may: set[str]) -> str:
    """Say what the case waits for where the actor can do nothing."""
    if may - {"reopen"}:
        return ""
    waiting = {
        State.OPEN: f"等待{found.owner.name}核实。",
        State.ASKED: "贵机构已作说明，等待其他机构说明。" if side(request) == "body" else "等待机构说明。",
        State.ANSWERED: f"等待{found.owner.name}认定。",
        State.UPHELD: "已认定属实。",
        State.DISMISSED: "已认定不属实，预警办结。",
        State.WITHDRAWN: "依据的数据已变，预警已自动撤回。",
    }
    return waiting[State(found.state)]


def _entries(request: Request, found: "Alert") -> list[dict[str, Any]]:
    """The case's life; a body does not read what others were asked and said."""
    own = {one.body.number for one in queries.concerned(found, request.actor)} if side(request) == "body" else None
    entries = []
    for line in history(found.number):
        about = set(line.detail.get("bodies", [])) | {line.detail.get("body", "")}
        if not line.event.startswith("alert.") or (own is not None and line.event in _ONE_BODY and not about & own):
            continue
        note = line.detail.get("note", "") if own is None else ""
        entries.append(
            {
                "what": WORDS.get(line.event, line.event) + (f"：{note}" if note else ""),
                "who": line.actor_label,
                "at": line.at,
                "opinion": line.reason,
                "findings": line.detail.get("findings", []),
                "receipt": f"第{line.pk}号",
            }
        )
    return entries
