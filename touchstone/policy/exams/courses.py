"""课证融通免考: which elements of an exam need a student not sit, because the course units that teach them were passed, and what counts instead?

`通知 二(三)`: 实现课程教学与技能培训相互衔接、学历证书考试与技能证书考核有机融合. A pilot's map says which unit teaches which element, of which part
and with which weight. What the notice leaves open is ours. The day is the day of the exam.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import add_years
from touchstone.kernel.rules import Finding, Outcome, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.exams.parts import FULL_MARK, Part, plain_mark

COURSES = notice("二(三)")
_SINCE = date(2024, 5, 1)

UNIT_PASS_MARK = Dated(
    "课证融通免考所要的课程单元成绩",
    Value(_SINCE, 60, our_default("课证融通的单元成绩")),
    key="exams.courses.unit_pass_mark",
    unit="分",
    changeable=True,
)
RESULT_YEARS = Dated(
    "课程单元成绩可以用于免考的年限",
    Value(_SINCE, 3, our_default("课证融通的单元成绩")),
    key="exams.courses.result_years",
    unit="年",
    changeable=True,
)
MOST_OF_THEORY = Dated(
    "理论知识考试可以免考的要素所占权重的上限",
    Value(_SINCE, 100, our_default("课证融通的免考上限")),
    key="exams.courses.most_of_theory",
    unit="%",
    changeable=True,
)
MOST_OF_PRACTICAL = Dated(
    "技能考核可以免考的要素所占权重的上限",
    Value(_SINCE, 50, our_default("课证融通的免考上限")),
    key="exams.courses.most_of_practical",
    unit="%",
    changeable=True,
)
"""What a course has examined in writing need not be asked again; what somebody can do is always seen by assessors, at least by half."""
SHARE_OF_UNIT_MARK = Dated(
    "课程成绩折算为要素成绩的比例",
    Value(_SINCE, 100, our_default("课证融通的成绩折算")),
    key="exams.courses.share_of_unit_mark",
    unit="%",
    changeable=True,
)
LEAST_CONFIRMING = Dated(
    "登记和确认课程成绩的最少人数",
    Value(_SINCE, 2, our_default("课证融通的单元成绩")),
    key="exams.courses.least_confirming",
    unit="人",
    changeable=True,
)


@dataclass(frozen=True)
class Taught:
    """What a course unit teaches by the pilot's map: an element of the standard, of which part, with which weight in percent of that part."""

    unit: str
    element: str
    part: Part | None
    share: int


@dataclass(frozen=True)
class UnitResult:
    """What a student scored in a course unit, on which day, whether somebody else has confirmed it, and under which number it stands."""

    mark: Decimal
    passed_on: date
    confirmed: bool
    number: str = ""


@dataclass(frozen=True)
class Exempt:
    """An element that need not be sat: what counts for it, and what the rules found."""

    taught: Taught
    result: UnitResult
    counts: Decimal
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Credit:
    """What course units give to one part of somebody's exam: the weight of the exempt elements in percent, the marks that count for it, and which
    elements these are, in words."""

    share: int
    points: Decimal
    words: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the part is left to be sat."""
        return self.share >= 100


@rule("课程单元对应的科目和权重写明")
def units_are_weighed(taught: Sequence[Taught], day: date) -> Finding:
    """Whether each unit that exempts says part and weight, and the weights of a part sum to no more than a hundred."""
    half = [one.unit for one in taught if (one.part is None) != (one.share == 0)]
    if half:
        return unmet(f"“{'”“'.join(half)}”的科目和权重没有写全", COURSES)
    if any(not 0 <= one.share <= 100 for one in taught):
        return unmet("课程单元的权重不在1%至100%之间", COURSES)
    for part in Part:
        whole = sum(one.share for one in taught if one.part is part)
        if whole > 100:
            return unmet(f"{part.label}各单元权重合计{whole}%，超过100%", COURSES)
    weighed = sum(one.part is not None for one in taught)
    return met(f"{weighed}个课程单元写明了科目和权重", COURSES)


@rule("课程成绩在满分之内，考核日期不晚于登记日")
def unit_mark_is_possible(mark: Decimal, passed_on: date, day: date) -> Finding:
    """Whether the mark of a course unit lies between nought and the full mark, and was not given after `day`, on which it is entered."""
    full = FULL_MARK.on(day)
    if not mark.is_finite() or not 0 <= mark <= full.value or mark != mark.quantize(Decimal("0.1")):
        return unmet(f"课程成绩{mark}不是0至{full.value}之间最多一位小数的分数", full.clause)
    if passed_on > day:
        return unmet(f"考核日期{passed_on}晚于今天", COURSES)
    return met(f"课程成绩{mark}分，{passed_on}考核", COURSES)


@rule("课程成绩由登记人以外的人确认")
def confirmed_by_another(entered_by: int | None, confirmed_by: int | None, day: date) -> Finding:
    """Whether a course result is confirmed by somebody else than who entered it; `None` is the platform, which takes it from an exam."""
    least = LEAST_CONFIRMING.on(day)
    if confirmed_by is None or (least.value > 1 and confirmed_by == entered_by):
        return unmet("课程成绩须由登记人以外的人对照成绩单确认", least.clause)
    return met("由登记人以外的人确认", least.clause)


@rule("对应的课程单元合格，成绩已确认且未过期")
def unit_passed(taught: Taught, result: UnitResult | None, day: date) -> Finding:
    """Whether the unit that teaches an element was passed, confirmed, and not too long ago."""
    if result is None:
        return unproven(f"没有“{taught.unit}”的课程成绩", COURSES, ask_for="课程成绩")
    if not result.confirmed:
        return unproven(f"“{taught.unit}”的课程成绩还没有确认", COURSES, ask_for="课程成绩的确认")
    needed, years = UNIT_PASS_MARK.on(day), RESULT_YEARS.on(day)
    if result.mark < needed.value:
        return unmet(f"“{taught.unit}”{plain_mark(result.mark)}分，低于{needed.value}分", needed.clause)
    if result.passed_on >= day:
        return unmet(f"“{taught.unit}”的考核日期{result.passed_on}不早于考试日期", COURSES)
    if add_years(result.passed_on, years.value) <= day:
        return unmet(f"“{taught.unit}”的成绩已超过{years.value}年", years.clause)
    return met(f"“{taught.unit}”{plain_mark(result.mark)}分，{result.passed_on}考核", COURSES)


@rule("免考的要素不超过该科的上限，且至少有一科要考")
def element_may_be_exempt(taught: Taught, parts: Sequence[Part], exempt: Mapping[Part, int], day: date) -> Finding:
    """Whether an element may be exempt beside those that are (`exempt`: weight by part; 100 is a part not sat)."""
    part = taught.part
    if part is None or part not in parts:
        return unmet(f"“{taught.element}”没有对应本等级的考试科目，不能免考", COURSES)
    if part is Part.PANEL:
        return unmet("综合评审不能以课程成绩免考", our_default("课证融通的免考上限"))
    most, share = _most(part, day), exempt.get(part, 0) + taught.share
    if share > most.value:
        return unmet(f"“{taught.element}”占{taught.share}%，合计{share}%，超过{part.label}的上限{most.value}%，仍须考核", most.clause)
    if all((share if one is part else exempt.get(one, 0)) >= 100 for one in parts):
        return unmet(f"至少要考一科，“{taught.element}”仍须考核", our_default("课证融通的免考上限"))
    return met(f"{part.label}“{taught.element}”免考，占{taught.share}%", most.clause)


@rule("免考所依据的课程成绩仍然有效")
def result_still_stands(names: Sequence[str], day: date) -> Finding:
    """Whether no course result was taken back on which an exemption of the plan rests; `names` are those of whom one was."""
    if names:
        return unmet(f"{len(names)}名考生免考所依据的课程成绩已被更正或撤销（{'、'.join(names[:3])}）", COURSES)
    return met("免考所依据的课程成绩都有效", COURSES)


@rule("本场同时作为课程单元的考试")
def unit_examined_here(taught: Sequence[Taught], unit: str, parts: Sequence[Part], day: date) -> Finding:
    """Whether the pilot's map lets one sitting be the diploma exam of a course unit as well: the unit is on it, with a part that is examined."""
    own = next((one for one in taught if one.unit == unit), None)
    if own is None:
        return unmet(f"试点的课程单元中没有“{unit}”", COURSES)
    if own.part is None or own.part not in parts:
        return unmet(f"“{unit}”没有对应本等级的考试科目", COURSES)
    return met(f"{own.part.label}同时作为“{unit}”的学历课程考试", COURSES)


def exemptions(
    taught: Iterable[Taught], results: Mapping[str, UnitResult], parts: Sequence[Part], not_sat: Sequence[Part], day: date
) -> tuple[list[Exempt], list[Finding]]:
    """This function will give the elements a student need not sit, in the order of the map, and the sentence why not for every other one.

    `not_sat` are parts whose earlier score is kept anyhow: they are not asked about, and count as not sat.
    """
    exempt, why_not = dict.fromkeys(not_sat, 100), list[Finding]()
    found: list[Exempt] = []
    for one in taught:
        if one.part is None or one.part in not_sat:
            continue
        result = results.get(one.unit)
        passed = unit_passed(one, result, day)
        allowed = element_may_be_exempt(one, parts, exempt, day)
        wrong = next((each for each in (passed, allowed) if each.outcome is not Outcome.MET), None)
        if wrong is not None or result is None:
            why_not.append(wrong or passed)
            continue
        exempt[one.part] = exempt.get(one.part, 0) + one.share
        found.append(Exempt(one, result, counts_for(result.mark, day), (passed, allowed)))
    return found, why_not


def counts_for(mark: Decimal, day: date) -> Decimal:
    """This function will convert the mark of a course unit to what counts for its element on `day`."""
    return (mark * SHARE_OF_UNIT_MARK.on(day).value / 100).quantize(Decimal("0.1"))


def credit_of(rows: Iterable[tuple[int, Decimal]], words: str = "") -> Credit:
    """This function will sum up exempt elements of one part (weight in percent, what counts) to what they give to it."""
    listed = list(rows)
    return Credit(sum(share for share, _ in listed), sum((share * counts for share, counts in listed), Decimal(0)) / 100, words)


def mark_with_credit(sat: Decimal | None, credit: Credit) -> Decimal | None:
    """This function will give the mark of a part: what was sat counts for the elements that were to be sat, course marks for the others."""
    if credit.is_whole:
        return credit.points.quantize(Decimal("0.1"))
    return None if sat is None else (sat * (100 - credit.share) / 100 + credit.points).quantize(Decimal("0.1"))


def _most(part: Part, day: date) -> Value[int]:
    return (MOST_OF_THEORY if part is Part.THEORY else MOST_OF_PRACTICAL).on(day)
