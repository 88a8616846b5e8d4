"""案例·协会纳入社会化: facts for wide demand and wide generality."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.policy.filing import association
from touchstone.policy.filing.association import AssociationFacts
from touchstone.policy.roles import BodyKind, Ownership

DAY = date(2026, 3, 2)
WIDE = AssociationFacts(BodyKind.ENTERPRISE, Ownership.ASSOCIATION, evaluated=300, demand=None, employers=10, fields=1)

CASES = [
    *table(
        association.association_as_enterprise,
        ("协会按企业备案", (WIDE, DAY), MET),
        ("民营企业", (replace(WIDE, ownership=Ownership.PRIVATE), DAY), UNMET, "不是行业协会"),
        ("已是社会培训评价组织", (replace(WIDE, kind=BodyKind.SOCIAL), DAY), UNMET, "已是社会培训评价组织"),
    ),
    *table(
        association.wide_demand,
        ("一年评价300人次", (WIDE, DAY), MET, "300人次"),
        ("评价299人次、需求300人次", (replace(WIDE, evaluated=299, demand=300), DAY), MET, "年需求300人次"),
        ("评价和需求都不足", (replace(WIDE, evaluated=299, demand=299), DAY), UNMET, "标准为300人次"),
        ("评价不足、没有需求数", (replace(WIDE, evaluated=10), DAY), UNPROVEN, "没有需求数"),
    ),
    *table(
        association.wide_generality,
        ("10家单位委托", (WIDE, DAY), MET, "10家用人单位委托"),
        ("9家委托、3个行业", (replace(WIDE, employers=9, fields=3), DAY), MET, "3个行业"),
        ("9家委托、2个行业", (replace(WIDE, employers=9, fields=2), DAY), UNMET, "标准10家"),
    ),
]
