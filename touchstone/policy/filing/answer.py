"""名录答复: is this body filed for this, on this day: yes or no, in one sentence that anybody understands, with its clause?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.districts import district_name
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.levels import Level

_FILED, _ENDED, _SUSPENDED = notice("三(一)"), notice("三(四)3"), notice("三(四)2")


class Verdict(StrEnum):
    """The answers there are. Only the first means that the body may evaluate what was asked."""

    FILED = "filed"
    SUSPENDED = "suspended"
    ENDED = "ended"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    OUT_OF_SCOPE = "out_of_scope"
    NO_FILING = "no_filing"
    NEVER_FILED = "never_filed"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_yes(self) -> bool:
        return self is Verdict.FILED


_LABELS = {
    Verdict.FILED: "已备案",
    Verdict.SUSPENDED: "暂停评价",
    Verdict.ENDED: "已终止",
    Verdict.EXPIRED: "已期满",
    Verdict.NOT_YET: "尚未生效",
    Verdict.OUT_OF_SCOPE: "不在备案范围内",
    Verdict.NO_FILING: "没有有效备案",
    Verdict.NEVER_FILED: "从未备案",
}


@dataclass(frozen=True)
class FiledLine:
    """One line of what a body was ever filed for: what, where (a district's code), on which days, when suspended, and how it ended.

    `term` is open while a renewal asked for in time is undecided. `ended_by` is the kind of end, empty for what simply expired.
    """

    key: str
    code: str
    trade: str
    title: str
    level: Level
    district: str
    term: Period
    suspended: tuple[Period, ...] = ()
    ended_by: str = ""


@dataclass(frozen=True)
class Asked:
    """What is asked: whatever is left out fits everything."""

    code: str = ""
    trade: str = ""
    title: str = ""
    level: Level | None = None
    district: str | None = None

    def fits(self, line: FiledLine) -> bool:
        """This method will say whether a line answers the question; what is filed for the whole occupation serves each of its trades."""
        return (
            (not self.code or line.code == self.code)
            and (not self.trade or line.trade in {"", self.trade})
            and (self.level is None or line.level == self.level)
            and (self.district is None or line.district == self.district)
        )

    @property
    def words(self) -> str:
        """What is asked, in words; nothing when everything is."""
        where = f"在{district_name(self.district)}考核" if self.district is not None else ""
        return f"{self.title}{self.level.label if self.level else ''}{where}"


@dataclass(frozen=True)
class Answer:
    """The verdict, the finding it rests on, and the lines that speak."""

    verdict: Verdict
    finding: Finding
    lines: tuple[FiledLine, ...]


def answer(lines: Sequence[FiledLine], asked: Asked, day: date) -> Answer:
    """This function will answer for a day from everything a body was ever filed for."""
    fitting = [line for line in lines if asked.fits(line)]
    standing = [line for line in fitting if day in line.term]
    usable = [line for line in standing if not any(day in span for span in line.suspended)]
    what = asked.words or "评价"
    when = _words(day)
    if usable:
        return _answer(Verdict.FILED, met(f"{when}有效备案包括{what}，{_until(usable)}", _FILED), usable)
    if standing:
        since = max(span.since for line in standing for span in line.suspended if day in span)
        return _answer(Verdict.SUSPENDED, unmet(f"{what}已备案，但自{_words(since)}起暂停评价，{when}不能开展", _SUSPENDED), standing)
    if over := [line for line in fitting if line.term.until is not None and line.term.until <= day]:
        return _over(over, what, day)
    if fitting:
        first = min(line.term.since for line in fitting)
        return _answer(Verdict.NOT_YET, unmet(f"{what}的备案自{_words(first)}起生效，{when}尚未生效", _FILED), fitting)
    if any(day in line.term for line in lines):
        return _answer(Verdict.OUT_OF_SCOPE, unmet(f"{when}有有效备案，但不包括{what}，不能就此评价", _FILED), ())
    if lines:
        last = max((line.term.until for line in lines if line.term.until is not None and line.term.until <= day), default=None)
        words = f"，最近的备案到{_words(last - timedelta(days=1))}为止" if last else ""
        return _answer(Verdict.NO_FILING, unmet(f"{when}没有有效备案{words}，不能开展评价", _FILED), ())
    return _answer(Verdict.NEVER_FILED, unmet("从未在本平台备案，不能开展职业技能等级评价", _FILED), ())


def _over(over: Sequence[FiledLine], what: str, day: date) -> Answer:
    """What was filed for what is asked, and is so no longer: the line that lasted longest speaks."""
    last = max(over, key=lambda line: line.term.until or day)
    until = last.term.until or day
    if last.ended_by:
        reason = f"{what}的备案已于{_words(until)}终止（{last.ended_by}），{_words(day)}不能开展"
        return _answer(Verdict.ENDED, unmet(reason, _ENDED), over)
    reason = f"{what}的备案到{_words(until - timedelta(days=1))}期满，{_words(day)}不能开展"
    return _answer(Verdict.EXPIRED, unmet(reason, _ENDED), over)


def _answer(verdict: Verdict, finding: Finding, lines: Sequence[FiledLine]) -> Answer:
    return Answer(verdict, finding, tuple(lines))


def _until(lines: Sequence[FiledLine]) -> str:
    ends = [line.term.until for line in lines if line.term.until is not None]
    return f"有效期至{_words(max(ends) - timedelta(days=1))}" if len(ends) == len(lines) else "续期申请尚未决定，继续有效"


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@rule("该机构当日可以就所问的职业、等级和区开展评价")
def filed_for(lines: Sequence[FiledLine], asked: Asked, day: date) -> Finding:
    """Whether a body is filed, in force and not suspended, for what is asked on `day`."""
    return answer(lines, asked, day).finding
