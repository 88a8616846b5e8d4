"""备案范围: may this body file this occupation at this level by this standard on this day?

`通知 一` (the national list of fileable occupations and levels) and `三(二)1` (the standard evaluation rests on).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import BodyKind

_SINCE = date(2024, 5, 1)


class Basis(StrEnum):
    """What an evaluation rests on; the values are those of the catalogue."""

    NATIONAL = "national"
    SPECIFICATION = "specification"

    @property
    def label(self) -> str:
        return {"national": "国家职业标准", "specification": "评价规范"}[self.value]


BASES: Dated[Mapping[BodyKind, frozenset[Basis]]] = Dated(
    "各类评价机构可以依据的标准",
    Value(
        _SINCE,
        {
            BodyKind.ENTERPRISE: frozenset({Basis.NATIONAL, Basis.SPECIFICATION}),
            BodyKind.SOCIAL: frozenset({Basis.NATIONAL}),
            BodyKind.SCHOOL: frozenset({Basis.NATIONAL}),
        },
        notice("三(二)1"),
    ),
    key="filing.bases",
)
ONLY_FROM_LIST = Dated("只能备案国家公布的可备案职业（工种）和等级", Value(_SINCE, True, notice("一")), key="filing.only_from_list")


@dataclass(frozen=True)
class ListedOccupation:
    """An occupation (or trade) of the national list: the days on which each level is fileable."""

    code: str
    title: str
    fileable: Mapping[Level, tuple[Period, ...]]


@dataclass(frozen=True)
class StandardFacts:
    """One edition of a standard: what it is, its levels, its days, and (a specification) when it was approved."""

    title: str
    basis: Basis
    levels: frozenset[Level]
    in_force: Period
    approved_on: date | None = None


@dataclass(frozen=True)
class ScopeItem:
    """One line of a scope: occupation × level × standard; None for what is not in the catalogue at all."""

    title: str
    level: Level
    occupation: ListedOccupation | None
    standard: StandardFacts | None


@rule("职业（工种）和等级在国家公布的可备案范围内")
def on_the_national_list(item: ScopeItem, day: date) -> Finding:
    """Whether the occupation is on the list that day, at that level."""
    clause = ONLY_FROM_LIST.on(day).clause
    listed = item.occupation
    open_levels = {level for level, spans in (listed.fileable if listed else {}).items() if any(day in span for span in spans)}
    if listed is None or not open_levels:
        return unmet(f"“{item.title}”在{day}不属于国家公布的可备案职业（工种）", clause)
    if item.level not in open_levels:
        offered = "、".join(level.label for level in sorted(open_levels, reverse=True))
        return unmet(f"“{item.title}”没有可备案的{item.level.label}，可备案等级为{offered}", clause)
    return met(f"“{item.title}”{item.level.label}在可备案范围内", clause)


@rule("依据的标准符合评价机构类别")
def basis_allowed(kind: BodyKind, item: ScopeItem, day: date) -> Finding:
    """Whether a body of this kind may rest on this kind of standard; 暂不: without a national standard, not for now."""
    bases = BASES.on(day)
    if item.standard is None:
        if kind is BodyKind.ENTERPRISE:
            return unmet(f"“{item.title}”尚未选择国家职业标准或者经核准的评价规范", bases.clause)
        return unmet(f"“{item.title}”尚未颁布国家职业标准，暂不纳入{kind.label}的评价项目", bases.clause)
    if item.standard.basis not in bases.value[kind]:
        return unmet(f"{kind.label}只能依据国家职业标准，不能依据{item.standard.basis.label}", bases.clause)
    return met(f"依据{item.standard.basis.label}《{item.standard.title}》", bases.clause)


@rule("评价规范已经核准")
def specification_approved(item: ScopeItem, day: date) -> Finding:
    """Whether an assessment specification was approved by then; a national standard needs no approval of ours."""
    clause = BASES.on(day).clause
    if item.standard is None or item.standard.basis is Basis.NATIONAL:
        return met("不涉及评价规范", clause)
    approved = item.standard.approved_on
    if approved is None:
        return unproven(f"评价规范《{item.standard.title}》尚未核准", clause, ask_for="评价规范及其核准文件")
    if day < approved:
        return unmet(f"评价规范《{item.standard.title}》于{approved}才核准", clause)
    return met(f"评价规范《{item.standard.title}》已于{approved}核准", clause)


@rule("标准现行有效")
def standard_in_force(item: ScopeItem, day: date) -> Finding:
    """Whether the chosen edition of the standard is in force on `day`."""
    clause = BASES.on(day).clause
    if item.standard is None:
        return unmet("未选择标准", clause)
    if day not in item.standard.in_force:
        ended = item.standard.in_force.until is not None and item.standard.in_force.until <= day
        edge = f"于{item.standard.in_force.until}废止" if ended else f"自{item.standard.in_force.since}起施行"
        return unmet(f"《{item.standard.title}》{edge}，请改选现行版本", clause)
    return met(f"《{item.standard.title}》现行有效", clause)


@rule("等级在标准规定的等级之内")
def level_within_standard(item: ScopeItem, day: date) -> Finding:
    """Whether the standard lays down the level."""
    clause = BASES.on(day).clause
    if item.standard is None:
        return unmet("未选择标准", clause)
    if item.level not in item.standard.levels:
        levels = "、".join(level.label for level in sorted(item.standard.levels, reverse=True))
        return unmet(f"《{item.standard.title}》没有{item.level.label}，只设{levels}", clause)
    return met(f"《{item.standard.title}》设有{item.level.label}", clause)


def check_scope_item(kind: BodyKind, item: ScopeItem, day: date) -> tuple[Finding, ...]:
    """This function will check one line of a scope against every rule; without a standard only list and basis speak."""
    found = (on_the_national_list(item, day), basis_allowed(kind, item, day))
    if item.standard is None:
        return found
    return (*found, specification_approved(item, day), standard_in_force(item, day), level_within_standard(item, day))
