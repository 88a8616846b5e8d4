"""登分与抽查复核: how many people key a score by hand, who looks at it again, how many are drawn, and when is the whole batch looked at?

The notice asks that an evaluation be on record whole and be supervised by the body itself (三(二)4, 三(三)1); how scores are keyed and checked it
leaves open. The day of every rule here is the day of the exam.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.exams.parts import plain_mark

_SINCE = date(2018, 1, 1)
_RECORD = notice("三(二)4")
KEYING, REVIEW = our_default("成绩手工录入"), our_default("成绩抽查复核")

KEYED_BY = Dated("手工录入成绩由几人各自独立录入", Value(_SINCE, 2, KEYING), key="exams.keyed_by", unit="人", changeable=True)
REVIEW_SHARE = Dated("成绩公示前每科抽查复核的比例", Value(_SINCE, 10, REVIEW), key="exams.review_share", unit="%", changeable=True)
REVIEW_LEAST = Dated("成绩公示前每科至少抽查复核的份数", Value(_SINCE, 3, REVIEW), key="exams.review_least", unit="份", changeable=True)
REVIEW_ERRORS = Dated(
    "抽查复核查实的差错超过所查份数多少时整批复核", Value(_SINCE, 2, REVIEW), key="exams.review_errors", unit="%", changeable=True
)


def rows_to_draw(rows: int, day: date) -> int:
    """This function will say how many of a part's scores are drawn for review: the share, rounded up, at least the least, at most all."""
    share = -(-rows * REVIEW_SHARE.on(day).value // 100)
    return min(rows, max(share, REVIEW_LEAST.on(day).value))


@rule("手工录入的人数足够")
def keyed_by_enough(clerks: int, day: date) -> Finding:
    """Whether a score typed by hand was typed by as many people, each alone, as are asked for; a score taken from a workbook or a script is not."""
    needed = KEYED_BY.on(day)
    if clerks < needed.value:
        return unmet(f"手工录入须由{needed.value}人各自独立录入", needed.clause)
    return met(f"由{clerks}人录入，不少于{needed.value}人", needed.clause)


@rule("两次录入一致")
def keyings_agree(first: Decimal | None, second: Decimal | None) -> Finding:
    """Whether two who typed the same score apart from each other typed the same."""
    if first is None or second is None:
        return unproven("还没有两人都录入", KEYING, ask_for="另一人的录入")
    if first != second:
        return unmet(f"两次录入为{plain_mark(first)}分和{plain_mark(second)}分，须第三次核对原始记录", KEYING)
    return met(f"两次录入均为{plain_mark(first)}分", KEYING)


@rule("复核人不是录入人")
def reviewer_is_another(reviewer: int | None, entered_by: Collection[int]) -> Finding:
    """Whether somebody else than those who entered a score looks at it again."""
    if reviewer in entered_by:
        return unmet("您录入过这项成绩，不能由您复核", REVIEW)
    return met("复核人没有录入过这项成绩", REVIEW)


@rule("抽查的份数足够")
def enough_drawn(rows: int, drawn: int, day: date) -> Finding:
    """Whether as many scores of a part were drawn as the share and the least ask for."""
    share, needed = REVIEW_SHARE.on(day), rows_to_draw(rows, day)
    if drawn < needed:
        return unmet(f"{rows}份应抽{needed}份，只抽了{drawn}份", share.clause)
    return met(f"{rows}份抽{drawn}份，不少于{needed}份", share.clause)


@rule("查实的差错没有超过限度")
def errors_within_limit(errors: int, rows: int, day: date) -> Finding:
    """Whether the errors found among the scores that were looked at again are few enough; otherwise the whole batch is looked at."""
    most = REVIEW_ERRORS.on(day)
    if errors * 100 > rows * most.value:
        return unmet(f"复核{rows}份，差错{errors}份，超过{most.value}%，整批复核", most.clause)
    return met(f"复核{rows}份，差错{errors}份，不超过{most.value}%", most.clause)


@rule("成绩已锁定并复核完毕")
def may_be_announced(locked: bool, rows: int | None, waiting: int, unsettled: int) -> Finding:
    """Whether scores may go before the public: locked, drawn from (`rows` None: not yet), every drawn one looked at, every difference settled."""
    if not locked:
        return unmet("成绩还没有核定并锁定", _RECORD)
    if rows is None:
        return unmet("还没有抽取复核样本", REVIEW)
    if waiting:
        return unmet(f"抽查的{rows}份成绩中还有{waiting}份没有复核", REVIEW)
    if unsettled:
        return unmet(f"复核发现的{unsettled}处不一致还没有核实", REVIEW)
    return met(f"成绩已锁定，{rows}份复核完毕", REVIEW)
