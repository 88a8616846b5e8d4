"""聘任页: who holds which post until when, how was each year appraised, and what can I do now: appraise, renew, end?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch

from touchstone.appointments import operations, permissions, queries
from touchstone.appointments.states import LAW, Tenure
from touchstone.certificates.queries import verify_path
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.policy.appointments.term import TERM_LONGEST, Ending, Grade, may_be_renewed, years_owed
from touchstone.web.appointments.words import TENURES, appointment_pairs, day_chosen, entries_of
from touchstone.web.doors import Request, own_side, person_door, side, told

if TYPE_CHECKING:
    from touchstone.appointments.models import Appointment

_ENDINGS = [(one.value, one.label) for one in (Ending.DISMISSED, Ending.LEFT)]


@person_door
def appointment(request: Request, number: str) -> HttpResponseBase:
    """This page will show an appointment and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.appointment(number, request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(own_side(request, "appointment", number))
    label, tone = TENURES[found.state]
    standing = found.state == Tenure.SERVING
    serving = queries.serving(queries.current_term(found))
    renewable = may_be_renewed(serving, request.today)
    may = {act for act in ("appraise", "renew", "end") if standing and not permissions.why_not(request.actor, act, found)}
    context = {
        "found": found,
        "own": side(request) == "candidate",
        "state_label": label,
        "tone": tone,
        "pairs": appointment_pairs(found),
        "terms": queries.terms_of(found),
        "may": may,
        "owed": years_owed(serving, request.today) if standing else [],
        "renewable": renewable.outcome is Outcome.MET,
        "why_not_renew": f"{renewable.reason}（依据：{renewable.clause}）",
        "longest": TERM_LONGEST.on(request.today).value,
        "grades": [(one.value, one.label) for one in Grade],
        "endings": _ENDINGS,
        "today": request.today,
        "verify": verify_path(found.certificate_number) if found.certificate_number else "",
        "certificate": _certificate(request, found),
        "letter": own_side(request, "appointment_letter", number),
        "round_url": "" if side(request) == "candidate" else own_side(request, "appointment_round", found.nomination.round.number),
        "entries": entries_of(number),
        "crumbs": [{"label": "特级首席评聘", "url": own_side(request, "appointments")}, {"label": number, "url": ""}],
        "request_key": uuid4(),
    }
    return render(request, "appointments/appointment.html", context)


def _certificate(request: Request, found: "Appointment") -> str:
    """Give the page of the certificate on the visitor's side; nothing where there is none."""
    try:
        return own_side(request, "certificate", found.certificate_number) if found.certificate_number else ""
    except NoReverseMatch:
        return ""


def _act(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    words = post.get("words", "")
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "appraise": (
            lambda: operations.appraise_year(
                number=number, year=_number(post.get("year")), grade=_grade(post.get("grade", "")), words=words, by=by, at=at
            ),
            "年度考核已登记。",
        ),
        "renew": (lambda: operations.renew_appointment(number=number, years=_number(post.get("years")), words=words, by=by, at=at), "已续聘。"),
        "end": (
            lambda: operations.end_appointment(
                number=number,
                ending=_ending(post.get("ending", "")),
                on=day_chosen(post.get("on", ""), "终止日"),
                reason=words,
                grave=post.get("grave") == "1",
                by=by,
                at=at,
            ),
            "聘任已终止，并抄送所在区。",
        ),
    }
    act = post.get("act", "")
    if act in acts:
        with told(request):
            acts[act][0]()
            messages.success(request, acts[act][1])


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _grade(text: str) -> Grade:
    if text not in {one.value for one in Grade}:
        raise Refusal("请选择考核等次。", LAW, "优秀、称职或不称职。")
    return Grade(text)


def _ending(text: str) -> Ending:
    if text not in {one for one, _ in _ENDINGS}:
        raise Refusal("请选择终止情形。", LAW, "解聘或离岗；聘期届满的由平台自动终止。")
    return Ending(text)
