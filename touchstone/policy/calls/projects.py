"""评价项目: may a recommended project be selected for evaluation by social bodies?

Gate one of `通知 三(一)2`. What the law lays down (the national list, a national standard) is tried by the rules of `filing.scope` for a
social body; what is left open (how wide the demand must be) is our default.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default
from touchstone.policy.filing.scope import ScopeItem, check_scope_item
from touchstone.policy.industries import industry_name
from touchstone.policy.roles import BodyKind

_SINCE = date(2024, 5, 1)
LAW = notice("三(一)2")


def _least(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, value, our_default("评价项目遴选")), key=f"calls.{key}", unit=unit, changeable=True)


LEAST_DEMAND = _least("least_demand", "评价项目的最少预计年评价人次", 100, "人次")
LEAST_EMPLOYERS = _least("least_employers", "评价项目最少涉及的用人单位数", 5, "家")


@dataclass(frozen=True)
class ProjectFacts:
    """A project as it was recommended: the field of the occupation and of who recommends it, its levels, who needs it."""

    title: str
    field: str
    recommended_in: str
    items: tuple[ScopeItem, ...]
    yearly_demand: int
    employers: int


@rule("由职业所属行业的主管部门推荐")
def recommended_in_its_field(project: ProjectFacts, day: date) -> Finding:
    """Whether the authority that recommends a project is that of the occupation's own field."""
    if project.field and project.field != project.recommended_in:
        return unmet(f"“{project.title}”属于{industry_name(project.field)}，应由该行业主管部门推荐", LAW)
    return met(f"由{industry_name(project.recommended_in)}行业主管部门推荐", LAW)


@rule("社会需求达到开展社会化评价的规模")
def demand_is_wide(project: ProjectFacts, day: date) -> Finding:
    """Whether enough people a year and enough employers need the evaluation."""
    people, employers = LEAST_DEMAND.on(day), LEAST_EMPLOYERS.on(day)
    if project.yearly_demand < people.value:
        return unmet(f"预计年评价{project.yearly_demand}人次，应不少于{people.value}人次", people.clause)
    if project.employers < employers.value:
        return unmet(f"涉及用人单位{project.employers}家，应不少于{employers.value}家", employers.clause)
    return met(f"预计年评价{project.yearly_demand}人次，涉及用人单位{project.employers}家", people.clause)


def check_project(project: ProjectFacts, day: date) -> tuple[Finding, ...]:
    """This function will try a project by every rule: its field, its demand, and each level by list and national standard."""
    by_level: Sequence[Finding] = [found for item in project.items for found in check_scope_item(BodyKind.SOCIAL, item, day)]
    told = dict.fromkeys(one for one in by_level if not one.rule.endswith("specification_approved"))
    return (recommended_in_its_field(project, day), demand_is_wide(project, day), *told)
