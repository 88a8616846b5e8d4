"""评聘页: what was announced, who was put forward, how was judged, what stands before the public, and what can I do now?"""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.appointments import operations, permissions, queries
from touchstone.appointments.states import MOVES, Standing, State
from touchstone.notices.queries import objections_of, of_case
from touchstone.web.appointments.words import ROUND_STATES, STANDINGS, day_chosen, entries_of, round_pairs, votes_of
from touchstone.web.doors import Request, either_door, own_side, side, told

if TYPE_CHECKING:
    from touchstone.appointments.models import Round

_DONE = {
    "close_nominations": "申报已截止，请组织评审。",
    "publish": "拟聘人选已公示，期满后自动转入聘任。",
    "appoint": "已聘任，证书已核发并入册。",
    "cancel": "评聘已取消。",
    "answer": "异议已答复。",
}
_WAITS = {
    State.ANNOUNCED: "接受申报：职工本人可以登录申报，企业也可以推荐；截止日次日起可以截止申报。",
    State.CHECKED: "请组织评审组评审，并登记表决结果。",
    State.REVIEWED: "等待企业负责人公示拟聘人选。",
    State.NOTICED: "公示期满且异议都已答复后，自动转入聘任。",
    State.CONFIRMED: "等待企业负责人聘任。",
}


@either_door
def appointment_round(request: Request, number: str) -> HttpResponseBase:
    """This page will show a round and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.round_of(number, request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(own_side(request, "appointment_round", number))
    people = list(queries.nominations_of(found))
    label, tone = ROUND_STATES[found.state]
    may = {line.verb for line in MOVES if found.state in line.sources and not permissions.why_not(request.actor, line.verb, found)}
    open_now = found.state == State.ANNOUNCED and request.today <= found.applications_until
    context = {
        "round": found,
        "of_body": side(request) == "body",
        "state_label": label,
        "tone": tone,
        "pairs": round_pairs(found),
        "findings": found.findings,
        "lines": [
            {"row": one, "state": STANDINGS[one.standing], "votes": votes_of(one), "url": own_side(request, "nomination", one.number)}
            for one in people
        ],
        "chosen": [(one.number, one.person.name) for one in people if one.standing == Standing.CHOSEN],
        "panel": list(queries.panel_of(found)),
        "notices": of_case(number),
        "objections": objections_of(number),
        "may": may - {"confirm", "end_empty"},
        "may_put_forward": open_now and not permissions.why_not(request.actor, "nominate", found),
        "may_answer": not permissions.why_not(request.actor, "answer_objection", found),
        "waits": _WAITS.get(State(found.state), "评聘已办结。"),
        "first_day": request.today,
        "entries": entries_of(number),
        "crumbs": [{"label": "特级首席评聘", "url": own_side(request, "appointment_rounds")}, {"label": number, "url": ""}],
        "request_key": uuid4(),
    }
    return render(request, "appointments/round.html", context)


def _act(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    acts: dict[str, Callable[[], object]] = {
        "close_nominations": lambda: operations.close_nominations(number=number, by=by, at=at),
        "publish": lambda: operations.publish_chosen(number=number, by=by, at=at),
        "appoint": lambda: operations.appoint_chosen(
            number=number, since=day_chosen(post.get("since", ""), "聘期起始日"), words=post.get("words", ""), by=by, at=at
        ),
        "cancel": lambda: operations.cancel_round(number=number, reason=post.get("words", ""), by=by, at=at),
        "answer": lambda: _answer(request, number),
    }
    act = post.get("act", "")
    if act in acts:
        with told(request):
            acts[act]()
            messages.success(request, _DONE[act])


def _answer(request: Request, number: str) -> "Round":
    post = request.POST
    objections_of(number).get(number=post.get("objection", ""))
    return operations.answer_objection(
        number=post.get("objection", ""),
        against=post.get("against", ""),
        upheld=post.get("upheld") == "1",
        answer=post.get("answer", ""),
        by=request.actor,
        at=request.now,
    )
