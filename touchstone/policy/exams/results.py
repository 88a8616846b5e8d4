"""成绩: does each part reach the pass mark, and is the evaluation passed?

The day is the day of the exam. Every part must pass; parts are never averaged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from touchstone.kernel.periods import add_years
from touchstone.kernel.rules import Finding, Outcome, met, rule, unmet, unproven, weakest
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.courses import Credit, mark_with_credit
from touchstone.policy.exams.parts import FULL_MARK, PASS_MARK, SCORE_KEPT_YEARS, Part, parts_of


@dataclass(frozen=True)
class Score:
    """The score of one part: a mark, or absent, or (both empty) not in yet; `kept_from` for one kept from earlier; `voided_by` a case.

    `credit` is what course units give to it (课证融通): `mark` has it in, `sat` is what was scored in the exam itself.
    """

    mark: Decimal | None = None
    absent: bool = False
    kept_from: date | None = None
    voided_by: str = ""
    credit: Credit | None = None
    sat: Decimal | None = None

    @property
    def is_sat(self) -> bool:
        """Whether anything of this part is sat in the exam: nothing kept from earlier, nor wholly exempt."""
        return self.kept_from is None and not (self.credit is not None and self.credit.is_whole)

    @property
    def in_the_exam(self) -> Decimal | None:
        """What was scored in the exam itself, without what course units give."""
        return self.sat if self.credit is not None and not self.credit.is_whole else self.mark


@dataclass(frozen=True)
class ExamResult:
    """What the scores come to: one finding per part, and the whole."""

    level: Level
    findings: tuple[Finding, ...]
    outcome: Outcome

    @property
    def passed(self) -> bool | None:
        """True or False; None while a score is missing."""
        return {Outcome.MET: True, Outcome.UNMET: False, Outcome.UNPROVEN: None}[self.outcome]

    @property
    def label(self) -> str:
        return {Outcome.MET: "合格", Outcome.UNMET: "不合格", Outcome.UNPROVEN: "成绩未齐"}[self.outcome]


@rule("分数在0至满分之间")
def mark_is_possible(mark: Decimal, day: date) -> Finding:
    """Whether a mark lies between nought and the full mark, with at most one decimal place."""
    full = FULL_MARK.on(day)
    if not mark.is_finite() or not 0 <= mark <= full.value:
        return unmet(f"分数{mark}不在0至{full.value}之间", full.clause)
    if mark != mark.quantize(Decimal("0.1")):
        return unmet(f"分数{mark}多于一位小数", full.clause)
    return met(f"分数为{mark}", full.clause)


@rule("每科达到合格分")
def part_passed(part: Part, score: Score, day: date) -> Finding:
    """Whether one part reaches the pass mark; absence fails it, a missing score leaves it open."""
    needed = PASS_MARK.on(day)
    if score.voided_by:
        return unmet(f"{part.label}成绩因违纪违规处理（{score.voided_by}）无效", notice("三(四)2"))
    if score.absent:
        return unmet(f"{part.label}缺考", needed.clause)
    if score.mark is None:
        return unproven(f"{part.label}成绩尚未录入", needed.clause, ask_for=f"{part.label}成绩")
    told = f"{part.label}{score.mark}分{_by_courses(score)}"
    if score.mark < needed.value:
        return unmet(f"{told}，低于{needed.value}分", needed.clause)
    return met(told, needed.clause)


def _by_courses(score: Score) -> str:
    if score.credit is None:
        return ""
    if score.credit.is_whole:
        return "（全部要素以课程成绩免考）"
    return f"（考试{score.sat}分，{score.credit.share}%的要素以课程成绩免考）"


def with_credit(score: Score, credit: Credit | None) -> Score:
    """This function will give a score with what course units give to it; who was absent, or has nothing yet, gets nothing by it."""
    if credit is None:
        return score
    if score.absent and not credit.is_whole:
        return replace(score, credit=credit)
    return replace(score, mark=mark_with_credit(score.mark, credit), sat=score.mark, credit=credit)


@rule("保留的单科成绩仍在有效期内")
def kept_score_still_valid(score: Score, day: date) -> Finding:
    """Whether a score kept from an earlier exam may still be used on `day`."""
    years = SCORE_KEPT_YEARS.on(day)
    if score.kept_from is None:
        return met("为本次考试成绩", years.clause)
    last = add_years(score.kept_from, years.value)
    if last <= day:
        return unmet(f"{score.kept_from}的成绩保留{years.value}年，已于{last}失效", years.clause)
    return met(f"{score.kept_from}的成绩保留至{last}前", years.clause)


def result(scores: Mapping[Part, Score], level: Level, day: date) -> ExamResult:
    """This function will judge the scores of one candidate; a part without an entry counts as not in yet."""
    findings: list[Finding] = []
    for part in parts_of(level, day):
        score = scores.get(part, Score())
        findings.append(part_passed(part, score, day))
        if score.kept_from is not None:
            findings.append(kept_score_still_valid(score, day))
    return ExamResult(level, tuple(findings), weakest(findings))
