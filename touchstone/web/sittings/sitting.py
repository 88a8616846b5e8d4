"""场次: one sitting on its day, in the hand of whoever runs it: open, let in, note what happens, hand papers over, end."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime

from touchstone.accounts.queries import user_behind
from touchstone.exams import permissions
from touchstone.exams.queries import serving
from touchstone.exams.queries.sittings import seats
from touchstone.exams.states import Part, PlanState, SittingPhase
from touchstone.experts.permissions import can, check_may_send_supervisors
from touchstone.files import queries as files
from touchstone.filings.queries import root_of
from touchstone.filings.queries.supervised import watched_at
from touchstone.policy.exams.day import HAND_OVER_STEPS, IDENTITY_PROOFS, INCIDENT_KINDS
from touchstone.policy.roles import Role
from touchstone.policy.supervision.who import Matter
from touchstone.violations.queries import of_incidents
from touchstone.web.doors import Request, day_door, own_side, side
from touchstone.web.downloads import send_attachment
from touchstone.web.sittings.acts import act
from touchstone.web.sittings.today import TONES
from touchstone.web.supervision_view import card_of

if TYPE_CHECKING:
    from touchstone.exams.models import Sitting

_TABS = (("seats", "座位"), ("incidents", "考场情况"), ("papers", "试卷交接"))


@day_door
def sitting(request: Request, number: str) -> HttpResponseBase:
    """This page will show a sitting and carry out what can be done in it now. :raises NotAllowed: for another's."""
    found = serving.held_sitting(number, request.actor)
    tab = request.GET.get("tab", "seats")
    if request.method == "POST" and (done := act(request, number, f"{own_side(request, 'sitting', number)}?tab={tab}")) is not None:
        return done
    parts = {"incidents": _incidents, "papers": _papers}
    context = _around(request, found, tab) | parts.get(tab, _seats)(request, found) | {"typed": request.POST}
    return render(request, "sittings/sitting.html", context)


@day_door
def sitting_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a photo of an incident or a signature of a hand-over. :raises Http404:"""
    found = serving.held_sitting(number, request.actor)
    cases = [*serving.incidents_of(found).values_list("number", flat=True), *serving.hand_overs_of(found).values_list("number", flat=True)]
    kept = files.of_cases(cases).filter(number=attachment).first()
    if kept is None:
        raise Http404
    return send_attachment(kept)


def _around(request: Request, found: "Sitting", tab: str) -> dict[str, Any]:
    day, serves = localtime(found.starts_at).date(), serving.duties(found, user_behind(request.actor))
    settled = found.plan.state == PlanState.ARRANGED
    part = Part(found.part).label
    number = found.plan.number
    plan = [] if side(request) == "expert" else [{"label": f"认定计划 {number}", "url": own_side(request, "plan", number)}]
    return {
        "sitting": found,
        "plan": found.plan,
        "part": part,
        "title": f"{part} {found.room.name}",
        "phase": found.phase,
        "phase_label": found.phase.label,
        "tone": TONES[found.phase],
        "mine": "、".join(sorted(one.label for one in serves)),
        "in_person": serving.Duty.SUPERVISES in serves,
        "tab": tab,
        "tabs": [{"label": label, "url": f"?tab={key}", "active": key == tab, "count": None} for key, label in _TABS],
        "crumbs": [
            {"label": "今日场次", "url": own_side(request, "today")},
            *plan,
            {"label": found.number, "url": ""},
        ],
        "may_open": settled and found.phase is SittingPhase.PLANNED and permissions.may_serve(request.actor, "open_sitting", found),
        "may_end": settled and found.phase is SittingPhase.OPENED and permissions.may_serve(request.actor, "close_sitting", found),
        "may_let_in": settled and found.phase is SittingPhase.OPENED and permissions.may_serve(request.actor, "sign_in", found),
        "may_tell": settled and found.phase is not SittingPhase.PLANNED and permissions.may_serve(request.actor, "sign_in", found),
        "may_hand_over": settled and permissions.may_serve(request.actor, "sign_in", found),
        "watching_url": reverse("authority:watching", args=[found.number]) if side(request) == "authority" else "",
        "early": request.now < found.ends_at,
        "sends": side(request) == "authority" and settled and can(check_may_send_supervisors, request.actor, found.plan.body, found.plan.venue),
        "proofs": list(IDENTITY_PROOFS.on(day).value.items()),
        "proof": request.session.get("identity_proof", ""),
        "request_key": uuid4(),
        **_supervised(request, found, day),
    }


def _supervised(request: Request, found: "Sitting", day: date) -> dict[str, Any]:
    """Who supervises this sitting, by which clause: told to the offices, on their own side."""
    if side(request) != "authority":
        return {}
    plan = found.plan
    watched = watched_at(Matter.SITTING, found.number, plan.body, root_of(plan.scope_item.filing), plan.venue.district)
    return {"supervisors": card_of(watched, day)}


def _seats(request: Request, found: "Sitting") -> dict[str, Any]:
    text = request.GET.get("q", "").strip()
    return {"seats": list(seats(found, text)), "text": text}


def _incidents(request: Request, found: "Sitting") -> dict[str, Any]:
    kinds = INCIDENT_KINDS.on(localtime(found.starts_at).date()).value
    told = list(serving.incidents_of(found))
    photos = defaultdict(list)
    for kept in files.of_cases(one.number for one in told):
        photos[kept.case].append(own_side(request, "sitting_file", found.number, kept.number))
    cases = of_incidents(one.number for one in told)
    lines = [
        {"row": one, "kind": kinds.get(one.kind, one.kind), "photos": photos[one.number], "case": cases.get(one.number, "")} for one in told
    ]
    may_open_case = side(request) == "body" and request.actor.has(Role.BODY_PLANNER, Role.BODY_LEADER)
    shown = {"incidents": lines, "kinds": list(kinds.items()), "seats": list(seats(found))}
    return shown | {"may_open_case": may_open_case, "sees_cases": side(request) != "expert"}


def _papers(request: Request, found: "Sitting") -> dict[str, Any]:
    steps = HAND_OVER_STEPS.on(localtime(found.starts_at).date()).value
    lines = [
        {
            "row": one,
            "step": steps.get(one.step, one.step),
            "signature": own_side(request, "sitting_file", found.number, one.signature) if one.signature else "",
            "may_confirm": one.second_at is None and one.first_by_id != request.actor.user_id,
        }
        for one in serving.hand_overs_of(found)
    ]
    names = [one["name"] for one in found.invigilators] + ([found.supervisor.name] if found.supervisor else [])
    return {"hand_overs": lines, "steps": list(steps.items()), "names": [name for name in names if name != request.actor.person_name]}
