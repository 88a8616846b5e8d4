"""相近案例: which earlier cases were most like this one, was this one handled alike, and do the districts decide alike?

Even-handedness is shown, not only wished for: whoever decides sees the nearest earlier decisions, one that departs from all of them says why, and
the city sees which district departs from the others.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import our_default
from touchstone.policy.supervision.acts import SINCE, Tier
from touchstone.policy.supervision.ladder import Measure

OURS = our_default("相近案例")
SHOWN = Dated("决定前列出的相近案例件数", Value(SINCE, 5, OURS), key="supervision.precedents_shown", unit="件", changeable=True)

LEAST_COMPARED = Dated("比较各区处理尺度所需的最少案件数", Value(SINCE, 5, OURS), key="supervision.least_compared", unit="件", changeable=True)
DRIFT = Dated("各区处理尺度相差多少个百分点须说明", Value(SINCE, 20, OURS), key="supervision.drift", unit="个百分点", changeable=True)


@dataclass(frozen=True)
class Precedent:
    """An earlier decision: the case's number, its acts, tier, measures, and day."""

    number: str
    acts: frozenset[str]
    tier: Tier
    measures: frozenset[Measure]
    decided_on: date


def likeness(acts: Collection[str], tier: Tier, other: Precedent) -> float:
    """This function will say how like two cases are, from 0 to 1: the share of acts they have in common, and half of it where the tier differs."""
    mine = set(acts)
    either = mine | other.acts
    shared = len(mine & other.acts) / len(either) if either else 0.0
    return shared if tier is other.tier else shared / 2


def nearest(acts: Collection[str], tier: Tier, earlier: Sequence[Precedent], day: date) -> tuple[Precedent, ...]:
    """This function will give the earlier decisions most like this case, the likest first, of equals the latest; none that shares no act."""
    known = [one for one in earlier if one.decided_on <= day and likeness(acts, tier, one) > 0]
    known.sort(key=lambda one: (-likeness(acts, tier, one), -one.decided_on.toordinal(), one.number))
    return tuple(known[: SHOWN.on(day).value])


@rule("与相近案例处理一致")
def handled_alike(tier: Tier, measures: Collection[Measure], near: Sequence[Precedent], reason: str, day: date) -> Finding:
    """Whether at least one of the nearest decisions of the same tier had the same measures; otherwise the difference is explained."""
    same = [one for one in near if one.tier is tier]
    if not same:
        return met("没有同档次的相近案例", OURS)
    alike = [one.number for one in same if one.measures == frozenset(measures)]
    if not alike and not reason.strip():
        return unproven(f"与{len(same)}件同档次相近案例的处理都不同", OURS, ask_for="与相近案例处理不同的理由")
    return met(f"与{'、'.join(alike)}一致" if alike else "与相近案例不同，理由已写明", OURS)


@rule("与其他区的处理尺度一致")
def district_decides_like_others(
    cases: int, milder: int, other_cases: int, other_milder: int, day: date, *, told: str = "轻于建议的处理"
) -> Finding:
    """Whether a district decides in the milder of two ways about as often as all others do; few cases prove nothing.

    `told` names that way; unless named, it is to decide below what was proposed.
    """
    least, most = LEAST_COMPARED.on(day), DRIFT.on(day)
    if min(cases, other_cases) < least.value:
        return unproven(f"本区{cases}件，其他区{other_cases}件，不足以比较", least.clause, ask_for="更长时间的案件")
    own, others = milder * 100 / cases, other_milder * 100 / other_cases
    sentence = f"{told}：本区{cases}件中{milder}件（{own:.0f}%），其他区{other_cases}件中{other_milder}件（{others:.0f}%）"
    return unmet(f"{sentence}，相差超过{most.value}个百分点", most.clause) if abs(own - others) > most.value else met(sentence, most.clause)
