"""案例·备案范围: facts for the national list and the standards."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.filers import ITEM, SPECIFICATION
from tests.policy.people import TODAY
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing import scope
from touchstone.policy.roles import BodyKind

UNLISTED = replace(ITEM, title="炼金师", occupation=None)
BY_SPECIFICATION = replace(ITEM, standard=SPECIFICATION)
WITHOUT_STANDARD = replace(ITEM, standard=None)
UNAPPROVED = replace(BY_SPECIFICATION, standard=replace(SPECIFICATION, approved_on=None))

CASES = [
    *table(
        scope.on_the_national_list,
        ("目录内", (ITEM, TODAY), MET),
        ("目录外职业", (UNLISTED, TODAY), UNMET, "不属于国家公布"),
        ("目录内无此等级", (replace(ITEM, level=Level.ONE), TODAY), UNMET, "没有可备案的一级"),
        ("目录末日", (ITEM, date(2029, 12, 31)), MET),
        ("移出目录当天", (ITEM, date(2030, 1, 1)), UNMET),
    ),
    *table(
        scope.basis_allowed,
        ("企业用国家标准", (BodyKind.ENTERPRISE, ITEM, TODAY), MET),
        ("企业用评价规范", (BodyKind.ENTERPRISE, BY_SPECIFICATION, TODAY), MET),
        ("社评用评价规范", (BodyKind.SOCIAL, BY_SPECIFICATION, TODAY), UNMET, "不能依据评价规范"),
        ("院校用评价规范", (BodyKind.SCHOOL, BY_SPECIFICATION, TODAY), UNMET),
        ("企业两者都没有", (BodyKind.ENTERPRISE, WITHOUT_STANDARD, TODAY), UNMET),
        ("社评尚无国家标准", (BodyKind.SOCIAL, WITHOUT_STANDARD, TODAY), UNMET, "暂不纳入"),
    ),
    *table(
        scope.specification_approved,
        ("国家标准不涉及", (ITEM, TODAY), MET),
        ("核准当天", (BY_SPECIFICATION, date(2025, 1, 1)), MET),
        ("核准前日", (BY_SPECIFICATION, date(2024, 12, 31)), UNMET),
        ("未核准", (UNAPPROVED, TODAY), UNPROVEN),
    ),
    *table(
        scope.standard_in_force,
        ("现行", (ITEM, TODAY), MET),
        ("末日", (ITEM, date(2028, 12, 31)), MET),
        ("废止当天", (ITEM, date(2029, 1, 1)), UNMET, "废止"),
        ("尚未施行", (BY_SPECIFICATION, date(2024, 12, 31)), UNMET, "起施行"),
        ("未选标准", (WITHOUT_STANDARD, TODAY), UNMET),
    ),
    *table(
        scope.level_within_standard,
        ("标准内", (ITEM, TODAY), MET),
        ("标准外", (replace(ITEM, level=Level.TWO), TODAY), UNMET, "没有二级"),
        ("未选标准", (replace(WITHOUT_STANDARD, standard=None), TODAY), UNMET),
    ),
]
