"""直接认定和破格: whom may an enterprise recognise at a level without an exam, or admit to one above the ladder, and on what merit?

The 意见 of 2022 lets enterprises do both for their own people, free of schooling, years, age and share where somebody has done outstanding
things. Which merits count, for which levels, and how far anybody may leap are an open list and numbers of ours, dated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import EIGHT_LEVELS_2022, our_default
from touchstone.policy.eligibility.admission import Ground
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import BodyKind

SINCE = date(2022, 3, 18)
BY_ENTERPRISES = EIGHT_LEVELS_2022.clause("企业自主评价：直接认定和破格晋升")


class Mode(StrEnum):
    """How far the exception goes: no exam at all, or an exam for which the conditions of the level are not asked."""

    DIRECT = "direct"
    ABOVE = "above"

    @property
    def label(self) -> str:
        return {"direct": "直接认定", "above": "破格申报"}[self.value]


@dataclass(frozen=True)
class Merit:
    """What somebody has done, and the levels it opens by each mode."""

    words: str
    opens: Mapping[Mode, frozenset[Level]]

    @property
    def label(self) -> str:
        ways = (f"{mode.label}{'、'.join(one.short_label for one in sorted(levels, reverse=True))}" for mode, levels in self.opens.items())
        return f"{self.words}（{'，'.join(ways)}）"


_ALL = frozenset(Level)
_UP_TO_3 = frozenset({Level.FIVE, Level.FOUR, Level.THREE})
_UP_TO_2 = _UP_TO_3 | {Level.TWO}
_D, _A = Mode.DIRECT, Mode.ABOVE

MERITS: Dated[Mapping[str, Merit]] = Dated(
    "直接认定和破格申报的业绩情形",
    Value(
        SINCE,
        {
            "award": Merit("获省部级以上表彰，或技能竞赛奖项、技术能手称号", {_D: _UP_TO_2, _A: _ALL}),
            "breakthrough": Merit("解决重大工艺技术难题、重大质量问题", {_D: _UP_TO_2, _A: _ALL}),
            "invention": Merit("技术革新取得专利或者推广应用，效益显著", {_D: _UP_TO_3, _A: _ALL}),
            "mentor": Merit("师带徒成绩突出", {_A: _ALL}),
            "performance": Merit("新招用或者未定级职工，工作业绩达到等级要求", {_D: frozenset({Level.FIVE, Level.FOUR})}),
        },
        our_default("直接认定和破格的业绩情形"),
    ),
    key="exceptions.merits",
)
LEVELS_LEAPT: Dated[int] = Dated(
    "破格申报最多可以越过的等级数", Value(SINCE, 1, our_default("破格越级")), key="exceptions.levels_leapt", unit="级", changeable=True
)
SHARE_ABOVE: Dated[int] = Dated(
    "一个计划中破格申报占计划人数的最大比例", Value(SINCE, 20, our_default("破格比例")), key="exceptions.share_above", unit="%", changeable=True
)


@rule("由企业对本单位职工作出")
def open_to_own_staff(kind: BodyKind, ground: Ground, day: date) -> Finding:
    """Whether an enterprise decides about its own staff: social bodies, schools, students and commissioned people are left out."""
    del day
    if kind is not BodyKind.ENTERPRISE:
        return unmet(f"{kind.label}不能直接认定和破格，只有企业可以", BY_ENTERPRISES)
    if ground is not Ground.OWN_STAFF:
        return unmet(f"参评来源为{ground.label}，只有本单位在岗职工可以直接认定和破格", BY_ENTERPRISES)
    return met("企业对本单位在岗职工作出", BY_ENTERPRISES)


@rule("业绩情形在清单之内，适用于该等级")
def merit_opens_the_level(merit: str, mode: Mode, level: Level, day: date) -> Finding:
    """Whether the merit named is on the list in force, and opens this level by this mode."""
    listed = MERITS.on(day)
    found = listed.value.get(merit)
    if found is None:
        return unmet("所选业绩情形不在清单之内", listed.clause)
    levels = found.opens.get(mode, frozenset())
    if level not in levels:
        allowed = "、".join(one.short_label for one in sorted(levels, reverse=True)) or "任何等级都不适用"
        return unmet(f"“{found.words}”{mode.label}适用于：{allowed}，不适用于{level.label}", listed.clause)
    return met(f"“{found.words}”可以{mode.label}{level.label}", listed.clause)


@rule("业绩事实写明并有材料")
def merit_is_shown(words: str, papers: int, day: date) -> Finding:
    """Whether what was done is written down, and papers that show it lie with it."""
    del day
    clause = our_default("直接认定和破格的材料")
    if not words.strip():
        return unmet("没有写明业绩事实", clause)
    if not papers:
        return unproven("没有业绩材料", clause, ask_for="获奖证书、成果鉴定、专利、带徒证明等业绩材料")
    return met(f"业绩事实已写明，有材料{papers}份", clause)


@rule("越级不超过规定")
def leap_is_in_bounds(mode: Mode, held: Level | None, level: Level, day: date) -> Finding:
    """Whether somebody leaps no more levels than allowed. Direct recognition is free of it; without a certificate one stands below level 5."""
    if mode is Mode.DIRECT:
        return met("直接认定不受资历限制", BY_ENTERPRISES)
    leapt = LEVELS_LEAPT.on(day)
    stands = int(held) if held is not None else int(Level.FIVE) + 1
    over = stands - 1 - int(level)
    have = held.short_label if held is not None else "没有等级"
    if over < 0:
        return unmet(f"现为{have}，不必破格申报{level.label}", leapt.clause)
    if over > leapt.value:
        return unmet(f"现为{have}，申报{level.label}越过{over}级，最多可以越过{leapt.value}级", leapt.clause)
    return met(f"现为{have}，申报{level.label}越过{over}级", leapt.clause)


@rule("破格人数不超过比例")
def share_is_in_bounds(mode: Mode, granted: int, quota: int, day: date) -> Finding:
    """Whether there is room for one more beside those `granted` in the plan; at least one always is. Direct recognition knows no share."""
    if mode is Mode.DIRECT:
        return met("直接认定不受比例限制", BY_ENTERPRISES)
    share = SHARE_ABOVE.on(day)
    room = max(1, quota * share.value // 100)
    if granted >= room:
        return unmet(f"计划{quota}人，破格最多{room}人（{share.value}%），已有{granted}人", share.clause)
    return met(f"计划{quota}人，破格最多{room}人，已有{granted}人", share.clause)


def merits_for(mode: Mode, level: Level, day: date) -> dict[str, str]:
    """This function will give the merits that open a level by a mode, by key."""
    return {key: one.words for key, one in MERITS.on(day).value.items() if level in one.opens.get(mode, frozenset())}
