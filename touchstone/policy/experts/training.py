"""培训与资格: how long is a training, which mark passes its exam, how long is a qualification good, and when is it renewed?

`通知 三(二)2` asks for 培训培养、资格认定 and leaves the numbers open: ours, dated.
"""

from datetime import date
from decimal import Decimal

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import our_default
from touchstone.policy.experts.kinds import SINCE, MemberKind


def _number(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(SINCE, value, our_default("队伍培训与资格")), key=f"experts.{key}", unit=unit, changeable=True)


HOURS_OF_ASSESSOR = _number("hours_of_assessor", "考评人员培训的最少学时", 24, "学时")
HOURS_OF_SUPERVISOR = _number("hours_of_supervisor", "质量督导人员培训的最少学时", 16, "学时")
PASS_MARK = _number("pass_mark", "培训考核的合格分数", 60, "分")
RESULT_MONTHS = _number("result_months", "培训考核结果的有效期，期内应当授予资格", 12, "个月")
VALID_YEARS = _number("valid_years", "考评和督导资格的有效期", 3, "年")
RENEWAL_MONTHS = _number("renewal_months", "资格期满前可以申请延续的时间", 6, "个月")
CHECK_WITHIN = _number("check_within", "审核队伍申请的期限", 10, "个工作日")
SUPPLEMENT_WITHIN = _number("supplement_within", "队伍申请补正的期限", 10, "个工作日")
FIRST_REMINDER = _number("first_reminder", "资格期满前第一次提醒的时间", 6, "个月")
LAST_REMINDER = _number("last_reminder", "资格期满前最后一次提醒的时间", 1, "个月")


def hours_needed(kind: MemberKind, day: date) -> Value[int]:
    """This function will give the hours a training of this kind has at least."""
    return (HOURS_OF_ASSESSOR if kind.judges else HOURS_OF_SUPERVISOR).on(day)


@rule("培训班的学时足够")
def course_long_enough(kind: MemberKind, hours: int, day: date) -> Finding:
    """Whether a course as announced has the hours its kind needs."""
    needed = hours_needed(kind, day)
    if hours < needed.value:
        return unmet(f"{kind.label}培训{hours}学时，应不少于{needed.value}学时", needed.clause)
    return met(f"{kind.label}培训{hours}学时", needed.clause)


@rule("参加培训的学时足够")
def attended_enough(kind: MemberKind, hours: int | None, day: date) -> Finding:
    """Whether somebody was there for the hours their kind needs."""
    needed = hours_needed(kind, day)
    if hours is None:
        return unproven("还没有登记实到学时", needed.clause, ask_for="培训签到记录")
    if hours < needed.value:
        return unmet(f"实到{hours}学时，应不少于{needed.value}学时", needed.clause)
    return met(f"实到{hours}学时", needed.clause)


@rule("培训考核合格")
def exam_passed(score: Decimal | None, day: date) -> Finding:
    """Whether the mark of the training's exam passes."""
    needed = PASS_MARK.on(day)
    if score is None:
        return unproven("还没有登记考核成绩", needed.clause, ask_for="培训考核成绩")
    if score < needed.value:
        return unmet(f"考核{score.normalize():f}分，{needed.value}分合格", needed.clause)
    return met(f"考核{score.normalize():f}分", needed.clause)


@rule("培训考核结果在有效期内")
def result_still_good(ended_on: date, day: date) -> Finding:
    """Whether a course that ended on a day still counts."""
    months = RESULT_MONTHS.on(day)
    if day >= (over := add_months(ended_on, months.value)):
        return unmet(f"培训于{ended_on}结束，结果已于{over}失效", months.clause)
    return met(f"培训于{ended_on}结束，{over}以前有效", months.clause)


@rule("到了可以延续资格的时间")
def may_be_renewed(until: date, day: date) -> Finding:
    """Whether a qualification good until a day (exclusive) may be renewed: some months before its end, and not afterwards."""
    months = RENEWAL_MONTHS.on(day)
    begins = add_months(until, -months.value)
    if day >= until:
        return unmet(f"资格已于{until}期满，请重新申请", months.clause)
    if day < begins:
        return unmet(f"资格有效至{until}以前，{begins}起可以申请延续", months.clause)
    return met(f"{begins}起可以延续，{until}期满", months.clause)
