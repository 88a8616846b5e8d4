"""机构案件页: what is held against whom, what is still missing before it may be decided, what was decided and done, and what can I do now?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.accounts.queries import offices, users_of
from touchstone.bodies.queries.restricted import restrictions_by
from touchstone.enforcement import permissions, queries
from touchstone.enforcement.facts.binding import does_not_arise
from touchstone.enforcement.facts.origins import ORIGINS
from touchstone.enforcement.facts.precedents import nearest_to
from touchstone.enforcement.facts.procedure import acts_of, ever_officers, gravity_of_case, proposal_of, standing_officers
from touchstone.enforcement.facts.wording import is_public, measures_told
from touchstone.enforcement.operations.correcting import rectified
from touchstone.enforcement.operations.deciding import findings_of, names_filing_office
from touchstone.enforcement.operations.reviewing import ASKED
from touchstone.enforcement.permissions import can
from touchstone.enforcement.states import OPEN, OVER, STANDS, AppealState, MeasureState, State
from touchstone.files import queries as files
from touchstone.filings.queries import filings_in_force
from touchstone.filings.queries.scope import lines_of
from touchstone.kernel.rules import Outcome
from touchstone.ledger.queries import history
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.terms import CORRECTED_WITHIN, LEAST_SUSPENDED, RECTIFIED_WITHIN
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.enforcement.acts import carry_out
from touchstone.web.enforcement.helping import summary_of
from touchstone.web.enforcement.words import STATES, clocks_shown, measure_line, pairs_of
from touchstone.web.events import told_with_receipt

if TYPE_CHECKING:
    from touchstone.enforcement.models import Case


@authority_door
def case(request: Request, number: str) -> HttpResponseBase:
    """This page will show a case and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.case(number, request.actor)
    if request.method == "POST":
        with told(request):
            messages.success(request, carry_out(request, number))
        return redirect("authority:case", number)
    if request.actor.office_kind in ASKED:  # an office that was only asked for its opinion sees the summary
        return render(request, "enforcement/summary.html", summary_of(request, found, reverse("authority:cases")))
    return render(request, "enforcement/case.html", context_of(request, found))


def context_of(request: Request, found: "Case") -> dict[str, Any]:
    """This function will give everything the page of a case shows."""
    actor, day = request.actor, request.today
    label, tone = STATES[found.state]
    may = _may(request, found)
    steps = queries.missing_before_sealing(found, day, actor.user_id if "decide" in may else None) if found.state in OPEN else []
    gravity, proposal = gravity_of_case(found, day), proposal_of(found, day)
    return {
        "case": found,
        "state_label": label,
        "tone": tone,
        "may": may,
        "pairs": pairs_of(found),
        "acts": list(found.acts.order_by("id")),
        "origin": ORIGINS[found.from_kind].label if found.from_kind in ORIGINS else "",
        "origin_url": case_url(found.from_number, actor) if found.from_number else "",
        "steps": steps,
        "missing": [one for one in steps if not one.is_met],
        "officers": list(queries.officers_of(found)),
        "colleagues": _colleagues(request, found) if "invite" in may or "set_hearing" in may else [],
        "evidence": list(queries.evidence_of(found)),
        "files": {one.number: reverse("authority:case_file", args=[found.number, one.number]) for one in files.of_case(found.number)},
        "kinds": [(key, one.label) for key, one in ORIGINS.items()],
        "gravity": gravity,
        "proposal": proposal,
        "proposed": _measures(found, day) if may & {"notify", "send_up"} else [],
        "put_forward": measures_told(found.proposal, found.terms),
        "decided": measures_told(found.decision, found.terms),
        "near": [{"one": one, "told": "、".join(sorted_words(one.measures))} for one in nearest_to(acts_of(found), gravity.tier, day, found.number)],
        "findings": findings_of(found, actor.user_id, day) if "decide" in may else [],
        "papers": _own_files(found, "陈述申辩材料"),
        "helps": list(queries.helps_of(found)),
        "helpers": list(offices(*ASKED, day=day)) if "help" in may else [],
        "discussants": list(queries.discussants_of(found)),
        "letters": list(queries.letters_of(found, actor)),
        "measures": [measure_line(one) for one in queries.measures_of(found)],
        "reports": _own_files(found, "改正情况附件"),
        "restrictions": restrictions_shown(found),
        "clocks": clocks_shown(found, day),
        "other_office": names_filing_office(found, day) if "hand_to" in may else "",
        "lacking": [] if "archive" not in may else sorted(does_not_arise(found)),
        "entries": [told_with_receipt(line) for line in history(found.number)],
        "crumbs": [{"label": "机构案件", "url": reverse("authority:cases")}, {"label": found.number}],
        "request_key": uuid4(),
        "today": day,
    }


def restrictions_shown(found: "Case") -> list[Any]:
    """This function will give what a decision keeps its body away from, those lifted too."""
    return list(restrictions_by(found.number))


def sorted_words(measures: frozenset[Measure]) -> list[str]:
    """This function will name measures from the mildest on."""
    return [one.label for one in Measure if one in measures]


def _own_files(found: "Case", label: str) -> list[dict[str, str]]:
    return [{"name": one.name, "url": reverse("authority:case_file", args=[found.number, one.number])} for one in files.of_case(found.number, label)]


def _colleagues(request: Request, found: "Case") -> list[tuple[int, str]]:
    away = ever_officers(found)
    people = users_of(found.office, request.today).exclude(pk__in=away).exclude(pk=request.actor.user_id or 0)
    return [(one.pk, one.display_name) for one in people.order_by("person__name_key")]


def _measures(found: "Case", day: Any) -> list[dict[str, Any]]:
    """The measures to choose from, those proposed (or put forward before) ticked, with the terms of each."""
    named = set(found.proposal) or {one.value for one in proposal_of(found, day).names}
    clauses = {one.value: clause for one, clause in proposal_of(found, day).measures}
    most = {"order": CORRECTED_WITHIN.on(day).value, "rectify": RECTIFIED_WITHIN.on(day).value, "at_once": 3}
    filing = filings_in_force(day, found.body).first() if found.body is not None else None
    lines = [{"key": one.pk, "label": f"{one}{one.level_label} {one.venue.name}"} for one in lines_of(filing, day)] if filing else []
    held = found.terms
    return [
        {
            "key": one.value,
            "label": one.label,
            "effect": one.effect,
            "clause": clauses.get(one.value, ""),
            "ticked": one.value in named,
            "days": held.get(one.value, {}).get("days", most.get(one.value, "")) if one.value in most else "",
            "matter": held.get(one.value, {}).get("matter", ""),
            "months": held.get(one.value, {}).get("months", LEAST_SUSPENDED.on(day).value) if one is Measure.SUSPEND else "",
            "lines": lines if one is Measure.SUSPEND else [],
            "to": [(authority.value, authority.label) for authority in Authority] if one is Measure.HAND_OVER else [],
        }
        for one in Measure
        if one is not Measure.AT_ONCE
    ]


def _may(request: Request, found: "Case") -> set[str]:
    """What the actor can do now, by act of the page."""
    actor, state = request.actor, State(found.state)
    handles = can(permissions.check_handles, actor, found)
    in_charge = can(permissions.check_in_charge, actor, found)
    apart = can(permissions.check_apart, actor, found)
    may = set[str]()
    undecided = state in {State.OPENED, State.NOTIFIED, State.PROPOSED}
    if state is State.FOUND and can(permissions.check_decides, actor, "approve", found):
        may |= {"approve", "refuse"}
    if undecided and can(permissions.check_decides, actor, "clear", found):
        may |= {"clear"}
    if state is State.PROPOSED and can(permissions.check_decides, actor, "decide", found):
        may |= {"decide", "return"}
    if in_charge and undecided and not found.extended:
        may |= {"extend"}
    if apart and undecided:
        may |= {"lawyer", "discuss"} if found.lawyer_id is None else {"discuss"}
        if any(one.user_id == actor.user_id for one in found.discussants.all()):
            may -= {"discuss"}
    if apart and state is State.NOTIFIED and found.hearing_led_by_id == actor.user_id and found.hearing_held_on is None:
        may |= {"hold_hearing"}
    if found.officers.filter(user_id=actor.user_id or 0, accepted_at__isnull=True, left_at__isnull=True).exists():
        may |= {"join", "leave"}
    if handles or (in_charge and undecided and not standing_officers(found)):
        may |= {"invite"} if state in OPEN | {State.DECIDED, State.SERVED} else set()
    if handles:
        may |= _of_officer(found, state)
    elif in_charge and undecided:
        may |= {"hand_to"}
    may |= _of_director(request, found, in_charge)
    if can(permissions.check_may_answer_appeal, actor, found) and found.appeal_state == AppealState.LODGED:
        may |= {"appealed"}
    return may


def _of_officer(found: "Case", state: State) -> set[str]:
    may = {"leave"} if state in OPEN else set()
    if state in OPEN:
        may |= {"evidence"}
    if state in {State.FOUND, State.OPENED, State.NOTIFIED}:
        may |= {"charge"}
    if state is State.OPENED:
        may |= {"notify"}
    if state in {State.OPENED, State.NOTIFIED}:
        may |= {"send_up", "hand_to", "help"}
    if state is State.NOTIFIED and found.statement and not found.statement_answer:
        may |= {"answer"}
    if state is State.NOTIFIED and found.hearing_asked_at is not None and found.hearing_held_on is None:
        may |= {"set_hearing"}
    if state in OPEN | STANDS:
        may |= {"serve"}
    if state is State.SERVED:
        may |= {"carry", "close"}
    if state in STANDS and found.served_on is not None and found.published_at is None and is_public(found.decision):
        may |= {"publish"}
    if state in OVER and not hasattr(found, "archive"):
        may |= {"archive"}
    return may


def _of_director(request: Request, found: "Case", in_charge: bool) -> set[str]:
    if not in_charge:
        return set()
    may = set[str]()
    held = found.measures.filter(measure=Measure.SUSPEND, state=MeasureState.RUNNING).exists()
    if held and rectified(found, request.today).outcome is Outcome.MET:
        may |= {"restore"}
    if found.state in STANDS and found.served_on is not None:
        may |= {"lift"}
    return may
