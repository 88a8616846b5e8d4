"""检查结果: one inspector puts down what a visit came to, the other confirms it, and it is public."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.inspections import permissions
from touchstone.inspections.models import Task
from touchstone.inspections.states import TASK_MOVES, TaskState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.inspections import LAW, VisitOutcome, confirmed_by_the_other, result_in_time
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def report_visit(*, number: str, outcome: VisitOutcome | str, words: str, by: Actor, at: datetime) -> Task:
    """This function will put down what a visit came to. :raises NotAllowed: unless by one of its inspectors.

    :raises Refusal: before its hour, without words, or for an outcome there is none of.
    """
    task = _locked(number)
    permissions.check_may_visit(by, "report", task)
    state = TASK_MOVES.check("report", TaskState(task.state))
    if at < task.opens_at:
        raise Refusal("还没有到检查日。", LAW, "请在检查以后填写结果。")
    if outcome not in set(VisitOutcome):
        raise Refusal("请选择检查结果。", LAW, "从列出的结果中选择一项。")
    if not words.strip():
        raise Refusal("请写明检查情况。", LAW, "写清检查了什么、发现了什么；内容向社会公布，不写个人信息。")
    task.outcome, task.words, task.reported_at, task.reported_by_id = VisitOutcome(outcome), words.strip()[:2000], at, by.user_id
    task.move_to(state)
    record("inspection.reported", number, by=by, at=at, reason=task.words, detail={"outcome": task.outcome, "body": task.body.number})
    return task


@transaction.atomic
def send_back_report(*, number: str, reason: str, by: Actor, at: datetime) -> Task:
    """This function will have the other inspector send back what was put down. :raises Refusal: one's own, or without a reason."""
    task = _locked(number)
    permissions.check_may_visit(by, "send_back", task)
    state = TASK_MOVES.check("send_back", TaskState(task.state))
    must(confirmed_by_the_other(task.reported_by_id, by.user_id), "请等待另一名检查人员确认或者退回。")
    if not reason.strip():
        raise Refusal("请写明退回的理由。", LAW, "请写清哪里与检查情况不符。")
    task.move_to(state)
    record("inspection.sent_back", number, by=by, at=at, reason=reason.strip())
    return task


@transaction.atomic
def confirm_visit(*, number: str, by: Actor, at: datetime) -> Task:
    """This function will have the other inspector confirm the result, which is public from then on. :raises Refusal: one's own."""
    task = _locked(number)
    permissions.check_may_visit(by, "confirm", task)
    state = TASK_MOVES.check("confirm", TaskState(task.state))
    found = confirmed_by_the_other(task.reported_by_id, by.user_id)
    must(found, "请由另一名检查人员确认。")
    task.findings = records([found, result_in_time(task.visit_on, localtime(at).date(), calendar())])
    task.confirmed_at, task.confirmed_by_id = at, by.user_id
    task.move_to(state)
    detail = {"outcome": task.outcome, "body": task.body.number, "findings": task.findings}
    record("inspection.confirmed", number, by=by, at=at, reason=task.words, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome=VisitOutcome(task.outcome).label)
    return task


def _locked(number: str) -> Task:
    found = Task.objects.select_for_update(of=("self",)).select_related("body", "draw__plan").filter(number=number).first()
    if found is None:
        raise Refusal("没有这项抽查任务。", LAW, "请从“我的抽查任务”中打开。")
    return found
