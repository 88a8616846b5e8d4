"""技术评估: what do two assessors' scores come to, and does the applicant pass?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, Outcome, met, rule, unmet, unproven, weakest
from touchstone.policy.documents import our_default
from touchstone.policy.filing.sheet_items import ENTERPRISE_ITEMS, Item
from touchstone.policy.filing.sheet_items_school import SCHOOL_ITEMS
from touchstone.policy.filing.sheet_items_social import SOCIAL_ITEMS
from touchstone.policy.roles import BodyKind

_SINCE = date(2024, 5, 1)
_TOPIC = our_default("技术评估评分表")
_TENTH = Decimal("0.1")

Scores = Mapping[str, Decimal]


@dataclass(frozen=True)
class Sheet:
    """A version of the score sheet."""

    key: str
    title: str
    items: tuple[Item, ...]

    def item(self, key: str) -> Item:
        """This method will give the item named `key`. :raises KeyError: when the sheet has none."""
        return {item.key: item for item in self.items}[key]

    def sections(self) -> tuple[tuple[str, tuple[Item, ...]], ...]:
        """This method will give the items by section, in order."""
        names = dict.fromkeys(item.section for item in self.items)
        return tuple((name, tuple(item for item in self.items if item.section == name)) for name in names)


ENTERPRISE_SHEET = Dated(
    "企业职业技能等级评价机构技术评估评分表",
    Value(_SINCE, Sheet("enterprise-2024", "企业职业技能等级评价机构技术评估评分表", ENTERPRISE_ITEMS), _TOPIC),
    key="filing.assessment_sheet",
)
SOCIAL_SHEET = Dated(
    "社会培训评价组织技术评估评分表",
    Value(_SINCE, Sheet("social-2024", "社会培训评价组织技术评估评分表", SOCIAL_ITEMS), _TOPIC),
    key="filing.assessment_sheet_social",
)
SCHOOL_SHEET = Dated(
    "院校职业技能等级评价机构技术评估评分表",
    Value(_SINCE, Sheet("school-2024", "院校职业技能等级评价机构技术评估评分表", SCHOOL_ITEMS), _TOPIC),
    key="filing.assessment_sheet_school",
)
SHEETS: Mapping[BodyKind, Dated[Sheet]] = {
    BodyKind.ENTERPRISE: ENTERPRISE_SHEET,
    BodyKind.SOCIAL: SOCIAL_SHEET,
    BodyKind.SCHOOL: SCHOOL_SHEET,
}
"""The sheet each kind of body is judged by."""
PASS_LINE = Dated("技术评估合格线", Value(_SINCE, 80, _TOPIC), key="filing.assessment_pass_line", unit="分", changeable=True)
ASSESSORS = Dated("技术评估人数", Value(_SINCE, 2, _TOPIC), key="filing.assessment_assessors", unit="人", changeable=True)
LARGEST_DIFFERENCE = Dated("两名评估员总分的最大差距", Value(_SINCE, 10, _TOPIC), key="filing.assessment_difference", unit="分", changeable=True)


@dataclass(frozen=True)
class Assessment:
    """What the sheets come to: each assessor's total, their mean, the mean score per item, and the findings."""

    totals: tuple[Decimal, ...]
    total: Decimal
    by_item: Mapping[str, Decimal]
    findings: tuple[Finding, ...]

    @property
    def outcome(self) -> Outcome:
        return weakest(self.findings)

    @property
    def passed(self) -> bool:
        return self.outcome == Outcome.MET


def sheet_for(kind: BodyKind, day: date) -> Sheet:
    """This function will give the sheet a body of this kind is judged by on `day`."""
    return SHEETS[kind].on(day).value


def total_of(sheet: Sheet, scores: Scores) -> Decimal:
    """This function will add up one sheet of scores; an item without a score counts as nought."""
    points = sum((item.points(scores.get(item.key, Decimal(0))) for item in sheet.items), Decimal(0))
    return points.quantize(_TENTH, ROUND_HALF_UP)


@rule("评估人数足够")
def assessed_by_enough(sheets: tuple[Scores, ...], day: date) -> Finding:
    """Whether as many assessors as laid down have scored, each on a sheet of their own."""
    needed = ASSESSORS.on(day)
    if len(sheets) < needed.value:
        return unproven(f"已有{len(sheets)}份评分表，应有{needed.value}份", needed.clause, ask_for="其余评估员的评分表")
    return met(f"{len(sheets)}名评估员分别评分", needed.clause)


@rule("每个项目都已评分且分数有效")
def every_item_scored(sheet: Sheet, sheets: tuple[Scores, ...], day: date) -> Finding:
    """Whether every item of each sheet has a score from nought to its full mark."""
    clause = ENTERPRISE_SHEET.on(day).clause
    empty = [item.title for item in sheet.items if any(item.key not in scores for scores in sheets)]
    if empty:
        return unproven(f"{len(empty)}个项目尚未评分：{'、'.join(empty[:3])}{'等' if len(empty) > 3 else ''}", clause, ask_for="完整的评分表")
    wrong = [item.title for item in sheet.items if any(not 0 <= scores[item.key] <= item.full_mark for scores in sheets)]
    if wrong:
        return unmet(f"分数超出范围：{'、'.join(wrong)}", clause)
    return met(f"{len(sheet.items)}个项目均已评分", clause)


@rule("关键项目没有零分")
def no_key_item_at_nought(sheet: Sheet, sheets: tuple[Scores, ...], day: date) -> Finding:
    """Whether no assessor has given nought to a key item."""
    clause = ENTERPRISE_SHEET.on(day).clause
    nought = [item.title for item in sheet.items if item.is_key and any(scores.get(item.key) == 0 for scores in sheets)]
    if nought:
        return unmet(f"关键项目为零分：{'、'.join(nought)}", clause)
    return met("关键项目均有得分", clause)


@rule("评估员的总分差距在限度之内")
def assessors_agree(totals: tuple[Decimal, ...], day: date) -> Finding:
    """Whether the assessors' totals lie close enough together; otherwise they must score again together."""
    limit = LARGEST_DIFFERENCE.on(day)
    if len(totals) < 2:
        return unproven("只有一份评分表，无法比较", limit.clause, ask_for="其余评估员的评分表")
    gap = max(totals) - min(totals)
    if gap > limit.value:
        return unproven(f"总分相差{gap}分，超过{limit.value}分", limit.clause, ask_for="评估员会商后重新评分")
    return met(f"总分相差{gap}分", limit.clause)


@rule("总分达到合格线")
def total_reaches_pass_line(total: Decimal, complete: bool, day: date) -> Finding:
    """Whether the mean of the totals reaches the pass line; open until all sheets are complete."""
    line = PASS_LINE.on(day)
    if not complete:
        return unproven("评分尚未完成，不能计算得分", line.clause, ask_for="完整的评分表")
    if total < line.value:
        return unmet(f"评估得分{total}分，低于合格线{line.value}分", line.clause)
    return met(f"评估得分{total}分，达到合格线{line.value}分", line.clause)


def assess(sheet: Sheet, sheets: tuple[Scores, ...], day: date) -> Assessment:
    """This function will judge the assessors' sheets (item key → score); the applicant's own scores play no part."""
    totals = tuple(total_of(sheet, scores) for scores in sheets)
    count = max(len(sheets), 1)
    total = (sum(totals, Decimal(0)) / count).quantize(_TENTH, ROUND_HALF_UP)
    by_item = {
        item.key: (sum((s.get(item.key, Decimal(0)) for s in sheets), Decimal(0)) / count).quantize(_TENTH, ROUND_HALF_UP) for item in sheet.items
    }
    enough, scored = assessed_by_enough(sheets, day), every_item_scored(sheet, sheets, day)
    complete = Outcome.UNPROVEN not in {enough.outcome, scored.outcome}
    findings = (
        enough,
        scored,
        no_key_item_at_nought(sheet, sheets, day),
        assessors_agree(totals, day),
        total_reaches_pass_line(total, complete, day),
    )
    return Assessment(totals, total, by_item, findings)
