"""案例·考评评分: facts for scoring sheets and for what several assessors' marks come to."""

from datetime import date
from decimal import Decimal

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.policy.exams import marking

DAY = date(2026, 10, 15)


def tens(*marks: str) -> list[Decimal]:
    """Give marks as numbers."""
    return [Decimal(one) for one in marks]


CASES = [
    *table(
        marking.sheet_adds_up,
        ("三个评分点合计一百分", (tens("40", "30.5", "29.5"), DAY), MET, "合计100分"),
        ("少一分", (tens("40", "59"), DAY), UNMET, "合计99分，应为100分"),
        ("有一个评分点为零", (tens("100", "0"), DAY), UNMET, "应大于0"),
        ("分值两位小数", (tens("50.25", "49.75"), DAY), UNMET, "最多一位小数"),
        ("还没有评分点", ([], DAY), UNPROVEN, "还没有评分点"),
    ),
    *table(
        marking.mark_fits_point,
        ("给满分", ("尺寸", Decimal(10), Decimal(10)), MET, "“尺寸”10分"),
        ("给零分", ("尺寸", Decimal(0), Decimal(10)), MET),
        ("超过该点分值", ("尺寸", Decimal("10.1"), Decimal(10)), UNMET, "应在0至10分之间"),
        ("负分", ("尺寸", Decimal(-1), Decimal(10)), UNMET, "应在0至10分之间"),
        ("给分两位小数", ("尺寸", Decimal("9.25"), Decimal(10)), UNMET, "最多一位小数"),
    ),
    *table(
        marking.every_point_marked,
        ("评分点都已给分", (12, 12), MET),
        ("还缺两个评分点", (12, 10), UNMET, "还有2个没有给分"),
    ),
    *table(
        marking.change_has_reason,
        ("提交前随时可改", (False, ""), MET),
        ("提交后写明理由", (True, "复看照片后更正"), MET),
        ("提交后没有理由", (True, "  "), UNMET, "须写明理由"),
    ),
    *table(
        marking.assessors_agree,
        ("相差十分整", (tens("80", "85", "90"), DAY), MET, "相差10分"),
        ("相差十分零一", (tens("80", "85", "90.1"), DAY), UNMET, "相差10.1分，超过10分"),
        ("没有人提交评分", ([], DAY), UNPROVEN, "还没有"),
    ),
    *table(
        marking.panel_settles,
        ("三人都已提交", (3, 3, False, False, Decimal("85.3")), MET, "85.3分"),
        ("还有一人没有提交", (2, 3, False, False, None), UNPROVEN, "3名考评人员中2名"),
        ("分歧等待复评", (3, 3, True, False, None), UNMET, "等待复评"),
        ("分歧已经复评", (3, 3, True, True, Decimal("81.0")), MET, "81.0分"),
    ),
]
