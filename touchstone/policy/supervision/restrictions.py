"""限制: whom does a violation keep away, from what, for how long, and when is it over?

`通知 三(四)2`: 对存在违纪违规情形的评价机构、工作人员、参评人员等，按规定对其开展（参加）技能评价或享受相关政策支持予以限制. How long is ours, dated.
What people are kept away from taking part in stands in `policy/violations/measures`; what is added here is policy support.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Period, add_months
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.supervision.acts import SINCE, Tier
from touchstone.policy.violations.measures import not_barred

LAW, OURS = notice("三(四)2"), our_default("对违规机构和人员的限制")


class Barred(StrEnum):
    """What a body may be kept away from besides: 开展评价 itself ends by suspension or termination of its filing."""

    FILE = "file"
    WIDEN = "widen"
    MODEL = "model"
    SUPPORT = "support"

    @property
    def label(self) -> str:
        return {
            "file": "申请备案",
            "widen": "增加评价职业、等级和考核点",
            "model": "认定为示范性机构、参加试点",
            "support": "享受政策支持",
        }[self.value]


WHAT: Dated[Mapping[Tier, tuple[Barred, ...]]] = Dated(
    "违规机构受到的限制",
    Value(
        SINCE,
        {
            Tier.NOT_YET: (),
            Tier.MINOR: (Barred.MODEL,),
            Tier.SERIOUS: (Barred.WIDEN, Barred.MODEL, Barred.SUPPORT),
            Tier.GRAVE: (Barred.FILE, Barred.WIDEN, Barred.MODEL, Barred.SUPPORT),
            Tier.UNLAWFUL: (),
        },
        OURS,
    ),
    key="supervision.restrictions",
)


def _months(key: str, meaning: str, months: int) -> Dated[int]:
    return Dated(meaning, Value(SINCE, months, OURS), key=f"supervision.{key}", unit="个月", changeable=True)


_LONGEST = {
    Tier.MINOR: _months("minor_restricted", "一般违纪违规机构受限制的时间", 6),
    Tier.SERIOUS: _months("serious_restricted", "严重违纪违规机构受限制的时间", 12),
    Tier.GRAVE: _months("grave_restricted", "责令终止备案后不得再申请备案、享受政策支持的时间", 36),
}
MINOR_RESTRICTED, SERIOUS_RESTRICTED, GRAVE_RESTRICTED = _LONGEST.values()
LIFTED_AFTER = Dated("受限制满多少后可以申请提前解除", Value(SINCE, 50, OURS), key="supervision.lifted_after", unit="%", changeable=True)


@dataclass(frozen=True)
class Restriction:
    """A restriction in force or not: by which case, from what, from a day until another (exclusive), lifted before its end or not."""

    case: str
    barred: Barred
    period: Period
    lifted_on: date | None = None


def restrictions_for(case: str, tier: Tier, decided_on: date) -> tuple[Restriction, ...]:
    """This function will give what a decision of this tier keeps a body from, by the terms of the day of decision; nothing for what is slight."""
    months = _LONGEST.get(tier)
    if months is None:
        return ()
    period = Period(decided_on, add_months(decided_on, months.on(decided_on).value))
    return tuple(Restriction(case, one, period) for one in WHAT.on(decided_on).value[tier])


def in_force(restrictions: Sequence[Restriction], barred: Barred, day: date) -> Restriction | None:
    """This function will give the restriction that keeps somebody from this on `day`; of several, the one that lasts longest."""
    found = [one for one in restrictions if one.barred is barred and day in one.period and not (one.lifted_on and one.lifted_on <= day)]
    return max(found, key=lambda one: one.period.until or date.max, default=None)


@rule("机构没有受到限制")
def body_not_restricted(barred: Barred, restrictions: Sequence[Restriction], day: date) -> Finding:
    """Whether no decided case keeps a body from this on `day`: read by filing, planning, naming models and the lists of policy support."""
    found = in_force(restrictions, barred, day)
    if found is not None:
        return unmet(f"因违纪违规处理（{found.case}），{found.period.until}以前不得{barred.label}", LAW)
    return met(f"没有限制{barred.label}", LAW)


@rule("人员没有被限制享受政策支持")
def person_may_be_supported(case: str, until: date | None, day: date) -> Finding:
    """Whether nobody has decided to keep a candidate or a member of staff away; who may not take part is not supported for it either."""
    found = not_barred(Barred.SUPPORT.label, case, until, day)
    return met("没有被限制享受政策支持", LAW) if found.outcome.value == "met" else unmet(found.reason, LAW)


@rule("可以提前解除限制")
def may_be_lifted(found: Restriction, corrected: bool, day: date) -> Finding:
    """Whether a restriction may end early: corrected, and a good part of the time over. Never one that follows an ordered termination."""
    share = LIFTED_AFTER.on(found.period.since)
    if found.barred is Barred.FILE or found.period.until is None:
        return unmet("责令终止备案后的限制不能提前解除", OURS)
    first = found.period.since + timedelta(days=(found.period.until - found.period.since).days * share.value // 100)
    if day < first:
        return unmet(f"{first}以后才可以申请提前解除", share.clause)
    if not corrected:
        return unproven("没有整改复查合格的记录", OURS, ask_for="整改复查合格的结论")
    return met("已改正，限制可以提前解除", share.clause)
