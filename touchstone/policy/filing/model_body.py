"""示范机构条件: may a social body be named as a model (示范性社会培训评价组织)?

`通知 二(二)` wants model bodies and leaves their conditions open; the numbers are our defaults.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import add_months, full_months
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.grade import Grade

LAW, OURS = notice("二(二)"), our_default("示范机构条件")


def _months(key: str, meaning: str, months: int) -> Dated[int]:
    return Dated(meaning, Value(date(2024, 5, 1), months, OURS), key=f"model_body.{key}", unit="个月", changeable=True)


LEAST_FILED = _months("least_filed", "认定示范机构前有效备案的最短时间", 12)
NO_MODEL_GRADES: Dated[tuple[str, ...]] = Dated(
    "不能认定为示范机构的等级", Value(date(2024, 5, 1), ("C", "D"), OURS), key="model_body.no_model_grades", changeable=True
)
WITHOUT_SUSPENSION = _months("without_suspension", "认定示范机构前没有被暂停评价的时间", 24)


@dataclass(frozen=True)
class ModelFacts:
    """A body that might be named: its kind, since when it is filed without a gap (None: not now), when it was last suspended, and its
    grade that day."""

    kind: BodyKind
    filed_since: date | None
    suspended_on: date | None = None
    grade: Grade = Grade.NONE


@rule("是有效备案的社会培训评价组织")
def social_and_filed(body: ModelFacts, day: date) -> Finding:
    """Whether the body is a social one with a filing in force."""
    if body.kind is not BodyKind.SOCIAL:
        return unmet(f"机构类别是{body.kind.label}，只有社会培训评价组织可以认定", LAW)
    if body.filed_since is None or body.filed_since > day:
        return unmet("目前没有有效的备案", LAW)
    return met(f"自{body.filed_since}起备案有效", LAW)


@rule("备案已满最短时间")
def filed_long_enough(body: ModelFacts, day: date) -> Finding:
    """Whether the filing has been in force long enough to be judged by."""
    least = LEAST_FILED.on(day)
    if body.filed_since is None:
        return unmet("目前没有有效的备案", least.clause)
    months = full_months(body.filed_since, day)
    found = met if months >= least.value else unmet
    return found(f"备案有效已满{months}个月，应不少于{least.value}个月", least.clause)


@rule("近期没有被暂停评价")
def not_suspended_lately(body: ModelFacts, day: date) -> Finding:
    """Whether no suspension began within the months before."""
    months = WITHOUT_SUSPENSION.on(day)
    if body.suspended_on is not None and add_months(body.suspended_on, months.value) > day:
        return unmet(f"{body.suspended_on}被暂停评价，未满{months.value}个月", months.clause)
    return met(f"最近{months.value}个月没有被暂停评价", months.clause)


@rule("等级不低于要求")
def grade_fits_a_model(body: ModelFacts, day: date) -> Finding:
    """Whether the grade the platform gave does not stand against it; a body that was never graded is judged by the other conditions."""
    low = NO_MODEL_GRADES.on(day)
    if body.grade is Grade.NONE:
        return met("没有定级，不以等级为条件", low.clause)
    told = f"机构等级为{body.grade.label}（平台定级）"
    return unmet(f"{told}，{'、'.join(low.value)}级不能认定", low.clause) if body.grade.value in low.value else met(told, low.clause)


def check_model(body: ModelFacts, day: date) -> tuple[Finding, ...]:
    """This function will check every condition for being named a model."""
    return social_and_filed(body, day), filed_long_enough(body, day), not_suspended_lately(body, day), grade_fits_a_model(body, day)
