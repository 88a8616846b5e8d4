"""案例·示范机构: facts for naming a model body."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, table
from touchstone.policy.filing import model_body
from touchstone.policy.filing.model_body import ModelFacts
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.grade import Grade

DAY = date(2026, 3, 2)
SOCIAL = ModelFacts(BodyKind.SOCIAL, date(2025, 3, 2))

CASES = [
    *table(
        model_body.social_and_filed,
        ("社会培训评价组织备案有效", (SOCIAL, DAY), MET),
        ("企业", (ModelFacts(BodyKind.ENTERPRISE, date(2024, 6, 1)), DAY), UNMET, "只有社会培训评价组织"),
        ("没有有效备案", (ModelFacts(BodyKind.SOCIAL, None), DAY), UNMET, "没有有效的备案"),
        ("明天才生效", (ModelFacts(BodyKind.SOCIAL, date(2026, 3, 3)), DAY), UNMET, "没有有效的备案"),
    ),
    *table(
        model_body.filed_long_enough,
        ("刚满12个月", (SOCIAL, DAY), MET, "12个月"),
        ("差一天满12个月", (ModelFacts(BodyKind.SOCIAL, date(2025, 3, 3)), DAY), UNMET, "已满11个月"),
        ("没有有效备案", (ModelFacts(BodyKind.SOCIAL, None), DAY), UNMET),
    ),
    *table(
        model_body.not_suspended_lately,
        ("从未暂停", (SOCIAL, DAY), MET),
        ("暂停已满24个月", (ModelFacts(BodyKind.SOCIAL, date(2023, 3, 2), date(2024, 3, 2)), DAY), MET),
        ("差一天满24个月", (ModelFacts(BodyKind.SOCIAL, date(2023, 3, 2), date(2024, 3, 3)), DAY), UNMET, "未满24个月"),
    ),
    *table(
        model_body.grade_fits_a_model,
        ("A级", (replace(SOCIAL, grade=Grade.A), DAY), MET, "平台定级"),
        ("B级", (replace(SOCIAL, grade=Grade.B), DAY), MET),
        ("C级", (replace(SOCIAL, grade=Grade.C), DAY), UNMET, "不能认定"),
        ("D级", (replace(SOCIAL, grade=Grade.D), DAY), UNMET, "不能认定"),
        ("没有定级", (SOCIAL, DAY), MET, "不以等级为条件"),
    ),
]
