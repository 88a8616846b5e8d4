"""一考双证: which elements of an enterprise's own standard does the one exam serve, and does a candidate meet that standard as well?

`通知 三(二)5`: 支持有条件企业探索开展“一考双证”，推动国家标准和企业标准互融互通. The day is the day of the exam. What the notice leaves open is ours.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, Outcome, met, rule, unmet, unproven, weakest
from touchstone.policy.documents import notice, our_default
from touchstone.policy.exams.parts import FULL_MARK, Part
from touchstone.policy.exams.results import Score

TWO_STANDARDS = notice("三(二)5")
_SINCE = date(2024, 5, 1)

OWN_SHARE = Dated(
    "企业标准中只为企业标准另行考核的要素所占权重的上限",
    Value(_SINCE, 40, our_default("一考双证的企业要素")),
    key="exams.dual.own_share",
    unit="%",
    changeable=True,
)
LEAST_PASS_MARK = Dated(
    "企业标准要素合格分的下限",
    Value(_SINCE, 60, our_default("一考双证的合格分")),
    key="exams.dual.least_pass_mark",
    unit="分",
    changeable=True,
)
"""As in the national exam: whoever meets the enterprise's standard is then never below the national one. The office may let it be lower."""
EXAMINED_WITH = Dated(
    "企业标准另行考核的要素随哪一科考核",
    Value(_SINCE, Part.PRACTICAL, our_default("一考双证的企业要素")),
    key="exams.dual.examined_with",
)


@dataclass(frozen=True)
class Element:
    """An element of an enterprise's standard: the part of the national exam whose mark it takes, None where it is examined for itself in the same
    sitting; its weight in percent, its own pass mark, and the element of the national standard it answers to."""

    name: str
    takes: Part | None
    weight: int
    pass_mark: int
    national: str = ""


@dataclass(frozen=True)
class SecondResult:
    """What a candidate's marks come to by the enterprise's standard: a finding per element, the whole, and the weighted mark where all are in."""

    findings: tuple[Finding, ...]
    outcome: Outcome
    total: Decimal | None

    @property
    def passed(self) -> bool | None:
        """True or False; None while a mark is missing."""
        return {Outcome.MET: True, Outcome.UNMET: False, Outcome.UNPROVEN: None}[self.outcome]

    @property
    def is_open(self) -> bool:
        """Whether a mark is still missing, though another may have failed already."""
        return any(one.outcome is Outcome.UNPROVEN for one in self.findings)


@rule("企业标准的要素齐全、权重合计为100%")
def elements_make_a_whole(elements: Sequence[Element], day: date) -> Finding:
    """Whether an enterprise's standard has elements with names of their own, weights that sum to a hundred, and pass marks that are high enough."""
    if not elements:
        return unmet("没有写明企业标准的要素", TWO_STANDARDS)
    names = [one.name.strip() for one in elements]
    if not all(names) or len(set(names)) < len(names):
        return unmet("有要素没有名称或者重名", TWO_STANDARDS)
    whole = sum(one.weight for one in elements)
    if whole != 100 or any(one.weight <= 0 for one in elements):
        return unmet(f"各要素权重合计{whole}%，应为100%且每项大于0", TWO_STANDARDS)
    least, full = LEAST_PASS_MARK.on(day), FULL_MARK.on(day)
    wrong = [one.name for one in elements if not least.value <= one.pass_mark <= full.value]
    if wrong:
        return unmet(f"“{'”“'.join(wrong)}”的合格分不在{least.value}至{full.value}分之间", least.clause)
    return met(f"{len(elements)}个要素，权重合计100%", TWO_STANDARDS)


@rule("企业标准与国家标准互融互通")
def standards_meet(elements: Sequence[Element], parts: Collection[Part], day: date) -> Finding:
    """Whether every part of the national exam serves an element, each such element names the national one, and few are examined for themselves."""
    foreign = [one.name for one in elements if one.takes is not None and one.takes not in parts]
    if foreign:
        return unmet(f"“{'”“'.join(foreign)}”对应的科目本等级不考", TWO_STANDARDS)
    lacking = [part.label for part in parts if all(one.takes is not part for one in elements)]
    if lacking:
        return unmet(f"{'、'.join(lacking)}没有对应企业标准的任何要素", TWO_STANDARDS)
    lone = [one.name for one in elements if one.takes is not None and not one.national.strip()]
    if lone:
        return unmet(f"“{'”“'.join(lone)}”没有写明对应的国家标准要素", TWO_STANDARDS)
    most, own = OWN_SHARE.on(day), sum(one.weight for one in elements if one.takes is None)
    if own > most.value:
        return unmet(f"另行考核的要素占{own}%，超过{most.value}%", most.clause)
    return met(f"各科成绩都用于企业标准，另行考核的要素占{own}%", most.clause)


@rule("企业标准有对应本等级的企业等级")
def grade_answers_level(grades: Mapping[int, str], level: int, day: date) -> Finding:
    """Whether the enterprise's standard says which of its grades answers to a national level."""
    grade = grades.get(level, "").strip()
    if not grade:
        return unmet("企业标准没有与本等级对应的企业等级", TWO_STANDARDS)
    return met(f"对应企业等级“{grade}”", TWO_STANDARDS)


@rule("企业标准在考试之日有效")
def standard_in_force(since: date, until: date | None, day: date) -> Finding:
    """Whether the enterprise's standard is in force on the day of the exam; `until` is the day after its last."""
    if day < since:
        return unmet(f"企业标准自{since}起施行", TWO_STANDARDS)
    if until is not None and until <= day:
        return unmet(f"企业标准已于{until}停用", TWO_STANDARDS)
    return met("企业标准在考试之日有效", TWO_STANDARDS)


@rule("企业标准的要素合格")
def element_passed(element: Element, score: Score, day: date) -> Finding:
    """Whether one element reaches its own pass mark; absence or a voided part fails it, a missing mark leaves it open."""
    if score.voided_by:
        return unmet(f"{element.name}成绩因违纪违规处理（{score.voided_by}）无效", notice("三(四)2"))
    if score.absent:
        return unmet(f"{element.name}缺考", TWO_STANDARDS)
    if score.mark is None:
        return unproven(f"{element.name}成绩尚未录入", TWO_STANDARDS, ask_for=f"{element.name}成绩")
    if score.mark < element.pass_mark:
        return unmet(f"{element.name}{score.mark}分，低于企业标准的{element.pass_mark}分", TWO_STANDARDS)
    return met(f"{element.name}{score.mark}分", TWO_STANDARDS)


def second_result(elements: Sequence[Element], scores: Mapping[Part, Score], own: Mapping[str, Decimal], day: date) -> SecondResult:
    """This function will judge one candidate's marks by an enterprise's standard: `scores` of the one exam, `own` of what was examined for it."""
    taken = [(one, score_for(one, scores, own, day)) for one in elements]
    findings = tuple(element_passed(one, score, day) for one, score in taken)
    marks = [score.mark * one.weight for one, score in taken if score.mark is not None and not score.voided_by]
    total = (sum(marks, Decimal(0)) / 100).quantize(Decimal("0.1")) if len(marks) == len(taken) else None
    return SecondResult(findings, weakest(findings), total)


def score_for(element: Element, scores: Mapping[Part, Score], own: Mapping[str, Decimal], day: date) -> Score:
    """This function will give the mark an element takes; one examined for itself is missed, or voided, with the part it is examined with."""
    part = element.takes or EXAMINED_WITH.on(day).value
    score = scores.get(part, Score())
    if element.takes is not None or score.absent or score.voided_by:
        return score
    return Score(mark=own.get(element.name))
