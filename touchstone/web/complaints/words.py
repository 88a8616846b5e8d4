"""线索用语: how do states, verdicts, tabs and the steps of a lead stand on the pages?"""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.complaints.states import EvaluatorState, State
from touchstone.files.operations import LARGEST
from touchstone.policy.supervision.complaints import Verdict
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from touchstone.complaints.models import Lead

_TONES = {
    State.RECEIVED: "warn",
    State.ASKED: "info",
    State.TAKEN_UP: "info",
    State.CONCLUDED: "warn",
    State.VERIFIED: "warn",
    State.CLOSED: "ok",
    State.DECLINED: "neutral",
    State.JOINED: "neutral",
}
STATES = {one.value: (one.label, _TONES[one]) for one in State}
_HEAVY = {Verdict.TRUE: "danger", Verdict.PARTLY: "warn", Verdict.UNTRUE: "ok", Verdict.UNDECIDED: "neutral"}
VERDICTS = {one.value: (one.label, _HEAVY[one]) for one in Verdict} | {"": ("—", "neutral")}
_EVALUATOR_TONES = {
    EvaluatorState.SEEN: "warn",
    EvaluatorState.CHECKED: "warn",
    EvaluatorState.WARNED: "danger",
    EvaluatorState.TAKEN_OFF: "neutral",
    EvaluatorState.CLEARED: "ok",
}
EVALUATOR_STATES = {one.value: (one.label, _EVALUATOR_TONES[one]) for one in EvaluatorState}
FILES_AT_MOST = 10


def tabs(active: str, actor: Actor) -> list[dict[str, Any]]:
    """This function will give the two tabs of the desk."""
    return [
        {"label": "线索", "url": reverse("authority:leads"), "active": active == "leads"},
        {"label": "未经备案", "url": reverse("authority:unfiled_list"), "active": active == "unfiled"},
    ]


def files_sent(request: "HttpRequest", name: str = "files") -> list[tuple[str, bytes]]:
    """This function will read the files a form was sent with; what is too large is left to the check, which says so."""
    return [(one.name or "", one.read(LARGEST + 1)) for one in request.FILES.getlist(name)[:FILES_AT_MOST]]


def kept_back(response: "HttpResponseBase") -> "HttpResponseBase":
    """This function will keep a page out of caches, indexes and other sites' referrers; its own forms still say where they come from, for without
    that they are refused."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def steps_of(lead: "Lead") -> list[dict[str, str]]:
    """This function will give the way of a lead as whoever complained sees it: where it is, and by when the next step is due."""
    main = lead.joined_to if lead.joined_to is not None else lead
    received = f"{day(localtime(lead.received_at).date())}收到"
    if lead.state == State.DECLINED:
        return [
            {"label": "收到", "state": "done", "note": received},
            {"label": "不予受理", "state": "refused", "note": f"{day(localtime(lead.told_at).date())}答复" if lead.told_at else ""},
        ]
    place = {
        State.RECEIVED: 1, State.ASKED: 1, State.TAKEN_UP: 2, State.CONCLUDED: 2, State.JOINED: 2, State.VERIFIED: 3, State.CLOSED: 4,
        State.DECLINED: 4,
    }[State(main.state)]  # fmt: skip
    until = f"{day(main.due_on)}前" if main.due_on else ""
    notes = [received, f"{until}决定是否受理", f"{until}核实完毕", f"{until}答复"]
    after = ["", f"{day(localtime(main.decided_at).date())}受理" if main.decided_at else "", "", ""]
    if main.verified_at:
        after[2] = f"{day(localtime(main.verified_at).date())}核实完毕"
    if main.told_at:
        after[3] = f"{day(localtime(main.told_at).date())}答复"
    labels = ("收到", "决定是否受理", "核实", "答复")
    return [
        {
            "label": label,
            "state": "done" if n < place else "current" if n == place else "waiting",
            "note": (after[n] or notes[n] if n == 0 else after[n]) if n < place else notes[n] if n == place else "",
        }
        for n, label in enumerate(labels)
    ]
