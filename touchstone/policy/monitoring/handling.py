"""预警办理: whose case is a hit, by when is it to be decided, and may it be decided yet?

三(二)4 asks for warnings that are answered and followed to an end; 三(三)1 says who supervises whom. How many days each has is ours, dated.
"""

from collections.abc import Iterable
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default
from touchstone.policy.monitoring.comparison import Severity
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.policy.supervision.who import CENTRE, SINCE, Matter, Watched, leads

_SINCE = date(2018, 1, 1)
WARNED = notice("三(二)4")
SUPERVISED = notice("三(三)1")


def _days(key: str, meaning: str, days: int) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, days, our_default("预警办理期限")), key=f"monitoring.{key}", unit="个工作日", changeable=True)


HIGH_WITHIN = _days("handled_within_high", "高级别预警作出认定的工作日数", 10)
MEDIUM_WITHIN = _days("handled_within_medium", "中级别预警作出认定的工作日数", 20)
LOW_WITHIN = _days("handled_within_low", "低级别预警作出认定的工作日数", 30)
ANSWERED_WITHIN = _days("answered_within", "评价机构对预警作出说明的工作日数", 5)
COMPARED_EVERY = Dated(
    "对变动数据比对的间隔",
    Value(_SINCE, 10, our_default("比对频次")),
    key="monitoring.compared_every",
    unit="分钟",
    changeable=True,
)
COMPARED_FROM = Dated("每日全量比对的开始时点", Value(_SINCE, 1, our_default("比对频次")), key="monitoring.compared_from", unit="时", changeable=True)


def handled_within(severity: Severity, day: date) -> Value[int]:
    """This function will give how many working days an office has to decide a case of this severity that was opened on `day`."""
    return {Severity.HIGH: HIGH_WITHIN, Severity.MEDIUM: MEDIUM_WITHIN, Severity.LOW: LOW_WITHIN}[severity].on(day)


def supervising_district(kind: BodyKind, ownership: Ownership, registered_in: str, venue_in: str, day: date) -> str:
    """This function will give the district that leads where a case is about what a body did in one place: as the law of supervision has it on `day`,
    by what the body's owner says of where it was filed. Nothing stands for the city centre. Without a known venue it is where it is registered.
    """
    filed_with_the_city = kind is not BodyKind.ENTERPRISE or ownership in {Ownership.CENTRAL, Ownership.MUNICIPAL}
    filed_by = CENTRE if filed_with_the_city else registered_in
    return leads(Watched(Matter.CASE, "", kind, filed_by, registered_in, (venue_in or registered_in,)), max(day, SINCE))


def district_in_charge(districts: Iterable[str]) -> str:
    """This function will give the one district whose case a hit is; none where it reaches across districts, then it is the city centre's."""
    found = set(districts)
    return found.pop() if len(found) == 1 else ""


@rule("认定前已请评价机构说明")
def body_was_heard(name: str, asked_on: date | None, answered: bool, day: date, calendar: Calendar) -> Finding:
    """Whether a body was asked about a hit, and has answered, or let the time go by."""
    if asked_on is None:
        return unmet(f"还没有请{name}说明情况", WARNED)
    within = ANSWERED_WITHIN.on(asked_on)
    if answered:
        return met(f"{name}已作说明", within.clause)
    last = calendar.add_working_days(asked_on, within.value)
    if day <= last:
        return unmet(f"{name}的说明期到{last}为止，尚未届满，也没有作出说明", within.clause)
    return met(f"{name}的说明期已于{last}届满，没有说明", within.clause)


@rule("预警在期限内作出认定")
def decided_in_time(opened_on: date, due_on: date, decided_on: date, severity: Severity) -> Finding:
    """Whether a case was decided by its deadline."""
    within = handled_within(severity, opened_on)
    if decided_on > due_on:
        return unmet(f"应于{due_on}前认定，实际于{decided_on}认定", within.clause)
    return met(f"期限到{due_on}为止，已于{decided_on}认定", within.clause)
