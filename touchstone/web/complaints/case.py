"""线索页: what was told of whom, what was found, by when is what due, and what can I do now?"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.complaints import operations, permissions, queries
from touchstone.complaints.facts import can_be_verified, office_in_charge
from touchstone.complaints.operations.filing import FILES
from touchstone.complaints.states import MOVES, Decline, State
from touchstone.files import queries as files
from touchstone.files.operations import LARGEST
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.complaints import Origin, Verdict
from touchstone.web.cases import case_url
from touchstone.web.complaints.words import STATES, VERDICTS, files_sent
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import send_from_case
from touchstone.web.enforcement.leading import led_on
from touchstone.web.events import WORDS
from touchstone.web.places import DISTRICT_CHOICES

if TYPE_CHECKING:
    from touchstone.complaints.models import Lead
    from touchstone.files.models import Attachment

_DONE = {
    "ask": "已请投诉人补充，投诉人凭受理编号看到。",
    "correct": "已更正被反映的对象。",
    "pass_on": "已转办，投诉人看到新的承办单位。",
    "join": "已并案。",
    "take_up": "已受理，开始计算核实期限。",
    "decline": "已作不予受理的答复。",
    "appoint": "已指定核实人员。",
    "extend": "已延长核实期限。",
    "note": "核实记录已登记。",
    "ask_body": "已请机构说明，机构看不到是谁反映的。",
    "conclude": "结论已拟定，请另一名核实人员确认。",
    "send_back": "已退回再核实。",
    "confirm": "结论已确认。",
    "tell": "已答复，办结。",
    "explain_harm": "事由已记录。",
}


def _borne_out(found: "Lead") -> bool:
    return found.verified_at is not None and found.verdict in {Verdict.TRUE, Verdict.PARTLY}


@authority_door
def lead(request: Request, number: str) -> HttpResponseBase:
    """This page will show a lead and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.lead(number, request.actor)
    if request.method == "POST":
        return _act(request, found)
    by, day = request.actor, request.today
    may = {line.verb for line in MOVES if found.state in line.sources and not permissions.why_not(permissions.check_may, by, line.verb, found)}
    label, tone = STATES[found.state]
    held = _files(found)
    known = queries.may_verify(found.office, day) if may & {"take_up", "appoint"} else {}
    accused = set(found.accused.values_list("user_id", flat=True))
    context = {
        "lead": found,
        "state_label": label,
        "tone": tone,
        "may": may,
        "waits": _waits(found, may),
        "left": calendar().working_days_between(day, found.due_on) if found.due_on else None,
        "clear": can_be_verified(found, anonymous=False, day=day),
        "material": held.get(FILES, []),
        "questions": found.questions.select_related("asked_by__person").order_by("pk"),
        "notes": [{"row": one, "files": held.get(one.label, [])} for one in found.notes.select_related("by__person").order_by("pk")],
        "verifiers": list(found.verifiers.select_related("user__person").order_by("pk")),
        "accused": list(found.accused.select_related("user__person")),
        "words": [_word(request, one) for one in found.words.select_related("body").order_by("pk")],
        "word_awaited": found.words.filter(answered_at__isnull=True).exists(),
        "verdict": VERDICTS[found.verdict],
        "verdicts": [(one.value, one.label) for one in Verdict],
        "declines": [(one.value, one.label) for one in Decline],
        "people": [(key, person.name) for key, person in known.items()],
        "free": [(key, person.name) for key, person in known.items() if key not in accused],
        "takers": [(one.number, one.name) for one in queries.takers(found, day)] if "pass_on" in may else [],
        "right": _right(found, request) if "pass_on" in may else None,
        "same": list(queries.could_join(found, by)[:20]) if "join" in may else [],
        "joined": list(found.joined.order_by("pk").values_list("number", flat=True)),
        "evaluators": list(found.evaluators.order_by("pk").values_list("number", flat=True)),
        "districts": DISTRICT_CHOICES,
        "of_complaint": found.origin == Origin.COMPLAINT,
        "verifies": permissions.verifies(by, found),
        "led_on": {} if found.led_to else led_on(request, "lead", number, ready=_borne_out(found)),
        "harm": operations.check_harm(found, day) if permissions.verifies(by, found) else None,
        "led_url": case_url(found.led_to, by) if found.led_to else "",
        "may_enter": not permissions.why_not(permissions.check_may_enter, by),
        "entries": _entries(found),
        "largest": LARGEST,
        "request_key": uuid4(),
        "crumbs": [{"label": "投诉举报和线索", "url": reverse("authority:leads")}, {"label": number}],
    }
    return render(request, "complaints/lead.html", context)


@authority_door
def lead_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send one file of a lead to whoever may see it, from a body's answer too. :raises Http404: :raises NotAllowed:"""
    found = queries.lead(number, request.actor)
    word = found.words.filter(number=request.GET.get("of", "")).first()
    return send_from_case(word.number if word else found.number, attachment)


def _act(request: Request, found: "Lead") -> HttpResponseBase:
    post, act = request.POST, request.POST.get("act", "")
    given: dict[str, Any] = {"number": found.number, "by": request.actor, "at": request.now}
    words = post.get("words", "")
    people = [int(one) for one in post.getlist("verifier") if one.isascii() and one.isdecimal()]
    accused = [int(one) for one in post.getlist("accused") if one.isascii() and one.isdecimal()]
    acts: Mapping[str, Callable[[], object]] = {
        "ask": lambda: operations.ask_to_add(words=words, **given),
        "correct": lambda: operations.correct_about(body=post.get("body", ""), district=post.get("district", ""), reason=words, **given),
        "pass_on": lambda: operations.pass_on(office=post.get("office", ""), reason=words, **given),
        "join": lambda: operations.join(into=post.get("into", ""), reason=words, **given),
        "take_up": lambda: operations.take_up(verifiers=people, accused=accused, **given),
        "decline": lambda: operations.decline(because=post.get("because", ""), reply=words, **given),
        "appoint": lambda: operations.appoint_verifiers(verifiers=people, **given),
        "extend": lambda: operations.extend(reason=words, **given),
        "note": lambda: operations.note(words=words, files=files_sent(request), **given),
        "ask_body": lambda: operations.ask_body(facts=words, **given),
        "conclude": lambda: operations.conclude(verdict=post.get("verdict", ""), conclusion=words, **given),
        "send_back": lambda: operations.send_back(reason=words, **given),
        "confirm": lambda: operations.confirm(**given),
        "tell": lambda: operations.tell(reply=words, **given),
        "explain_harm": lambda: operations.explain_harm(words=words, **given),
        "retaliation": lambda: messages.success(request, f"已登记为线索{operations.enter_retaliation(words=words, **given).number}。"),
    }
    if act in acts:
        with told(request):
            acts[act]()
            if act in _DONE:
                messages.success(request, _DONE[act])
            if act == "pass_on" and not queries.leads(request.actor).filter(pk=found.pk).exists():
                return redirect("authority:leads")
    return redirect("authority:lead", found.number)


def _right(found: "Lead", request: Request) -> str:
    """The office a lead is for by law, where that is not the one it lies with."""
    office = office_in_charge(found.body, found.about, found.district, request.today)
    return office.number if office.pk != found.office_id else ""


def _files(found: "Lead") -> dict[str, list[dict[str, Any]]]:
    held: dict[str, list[dict[str, Any]]] = {}
    for one in files.of_case(found.number):
        held.setdefault(one.label, []).append(_file(found, one))
    return held


def _file(found: "Lead", one: "Attachment", of: str = "") -> dict[str, Any]:
    url = reverse("authority:lead_file", args=[found.number, one.number]) + (f"?of={of}" if of else "")
    return {"name": one.name, "url": url, "size": one.size, "at": one.uploaded_at}


def _word(request: Request, word: Any) -> dict[str, Any]:
    held = [_file(word.lead, one, word.number) for one in files.of_case(word.number)] if word.answered_at else []
    return {"row": word, "files": held, "url": reverse("authority:body", args=[word.body.number])}


def _waits(found: "Lead", may: set[str]) -> str:
    """Say what the lead waits for where the actor can do nothing."""
    if may:
        return ""
    return {
        State.RECEIVED: f"等待{found.office.name}决定是否受理。",
        State.ASKED: "等待投诉人补充。",
        State.TAKEN_UP: "核实人员正在核实。",
        State.CONCLUDED: "等待另一名核实人员确认结论。",
        State.VERIFIED: f"等待{found.office.name}答复。",
        State.CLOSED: "已经办结。",
        State.DECLINED: "已作不予受理的答复。",
        State.JOINED: f"已并入{found.joined_to}，在该件中办理。",
    }[State(found.state)]


def _entries(found: "Lead") -> list[dict[str, Any]]:
    return [
        {
            "what": WORDS.get(line.event, line.event) + (f"：{line.detail['note']}" if line.detail.get("note") else ""),
            "who": "投诉人" if line.event in {"lead.received", "lead.added_to"} else line.actor_label,
            "at": line.at,
            "opinion": line.reason,
            "findings": line.detail.get("findings", []),
            "receipt": f"第{line.pk}号",
        }
        for line in history(found.number)
        if line.event.startswith("lead.")
    ]
