"""处理期限: by when is corrected, for how long may a body be suspended, what may still be finished, and when may it begin again?

`通知 三(四)2` names the measures without a number; the numbers are ours, after the practice of other provinces.
"""

from datetime import date, timedelta

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar, add_months
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default
from touchstone.policy.supervision.acts import LADDER, SINCE
from touchstone.policy.supervision.ladder import Measure

_TOPIC = our_default("整改和暂停期限")


def _number(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(SINCE, value, _TOPIC), key=f"supervision.{key}", unit=unit, changeable=True)


AT_ONCE_WITHIN = _number("at_once_within", "立行立改的期限", 3, "个工作日")
SUMMONED_BEFORE = _number("summoned_before", "约谈通知应在约谈前至少几个工作日送达", 2, "个工作日")
CORRECTED_WITHIN = _number("corrected_within", "责令改正的最长期限", 15, "日")
RECTIFIED_WITHIN = _number("rectified_within", "限期整改的最长期限", 30, "日")
CORRECTION_REMINDED = _number("correction_reminded", "改正期限届满前几日提醒机构", 3, "日")
RE_EXAMINED_WITHIN = _number("re_examined_within", "收到整改报告后复查的期限", 10, "个工作日")
LEAST_SUSPENDED = _number("least_suspended", "暂停评价的最短时间", 1, "个月")
MOST_SUSPENDED = _number("most_suspended", "暂停评价的最长时间", 6, "个月")
FINISHED_WITHIN = _number("suspended_finish_within", "暂停评价后已确定的场次可以继续举行的时间", 5, "个工作日")
RE_EXAMINED_BY = _number("re_examined_by", "复查整改的人数", 2, "人")


def due(measure: Measure, served_on: date, day: date, calendar: Calendar) -> date | None:
    """This function will give the last day on which a body may correct what it was told to, None for what asks for no correction."""
    if measure is Measure.AT_ONCE:
        return calendar.add_working_days(served_on, AT_ONCE_WITHIN.on(day).value)
    if measure is Measure.ORDER:
        return served_on + timedelta(days=CORRECTED_WITHIN.on(day).value)
    return served_on + timedelta(days=RECTIFIED_WITHIN.on(day).value) if measure is Measure.RECTIFY else None


@rule("改正期限不长于规定")
def time_given_is_in_bounds(measure: Measure, served_on: date, due_on: date, day: date, calendar: Calendar) -> Finding:
    """Whether a body is given until a day that the measure allows."""
    last = due(measure, served_on, day, calendar)
    if last is None:
        return unmet(f"{measure.label}没有改正期限", _TOPIC)
    if not served_on < due_on <= last:
        return unmet(f"{measure.label}的期限应晚于{served_on}、不晚于{last}", _TOPIC)
    return met(f"限{due_on}前改正", _TOPIC)


@rule("整改已完成并经复查")
def correction_is_accepted(due_on: date, reported_on: date | None, re_examined_by: int, good: bool, day: date) -> Finding:
    """Whether a body reported its corrections in time and as many people as laid down found them good."""
    needed = RE_EXAMINED_BY.on(day)
    if reported_on is None:
        return unmet(f"没有报告改正情况，期限到{due_on}{'，已经逾期' if day > due_on else ''}", LADDER)
    if reported_on > due_on:
        return unmet(f"应在{due_on}前报告，实际于{reported_on}报告，属逾期改正", LADDER)
    if re_examined_by < needed.value:
        return unmet(f"已于{reported_on}报告，复查{re_examined_by}人，应为{needed.value}人", needed.clause)
    return met("复查合格", LADDER) if good else unmet("复查不合格，改正没有完成", LADDER)


@rule("暂停评价的时间在规定幅度之内")
def suspension_fits(since: date, until: date, day: date) -> Finding:
    """Whether a suspension is planned for no less and no more than the time laid down; `until` is exclusive."""
    first, last = add_months(since, LEAST_SUSPENDED.on(day).value), add_months(since, MOST_SUSPENDED.on(day).value)
    if not first <= until <= last:
        return unmet(f"自{since}起暂停，预定恢复日应在{first}至{last}之间", _TOPIC)
    return met(f"自{since}起暂停，预定{until}恢复", _TOPIC)


@rule("暂停前已确定的场次可以举行")
def may_be_held_while_suspended(confirmed_on: date, exam_on: date, suspended_on: date, at_fault: bool, calendar: Calendar) -> Finding:
    """Whether a sitting fixed before the suspension may still be held, watched from outside.

    Candidates are not punished for the body; but one that the violation itself concerns (`at_fault`) is not held.
    """
    within = FINISHED_WITHIN.on(suspended_on)
    if at_fault:
        return unmet("该场次涉及所查处的违纪违规，不能继续举行，考生另行安排", LADDER)
    if confirmed_on >= suspended_on:
        return unmet(f"自{suspended_on}起暂停评价，不能再安排场次", LADDER)
    last = calendar.add_working_days(suspended_on, within.value)
    if exam_on > last:
        return unmet(f"考试日{exam_on}晚于{last}，恢复后再举行或者转由其他机构评价", within.clause)
    return met("暂停前已确定，由外部质量督导员到场后举行", within.clause)


@rule("可以恢复评价")
def may_be_restored(rectified: Finding, suspended_on: date, day: date) -> Finding:
    """Whether a suspended body may begin again: rectified and re-examined, and not before the shortest time is over."""
    first = add_months(suspended_on, LEAST_SUSPENDED.on(suspended_on).value)
    if rectified.outcome.value != "met":
        return unmet(f"整改没有完成：{rectified.reason}", LADDER)
    if day < first:
        return unmet(f"暂停评价不少于{LEAST_SUSPENDED.on(suspended_on).value}个月，{first}以后可以恢复", _TOPIC)
    return met("整改复查合格，可以恢复评价", notice("三(四)2"))
