"""试题更新: does a question still rest on the standard as it stands?

`通知 三(二)3`: 严格依据国家职业标准或评价规范开发题库并及时更新完善.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default

LAW = notice("三(二)3")
SETTLE_WITHIN = Dated(
    "标准变动后复核试题的期限", Value(date(2024, 5, 1), 60, our_default("试题更新")), key="questions.settle_within", unit="个工作日", changeable=True
)


@dataclass(frozen=True)
class StandingFacts:
    """What a question rests on: the edition with its days, and whether its element still reads as it did (None: not known)."""

    standard: str
    from_day: date
    until: date | None
    element: str
    element_unchanged: bool | None = None


@rule("所依据的标准现行有效")
def rests_on_a_standard_in_force(question: StandingFacts, day: date) -> Finding:
    """Whether the edition a question rests on is in force, and its element as it was when the question was written."""
    if question.until is not None and question.until <= day:
        return unmet(f"{question.standard}自{question.until}起废止或被新版本替代", LAW)
    if question.from_day > day:
        return unmet(f"{question.standard}自{question.from_day}起施行，尚未生效", LAW)
    if question.element_unchanged is False:
        return unmet(f"{question.standard}的鉴定点{question.element}已经变动", LAW)
    return met(f"{question.standard}现行有效", LAW)
