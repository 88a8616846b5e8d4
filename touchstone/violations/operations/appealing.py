"""申诉: the person appeals to the office that supervises the body, which upholds the decision or undoes it with everything that followed."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import lift_restriction
from touchstone.exams.operations.undertakings import requalify
from touchstone.exams.operations.voiding import give_back_parts
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.roles import Role
from touchstone.policy.violations.hearing import ANSWER_WITHIN, appeal_in_time
from touchstone.revocations.operations import end_for_origin
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.violations import permissions
from touchstone.violations.models import Violation
from touchstone.violations.operations.recording import locked
from touchstone.violations.states import MOVES, REMEDY, State


@transaction.atomic
def appeal_decision(*, number: str, words: str, by: Actor, at: datetime) -> Violation:
    """This function will take an appeal, by the person or put down by the office from their letter; the decision goes on standing meanwhile.

    :raises Refusal: without words, or too late.
    """
    case = locked(number)
    permissions.check_may(by, "appeal", case)
    state = MOVES.check("appeal", State(case.state))
    assert case.decided_at is not None
    assert case.appeal_to is not None
    day = localtime(at).date()
    found = appeal_in_time(localtime(case.decided_at).date(), day, calendar())
    must(found, "可以依法申请行政复议或者提起诉讼；有新证据的，请联系受理单位。")
    if not words.strip():
        raise Refusal("请写明申诉的理由。", REMEDY, "请写清对事实、依据或处理的哪一点有异议。")
    case.appeal, case.appealed_at = words.strip(), at
    case.move_to(state)
    record("violation.appealed", number, by=by, at=at, reason=case.appeal, detail={"to": case.appeal_to.number, "clause": str(found.clause)})
    due = calendar().add_working_days(day, ANSWER_WITHIN.on(day).value)
    title = f"违纪违规处理申诉：{case.body.name} {case.person.name}"[:200]
    office = case.appeal_to_id or 0
    open_task(case=number, matter="violation_appeal", title=title, office_id=office, role=Role.DIRECTOR, by=by, at=at, due_on=due)
    return case


@transaction.atomic
def answer_appeal(*, number: str, upheld: bool, answer: str, by: Actor, at: datetime) -> Violation:
    """This function will answer an appeal: the decision stands (`upheld`), or it is undone: scores are given back, the person may come again.

    :raises Refusal: without words.
    """
    case = locked(number)
    verb = "uphold" if upheld else "undo"
    permissions.check_may(by, verb, case)
    state = MOVES.check(verb, State(case.state))
    if not answer.strip():
        raise Refusal("请写明审查情况和答复意见。", REMEDY, "答复告知当事人和评价机构。")
    case.answer, case.answered_at = answer.strip(), at
    if not upheld:
        give_back_parts(case=number, reason=case.answer, by=by, at=at)
        requalify(case=number, reason=case.answer, by=by, at=at)
        lift_restriction(case=number, reason=case.answer, by=by, at=at)
        end_for_origin(origin=number, reason=case.answer, by=by, at=at)
    case.move_to(state)
    event = "violation.upheld" if upheld else "violation.undone"
    record(event, number, by=by, at=at, reason=case.answer)
    close_tasks(case=number, by=by, at=at, outcome="维持决定" if upheld else "撤销决定")
    return case
