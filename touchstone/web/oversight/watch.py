"""监控记录页: what was seen in a sitting watched from afar, what did it come to, and who confirms it? The body reads it afterwards."""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.files import queries as files
from touchstone.inspections.operations import watching as acts
from touchstone.inspections.permissions import cameras as permissions
from touchstone.inspections.queries import cameras as queries
from touchstone.inspections.states.watching import WatchState
from touchstone.ledger.queries import history
from touchstone.policy.inspections import VisitOutcome
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.downloads import send_from_case
from touchstone.web.enforcement.leading import led_on
from touchstone.web.events import told_with_receipt
from touchstone.web.oversight.tabs import crumbs
from touchstone.web.oversight.watch_words import WATCH_STATES, gap_words
from touchstone.web.oversight.watching import watching_url

if TYPE_CHECKING:
    from touchstone.inspections.models import Watch

_DONE = {
    "report": "结论已填写，请另一名检查人员确认。",
    "send_back": "已退回重填。",
    "confirm": "结论已确认，机构从现在起可以查看。",
    "drop": "已取消监控。",
}


def _bad(found: "Watch") -> bool:
    return found.confirmed_at is not None and VisitOutcome(found.outcome).found_something


@either_door
def watch(request: Request, number: str) -> HttpResponseBase:
    """This page will show a watching and carry it to its conclusion. :raises NotAllowed: for another's."""
    found = queries.watch(number, request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(own_side(request, "watch", number))
    of_body = side(request) == "body"
    label, tone = WATCH_STATES[found.state]
    sitting = found.sitting
    context = {
        "watch": found,
        "sitting": sitting,
        "of_body": of_body,
        "led_on": {} if of_body else led_on(request, "watch", number, ready=_bad(found)),
        "state_label": label,
        "tone": tone,
        "may": permissions.may(request.actor, found),
        "own_report": found.state == WatchState.REPORTED and found.reported_by_id == request.actor.user_id,
        "observations": _observations(request, number),
        "gaps": [gap_words(one, request.now) for one in queries.gaps_of(sitting)],
        "outcomes": [(one.value, one.label) for one in VisitOutcome],
        "watching_url": "" if of_body else watching_url(sitting.number),
        "sitting_url": own_side(request, "sitting", sitting.number),
        "entries": [told_with_receipt(line) for line in history(number)],
        "crumbs": crumbs(request, "远程监控记录", "watches", number),
        "request_key": uuid4(),
    }
    return render(request, "oversight/watch.html", context)


def _observations(request: Request, number: str) -> list[dict[str, Any]]:
    rows = list(queries.observations_of([queries.watch(number, request.actor)]))
    stills = defaultdict(list)
    for kept in files.of_cases(one.number for one in rows):
        stills[kept.case].append(own_side(request, "watch_file", number, kept.number))
    return [{"row": one, "stills": stills[one.number]} for one in rows]


@either_door
def watch_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send the still of an observation. :raises Http404:"""
    for one in queries.observations_of([queries.watch(number, request.actor)]):
        if files.of_case(one.number).filter(number=attachment).exists():
            return send_from_case(one.number, attachment)
    raise Http404


def _act(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    words = post.get("words", "")
    chosen: dict[str, Callable[[], object]] = {
        "report": lambda: acts.report_watch(number=number, outcome=post.get("outcome", ""), words=words, by=by, at=at),
        "send_back": lambda: acts.send_back_watch(number=number, reason=words, by=by, at=at),
        "confirm": lambda: acts.confirm_watch(number=number, by=by, at=at),
        "drop": lambda: acts.drop_watch(number=number, reason=words, by=by, at=at),
    }
    act = post.get("act", "")
    if act in chosen:
        with told(request):
            chosen[act]()
            messages.success(request, _DONE[act])
