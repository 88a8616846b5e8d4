"""计划核对: is the scope in force, and do the days of a plan fit together?"""

from datetime import date

from django.utils.timezone import localtime

from touchstone.exams.models import Plan
from touchstone.exams.queries.winding import last_fate, standing_fate, stopped
from touchstone.exams.states import Fate
from touchstone.filings.queries import may_plan
from touchstone.filings.queries.scope import suspension_on
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.documents import notice
from touchstone.policy.exams.deadlines import ARRANGEMENT_BEFORE, PLAN_CHANGE_BEFORE, REGISTRATION_BEFORE, plan_in_time, registration_in_time
from touchstone.policy.filing.ending import may_finish
from touchstone.policy.supervision.terms import may_be_held_while_suspended

SCOPE = notice("一")


class NotInScope(Refusal):
    """The line of the scope is not in force on the day that counts."""


class TooLate(Refusal):
    """There is not enough time before the exam."""


def scope_findings(plan: Plan, day: date) -> list[Finding]:
    """This function will ask of the filing: may this be planned today, and will it still be in force on the day of the exam?"""
    today, then = may_plan(plan.scope_item, day), may_plan(plan.scope_item, plan.exam_on)
    return [today] if today.outcome != Outcome.MET else [then]


def check_in_force(plan: Plan, day: date) -> None:
    """This function will let pass a plan whose line of the scope is in force today and on the exam day. :raises NotInScope:"""
    for finding in scope_findings(plan, day):
        if finding.outcome != Outcome.MET:
            raise NotInScope(f"{finding.reason}。", finding.clause, "请选择已备案且在有效期内的职业、等级和考核点，或先办理备案、续期。")


def check_not_stopped(plan: Plan, day: date) -> None:
    """This function will let pass any step of a plan, unless the end of its filing sends its candidates to another body. :raises Stopped:"""
    refusal = stopped(plan, day)
    if refusal is not None:
        raise refusal


def check_may_go_on(plan: Plan, day: date) -> None:
    """This function will let pass a change to a plan whose scope is in force, or that may be finished though its filing has ended.

    :raises Stopped: :raises NotInScope:
    """
    check_not_stopped(plan, day)
    fate = standing_fate(plan)
    if fate is None or fate.fate != Fate.FINISHES:
        check_in_force(plan, day)
        return
    found = may_finish(localtime(plan.drafted_at).date(), plan.exam_on, fate.winding.termination.effective_on)
    if found.outcome != Outcome.MET:
        raise NotInScope(f"{found.reason}。", found.clause, "请选择期限以内的考试日期。")


def check_held_while_suspended(plan: Plan, day: date) -> None:
    """This function will let pass a sitting of a filing that is not suspended, or one that was settled before the suspension and is held soon
    after it began; none that the violation itself concerns. :raises NotInScope:"""
    held = suspension_on(plan.scope_item, day)
    if held is not None:
        settled = history(plan.number).filter(event="plan.arranged").last()
        settled_on = localtime(settled.at).date() if settled else day
        found = may_be_held_while_suspended(settled_on, day, held.since, plan.number in held.at_fault, calendar())
        if found.outcome != Outcome.MET:
            raise NotInScope(f"{found.reason}。", found.clause, "请通知考生，与主管部门商定另行安排。")


def check_dates(plan: Plan, day: date) -> None:
    """This function will let pass days in order: today, end of registration, exam. :raises Refusal:"""
    if plan.exam_on <= day:
        raise TooLate(f"考试日期{plan.exam_on}不晚于今天。", ARRANGEMENT_BEFORE.on(day).clause, "请选择以后的日期。")
    if plan.registration_closes_on < day:
        raise TooLate(f"报名截止日{plan.registration_closes_on}已经过去。", REGISTRATION_BEFORE.on(day).clause, "请选择今天或以后的日期。")
    found = registration_in_time(plan.registration_closes_on, plan.exam_on, calendar(), day)
    if found.outcome != Outcome.MET:
        raise TooLate(f"{found.reason}。", found.clause, "请提前报名截止日，或推迟考试日期。")


def check_time_to_change(exam_on: date, day: date) -> None:
    """This function will let pass a change handed in long enough before the exam. :raises TooLate:"""
    days = PLAN_CHANGE_BEFORE.on(day)
    last = calendar().add_working_days(exam_on, -days.value)
    if day > last:
        sentence = f"考试日为{exam_on}，变更最迟应在{last}提出（提前{days.value}个工作日），现为{day}。"
        raise TooLate(sentence, days.clause, "请选择更晚的考试日期；原考试日期已临近的，请取消本计划后另行编制。")


def lost_its_day(plan: Plan) -> bool:
    """This function will say whether the time for moving a plan's exam ran out while the plan stood still under an end that was undone later."""
    fate = last_fate(plan)
    if fate is None or fate.undone_at is None or fate.fate not in {Fate.TO_REPLACE, Fate.REPLACED}:
        return False
    undone_on = localtime(fate.undone_at).date()
    last = calendar().add_working_days(plan.exam_on, -PLAN_CHANGE_BEFORE.on(undone_on).value)
    return undone_on > last


def time_findings(plan: Plan, day: date) -> list[Finding]:
    """This function will find whether the plan is reported and its registration ends early enough."""
    days = calendar()
    return [plan_in_time(day, plan.exam_on, days), registration_in_time(plan.registration_closes_on, plan.exam_on, days, day)]
