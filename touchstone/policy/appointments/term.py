"""聘期: for how long is somebody appointed, what is appraised each year, when may the term be renewed, and how does it end?

The two posts are held for a term (岗位聘任, 能上能下): they end with the appointment. Numbers are ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import add_months, add_years
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.appointments.conditions import POSTS, SINCE
from touchstone.policy.documents import our_default

TERM_LONGEST: Dated[int] = Dated(
    "特级技师、首席技师一个聘期的最长年限", Value(SINCE, 3, our_default("评聘聘期")), key="appointments.term_longest", unit="年", changeable=True
)
RENEWED_FROM: Dated[int] = Dated(
    "期满前几个月起可以办理续聘", Value(SINCE, 3, our_default("评聘续聘")), key="appointments.renewed_from", unit="个月", changeable=True
)
CERTIFICATE_STAYS: Dated[bool] = Dated(
    "聘任终止后已发的证书是否仍然有效", Value(SINCE, True, our_default("评聘终止后的证书")), key="appointments.certificate_stays"
)


class Grade(StrEnum):
    """What a year's appraisal comes to."""

    EXCELLENT = "excellent"
    COMPETENT = "competent"
    UNFIT = "unfit"

    @property
    def label(self) -> str:
        return {"excellent": "优秀", "competent": "称职", "unfit": "不称职"}[self.value]


class Ending(StrEnum):
    """Why an appointment ended."""

    TERM_OVER = "term_over"
    DISMISSED = "dismissed"
    LEFT = "left"
    RAISED = "raised"

    @property
    def label(self) -> str:
        return {"term_over": "聘期届满", "dismissed": "解聘", "left": "离岗", "raised": "改聘首席技师"}[self.value]


@dataclass(frozen=True)
class Serving:
    """A term as the rules see it: its days, and the grades of the years appraised, by year of the term (1, 2, …)."""

    since: date
    until: date
    grades: Sequence[tuple[int, Grade]]


@rule("聘期不超过最长年限")
def term_is_in_bounds(since: date, until: date, day: date) -> Finding:
    """Whether a term begins before it ends and is no longer than the longest."""
    longest = TERM_LONGEST.on(day)
    if until <= since:
        return unmet(f"聘期截止日{until}应晚于起始日{since}", longest.clause)
    if until > add_years(since, longest.value):
        return unmet(f"聘期{since}至{until}超过{longest.value}年", longest.clause)
    return met(f"聘期{since}至{until}，不超过{longest.value}年", longest.clause)


@rule("该年度可以考核")
def year_can_be_appraised(serving: Serving, year: int, day: date) -> Finding:
    """Whether this year of the term is not appraised yet and is over, or the term ends within it."""
    clause = our_default("评聘年度考核")
    if year in {one for one, _ in serving.grades}:
        return unmet(f"第{year}年度已经考核", clause)
    begins = add_years(serving.since, year - 1)
    if year < 1 or begins >= serving.until:
        return unmet(f"聘期内没有第{year}年度", clause)
    opens = add_months(min(add_years(serving.since, year), serving.until), -RENEWED_FROM.on(day).value)
    if day < opens:
        return unmet(f"第{year}年度考核从{opens}起办理", clause)
    return met(f"第{year}年度可以考核", clause)


def years_owed(serving: Serving, day: date) -> list[int]:
    """This function will give the years of a term that are over, or nearly over, and not appraised."""
    done = {year for year, _ in serving.grades}
    return [year for year in range(1, 10) if year not in done and year_can_be_appraised(serving, year, day).outcome == "met"]


@rule("期满前可以续聘")
def may_be_renewed(serving: Serving, day: date) -> Finding:
    """Whether it is time for a renewal, every year is appraised, and none was unfit."""
    months = RENEWED_FROM.on(day)
    opens = add_months(serving.until, -months.value)
    if day < opens:
        return unmet(f"聘期到{serving.until}为止，从{opens}起办理续聘", months.clause)
    if day >= serving.until:
        return unmet(f"聘期已于{serving.until}届满，须重新评聘", months.clause)
    owed = years_owed(serving, day)
    if owed:
        return unmet(f"第{'、'.join(map(str, owed))}年度还没有考核", months.clause)
    if any(grade is Grade.UNFIT for _, grade in serving.grades):
        return unmet("聘期内有年度考核不称职，不能续聘", months.clause)
    return met("各年度考核称职以上，可以续聘", months.clause)


@rule("有解聘情形")
def may_be_dismissed(serving: Serving, grave: bool, day: date) -> Finding:
    """Whether there is cause to dismiss before the term is over: a year found unfit, or a grave fact named in the reason."""
    del day
    clause = our_default("评聘解聘情形")
    if any(grade is Grade.UNFIT for _, grade in serving.grades):
        return met("年度考核不称职", clause)
    if grave:
        return met("有严重违纪、弄虚作假或者不能履行职责的情形", clause)
    return unmet("年度考核没有不称职，也没有指明严重情形，聘期内不能解聘", clause)


@rule("岗位随聘期终止")
def post_ends_with_the_term(until: date, day: date) -> Finding:
    """Whether a term is over: the post lapses by itself (岗位聘任)."""
    if day < until:
        return unmet(f"聘期到{until}为止", POSTS)
    return met(f"聘期已于{until}届满，岗位随之终止", POSTS)
