"""考试科目: which parts does a level have, how long do they last, and how is each marked?"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import STANDARD_2018, STANDARD_2023, notice, our_default
from touchstone.policy.eligibility.levels import Level

_SINCE_2018, _SINCE_2023 = date(2018, 3, 7), date(2023, 10, 1)


class Part(StrEnum):
    """The parts (科目) of an evaluation."""

    THEORY = "theory"
    PRACTICAL = "practical"
    PANEL = "panel"

    @property
    def label(self) -> str:
        return {"theory": "理论知识考试", "practical": "技能考核", "panel": "综合评审"}[self.value]


_TWO, _THREE = (Part.THEORY, Part.PRACTICAL), (Part.THEORY, Part.PRACTICAL, Part.PANEL)
_BY_LEVEL: Mapping[Level, tuple[Part, ...]] = {
    Level.FIVE: _TWO,
    Level.FOUR: _TWO,
    Level.THREE: _TWO,
    Level.TWO: _THREE,
    Level.ONE: _THREE,
}

PARTS: Dated[Mapping[Level, tuple[Part, ...]]] = Dated(
    "各技能等级的考试科目",
    Value(_SINCE_2018, _BY_LEVEL, STANDARD_2018.clause("鉴定方式")),
    Value(_SINCE_2023, _BY_LEVEL, STANDARD_2023.clause("评价方式")),
    key="exams.parts",
)
FULL_MARK = Dated(
    "每科满分",
    Value(_SINCE_2018, 100, STANDARD_2018.clause("鉴定方式")),
    Value(_SINCE_2023, 100, STANDARD_2023.clause("评价方式")),
    key="exams.full_mark",
    unit="分",
)
PASS_MARK = Dated(
    "每科合格分",
    Value(_SINCE_2018, 60, STANDARD_2018.clause("鉴定方式")),
    Value(_SINCE_2023, 60, STANDARD_2023.clause("评价方式")),
    key="exams.pass_mark",
    unit="分",
)
LEAST_MINUTES: Dated[Mapping[Part, int]] = Dated(
    "各科最短时间",
    Value(_SINCE_2018, {Part.THEORY: 90, Part.PRACTICAL: 45, Part.PANEL: 15}, STANDARD_2018.clause("鉴定时间")),
    Value(_SINCE_2023, {Part.THEORY: 90, Part.PRACTICAL: 45, Part.PANEL: 30}, STANDARD_2023.clause("评价时间")),
    key="exams.least_minutes",
    unit="分钟",
)
SCORE_KEPT_YEARS = Dated(
    "单科合格成绩的保留年限",
    Value(_SINCE_2018, 2, our_default("单科成绩保留")),
    key="exams.score_kept_years",
    unit="年",
    changeable=True,
)


def plain_mark(mark: Decimal | None) -> str:
    """This function will write a mark as people do: 85, 85.5; nothing where there is none."""
    return "" if mark is None else f"{mark.normalize():f}"


def parts_of(level: Level, day: date) -> tuple[Part, ...]:
    """This function will give the parts examined at `level` on `day`, in order."""
    return PARTS.on(day).value[level]


def least_minutes(part: Part, printed: int | None, day: date) -> Value[int]:
    """This function will give the minutes a sitting must last at least: the 规程's or those the standard prints, whichever is longer."""
    least = LEAST_MINUTES.on(day)
    own = least.value[part]
    if printed is not None and printed > own:
        return Value(least.since, printed, notice("三(二)1"))
    return Value(least.since, own, least.clause)


@rule("考试时间不短于规定")
def lasts_long_enough(part: Part, minutes: int, day: date, printed: int | None = None) -> Finding:
    """Whether a sitting of `part` lasts at least as long as laid down; the standard (`printed`) may ask for more, not for less."""
    least = least_minutes(part, printed, day)
    if minutes < least.value:
        whose = "标准规定" if printed == least.value and printed > LEAST_MINUTES.on(day).value[part] else "应"
        return unmet(f"{part.label}安排{minutes}分钟，{whose}不少于{least.value}分钟", least.clause)
    return met(f"{part.label}安排{minutes}分钟", least.clause)
