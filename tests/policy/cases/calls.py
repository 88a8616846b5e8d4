"""案例·公开征集: facts for projects, conditions and the days of a call."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.policy.case import MET, UNMET, UNPROVEN, Case, table
from tests.policy.filers import ITEM
from tests.policy.people import TODAY
from touchstone.kernel.rules import Finding
from touchstone.policy.calls import conditions, projects, terms
from touchstone.policy.calls.conditions import Applicant, Shown
from touchstone.policy.calls.projects import ProjectFacts
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.grade import Grade

PROJECT = ProjectFacts("电工", "energy", "energy", (ITEM,), 100, 5)
OPENS, CLOSES = date(2026, 3, 2), date(2026, 3, 16)
ASSOCIATION = Applicant(BodyKind.SOCIAL, in_city=True, is_association=True)


def found(key: str, checked: int | None, declared: int | None = None, **more: Shown) -> tuple[Applicant, date]:
    """An association of which one thing was checked, with the day."""
    shown = {key: Shown(checked if declared is None else declared, checked), **more}
    return replace(ASSOCIATION, shown=shown), TODAY


def at_least(rule: Callable[..., Finding], key: str, least: int, unit: str) -> list[Case]:
    """A table for a condition that asks for so many."""
    lines: tuple[tuple[Any, ...], ...] = (
        ("刚好够", found(key, least), MET, f"{least}{unit}"),
        ("差一", found(key, least - 1), UNMET, f"应不少于{least}{unit}"),
        ("申报够而核实不够", found(key, least - 1, least + 4), UNMET, f"申报{least + 4}{unit}"),
        ("申报未核实", found(key, None, least), UNPROVEN, "尚未核实"),
        ("没有申报", (ASSOCIATION, TODAY), UNPROVEN, "没有申报"),
    )
    return table(rule, *lines)


def yes_or_no(rule: Callable[..., Finding], key: str) -> list[Case]:
    """A table for a condition that is there or not."""
    return table(
        rule,
        ("具备", found(key, 1), MET),
        ("不具备", found(key, 0, 1), UNMET),
        ("未核实", found(key, None, 1), UNPROVEN, "尚未核实"),
    )


CASES = [
    *table(
        projects.recommended_in_its_field,
        ("本行业", (PROJECT, TODAY), MET),
        ("职业未归行业", (replace(PROJECT, field=""), TODAY), MET),
        ("别的行业", (replace(PROJECT, recommended_in="machinery"), TODAY), UNMET, "应由该行业主管部门推荐"),
    ),
    *table(
        projects.demand_is_wide,
        ("刚好够", (PROJECT, TODAY), MET),
        ("人次不足", (replace(PROJECT, yearly_demand=99), TODAY), UNMET, "应不少于100人次"),
        ("用人单位不足", (replace(PROJECT, employers=4), TODAY), UNMET, "应不少于5家"),
    ),
    *table(
        terms.applied_in_time,
        ("首日", (OPENS, CLOSES, OPENS), MET),
        ("末日", (OPENS, CLOSES, CLOSES), MET),
        ("前一日", (OPENS, CLOSES, date(2026, 3, 1)), UNMET, "还不能应征"),
        ("次日", (OPENS, CLOSES, date(2026, 3, 17)), UNMET, "逾期"),
    ),
    *yes_or_no(conditions.independent_legal_person, "legal_person"),
    *table(
        conditions.independent_legal_person,
        ("企业", (replace(ASSOCIATION, kind=BodyKind.ENTERPRISE), TODAY), UNMET, "面向社会培训评价组织"),
        ("外地", (replace(ASSOCIATION, in_city=False), TODAY), UNMET, "不在本市"),
    ),
    *at_least(conditions.years_enough, "years", 3, "年"),
    *table(
        conditions.years_enough,
        ("放宽满1年", found("years", 1, eased=Shown(1, 1)), MET, "放宽"),
        ("放宽情形未核实", found("years", 1, eased=Shown(1, None)), UNMET, "应不少于3年"),
        ("放宽不满1年", found("years", 0, eased=Shown(1, 1)), UNMET, "应不少于1年"),
    ),
    *at_least(conditions.rating_enough, "rating", 3, "A"),
    *table(conditions.rating_enough, ("不是社会组织", (replace(ASSOCIATION, is_association=False), TODAY), MET, "不要求")),
    *yes_or_no(conditions.department_set_up, "department"),
    *at_least(conditions.staff_enough, "staff", 5, "人"),
    *at_least(conditions.experts_enough, "experts", 5, "人"),
    *at_least(conditions.seats_enough, "seats", 30, "座"),
    *at_least(conditions.stations_enough, "stations", 10, "个"),
    *yes_or_no(conditions.quality_kept, "quality"),
    *yes_or_no(conditions.credit_good, "credit"),
    *table(
        conditions.grade_allows,
        ("A级", (replace(ASSOCIATION, grade=Grade.A), TODAY), MET, "平台定级"),
        ("C级", (replace(ASSOCIATION, grade=Grade.C), TODAY), MET),
        ("D级", (replace(ASSOCIATION, grade=Grade.D), TODAY), UNMET, "不得入选"),
        ("没有定级", (ASSOCIATION, TODAY), MET, "没有定级"),
    ),
]
