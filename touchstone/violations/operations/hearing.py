"""告知和陈述申辩: the person is told what is held against them and what they may say, and says it, or gives it up."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.roles import Role
from touchstone.policy.violations.hearing import HEARD_WITHIN
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.violations import permissions
from touchstone.violations.models import Violation
from touchstone.violations.operations.recording import locked
from touchstone.violations.states import LAW, MOVES, State


@transaction.atomic
def notify_person(*, number: str, by: Actor, at: datetime) -> Violation:
    """This function will tell the person what is held against them and until when they may speak; the leader is to decide afterwards.

    :raises MoveRefused: when they were told already.
    """
    case = locked(number)
    permissions.check_may(by, "notify", case)
    state = MOVES.check("notify", State(case.state))
    day = localtime(at).date()
    within = HEARD_WITHIN.on(day)
    case.notified_at, case.heard_until = at, calendar().add_working_days(day, within.value)
    case.move_to(state)
    detail = {"heard_until": case.heard_until.isoformat(), "clause": str(within.clause)}
    record("violation.notified", number, by=by, at=at, detail=detail)
    _ask_to_decide(case, by=by, at=at)
    return case


@transaction.atomic
def take_statement(*, number: str, words: str, by: Actor, at: datetime) -> Violation:
    """This function will take what the person says: by themselves, or put down by the body from what they said or wrote.

    :raises Refusal: without words.
    """
    case = locked(number)
    permissions.check_may(by, "speak", case)
    state = MOVES.check("speak", State(case.state))
    if not words.strip():
        raise Refusal("请填写陈述申辩的内容。", LAW, "没有意见的，可以选择放弃陈述申辩。")
    case.statement, case.statement_at = words.strip(), at
    case.move_to(state)
    record("violation.heard", number, by=by, at=at, reason=case.statement)
    return case


@transaction.atomic
def waive_hearing(*, number: str, by: Actor, at: datetime) -> Violation:
    """This function will put down that the person gives up to speak."""
    case = locked(number)
    permissions.check_may(by, "waive", case)
    state = MOVES.check("waive", State(case.state))
    case.waived, case.statement_at = True, at
    case.move_to(state)
    record("violation.waived", number, by=by, at=at)
    return case


def _ask_to_decide(case: Violation, *, by: Actor, at: datetime) -> None:
    close_tasks(case=case.number, matter="decide_violation", by=by, at=at, outcome="")
    title = f"违纪违规处理：{case.person.name} {case.act_words}"[:200]
    office, due = case.body.office_id, case.heard_until
    open_task(case=case.number, matter="decide_violation", title=title, office_id=office, role=Role.BODY_LEADER, by=by, at=at, due_on=due)
