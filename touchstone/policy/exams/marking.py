"""考评评分规则: what must a scoring sheet add up to, which marks may be given, and which of several assessors' marks count?

That a practical exam has at least three assessors, an odd number, is the standard's; how far their marks may lie apart, who then decides and how is
not written anywhere: ours, dated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, Outcome, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.exams.parts import FULL_MARK, Part, plain_mark
from touchstone.policy.exams.staffing import enough_assessors

_SINCE = date(2018, 1, 1)
_RECORD = notice("三(二)4")
_APART = our_default("考评人员评分分歧")

ASSESSORS_APART = Dated(
    "考评人员总分最多相差多少分，超过的由考评组复评", Value(_SINCE, 10, _APART), key="exams.assessors_apart", unit="分", changeable=True
)
TENTH = Decimal("0.1")


@rule("评分表各评分点合计为满分")
def sheet_adds_up(points: Sequence[Decimal], day: date) -> Finding:
    """Whether the full points of a scoring sheet are each above nought, in tenths at the finest, and sum to the full mark."""
    full = FULL_MARK.on(day)
    if not points:
        return unproven("评分表还没有评分点", full.clause, ask_for="评分点及其分值")
    if any(one <= 0 or one != one.quantize(TENTH) for one in points):
        return unmet("每个评分点的分值应大于0，最多一位小数", full.clause)
    total = sum(points, Decimal(0))
    if total != full.value:
        return unmet(f"{len(points)}个评分点合计{plain_mark(total)}分，应为{full.value}分", full.clause)
    return met(f"{len(points)}个评分点合计{full.value}分", full.clause)


@rule("评分点的给分不超过该点分值")
def mark_fits_point(words: str, mark: Decimal, full: Decimal) -> Finding:
    """Whether what an assessor gives for one scoring point lies between nought and its full points, in tenths at the finest."""
    if not mark.is_finite() or not 0 <= mark <= full:
        return unmet(f"“{words}”给{mark}分，应在0至{plain_mark(full)}分之间", _RECORD)
    if mark != mark.quantize(TENTH):
        return unmet(f"“{words}”给{mark}分，最多一位小数", _RECORD)
    return met(f"“{words}”{plain_mark(mark)}分", _RECORD)


@rule("每个评分点都已给分")
def every_point_marked(points: int, marked: int) -> Finding:
    """Whether no scoring point is left open when an assessor hands in."""
    if marked < points:
        return unmet(f"{points}个评分点中还有{points - marked}个没有给分", _RECORD)
    return met(f"{points}个评分点都已给分", _RECORD)


@rule("提交后改分写明理由")
def change_has_reason(handed_in: bool, reason: str) -> Finding:
    """Whether a mark changed after it was handed in says why; before that, nothing need be said."""
    if handed_in and not reason.strip():
        return unmet("评分已经提交，修改须写明理由", _RECORD)
    return met("写明了理由" if handed_in else "尚未提交，可以修改", _RECORD)


@rule("考评人员的总分相近")
def assessors_agree(totals: Sequence[Decimal], day: date) -> Finding:
    """Whether the totals of one candidate's assessors lie near enough to each other."""
    most = ASSESSORS_APART.on(day)
    if not totals:
        return unproven("还没有考评人员提交评分", most.clause, ask_for="考评人员评分")
    apart = max(totals) - min(totals)
    if apart > most.value:
        return unmet(f"最高{plain_mark(max(totals))}分与最低{plain_mark(min(totals))}分相差{plain_mark(apart)}分，超过{most.value}分", most.clause)
    return met(f"相差{plain_mark(apart)}分，不超过{most.value}分", most.clause)


@dataclass(frozen=True)
class Given:
    """The total an assessor handed in for a candidate; None while it is not handed in. `leads`: heads the panel."""

    assessor: str
    total: Decimal | None
    leads: bool = False


@dataclass(frozen=True)
class PanelScore:
    """What the assessors' marks of one candidate come to: the score, whose marks count, who is asked to review, and the findings."""

    findings: tuple[Finding, ...]
    score: Decimal | None = None
    counted: tuple[str, ...] = ()
    reviewer: str = ""

    @property
    def all_in(self) -> bool:
        """Whether every assessor has handed in."""
        return self.findings[0].outcome is Outcome.MET


def mean(totals: Sequence[Decimal]) -> Decimal:
    """This function will give the mean of totals, rounded to one decimal, a half upwards."""
    return (sum(totals, Decimal(0)) / len(totals)).quantize(TENTH, ROUND_HALF_UP)


def reviewer_of(given: Sequence[Given]) -> str:
    """This function will say who reviews where the marks lie too far apart: the head of the panel; where the head's own total lies farthest from the
    middle one, the assessor whose total is the middle one."""
    ordered = sorted(given, key=lambda one: (one.total or Decimal(0), one.assessor))
    middle = ordered[len(ordered) // 2]
    far = max(abs((one.total or Decimal(0)) - (middle.total or Decimal(0))) for one in given)
    head = next((one for one in given if one.leads), middle)
    return middle.assessor if abs((head.total or Decimal(0)) - (middle.total or Decimal(0))) == far and far > 0 else head.assessor


@rule("考评人员的评分已全部提交，分歧已复评")
def panel_settles(in_hand: int, sent: int, apart: bool, reviewed: bool, score: Decimal | None) -> Finding:
    """Whether the marks of one candidate have come to a score: all are in, and what lay too far apart was reviewed."""
    if in_hand < sent:
        return unproven(f"{sent}名考评人员中{in_hand}名已提交评分", _RECORD, ask_for="其余考评人员的评分")
    if apart and not reviewed:
        return unmet("评分相差过大，等待复评", _APART)
    return met(f"评分为{score}分", _RECORD)


def panel_score(
    part: Part, given: Sequence[Given], review: Decimal | None, day: date, least: int | None = None, reserve: str = ""
) -> PanelScore:
    """This function will say what the marks of one candidate come to.

    Fewer than laid down, or an even number: nothing. All agree: the mean of all counts. They lie too far apart: a review is asked for, of the
    `reserve` where one was drawn, and then its total and every total within the limit of it count.
    """
    totals = [one.total for one in given if one.total is not None]
    if len(totals) < len(given) or not given:
        return PanelScore((panel_settles(len(totals), max(len(given), 1), False, False, None),))
    people = enough_assessors(part, len(given), day, least)
    agree = assessors_agree(totals, day)
    if people.outcome is not Outcome.MET:
        return PanelScore((met(f"{len(given)}名考评人员都已提交评分", _RECORD), people, agree))
    if agree.outcome is Outcome.MET:
        score = mean(totals)
        findings = (panel_settles(len(totals), len(given), False, False, score), people, agree)
        return PanelScore(findings, score, tuple(one.assessor for one in given))
    reviewer = reserve or reviewer_of(given)
    if review is None:
        waits = met(f"{len(given)}名考评人员都已提交评分", _RECORD)
        return PanelScore((waits, people, agree, panel_settles(len(totals), len(given), True, False, None)), reviewer=reviewer)
    most = ASSESSORS_APART.on(day).value
    near = [one for one in given if one.total is not None and abs(one.total - review) <= most and one.assessor != reviewer]
    score = mean([review, *(one.total for one in near if one.total is not None)])
    findings = (panel_settles(len(totals), len(given), True, True, score), people, agree)
    return PanelScore(findings, score, (reviewer, *(one.assessor for one in near)), reviewer)
