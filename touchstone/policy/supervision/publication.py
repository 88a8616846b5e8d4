"""双随机公开: by when are a year's plan and each result public, and is a draw that replaces another told?

`通知 三(三)3` says 一公开. How is drawn, and who may be sent, stands with the draws themselves; twenty working days for results is the habit of the
State Council's 双随机、一公开.
"""

from datetime import date, timedelta

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default
from touchstone.policy.supervision.acts import SINCE

_PLAN, _RESULT, _REDRAW = our_default("年度抽查计划"), our_default("抽查结果公开"), our_default("重新抽取")
PLAN_MONTH = Dated("年度抽查计划应在几月底前公布", Value(SINCE, 3, _PLAN), key="supervision.plan_month", unit="月", changeable=True)
RESULT_WITHIN = Dated("抽查结果公开的期限", Value(SINCE, 20, _RESULT), key="supervision.result_within", unit="个工作日", changeable=True)

RESULT_REMINDED = Dated(
    "抽查结果公开期限届满前几个工作日提醒检查人员", Value(SINCE, 5, _RESULT), key="supervision.result_reminded", unit="个工作日", changeable=True
)


def result_due(visited_on: date, calendar: Calendar) -> date:
    """This function will give the last day on which the result of a visit is published in time."""
    return calendar.add_working_days(visited_on, RESULT_WITHIN.on(visited_on).value)


@rule("年度抽查计划按期公布")
def plan_is_published(year: int, published_on: date | None, day: date) -> Finding:
    """Whether a year's plan was published in time."""
    month = PLAN_MONTH.on(day)
    last = date(year + month.value // 12, month.value % 12 + 1, 1) - timedelta(days=1)
    if published_on is None:
        return unmet(f"{year}年度抽查计划尚未公布，应在{last}前公布", month.clause)
    if published_on > last:
        return unmet(f"应在{last}前公布，实际于{published_on}公布", month.clause)
    return met(f"{year}年度抽查计划于{published_on}公布", month.clause)


@rule("重新抽取有编号、有理由并保留原抽取")
def redraw_is_told(replaces: str, reason: str, announced: bool) -> Finding:
    """Whether a draw that replaces another names it, says why, and is a public event of its own."""
    if not replaces:
        return met("不是重新抽取", _REDRAW)
    if not reason.strip():
        return unmet(f"重新抽取没有写明不采用抽取{replaces}的理由", _REDRAW)
    return met(f"替代抽取{replaces}，理由已公告", _REDRAW) if announced else unmet("重新抽取没有另行公告", _REDRAW)


@rule("抽查结果按期公开")
def result_is_published(visited_on: date, published_on: date | None, day: date, calendar: Calendar) -> Finding:
    """Whether the result of a visit was published, or still may be, in time."""
    within = RESULT_WITHIN.on(visited_on)
    last = result_due(visited_on, calendar)
    if (published_on or day) > last:
        return unmet(f"应在{last}前公开{'，实际于' + str(published_on) if published_on else '，已经逾期'}", within.clause)
    return met(f"于{published_on}公开" if published_on else f"应在{last}前公开", within.clause)
