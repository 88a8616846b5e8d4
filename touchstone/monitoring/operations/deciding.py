"""认定: the office that owns a case finds it upheld or not, on findings that stay with it, lets it lead on, and opens it again where it must."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, all_met, records
from touchstone.ledger.operations import record
from touchstone.monitoring import permissions
from touchstone.monitoring.models import Alert
from touchstone.monitoring.operations.handing import locked
from touchstone.monitoring.operations.taking import due_of
from touchstone.monitoring.states import MOVES, State
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.revocation import Cause
from touchstone.policy.monitoring.comparison import Severity
from touchstone.policy.monitoring.handling import WARNED, body_was_heard, decided_in_time
from touchstone.policy.roles import Role
from touchstone.revocations.operations import open_case
from touchstone.tasks.operations import close_tasks, open_task


def heard(alert: Alert, at: datetime) -> list[Finding]:
    """This function will find, for every body a case concerns, whether it was asked and has answered or let the time go by."""
    day, days = localtime(at).date(), calendar()
    return [
        body_was_heard(one.body.name, localtime(one.asked_at).date() if one.asked_at else None, one.answered_at is not None, day, days)
        for one in alert.concerned.select_related("body").order_by("pk")
    ]


@transaction.atomic
def uphold(*, number: str, reason: str, by: Actor, at: datetime) -> Alert:
    """This function will find a case true; every body it concerns was asked before and answered, or let the time go by.

    :raises Refusal: before that, or without a reason.
    """
    alert = locked(number)
    permissions.check_may(by, "uphold", alert)
    state = MOVES.check("uphold", State(alert.state))
    found = heard(alert, at)
    all_met(found, "请先请机构说明，待其说明或者期满后再认定。")
    return _decide(alert, state, found, reason, by=by, at=at)


@transaction.atomic
def dismiss(*, number: str, reason: str, by: Actor, at: datetime) -> Alert:
    """This function will find a case not true; the same hit opens no new one, unless its rows change. :raises Refusal: without a reason."""
    alert = locked(number)
    permissions.check_may(by, "dismiss", alert)
    state = MOVES.check("dismiss", State(alert.state))
    return _decide(alert, state, [], reason, by=by, at=at)


def close(*, number: str, upheld: bool, reason: str, by: Actor, at: datetime) -> Alert:
    """This function will decide a case by what was found elsewhere, in an inspection say. :raises Refusal: as the two verbs do."""
    return (uphold if upheld else dismiss)(number=number, reason=reason, by=by, at=at)


def _decide(alert: Alert, state: State, found: list[Finding], reason: str, *, by: Actor, at: datetime) -> Alert:
    if not reason.strip():
        raise Refusal("请写明认定的理由。", WARNED, "理由告知被请求说明的机构，并计入规则的成效。")
    day, raised = localtime(at).date(), localtime(alert.raised_at).date()
    found = [*found, decided_in_time(raised, alert.due_on, day, Severity(alert.severity))]
    alert.reason, alert.findings, alert.decided_at, alert.decided_by_id = reason.strip(), records(found), at, by.user_id
    alert.move_to(state)
    asked = list(alert.concerned.filter(asked_at__isnull=False).values_list("body__number", flat=True))
    event = "alert.upheld" if state is State.UPHELD else "alert.dismissed"
    record(event, alert.number, by=by, at=at, reason=alert.reason, detail={"rule": alert.rule, "bodies": asked, "findings": alert.findings})
    close_tasks(case=alert.number, by=by, at=at, outcome=f"认定{state.label}")
    return alert


@transaction.atomic
def reopen(*, number: str, reason: str, by: Actor, at: datetime) -> Alert:
    """This function will take a decided or withdrawn case up again, with a deadline of its own; what was decided stays in the ledger.

    :raises Refusal: without a reason, or once a revocation rests on it.
    """
    alert = locked(number)
    permissions.check_may(by, "reopen", alert)
    state = MOVES.check("reopen", State(alert.state))
    if alert.led_to:
        raise Refusal(f"据此已立案{alert.led_to}，不能再重新核实。", WARNED, "请在该案件中继续办理。")
    if not reason.strip():
        raise Refusal("请写明重新核实的理由。", WARNED, "例如：收到新的证据。")
    alert.due_on = due_of(Severity(alert.severity), localtime(at).date(), calendar())
    alert.reopened, alert.decided_at, alert.decided_by_id = alert.reopened + 1, None, None
    alert.move_to(state)
    record("alert.reopened", number, by=by, at=at, reason=reason.strip(), detail={"due_on": alert.due_on.isoformat()})
    title = f"预警重新核实：{alert.title}"[:200]
    open_task(
        case=number, matter="handle_alert", title=title, office_id=alert.owner_id, role=Role.SUPERVISOR, by=by, at=at, due_on=alert.due_on
    )
    return alert


@transaction.atomic
def lead_on(*, number: str, case: str, by: Actor, at: datetime) -> Alert:
    """This function will note the case that an upheld one led to. :raises Refusal: before it is upheld, or where it led to one already."""
    alert = locked(number)
    permissions.check_may_lead_on(by, alert)
    alert.led_to = case
    alert.save()
    record("alert.led_on", number, by=by, at=at, detail={"case": case, "note": case})
    return alert


@transaction.atomic
def open_revocation(
    *, number: str, cause: Cause | str, clause_words: str, certificate_numbers: Sequence[str], reason: str, by: Actor, at: datetime
) -> str:
    """This function will open a case of revocation on an upheld case and give its number; each names the other.

    :raises NotAllowed: :raises Refusal: before it is upheld, where it led to a case already, and as `open_case`.
    """
    permissions.check_may_lead_on(by, locked(number))
    made = open_case(
        cause=cause, origin=number, clause_words=clause_words, certificate_numbers=certificate_numbers, reason=reason, by=by, at=at
    )
    lead_on(number=number, case=made, by=by, at=at)
    return made
