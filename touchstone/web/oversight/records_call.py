"""调取页: what was called for, what has been frozen, handed over and received, and what can I do now? One page for the office and the body."""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.bodies.queries.holds import held_by
from touchstone.files import queries as files
from touchstone.files.operations import LARGEST
from touchstone.inspections.facts.records import left_alone
from touchstone.inspections.operations import records as acts
from touchstone.inspections.operations import records_answering as answers
from touchstone.inspections.permissions import records as permissions
from touchstone.inspections.queries import records as queries
from touchstone.inspections.states.records import ANSWERED, CallState, ItemState, MoreTime
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.acts import ACTS
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.downloads import send_from_case
from touchstone.web.enforcement.leading import led_on
from touchstone.web.events import told_with_receipt
from touchstone.web.filters import DayInput
from touchstone.web.forms import day_given
from touchstone.web.oversight.records_words import CALL_STATES, ITEM_STATES, call_pairs
from touchstone.web.oversight.tabs import crumbs

if TYPE_CHECKING:
    from touchstone.inspections.models import RecordsCall, RecordsItem

_DONE = {
    "hand_over": "已提供，可以继续补充；全部提供以后请提交。",
    "not_there": "已说明。",
    "finish": "资料已提交，由调取单位核收。",
    "ask_time": "延期申请已提交。",
    "grant": "已同意延期，机构收到抄送。",
    "refuse": "已答复不同意延期。",
    "receive": "已核收。",
    "lacking": "已登记为确认缺失。",
    "send_back": "已退回补交。",
    "release": "已解除冻结，机构收到抄送。",
    "close": "调取已办结。",
    "withdraw": "调取已撤回。",
}


@either_door
def records_call(request: Request, number: str) -> HttpResponseBase:
    """This page will show a call for records and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    call = queries.call(number, request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(own_side(request, "records_call", number))
    may, of_body = permissions.may(request.actor, call), side(request) == "body"
    items = list(queries.items_of(call))
    label, tone = CALL_STATES[call.state]
    lines = _lines(request, call, items)
    owed = sum(one.state == ItemState.WAITING for one in items)
    context = {
        "call": call,
        "of_body": of_body,
        "led_on": {} if of_body else led_on(request, "records", number, ready=call.overdue_at is not None),
        "state_label": label,
        "tone": tone,
        "pairs": call_pairs(call, of_body=of_body),
        "lines": lines,
        "may": may,
        "owed": owed,
        "may_ask_time": "ask_time" in may and not call.more_time and request.today <= call.due_on,
        "may_answer_time": "answer_time" in may and call.more_time == MoreTime.ASKED,
        "more_time": MoreTime(call.more_time).label,
        "may_close": "close" in may and all(one.state in {ItemState.RECEIVED, ItemState.LACKING} for one in items),
        "left": calendar().working_days_between(request.today, call.due_on) if call.state == CallState.CALLED else None,
        "hint": ACTS.on(request.today).value[answers.LATE_ACT].label if call.overdue_at else "",
        "changed": [one for one in lines if one["kept"] is not None and one["kept"].count],
        "origin_url": case_url(call.origin, request.actor) if call.origin else "",
        "day_input": DayInput().render("until", "", {"class": "form-control", "id": "until", "required": True}),
        "largest": LARGEST,
        "entries": [told_with_receipt(line) for line in history(number)],
        "crumbs": crumbs(request, "调取资料", "records_calls", number),
        "letter_url": own_side(request, "records_letter", number),
        "request_key": uuid4(),
    }
    return render(request, "oversight/records_call.html", context)


def _lines(request: Request, call: "RecordsCall", items: "list[RecordsItem]") -> list[dict[str, Any]]:
    """What a call asks for, with its files; the office sees whether what was frozen has been left alone, and the body too."""
    handed = defaultdict(list)
    for one in files.of_cases(item.number for item in items):
        address = own_side(request, "records_file", call.number, one.number)
        handed[one.case].append({"name": one.name, "size": one.size, "url": address, "at": one.uploaded_at})
    at, held = call.closed_at or request.now, held_by(call.number)
    found = []
    for item in items:
        label, tone = ITEM_STATES[item.state]
        answerable = not item.fingerprint and item.state in {ItemState.WAITING, *ANSWERED}
        found.append(
            {
                "item": item,
                "label": label,
                "tone": tone,
                "kind": item.get_kind_display(),
                "url": case_url(item.reference, request.actor) if item.reference else "",
                "files": handed[item.number],
                "kept": left_alone(item, at),
                "locks": item.locks,
                "held": item.locks is not None and (item.locks.value, item.reference) in held,
                "answerable": answerable,
                "judgeable": item.state in {ItemState.HELD, *ANSWERED} or (item.state == ItemState.WAITING and request.today > call.due_on),
                "may_receive": item.state in {ItemState.HELD, ItemState.HANDED},
                "returnable": call.state == CallState.HANDED and not item.fingerprint and item.state != ItemState.WAITING,
            }
        )
    return found


@either_door
def records_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a file that was handed over. :raises Http404:"""
    call = queries.call(number, request.actor)
    for item in queries.items_of(call):
        if files.of_case(item.number).filter(number=attachment).exists():
            return send_from_case(item.number, attachment)
    raise Http404


def _act(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    words, until = post.get("words", ""), day_given(post.get("until", ""))
    place = int(text) if (text := post.get("place", "")).isascii() and text.isdecimal() else 0
    here: dict[str, Any] = {"number": number, "by": by, "at": at}
    chosen: dict[str, Callable[[], object]] = {
        "hand_over": lambda: answers.hand_over(place=place, words=words, files=_files(request), **here),
        "not_there": lambda: answers.say_not_there(place=place, reason=words, **here),
        "finish": lambda: answers.finish_answer(**here),
        "ask_time": lambda: answers.ask_more_time(until=until, reason=words, **here),
        "grant": lambda: answers.answer_more_time(until=until, words=words, **here),
        "refuse": lambda: answers.answer_more_time(until=None, words=words, **here),
        "receive": lambda: acts.judge_item(place=place, good=True, words=words, **here),
        "lacking": lambda: acts.judge_item(place=place, good=False, words=words, **here),
        "send_back": lambda: acts.send_back_item(place=place, reason=words, **here),
        "release": lambda: acts.release_item(place=place, reason=words, **here),
        "close": lambda: acts.close_call(outcome=words, **here),
        "withdraw": lambda: acts.withdraw_call(reason=words, **here),
    }
    act = post.get("act", "")
    if act in chosen:
        with told(request):
            chosen[act]()
            messages.success(request, _DONE[act])


def _files(request: Request) -> list[tuple[str, bytes]]:
    return [(one.name or "", one.read()) for one in request.FILES.getlist("files")[: answers.MOST_FILES + 1] if one.size]
