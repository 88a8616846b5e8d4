"""未经备案页: what was seen, what does the register say, is the public warned, and to whom did it go?"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.complaints import operations, permissions, queries
from touchstone.complaints.operations.handing_over import authorities_of
from touchstone.complaints.operations.unfiled import PHOTOS
from touchstone.complaints.states import EVALUATOR_MOVES, TakenOff
from touchstone.files import queries as files
from touchstone.files.operations import LARGEST
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.supervision.clocks import Clock, last_day
from touchstone.web.cases import case_url
from touchstone.web.complaints.words import EVALUATOR_STATES, files_sent
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import send_from_case
from touchstone.web.enforcement.leading import led_on
from touchstone.web.events import WORDS

if TYPE_CHECKING:
    from touchstone.complaints.models import Evaluator

_DONE = {
    "look_up": "已核对备案和证书，结果见审查意见。",
    "clear": "已办结。",
    "warn": "已公开提示。",
    "take_off": "提示已撤下，经过留在公开页面上。",
    "hand_over": "移送已登记。",
    "receipt": "回执已登记。",
    "answer": "部门答复已登记。",
}


@authority_door
def unfiled(request: Request, number: str) -> HttpResponseBase:
    """This page will show an evaluator and carry out what the actor can do about it. :raises NotAllowed: for another's."""
    found = queries.evaluator(number, request.actor)
    if request.method == "POST":
        return _act(request, number)
    may = {
        line.verb for line in EVALUATOR_MOVES
        if found.state in line.sources and not permissions.why_not(permissions.check_may_on, request.actor, line.verb, found)
    }
    against = any(one["outcome"] == "unmet" for one in found.findings)
    may -= {"clear"} if against else {"warn", "hand_over"}
    sent = list(found.hand_overs.order_by("pk"))
    left = [one for one in authorities_of(found) if one.value not in {each.authority for each in sent}]
    held: dict[str, list[dict[str, Any]]] = {}
    for one in files.of_case(number):
        url = reverse("authority:unfiled_file", args=[number, one.number])
        held.setdefault(one.label, []).append({"name": one.name, "url": url, "size": one.size})
    due_on = last_day(Clock.HAND_OVER, found.looked_up_at.date(), calendar()) if found.looked_up_at and left else None
    label, tone = EVALUATOR_STATES[found.state]
    context = {
        "one": found,
        "state_label": label,
        "tone": tone,
        "district": DISTRICTS.get(found.district, "不清楚"),
        "may": may,
        "against": against,
        "led_on": {} if found.led_to else led_on(request, "unfiled", number, ready=against),
        "photos": held.get(PHOTOS, []),
        "sent": [{"row": each, "letter": held.get(f"移送{each.get_authority_display()}", []), "papers": held.get(each.label, [])} for each in sent],
        "to": [(one.value, one.label) for one in left],
        "due_on": due_on,
        "left": calendar().working_days_between(request.today, due_on) if due_on else None,
        "offs": [(one.value, one.label) for one in TakenOff],
        "entries": _entries(found),
        "led_url": case_url(found.led_to, request.actor) if found.led_to else "",
        "largest": LARGEST,
        "request_key": uuid4(),
        "crumbs": [{"label": "未经备案的评价", "url": reverse("authority:unfiled_list")}, {"label": number}],
    }
    return render(request, "complaints/unfiled.html", context)


@authority_door
def unfiled_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send one file of an evaluator to whoever may see it. :raises Http404: :raises NotAllowed:"""
    return send_from_case(queries.evaluator(number, request.actor).number, attachment)


def _act(request: Request, number: str) -> HttpResponseBase:
    post, act, words = request.POST, request.POST.get("act", ""), request.POST.get("words", "")
    given: dict[str, Any] = {"number": number, "by": request.actor, "at": request.now}
    authority = post.get("authority", "")
    file = next(iter(files_sent(request)), None)
    acts: Mapping[str, Callable[[], object]] = {
        "look_up": lambda: operations.look_up(**given),
        "clear": lambda: operations.clear_evaluator(words=words, **given),
        "warn": lambda: operations.warn_of(words=words, **given),
        "take_off": lambda: operations.take_warning_off(because=post.get("because", ""), words=words, **given),
        "hand_over": lambda: operations.hand_over(authority=authority, recipient=post.get("recipient", ""), words=words, file=file, **given),
        "receipt": lambda: operations.note_receipt(authority=authority, receipt=words, **given),
        "answer": lambda: operations.note_answer(authority=authority, words=words, file=file, **given),
    }
    if act in acts:
        with told(request):
            acts[act]()
            messages.success(request, _DONE[act])
    return redirect("authority:unfiled", number)


def _entries(found: "Evaluator") -> list[dict[str, Any]]:
    return [
        {
            "what": WORDS.get(line.event, line.event) + (f"：{line.detail['note']}" if line.detail.get("note") else ""),
            "who": line.actor_label,
            "at": line.at,
            "opinion": line.reason,
            "findings": line.detail.get("findings", []),
            "receipt": f"第{line.pk}号",
        }
        for line in history(found.number)
        if line.event.startswith("unfiled.")
    ]
