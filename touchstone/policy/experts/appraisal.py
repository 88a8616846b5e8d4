"""年度考核办法: how many points does a year's work come to, and which grade?

`通知 三(二)2` asks for 工作考核 and leaves how open: weights and grades are ours, dated. What nothing is known of yet carries no weight.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.policy.documents import our_default
from touchstone.policy.experts.kinds import SINCE

CLAUSE = our_default("队伍年度考核")


def _number(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(SINCE, value, our_default("队伍年度考核")), key=f"experts.{key}", unit=unit, changeable=True)


MARK_WEIGHT = _number("mark_weight", "年度考核中每次考评评价的权重", 50, "分")
ATTENDANCE_WEIGHT = _number("attendance_weight", "年度考核中到场的权重", 20, "分")
PUNCTUALITY_WEIGHT = _number("punctuality_weight", "年度考核中准时的权重", 15, "分")
READINESS_WEIGHT = _number("readiness_weight", "年度考核中接受派遣的权重", 15, "分")
POINTS_OFF_A_WARNING = _number("points_off_a_warning", "年度考核中每次警告扣除的分数", 10, "分")
LATE_AFTER = _number("late_after", "开考前不足几分钟签到算迟到", 30, "分钟")
EXCELLENT_FROM = _number("excellent_from", "年度考核优秀的最低分", 90, "分")
GOOD_FROM = _number("good_from", "年度考核合格的最低分", 70, "分")
JUST_FROM = _number("just_from", "年度考核基本合格的最低分", 60, "分")


class Grade(StrEnum):
    """A year's grade. Who was never sent anywhere is not graded."""

    EXCELLENT = "excellent"
    GOOD = "good"
    JUST = "just"
    FAILED = "failed"
    NONE = "none"

    @property
    def label(self) -> str:
        return {"excellent": "优秀", "good": "合格", "just": "基本合格", "failed": "不合格", "none": "不定等次"}[self.value]


@dataclass(frozen=True)
class Year:
    """A year's work: how often sent, come, late, absent, refused without good reason; the mean mark (0 to 100) of those who saw it, adjusted for the
    levels judged; warnings got."""

    sent: int = 0
    came: int = 0
    late: int = 0
    absent: int = 0
    refused: int = 0
    mark: float | None = None
    warnings: int = 0


@dataclass(frozen=True)
class Part:
    """One part of the points: what, how well from 0 to 1 (None: nothing known), its weight."""

    title: str
    share: float | None
    weight: int


def parts_of(year: Year, day: date) -> tuple[Part, ...]:
    """This function will give the parts a year's points are made of."""
    expected, asked = year.came + year.absent, year.sent
    return (
        Part("每次考评的评价", None if year.mark is None else min(1.0, year.mark / 100), MARK_WEIGHT.on(day).value),
        Part("到场", year.came / expected if expected else None, ATTENDANCE_WEIGHT.on(day).value),
        Part("准时", 1 - year.late / year.came if year.came else None, PUNCTUALITY_WEIGHT.on(day).value),
        Part("接受派遣", 1 - year.refused / asked if asked else None, READINESS_WEIGHT.on(day).value),
    )


def points_of(year: Year, day: date) -> float | None:
    """This function will give a year's points of 100, one decimal; None where nothing is known to judge by."""
    known = [part for part in parts_of(year, day) if part.share is not None]
    weight = sum(part.weight for part in known)
    if not weight:
        return None
    earned = sum((part.share or 0) * part.weight for part in known) / weight * 100
    return round(max(0.0, earned - year.warnings * POINTS_OFF_A_WARNING.on(day).value), 1)


def grade_of(points: float | None, day: date) -> Grade:
    """This function will give the grade that points come to."""
    if points is None:
        return Grade.NONE
    for grade, least in ((Grade.EXCELLENT, EXCELLENT_FROM), (Grade.GOOD, GOOD_FROM), (Grade.JUST, JUST_FROM)):
        if points >= least.on(day).value:
            return grade
    return Grade.FAILED
