"""问题回溯页: what does one bad thing touch, head by head, what was found there, who answers, and what is still missing?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from touchstone.exams.operations.exports import record_export
from touchstone.inspections.facts.tracing import Touched, touched
from touchstone.inspections.operations import tracing as acts
from touchstone.inspections.permissions import tracing as permissions
from touchstone.inspections.queries import tracing as queries
from touchstone.inspections.states.tracing import TracingState
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.records import Source, traced_back
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.events import told_with_receipt
from touchstone.web.exports import sent_as
from touchstone.web.oversight.tabs import crumbs
from touchstone.web.oversight.tracing_words import SHOWN, TRACING_STATES, rows_shown, rows_written

if TYPE_CHECKING:
    from touchstone.inspections.models import Tracing

_DONE = {"note": "已填写。", "hold": "已登记责任追究。", "finish": "回溯已完成，要求单位收到抄送。"}


@either_door
def tracing(request: Request, number: str) -> HttpResponseBase:
    """This page will show a tracing and take what the body finds. :raises NotAllowed: for another's."""
    found = queries.tracing(number, request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(own_side(request, "tracing", number))
    may, of_body = permissions.may(request.actor, found), side(request) == "body"
    heads, noted = _touched(request, found), queries.heads_of(found)
    accountable = list(queries.accountable_in(found))
    label, tone = TRACING_STATES[found.state]
    source = Source(found.source)
    context = {
        "tracing": found,
        "of_body": of_body,
        "state_label": label,
        "tone": tone,
        "source": source.label,
        "reference_url": case_url(found.reference, request.actor),
        "lines": [_line(request, place, one, noted) for place, one in enumerate(heads, 1)],
        "shown": SHOWN,
        "accountable": accountable,
        "may": may,
        "findings": [traced_back(source, noted.keys(), len(accountable), request.today, found.nobody_because)],
        "left": calendar().working_days_between(request.today, found.due_on) if found.due_on and found.state != TracingState.FINISHED else None,
        "origin_url": case_url(found.origin, request.actor) if found.origin else "",
        "entries": [told_with_receipt(line) for line in history(number)],
        "crumbs": crumbs(request, "问题回溯", "tracings", number),
        "request_key": uuid4(),
    }
    return render(request, "oversight/tracing.html", context)


def _touched(request: Request, found: "Tracing") -> list[Touched]:
    """A body sees what is its own; an office all."""
    at = found.finished_at or request.now
    return touched(Source(found.source), found.reference, found.body if side(request) == "body" else None, at)


def _line(request: Request, place: int, one: Touched, noted: dict[str, Any]) -> dict[str, Any]:
    count = one.count()
    return {
        "place": place,
        "head": one.head,
        "columns": one.columns,
        "count": count,
        "more": max(0, count - SHOWN),
        "rows": rows_shown(request, one),
        "note": noted.get(one.head),
        "of_sittings": one.columns[0] == "场次",
    }


@either_door
def tracing_head_file(request: Request, number: str, place: int) -> HttpResponseBase:
    """This page will send all rows of one head as a file, put on record first. :raises Http404:"""
    found = queries.tracing(number, request.actor)
    heads = _touched(request, found)
    if not 1 <= place <= len(heads):
        raise Http404
    one = heads[place - 1]
    kind = "csv" if request.GET.get("export") == "csv" else "xlsx"
    record_export(case=number, what=one.head, kind=kind, count=one.count(), by=request.actor, at=request.now)
    name = f"{number}-{place} {one.head} {localtime(request.now):%Y%m%d}"
    return sent_as(kind, one.columns, rows_written(one), name)


def _act(request: Request, number: str) -> None:
    post = request.POST
    here: dict[str, Any] = {"number": number, "by": request.actor, "at": request.now}
    words = post.get("words", "")
    chosen: dict[str, Callable[[], object]] = {
        "note": lambda: acts.note_head(head=post.get("head", ""), words=words, **here),
        "hold": lambda: acts.hold_to_account(name=post.get("name", ""), post=post.get("post", ""), handling=words, **here),
        "finish": lambda: acts.finish_tracing(nobody_because=words, **here),
    }
    act = post.get("act", "")
    if act in chosen:
        with told(request):
            chosen[act]()
            messages.success(request, _DONE[act])
