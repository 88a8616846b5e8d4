"""机构等级: which grade does a body's year come to, why, for how long, and what would bring it up?

`通知 三(三)3` wants 分级分类差异化监管 and leaves the grades open: indicators, weights, lines and caps are ours, public, dated. What nothing is known
of carries no weight; where too little is known a body is not graded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar, add_months
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.certificates.receiving import UNGRADED
from touchstone.policy.documents import notice, our_default
from touchstone.policy.supervision.acts import SINCE, Tier

LAW, OURS = notice("三(三)3"), our_default("机构分级")


class Grade(StrEnum):
    """A body's grade, the best first; one without a grade is new, or too little is known of it, or its grade has expired."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    NONE = UNGRADED

    @property
    def label(self) -> str:
        return {"A": "A级", "B": "B级", "C": "C级", "D": "D级"}.get(self.value, UNGRADED)


class Indicator(StrEnum):
    """What a grade is made of."""

    VISITS = "visits"
    ASSESSMENT = "assessment"
    ENTRIES = "entries"
    PUNCTUAL = "punctual"
    ALERTS = "alerts"
    COMPLAINTS = "complaints"

    @property
    def label(self) -> str:
        return {
            "visits": "检查得分",
            "assessment": "年度考核得分",
            "entries": "证书数据正确率",
            "punctual": "按期办理率",
            "alerts": "成立的预警",
            "complaints": "属实的投诉",
        }[self.value]


def _number(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(SINCE, value, OURS), key=f"supervision.{key}", unit=unit, changeable=True)


WEIGHTS: Dated[Mapping[str, int]] = Dated(
    "机构等级各指标的权重",
    Value(SINCE, {"visits": 30, "assessment": 25, "entries": 20, "punctual": 10, "alerts": 10, "complaints": 5}, OURS),
    key="supervision.grade_weights",
    changeable=True,
)
CAPS: Dated[Mapping[str, str]] = Dated(
    "受过处理的机构最高可以评为的等级",
    Value(SINCE, {"minor": "B", "serious": "C", "grave": "D"}, OURS),
    key="supervision.grade_caps",
    changeable=True,
)
VISIT_POINTS: Dated[Mapping[str, int]] = Dated(
    "检查结果折算的分数",
    Value(SINCE, {"clean": 100, "corrected": 85, "to_rectify": 60, "obstructed": 0}, OURS),
    key="supervision.visit_points",
    unit="分",
    changeable=True,
)
A_FROM = _number("grade_a_from", "A级的最低分", 90, "分")
B_FROM = _number("grade_b_from", "B级的最低分", 75, "分")
C_FROM = _number("grade_c_from", "C级的最低分", 60, "分")
CAPPED_MONTHS = _number("grade_capped_months", "处理决定限制等级的时间", 12, "个月")
LEAST_KNOWN = _number("grade_least_known", "定级所需的已知指标权重", 50, "%")
NOUGHT_AT = _number("grade_nought_at", "每千名考生几件成立的预警或者属实的投诉时该项不得分", 10, "件")
LASTS_MONTHS = _number("grade_lasts", "等级的有效期", 12, "个月")
EXPIRY_TOLD_BEFORE = _number("grade_expiry_told", "等级失效前几个月提醒重新定级", 1, "个月")
CONTEST_WITHIN = _number("grade_contest_within", "等级公布后机构可以提出异议的期限", 10, "个工作日")


@dataclass(frozen=True)
class BodyYear:
    """What is known of a body's last twelve months. Points are out of 100 (None: not known); `upheld`: decisions against it, by tier and day."""

    visits: float | None = None
    assessment: float | None = None
    entries: int = 0
    entries_wrong: int = 0
    due: int = 0
    late: int = 0
    evaluated: int = 0
    alerts: int = 0
    complaints: int = 0
    upheld: tuple[tuple[Tier, date], ...] = ()


@dataclass(frozen=True)
class Part:
    """One indicator of a grade: its share from 0 to 1 (None: nothing known), its weight, and in words what it rests on."""

    indicator: Indicator
    share: float | None
    weight: int
    words: str

    @property
    def missing(self) -> float:
        """How many points of weight the body could still gain here."""
        return 0.0 if self.share is None else (1 - self.share) * self.weight


@dataclass(frozen=True)
class Graded:
    """A grade with its reasons: points (None: not graded), parts, and the decision that caps it, if one does, with the day it no longer does."""

    grade: Grade
    points: float | None
    parts: tuple[Part, ...]
    capped_by: Tier | None = None
    capped_until: date | None = None


def parts_of(year: BodyYear, day: date) -> tuple[Part, ...]:
    """This function will give the parts a grade is made of, in the order of the list."""
    weights, at = WEIGHTS.on(day).value, NOUGHT_AT.on(day).value

    def rare(count: int) -> float | None:
        return max(0.0, 1 - count * 1000 / year.evaluated / at) if year.evaluated else None

    shares: dict[Indicator, tuple[float | None, str]] = {
        Indicator.VISITS: (None if year.visits is None else year.visits / 100, f"检查平均{year.visits}分"),
        Indicator.ASSESSMENT: (None if year.assessment is None else year.assessment / 100, f"年度考核{year.assessment}分"),
        Indicator.ENTRIES: (1 - year.entries_wrong / year.entries if year.entries else None, f"{year.entries}行中{year.entries_wrong}行有误"),
        Indicator.PUNCTUAL: (1 - year.late / year.due if year.due else None, f"应办{year.due}件，逾期{year.late}件"),
        Indicator.ALERTS: (rare(year.alerts), f"评价{year.evaluated}人，成立预警{year.alerts}件"),
        Indicator.COMPLAINTS: (rare(year.complaints), f"评价{year.evaluated}人，属实投诉{year.complaints}件"),
    }
    return tuple(
        Part(one, share, int(weights.get(one.value, 0)), words if share is not None else "没有数据") for one, (share, words) in shares.items()
    )


def graded(year: BodyYear, day: date) -> Graded:
    """This function will compute a body's grade on `day`: points of the known parts, then the caps of what was decided against it."""
    parts = parts_of(year, day)
    known, whole = sum(one.weight for one in parts if one.share is not None), sum(one.weight for one in parts)
    cap, tier, until = _cap(year.upheld, day)
    if not known or known * 100 < whole * LEAST_KNOWN.on(day).value:
        grade = cap if cap in {Grade.C, Grade.D} else Grade.NONE
        return Graded(grade, None, parts, tier if grade is cap else None, until if grade is cap else None)
    points = round(sum((one.share or 0.0) * one.weight for one in parts) / known * 100, 1)
    earned = grade_at(points, day)
    if cap is not None and list(Grade).index(cap) > list(Grade).index(earned):
        return Graded(cap, points, parts, tier, until)
    return Graded(earned, points, parts)


def grade_at(points: float, day: date) -> Grade:
    """This function will give the grade that points alone come to."""
    lines = ((Grade.A, A_FROM), (Grade.B, B_FROM), (Grade.C, C_FROM))
    return next((grade for grade, least in lines if points >= least.on(day).value), Grade.D)


def _cap(upheld: Sequence[tuple[Tier, date]], day: date) -> tuple[Grade | None, Tier | None, date | None]:
    """Give the lowest cap in force, by which tier, and from which day it is over."""
    months, caps, order = CAPPED_MONTHS.on(day).value, CAPS.on(day).value, list(Grade)
    found = [
        (Grade(caps[tier.value]), tier, add_months(decided, months))
        for tier, decided in upheld
        if caps.get(tier.value) in set(order) and decided <= day < add_months(decided, months)
    ]
    return max(found, key=lambda one: (order.index(one[0]), one[2])) if found else (None, None, None)


def way_up(found: Graded, day: date) -> tuple[str, ...]:
    """This function will say what would bring a better grade: when a cap is over, how many points are missing, and where they can be had."""
    told = []
    if found.capped_until is not None and found.capped_by is not None:
        told.append(f"{found.capped_by.label}的处理决定自{found.capped_until}起不再限制等级")
    if found.points is None:
        lacking = "、".join(one.indicator.label for one in found.parts if one.share is None)
        return (*told, f"补齐{lacking}后可以定级")
    earned = grade_at(found.points, day)
    better = {Grade.B: (Grade.A, A_FROM), Grade.C: (Grade.B, B_FROM), Grade.D: (Grade.C, C_FROM)}.get(earned)
    if better is not None:
        told.append(f"再得{round(better[1].on(day).value - found.points, 1)}分可以评为{better[0].label}")
        gains = sorted((one for one in found.parts if one.missing > 0), key=lambda one: -one.missing)
        told += [f"{one.indicator.label}还可以提高（{one.words}，权重{one.weight}）" for one in gains]
    return tuple(told)


@rule("机构等级在有效期内")
def grade_is_in_force(graded_on: date | None, day: date) -> Finding:
    """Whether a grade set on a day still counts; without one a body is treated as not graded."""
    lasts = LASTS_MONTHS.on(graded_on or day)
    if graded_on is None:
        return unmet(f"没有定级，按{UNGRADED}管理", LAW)
    until = add_months(graded_on, lasts.value)
    if day >= until:
        return unmet(f"等级于{until}失效，按{UNGRADED}管理，应重新定级", lasts.clause)
    return met(f"等级至{until}前有效", lasts.clause)


@rule("等级依指标计算，调整的写明理由")
def grade_follows_indicators(computed: Graded, given: Grade, reason: str, day: date) -> Finding:
    """Whether a grade is the computed one, or somebody says why it is not; nobody is graded better than a decision against them allows."""
    order = list(Grade)
    if given is computed.grade:
        return met(f"依指标定为{given.label}" + (f"（{computed.points}分）" if computed.points is not None else ""), OURS)
    if computed.capped_by is not None and order.index(given) < order.index(computed.grade):
        return unmet(f"因{computed.capped_by.label}的处理决定，{computed.capped_until}以前最高为{computed.grade.label}", OURS)
    if not reason.strip():
        return unproven(f"计算结果为{computed.grade.label}，定为{given.label}没有写明理由", OURS, ask_for="调整等级的理由")
    return met(f"由{computed.grade.label}调整为{given.label}，理由已写明", OURS)


@rule("在等级异议期限内")
def grade_contested_in_time(published_on: date, day: date, calendar: Calendar) -> Finding:
    """Whether a body may still object to its grade."""
    within = CONTEST_WITHIN.on(published_on)
    last = calendar.add_working_days(published_on, within.value)
    return unmet(f"异议期到{last}为止，已经过期", within.clause) if day > last else met(f"异议期到{last}为止", within.clause)
