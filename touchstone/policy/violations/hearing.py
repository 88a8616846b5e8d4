"""陈述申辩和申诉: was the person told and heard before the decision, and may they still appeal?

三(四)1 asks that the process be kept. How many days somebody has is ours, dated.
"""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default

_SINCE = date(2018, 1, 1)


def _days(key: str, meaning: str, days: int, topic: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, days, our_default(topic)), key=f"violations.{key}", unit="个工作日", changeable=True)


HEARD_WITHIN = _days("heard_within", "告知后可以陈述申辩的工作日数", 5, "陈述申辩期限")
APPEAL_WITHIN = _days("appeal_within", "收到处理决定后可以申诉的工作日数", 10, "违纪违规申诉期限")
ANSWER_WITHIN = _days("answer_within", "答复申诉的工作日数", 15, "违纪违规申诉期限")


@rule("决定前已告知并听取陈述申辩")
def was_heard(notified_on: date | None, said: bool, waived: bool, day: date, calendar: Calendar) -> Finding:
    """Whether the person was told, and has spoken, given it up, or let the time go by."""
    if notified_on is None:
        return unmet("还没有告知本人拟认定的事实和陈述申辩的权利", HEARD_WITHIN.on(day).clause)
    within = HEARD_WITHIN.on(notified_on)
    if said:
        return met("已听取本人的陈述申辩", within.clause)
    if waived:
        return met("本人放弃陈述申辩", within.clause)
    last = calendar.add_working_days(notified_on, within.value)
    if day <= last:
        return unmet(f"陈述申辩期到{last}为止，尚未届满，本人也没有陈述或者放弃", within.clause)
    return met(f"陈述申辩期已于{last}届满，本人没有陈述", within.clause)


@rule("在申诉期限内")
def appeal_in_time(decided_on: date, day: date, calendar: Calendar) -> Finding:
    """Whether a decision may still be appealed against."""
    within = APPEAL_WITHIN.on(decided_on)
    last = calendar.add_working_days(decided_on, within.value)
    if day > last:
        return unmet(f"申诉期到{last}为止，已经过期", within.clause)
    return met(f"申诉期到{last}为止", within.clause)
