"""本机构的案件页: which letter do I sign for, what may I say, what do I correct by when, and what may I do about a decision?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.enforcement import permissions, queries
from touchstone.enforcement.facts.procedure import notice_of
from touchstone.enforcement.facts.wording import measures_told
from touchstone.enforcement.permissions import can
from touchstone.enforcement.states import STANDS, AppealState, State
from touchstone.files import queries as files
from touchstone.kernel.rules import Outcome
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.clocks import body_appeal_in_time
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.procedure import HEARD_WITHIN, Step, steps_for
from touchstone.web.doors import Request, body_door, told
from touchstone.web.enforcement.acts import carry_out
from touchstone.web.enforcement.case import restrictions_shown
from touchstone.web.enforcement.words import STATES, measure_line, pairs_of
from touchstone.web.events import told_with_receipt

if TYPE_CHECKING:
    from touchstone.enforcement.models import Case, Letter

_TOLD = (
    "case.notified", "case.letter_served", "case.stated", "case.waived", "case.statement_answered", "case.hearing_asked", "case.hearing_set",
    "case.hearing_held", "case.decided", "case.cleared", "case.carried_out", "case.summoned", "case.talked", "case.talk_signed", "case.corrected",
    "case.correction_accepted", "case.correction_rejected", "case.correction_lapsed", "case.restored", "case.published", "case.appealed",
    "case.appeal_upheld", "case.reversed", "case.closed", "case.restriction_lifted",
)  # fmt: skip
"""What a body reads of its case: not who was asked, what was discussed, or how it was weighed before the decision."""

_BEFORE = tuple(event for event in _TOLD if event != "case.decided")
"""A body reads its decision in the letter it signs for, not beside it."""


@body_door
def case(request: Request, number: str) -> HttpResponseBase:
    """This page will show a case to the body it is about and carry out what the body can do. :raises NotAllowed: for another's."""
    found = queries.case(number, request.actor)
    if request.method == "POST":
        with told(request):
            messages.success(request, carry_out(request, number))
        return redirect("body:case", number)
    label, tone = STATES[found.state]
    notice = notice_of(found)
    letters = list(queries.letters_of(found, request.actor))
    seen = notice is not None and notice.is_served
    context: dict[str, Any] = {
        "case": found,
        "state_label": label if found.state != State.PROPOSED else "听取意见后审批中",
        "tone": tone,
        "pairs": pairs_of(found) if seen or found.served_on else pairs_of(found)[:3],
        "acts": list(found.acts.order_by("id")) if seen or found.served_on else [],
        "may": _may(request, found, notice),
        "letters": letters,
        "unread": [one for one in letters if not one.is_served],
        "seen": seen,
        "heard_until": _heard_until(notice),
        "hearing": _may_be_heard(found),
        "decided": measures_told(found.decision, found.terms) if found.served_on else "",
        "measures": [measure_line(one) for one in queries.measures_of(found)] if found.served_on else [],
        "restrictions": restrictions_shown(found) if found.served_on else [],
        "papers": [
            {"name": one.name, "url": reverse("body:case_file", args=[number, one.number])}
            for label in ("陈述申辩材料", "改正情况附件")
            for one in files.of_case(number, label)
        ],
        "entries": [told_with_receipt(line) for line in history(number).filter(event__in=_TOLD if found.served_on else _BEFORE)],
        "crumbs": [{"label": "机构案件", "url": reverse("body:cases")}, {"label": number}],
        "request_key": uuid4(),
    }
    return render(request, "enforcement/own.html", context)


def _heard_until(notice: "Letter | None") -> Any:
    if notice is None or notice.served_on is None:
        return None
    return calendar().add_working_days(notice.served_on, HEARD_WITHIN.on(notice.served_on).value)


def _may_be_heard(found: "Case") -> bool:
    if found.notified_at is None:
        return False
    return Step.HEARING in steps_for([Measure(one) for one in found.proposal], found.notified_at.date())


def _may(request: Request, found: "Case", notice: "Letter | None") -> set[str]:
    actor, may = request.actor, set[str]()
    leads, of_body = can(permissions.check_speaks_for_body, actor, found), can(permissions.check_of_body, actor, found)
    may |= {"receive"} if of_body else set()
    if leads and found.state == State.NOTIFIED and notice is not None and notice.is_served:
        may |= {"state"}
        if not found.statement and found.hearing_asked_at is None and not found.waived:
            may |= {"waive"}
        if found.hearing_asked_at is None and _may_be_heard(found) and (until := _heard_until(notice)) and request.today <= until:
            may |= {"ask_hearing"}
    if of_body and found.state in {State.SERVED, State.CLOSED}:
        may |= {"report"}
    if leads and found.state in {State.SERVED, State.CLOSED}:
        may |= {"sign_talk"}
    if leads and found.state in STANDS and found.served_on is not None and found.appeal_state == AppealState.NONE:
        in_time = body_appeal_in_time(found.served_on, request.today, calendar())
        may |= {"appeal"} if in_time.outcome is Outcome.MET else set()
    return may
