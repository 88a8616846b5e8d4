"""案例·考务: facts for parts, scores, staffing and deadlines."""

from datetime import date
from decimal import Decimal

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.people import FIRST_OF_2023, LAST_OF_2018, TODAY
from touchstone.kernel.periods import Calendar
from touchstone.policy.exams import deadlines, parts, results, staffing
from touchstone.policy.exams.parts import Part
from touchstone.policy.exams.results import Score

AFTER_HOLIDAYS = date(2026, 10, 15)

CASES = [
    *table(
        parts.lasts_long_enough,
        ("理论90分钟", (Part.THEORY, 90, TODAY), MET),
        ("理论89分钟", (Part.THEORY, 89, TODAY), UNMET),
        ("旧规末日综合15分钟", (Part.PANEL, 15, LAST_OF_2018), MET),
        ("新规首日综合15分钟", (Part.PANEL, 15, FIRST_OF_2023), UNMET, "不少于30分钟"),
        ("标准规定120分钟", (Part.PRACTICAL, 119, TODAY, 120), UNMET, "标准规定不少于120分钟"),
        ("标准比规程短的以规程为准", (Part.PANEL, 29, TODAY, 20), UNMET, "应不少于30分钟"),
    ),
    *table(
        results.mark_is_possible,
        ("100分", (Decimal("100"), TODAY), MET),
        ("59.5分", (Decimal("59.5"), TODAY), MET),
        ("100.5分", (Decimal("100.5"), TODAY), UNMET),
        ("负分", (Decimal("-1"), TODAY), UNMET),
        ("两位小数", (Decimal("60.25"), TODAY), UNMET, "一位小数"),
        ("不是数", (Decimal("NaN"), TODAY), UNMET),
    ),
    *table(
        results.part_passed,
        ("60分", (Part.THEORY, Score(Decimal(60)), TODAY), MET),
        ("59.9分", (Part.THEORY, Score(Decimal("59.9")), TODAY), UNMET, "低于60分"),
        ("缺考", (Part.PRACTICAL, Score(absent=True), TODAY), UNMET, "缺考"),
        ("未录入", (Part.PRACTICAL, Score(), TODAY), UNPROVEN),
    ),
    *table(
        results.kept_score_still_valid,
        ("本次成绩", (Score(Decimal(70)), TODAY), MET),
        ("满两年前一天", (Score(Decimal(70), kept_from=date(2024, 6, 2)), TODAY), MET),
        ("满两年当天", (Score(Decimal(70), kept_from=date(2024, 6, 1)), TODAY), UNMET, "失效"),
    ),
    *table(
        staffing.enough_invigilators,
        ("15人两名", (2, 15, TODAY), MET),
        ("1人一名", (1, 1, TODAY), UNMET, "不少于2名"),
        ("31人两名", (2, 31, TODAY), UNMET, "不少于3名"),
        ("30人两名", (2, 30, TODAY), MET),
    ),
    *table(
        staffing.enough_assessors,
        ("技能3人", (Part.PRACTICAL, 3, TODAY), MET),
        ("技能2人", (Part.PRACTICAL, 2, TODAY), UNMET),
        ("综合4人", (Part.PANEL, 4, TODAY), UNMET, "单数"),
        ("理论不设", (Part.THEORY, 0, TODAY), MET),
        ("标准要求5人", (Part.PANEL, 3, TODAY, 5), UNMET, "应不少于5人"),
        ("标准少于规程的以规程为准", (Part.PRACTICAL, 1, TODAY, 1), UNMET, "应不少于3人"),
    ),
    *table(
        staffing.assessors_can_cope,
        ("45人3名", (3, 45, TODAY), MET),
        ("46人3名", (3, 46, TODAY), UNMET),
        ("标准规定1∶5", (3, 16, TODAY, 5), UNMET, "每人不超过5名考生，应不少于4名"),
        ("标准规定1∶20的从其规定", (3, 60, TODAY, 20), MET),
        ("标准规定1∶20而61人", (3, 61, TODAY, 20), UNMET, "应不少于4名"),
    ),
    *table(
        deadlines.plan_in_time,
        ("隔中秋国庆的最后一天", (date(2026, 9, 24), AFTER_HOLIDAYS, Calendar()), MET),
        ("晚一个工作日", (date(2026, 9, 28), AFTER_HOLIDAYS, Calendar()), UNMET, "2026-09-24"),
    ),
    *table(
        deadlines.registration_in_time,
        ("提前七个工作日", (date(2026, 9, 30), AFTER_HOLIDAYS, Calendar(), TODAY), MET),
        ("提前六个工作日", (date(2026, 10, 8), AFTER_HOLIDAYS, Calendar(), TODAY), UNMET),
    ),
]
