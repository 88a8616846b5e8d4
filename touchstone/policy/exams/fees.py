"""考试费: when is what a candidate paid given back, and must it be settled before the roster stands?

No document of the city says so; the default follows what registration notices usually announce.
"""

from collections.abc import Collection
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default

REFUND_AFTER_CLOSING_DAYS = Dated(
    "报名截止后退出仍可退费的天数",
    Value(date(2018, 1, 1), 0, our_default("考试费退还")),
    key="exams.refund_after_closing_days",
    unit="天",
    changeable=True,
)


@rule("考试费可以退还")
def refundable(left_on: date, closes_on: date, not_by_choice: bool, day: date) -> Finding:
    """Whether the fee goes back: always when the evaluation does not take place or the person was not admitted, else for who left in time."""
    days = REFUND_AFTER_CLOSING_DAYS.on(day)
    if not_by_choice:
        return met("计划取消或者资格未通过，考试费全额退还", days.clause)
    late = (left_on - closes_on).days
    if late > days.value:
        return unmet(f"报名于{closes_on}截止，{left_on}才退出，考试费不退", days.clause)
    return met("在规定时间内退出，考试费全额退还", days.clause)


@rule("应缴的考试费已缴或已免")
def fees_are_settled(unpaid: Collection[str], day: date) -> Finding:
    """Whether nobody who may sit the exam still owes the fee when the review is closed: paid, or waived by the body for a reason."""
    clause = REFUND_AFTER_CLOSING_DAYS.on(day).clause
    if unpaid:
        return unmet(f"还有{len(unpaid)}名符合条件的考生没有缴费", clause)
    return met("应缴的考试费都已缴或已免", clause)
