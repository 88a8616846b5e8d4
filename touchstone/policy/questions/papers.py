"""组卷与保密: of what must a paper be made, how often and how alike may questions and forms be, who holds its key, and when is it opened?

The shares of the functions are the standard's weight table's; everything the standard and the 规程 leave open is our default.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import STANDARD_2023, notice, our_default
from touchstone.policy.exams.parts import FULL_MARK, LEAST_MINUTES, Part
from touchstone.policy.questions.kinds import kind, kind_label

_SINCE = date(2024, 5, 1)
LAW = notice("三(二)3")
WEIGHTS = STANDARD_2023.clause("权重表")
OURS = our_default("组卷")
SEALING = our_default("试卷保密")


@dataclass(frozen=True)
class Asked:
    """So many questions of one kind, with so many points each."""

    count: int
    points: Decimal


MIX: Dated[Mapping[str, Mapping[str, Asked]]] = Dated(
    "各科目一套试卷的题型、题数和每题分值",
    Value(
        _SINCE,
        {
            Part.THEORY.value: {"choice": Asked(60, Decimal(1)), "true_false": Asked(20, Decimal(1)), "multiple": Asked(10, Decimal(2))},
            Part.PRACTICAL.value: {"practical": Asked(4, Decimal(25))},
            Part.PANEL.value: {"extended": Asked(5, Decimal(20))},
        },
        OURS,
    ),
    key="questions.paper_mix",
)
ELEMENT_MOST = Dated("一套试卷中同一鉴定点最多的题数", Value(_SINCE, 3, OURS), key="questions.element_most", unit="题", changeable=True)
EXPOSURE_MONTHS = Dated("统计试题使用次数的期间", Value(_SINCE, 12, OURS), key="questions.exposure_months", unit="个月", changeable=True)
EXPOSURE_MOST = Dated("期间内同一试题最多已使用的次数", Value(_SINCE, 3, OURS), key="questions.exposure_most", unit="次", changeable=True)
OVERLAP_MOST = Dated("两套平行试卷最多的共用题数占比", Value(_SINCE, 0, OURS), key="questions.overlap_most", unit="%", changeable=True)
LAST_PAPERS = Dated("与最近几份试卷比较重复", Value(_SINCE, 2, OURS), key="questions.last_papers", unit="份", changeable=True)
LAST_OVERLAP = Dated("与最近试卷最多的重复题数占比", Value(_SINCE, 20, OURS), key="questions.last_overlap", unit="%", changeable=True)
DIFFICULTY = Dated("一套试卷的平均难度（得分率）范围", Value(_SINCE, (0.60, 0.80), OURS), key="questions.difficulty_band")
ABILITIES = Dated("比较测量信息的能力值", Value(_SINCE, (-1.0, 0.0, 1.0), OURS), key="questions.abilities")
GAP = Dated("平行试卷测量信息的差距达到多少即不再交换", Value(_SINCE, 0.01, OURS), key="questions.information_gap")
SECONDS = Dated("组卷时用于拉平各套试卷的时间", Value(_SINCE, 5, OURS), key="questions.compose_seconds", unit="秒", changeable=True)
FORMS = Dated("一份试卷的平行套数", Value(_SINCE, 2, OURS), key="questions.paper_forms", unit="套", changeable=True)
FORMS_MOST = Dated("一次最多组卷的套数", Value(_SINCE, 10, OURS), key="questions.paper_forms_most", unit="套", changeable=True)
HOLDERS = Dated("试卷密钥的保管人数", Value(_SINCE, 2, SEALING), key="questions.key_holders", unit="人", changeable=True)
WRONG_SHARES = Dated("连续输错密钥份额多少次后锁定", Value(_SINCE, 5, SEALING), key="questions.wrong_shares", unit="次", changeable=True)
LOCK_MINUTES = Dated("输错密钥份额后锁定的时间", Value(_SINCE, 30, SEALING), key="questions.share_lock", unit="分钟", changeable=True)
CALIBRATE_AT = Dated("标定试题参数的最少作答人数", Value(_SINCE, 200, OURS), key="questions.calibrate_at", unit="人", changeable=True)
FIGURES_AT = Dated("试题统计能够提示问题的最少作答人数", Value(_SINCE, 30, OURS), key="questions.figures_at", unit="人", changeable=True)
LEAST_DISCRIMINATION = Dated("区分度低于多少时提示", Value(_SINCE, 0.20, OURS), key="questions.least_discrimination")
DRIFT_AT = Dated("难度漂移多少个标准误时提示", Value(_SINCE, 3.0, OURS), key="questions.drift_at")


def allotted(weights: Mapping[str, Decimal], size: int) -> dict[str, int]:
    """This function will share out `size` questions by percent, so that the sum is exact: whole shares first, then one more each by the largest
    remainder; of equal remainders the larger weight, then the earlier function, comes first."""
    total = sum(weights.values(), Decimal(0))
    if not total:
        return {}
    exact = {code: percent * size / total for code, percent in weights.items()}
    found = {code: int(share) for code, share in exact.items()}
    order = {code: place for place, code in enumerate(weights)}
    by_remainder = sorted(weights, key=lambda code: (found[code] - exact[code], -weights[code], order[code]))
    for code in by_remainder[: size - sum(found.values())]:
        found[code] += 1
    return found


def minutes_of(part: str, level_minutes: int | None, day: date) -> int:
    """This function will give the minutes of a paper: the standard's or the 规程's, whichever is longer."""
    return max(LEAST_MINUTES.on(day).value[Part(part)], level_minutes or 0)


@dataclass(frozen=True)
class BlueprintFacts:
    """A blueprint as the rules see it: part, questions and points by kind, minutes; the standard's minutes and weights."""

    part: str
    kinds: Mapping[str, Asked]
    minutes: int
    printed_minutes: int | None = None
    weights: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(one.count for one in self.kinds.values())


@rule("细目表有权重依据")
def weights_known(blueprint: BlueprintFacts, day: date) -> Finding:
    """Whether the standard's weight table lays down how the questions are shared out."""
    if not blueprint.weights:
        return unmet("标准这个等级和科目还没有核准的权重表", WEIGHTS)
    return met(f"按权重表分配{len(blueprint.weights)}项职业功能", WEIGHTS)


@rule("题型适合科目")
def kinds_fit(blueprint: BlueprintFacts, day: date) -> Finding:
    """Whether there are questions, of kinds that may stand in the part."""
    wrong = [
        kind_label(key, day) for key in blueprint.kinds if (found := kind(key, day)) is None or blueprint.part not in {p.value for p in found.parts}
    ]
    if wrong:
        return unmet(f"{'、'.join(wrong)}不用于这个科目", OURS)
    if not blueprint.size:
        return unmet("没有写明各题型的题数", OURS)
    return met(f"共{blueprint.size}题", OURS)


@rule("各题分值合计为满分")
def full_mark(blueprint: BlueprintFacts, day: date) -> Finding:
    """Whether the points sum to the full mark exactly."""
    full = FULL_MARK.on(day)
    total = sum((one.count * one.points for one in blueprint.kinds.values()), Decimal(0))
    if total != full.value:
        return unmet(f"各题分值合计{total.normalize():f}分，应为{full.value}分", full.clause)
    return met(f"合计{full.value}分", full.clause)


@rule("考试时间足够")
def time_enough(blueprint: BlueprintFacts, day: date) -> Finding:
    """Whether the minutes are no fewer than the standard's and the 规程's."""
    least = minutes_of(blueprint.part, blueprint.printed_minutes, day)
    if blueprint.minutes < least:
        return unmet(f"{blueprint.minutes}分钟，应不少于{least}分钟", LEAST_MINUTES.on(day).clause)
    return met(f"{blueprint.minutes}分钟", LEAST_MINUTES.on(day).clause)


def check_blueprint(blueprint: BlueprintFacts, day: date) -> tuple[Finding, ...]:
    """This function will hold a blueprint against every rule."""
    return (weights_known(blueprint, day), kinds_fit(blueprint, day), full_mark(blueprint, day), time_enough(blueprint, day))


@dataclass(frozen=True)
class PaperFacts:
    """A composed paper as the rules see it: questions of each function per form beside those allotted, forms found beside those asked, which of
    its questions have become stale or left the bank, and why the paper itself rests on what is no longer so (its blueprint's standard, say)."""

    allotted: Mapping[str, int]
    forms: Sequence[Mapping[str, int]]
    forms_asked: int
    stale: Sequence[str] = ()
    stale_because: Sequence[str] = ()


@rule("各职业功能题数与权重一致")
def weights_exact(paper: PaperFacts, day: date) -> Finding:
    """Whether each form has exactly the questions allotted to each function."""
    wanted = {code: count for code, count in paper.allotted.items() if count}
    wrong = [str(number) for number, found in enumerate(paper.forms, 1) if dict(found) != wanted]
    if wrong:
        return unmet(f"第{'、'.join(wrong)}套的题数与权重表的分配不一致", WEIGHTS)
    return met("各套题数与权重表的分配一致（最大余数法）", WEIGHTS)


@rule("平行试卷套数足够")
def forms_enough(paper: PaperFacts, day: date) -> Finding:
    """Whether as many forms were composed as were asked for."""
    if not paper.forms or len(paper.forms) < paper.forms_asked:
        return unmet(f"要求{paper.forms_asked}套，只有{len(paper.forms)}套", OURS)
    return met(f"共{len(paper.forms)}套", OURS)


@rule("没有过时或者已停用的试题")
def fresh(paper: PaperFacts, day: date) -> Finding:
    """Whether every question still lies in the bank and rests, as the paper does, on the standard in force."""
    if paper.stale_because:
        return unmet(f"试卷已过时：{'；'.join(paper.stale_because)}", LAW)
    if paper.stale:
        more = f"等{len(paper.stale)}题" if len(paper.stale) > 3 else ""
        return unmet(f"{'、'.join(paper.stale[:3])}{more}已过时、修订或者停用", LAW)
    return met("所有试题均有效", LAW)


@dataclass(frozen=True)
class SealFacts:
    """A seal as the rules see it: whose hands the shares are in (persons), when it is sealed, when it may be opened."""

    holders: Sequence[int]
    sealed_at: datetime
    opens_at: datetime


def holders_needed(day: date) -> int:
    """This function will give how many persons hold a share each: as many as laid down, and never one alone."""
    return max(2, HOLDERS.on(day).value)


@rule("密钥由不同的人分别保管")
def held_apart(seal: SealFacts, day: date) -> Finding:
    """Whether as many different persons hold a share as laid down."""
    want, clause = holders_needed(day), HOLDERS.on(day).clause
    if len(seal.holders) != want or len(set(seal.holders)) != len(seal.holders):
        return unmet(f"应由{want}名不同的保管人各持一份，现为{len(set(seal.holders))}人", clause)
    return met(f"{want}名保管人各持一份", clause)


@rule("在启封时间以前封存")
def sealed_before_the_hour(seal: SealFacts, day: date) -> Finding:
    """Whether a paper is sealed before the hour at which it may be opened."""
    if seal.opens_at <= seal.sealed_at:
        return unmet("启封时间应在封存以后", SEALING)
    return met("封存早于启封时间", SEALING)


@rule("到启封时间才启封")
def hour_has_come(opens_at: datetime, at: datetime) -> Finding:
    """Whether the hour of a sealed paper has come."""
    if at < opens_at:
        return unmet("还没有到启封时间", SEALING)
    return met("已到启封时间", SEALING)


@rule("试题不在封存待启封的试卷中")
def in_no_sealed_paper(opens_at: datetime | None, at: datetime) -> Finding:
    """Whether what a question says may be opened at all: of a sealed paper that holds it, `opens_at` is the (latest) hour; None when none does.

    Two holders' shares would be worth little if whoever keeps, wrote or judged the questions could read them one by one meanwhile.
    """
    if opens_at is not None and at < opens_at:
        return unmet("试题在封存的试卷中，还没有到启封时间", SEALING)
    return met("试题不在待启封的试卷中", SEALING)
