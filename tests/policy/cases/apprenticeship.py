"""案例·学徒工转正定级: register, agreement, term and level, on the first and last days."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.policy.eligibility import apprenticeship
from touchstone.policy.eligibility.apprenticeship import Apprenticeship
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import BodyKind

DAY = date(2026, 3, 20)
LEARNS = Apprenticeship("XT000001", "6-18-01-01", date(2025, 3, 1), date(2026, 3, 1), "王师傅", evidenced=True)

CASES = [
    *table(
        apprenticeship.enterprise_fixes_levels,
        ("企业", (BodyKind.ENTERPRISE, DAY), MET),
        ("院校", (BodyKind.SCHOOL, DAY), UNMET, "没有学徒工"),
    ),
    *table(
        apprenticeship.level_may_be_fixed,
        ("五级", (Level.FIVE, DAY), MET),
        ("四级", (Level.FOUR, DAY), MET),
        ("三级", (Level.THREE, DAY), UNMET, "不能定为三级"),
    ),
    *table(
        apprenticeship.on_apprentices_register,
        ("在册", (LEARNS, "6-18-01-01", DAY), MET, "王师傅"),
        ("不在册", (None, "6-18-01-01", DAY), UNMET),
        ("职业不同", (LEARNS, "6-18-01-02", DAY), UNMET, "不同"),
        ("已经定级", (replace(LEARNS, fixed_on=DAY), "6-18-01-01", DAY), UNMET, "已于"),
    ),
    *table(
        apprenticeship.agreement_is_kept,
        ("有协议", (LEARNS, DAY), MET),
        ("没有协议", (replace(LEARNS, evidenced=False), DAY), UNPROVEN),
    ),
    *table(
        apprenticeship.term_is_served,
        ("期满当日", (replace(LEARNS, until=DAY), DAY), MET, "12个月"),
        ("期满前一日", (replace(LEARNS, until=date(2026, 3, 21)), DAY), UNMET, "未满"),
        ("差一日不足十二个月", (replace(LEARNS, until=date(2026, 2, 28)), DAY), UNMET, "11个月"),
        ("提前结束", (replace(LEARNS, ended_on=date(2025, 9, 1)), DAY), UNMET, "提前结束"),
    ),
]
