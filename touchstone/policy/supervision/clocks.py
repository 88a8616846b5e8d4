"""办案期限: by when is a case opened, decided, served, published, carried out, appealed and answered?

None of these is in the notice: ours, dated. Remedies by statute stand in `policy/appeals`.
"""

from datetime import date, timedelta
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default
from touchstone.policy.supervision.acts import SINCE

_WORKING, _DAYS = "个工作日", "日"


def _number(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(SINCE, value, our_default("机构案件办理期限")), key=f"supervision.{key}", unit=unit, changeable=True)


OPENED_WITHIN = _number("opened_within", "发现线索或检查问题后决定是否立案的期限", 10, _WORKING)
DECIDED_WITHIN = _number("decided_within", "立案后作出决定的期限", 90, _DAYS)
EXTENDED_BY = _number("extended_by", "案情复杂的可以延长一次的时间", 30, _DAYS)
SERVED_WITHIN = _number("served_within", "决定作出后送达的期限", 7, _DAYS)
PUBLISHED_WITHIN = _number("published_within", "警告以上处理决定送达后公开的期限", 7, _WORKING)
HANDED_OVER_WITHIN = _number("handed_over_within", "决定移送后送交有关部门的期限", 7, _WORKING)
HELPED_WITHIN = _number("helped_within", "会同办理的部门提出意见的期限", 10, _WORKING)
BODY_APPEALS_WITHIN = _number("body_appeals_within", "机构收到处理决定后可以申诉的时间", 10, _WORKING)
BODY_ANSWERED_WITHIN = _number("body_answered_within", "答复机构申诉的期限", 15, _WORKING)
ARCHIVED_WITHIN = _number("archived_within", "结案后案卷归档封存的期限", 20, _WORKING)


class Clock(StrEnum):
    """A clock of a case; each runs from the day of what stands before it."""

    OPEN = "open"
    DECIDE = "decide"
    SERVE = "serve"
    PUBLISH = "publish"
    HAND_OVER = "hand_over"
    HELP = "help"
    APPEAL = "appeal"
    ANSWER = "answer"
    ARCHIVE = "archive"

    @property
    def label(self) -> str:
        return _CLOCKS[self][0]


_CLOCKS: dict[Clock, tuple[str, Dated[int]]] = {
    Clock.OPEN: ("决定是否立案", OPENED_WITHIN),
    Clock.DECIDE: ("作出决定", DECIDED_WITHIN),
    Clock.SERVE: ("送达", SERVED_WITHIN),
    Clock.PUBLISH: ("公开", PUBLISHED_WITHIN),
    Clock.HAND_OVER: ("移送", HANDED_OVER_WITHIN),
    Clock.HELP: ("协办部门提出意见", HELPED_WITHIN),
    Clock.APPEAL: ("申诉", BODY_APPEALS_WITHIN),
    Clock.ANSWER: ("答复申诉", BODY_ANSWERED_WITHIN),
    Clock.ARCHIVE: ("归档", ARCHIVED_WITHIN),
}


def last_day(clock: Clock, since: date, calendar: Calendar, *, extended: bool = False) -> date:
    """This function will give the last day on which a step is in time, by the number in force when its clock began."""
    within = _CLOCKS[clock][1]
    count = within.on(since).value
    if within.unit == _WORKING:
        return calendar.add_working_days(since, count)
    more = EXTENDED_BY.on(since).value if extended and clock is Clock.DECIDE else 0
    return since + timedelta(days=count + more)


@rule("在办理期限之内")
def clock_is_kept(clock: Clock, since: date, done_on: date | None, extended: bool, day: date, calendar: Calendar) -> Finding:
    """Whether a step was done, or may still be done, in its time; a decision's may be extended once."""
    last, clause = last_day(clock, since, calendar, extended=extended), _CLOCKS[clock][1].on(since).clause
    if (done_on or day) > last:
        return unmet(f"应在{last}前{clock.label}{'，实际于' + str(done_on) if done_on else '，已经逾期'}", clause)
    return met(f"于{done_on}{clock.label}" if done_on else f"应在{last}前{clock.label}", clause)


@rule("在机构申诉期限内")
def body_appeal_in_time(served_on: date, day: date, calendar: Calendar) -> Finding:
    """Whether a body may still appeal; an appeal holds nothing up unless the office above says so."""
    last = last_day(Clock.APPEAL, served_on, calendar)
    clause = BODY_APPEALS_WITHIN.on(served_on).clause
    if day > last:
        return unmet(f"申诉期到{last}为止，已经过期；仍可依法申请行政复议或者提起诉讼", clause)
    return met(f"申诉期到{last}为止", clause)
