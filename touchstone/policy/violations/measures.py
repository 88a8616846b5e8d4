"""处理措施: what may follow an act of which tier, for how long may somebody be kept away, and who is kept away now?"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.kernel.periods import add_years
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import ORDER_31, notice, our_default
from touchstone.policy.violations.acts import UNTRUE, Party, Tier

_SINCE = date(2018, 1, 1)
_OURS = our_default("违纪违规处理措施")


class Measure(StrEnum):
    """What is decided, from the mildest on."""

    RECORDED = "recorded"
    PART_VOID = "part_void"
    ALL_VOID = "all_void"
    BARRED = "barred"

    @property
    def label(self) -> str:
        return {"recorded": "记入档案", "part_void": "本科目成绩无效", "all_void": "全部科目成绩无效", "barred": "限期不得参加"}[self.value]

    def label_for(self, party: Party) -> str:
        """What a measure is called for a candidate or for staff."""
        if self is Measure.BARRED:
            return "全部科目成绩无效，限期不得参加评价" if party is Party.CANDIDATE else "限期不得担任考务、考评、督导工作"
        return self.label


HEAVIEST: Dated[Mapping[tuple[Party, Tier], Measure]] = Dated(
    "各档情形最重的处理",
    Value(
        _SINCE,
        {
            (Party.CANDIDATE, Tier.MINOR): Measure.PART_VOID,
            (Party.CANDIDATE, Tier.SERIOUS): Measure.BARRED,
            (Party.CANDIDATE, Tier.GRAVE): Measure.BARRED,
            (Party.STAFF, Tier.MINOR): Measure.RECORDED,
            (Party.STAFF, Tier.SERIOUS): Measure.BARRED,
            (Party.STAFF, Tier.GRAVE): Measure.BARRED,
        },
        _OURS,
    ),
    key="violations.heaviest",
)


def _years(key: str, meaning: str, years: int) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, years, _OURS), key=f"violations.{key}", unit="年", changeable=True)


_LONGEST = {
    (Party.CANDIDATE, Tier.SERIOUS): _years("candidate_serious_years", "参评人员严重情形最长几年不得参加评价", 1),
    (Party.CANDIDATE, Tier.GRAVE): _years("candidate_grave_years", "参评人员特别严重情形最长几年不得参加评价", 3),
    (Party.STAFF, Tier.SERIOUS): _years("staff_serious_years", "工作人员严重情形最长几年不得担任考务、考评、督导工作", 2),
    (Party.STAFF, Tier.GRAVE): _years("staff_grave_years", "工作人员特别严重情形最长几年不得担任考务、考评、督导工作", 5),
}
CANDIDATE_SERIOUS_YEARS, CANDIDATE_GRAVE_YEARS, STAFF_SERIOUS_YEARS, STAFF_GRAVE_YEARS = _LONGEST.values()
RECORD_KEPT_YEARS = Dated(
    "严重情形在档案中记录的年限",
    Value(date(2017, 4, 1), 5, ORDER_31.clause("第七条（参照）")),
    key="violations.record_kept_years",
    unit="年",
)


def measures_for(party: Party, tier: Tier, day: date) -> tuple[Measure, ...]:
    """This function will give what may be decided for an act of this tier, from the mildest on."""
    order, heaviest = list(Measure), HEAVIEST.on(day).value[party, tier]
    found = order[: order.index(heaviest) + 1]
    return tuple(one for one in found if party is Party.CANDIDATE or one in {Measure.RECORDED, Measure.BARRED})


def last_day_of_bar(party: Party, tier: Tier, since: date, day: date) -> date | None:
    """This function will give the latest day (exclusive) until which somebody may be kept away; None where nobody is."""
    years = _LONGEST.get((party, tier))
    return add_years(since, years.on(day).value) if years is not None else None


@rule("处理不重于情形的档次")
def measure_fits(party: Party, tier: Tier, measure: Measure, day: date) -> Finding:
    """Whether what is decided is no heavier than the tier of the act allows; `day` is the day of the act."""
    allowed, clause = measures_for(party, tier, day), HEAVIEST.on(day).clause
    if measure not in allowed:
        names = "、".join(one.label_for(party) for one in allowed)
        return unmet(f"{party.label}{tier.label}情形可以作的处理是：{names}", clause)
    return met(f"{tier.label}情形，{measure.label_for(party)}", clause)


@rule("凭虚假承诺、材料取得的资格和成绩不保留")
def untrue_voids_all(act: str, measure: Measure, day: date) -> Finding:
    """Whether a decision about a false undertaking or false evidence leaves nothing of what was got by it."""
    clause = our_default("考生告知承诺")
    if act in UNTRUE and measure in {Measure.RECORDED, Measure.PART_VOID}:
        return unmet("承诺或者材料不实的，取消报名资格，全部成绩无效，已经取得的证书启动撤销；不能只记档案或者只作单科无效", clause)
    if act not in UNTRUE:
        return met("不涉及虚假承诺、材料", clause)
    return met("取消报名资格，全部成绩无效", clause)


@rule("不得参加的期限不过长")
def bar_is_in_bounds(party: Party, tier: Tier, since: date, until: date, day: date) -> Finding:
    """Whether somebody is kept away from a day until another (exclusive) no longer than the tier allows."""
    clause, last = _OURS, last_day_of_bar(party, tier, since, day)
    if last is None:
        return unmet(f"{tier.label}情形不限制参加", clause)
    if until <= since:
        return unmet(f"截止日{until}不晚于起始日{since}", clause)
    if until > last:
        return unmet(f"{tier.label}情形最长限制到{last}", clause)
    return met(f"自{since}起至{until}以前", clause)


@rule("没有被限制参加")
def not_barred(what: str, case: str, until: date | None, day: date) -> Finding:
    """Whether nobody has decided that this person is to be kept away on `day` (`until` exclusive; None where there is no decision)."""
    clause: Clause = notice("三(四)2")
    if until is not None and day < until:
        return unmet(f"因违纪违规处理（{case}），{until}以前不得{what}", clause)
    return met("没有被限制", clause)
