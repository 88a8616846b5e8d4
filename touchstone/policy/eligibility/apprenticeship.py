"""学徒工转正定级: may an enterprise evaluate this apprentice now and fix the level, without the ladder's conditions?

学徒工 is the lowest of the eight levels (`通知 二(一)`); the 规程 lays down no conditions for it: the enterprise evaluates at the end of the
apprenticeship and fixes the level. What is not laid down is ours. The day is that of the exam, except where the rule says otherwise.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import BodyKind

EIGHT_LEVELS = notice("二(一)")
_SINCE = date(2024, 5, 1)

LEVELS_FIXED: Dated[tuple[int, ...]] = Dated(
    "学徒工转正可以定的等级",
    Value(_SINCE, (5, 4), our_default("学徒工转正定级的等级")),
    key="apprenticeship.levels_fixed",
    changeable=True,
)
LEVELS_CERTIFIED: Dated[tuple[int, ...]] = Dated(
    "学徒工转正定级合格即发职业技能等级证书的等级",
    Value(_SINCE, (5,), our_default("学徒工转正定级的证书")),
    key="apprenticeship.levels_certified",
    changeable=True,
)
"""At level 5 the 规程 asks for age and work alone, which an apprentice has; above it the ladder's conditions are not shown, so that the level fixed
is recorded and the certificate is had by the ordinary way."""
LEAST_MONTHS = Dated(
    "学徒期最短月数",
    Value(_SINCE, 12, our_default("学徒期限")),
    key="apprenticeship.least_months",
    unit="个月",
    changeable=True,
)


@dataclass(frozen=True)
class Apprenticeship:
    """An apprenticeship as entered: from a day until the day after its last; ended early, agreement shown, level fixed already or not."""

    number: str
    occupation: str
    since: date
    until: date
    master: str
    ended_on: date | None = None
    fixed_on: date | None = None
    evidenced: bool = False

    @property
    def months(self) -> int:
        """Whole months from its first day to its last."""
        found = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month
        return found if self.until.day >= self.since.day else found - 1


@rule("学徒工转正定级由企业组织")
def enterprise_fixes_levels(kind: BodyKind, day: date) -> Finding:
    """Whether this kind of body may fix apprentices' levels: an enterprise its own."""
    if kind is not BodyKind.ENTERPRISE:
        return unmet(f"{kind.label}没有学徒工，不组织转正定级", EIGHT_LEVELS)
    return met("由企业对本单位学徒工转正定级", EIGHT_LEVELS)


@rule("转正所定的等级在规定范围之内")
def level_may_be_fixed(level: Level, day: date) -> Finding:
    """Whether an apprentice may be given this level at the end of the apprenticeship."""
    levels = LEVELS_FIXED.on(day)
    allowed = "、".join(Level(one).label for one in sorted(levels.value, reverse=True))
    if int(level) not in levels.value:
        return unmet(f"学徒工转正可以定为{allowed}，不能定为{level.label}", levels.clause)
    return met(f"转正可以定为{level.label}", levels.clause)


@rule("在学徒名册上，所学职业与评价职业相同")
def on_apprentices_register(apprenticeship: Apprenticeship | None, occupation: str, day: date) -> Finding:
    """Whether the enterprise has entered the person as an apprentice of this very occupation, the level not fixed yet."""
    if apprenticeship is None:
        return unmet("不在本单位学徒名册上", EIGHT_LEVELS)
    if apprenticeship.occupation != occupation:
        return unmet(f"所学职业为{apprenticeship.occupation}，与评价的职业{occupation}不同", EIGHT_LEVELS)
    if apprenticeship.fixed_on is not None and apprenticeship.fixed_on <= day:
        return unmet(f"已于{apprenticeship.fixed_on}转正定级", EIGHT_LEVELS)
    return met(f"在学徒名册上（{apprenticeship.number}），师傅{apprenticeship.master}", EIGHT_LEVELS)


@rule("学徒培养协议已存档")
def agreement_is_kept(apprenticeship: Apprenticeship, day: date) -> Finding:
    """Whether the agreement on the apprenticeship lies under the register's entry."""
    if not apprenticeship.evidenced:
        return unproven("学徒名册上没有培养协议", EIGHT_LEVELS, ask_for="学徒培养协议扫描件")
    return met("学徒培养协议已存档", EIGHT_LEVELS)


@rule("考试之日学徒期满，期限不短于规定")
def term_is_served(apprenticeship: Apprenticeship, day: date) -> Finding:
    """Whether the apprenticeship is over by the day of the exam, was not broken off, and was long enough."""
    least = LEAST_MONTHS.on(day)
    if apprenticeship.ended_on is not None:
        return unmet(f"学徒期于{apprenticeship.ended_on}提前结束", EIGHT_LEVELS)
    if apprenticeship.months < least.value:
        return unmet(f"学徒期{apprenticeship.months}个月，少于{least.value}个月", least.clause)
    if day < apprenticeship.until:
        return unmet(f"考试之日学徒期未满，{apprenticeship.until}起方可转正定级", EIGHT_LEVELS)
    return met(f"学徒期{apprenticeship.months}个月，考试之日已满", least.clause)


def certified_at(level: Level, day: date) -> bool:
    """This function will say whether whoever is fixed at this level gets the certificate of it at once, or the record alone."""
    return int(level) in LEVELS_CERTIFIED.on(day).value
