"""案例·年度考核和期满评估: facts for the body's own report, the two assessments, experts, publication, and the end of a term."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.kernel.periods import Calendar
from touchstone.policy.supervision import assessment
from touchstone.policy.supervision.assessment import Band, TermFacts

DAY = date(2026, 3, 20)
CALENDAR = Calendar()
TERM = TermFacts(date(2027, 6, 1), (Band.GOOD, Band.FAILED, Band.PASSED), certificates=120)

CASES = [
    *table(
        assessment.reported_in_time,
        ("二月底提交", (2025, date(2026, 2, 28), DAY), MET),
        ("三月一日提交", (2025, date(2026, 3, 1), DAY), UNMET, "实际于2026-03-01"),
        ("期限内没有提交", (2025, None, date(2026, 2, 28)), UNPROVEN),
        ("逾期没有提交", (2025, None, date(2026, 3, 1)), UNMET, "已经逾期"),
    ),
    *table(
        assessment.district_then_city,
        ("区市均已评", (85.0, 80.0, False, DAY), MET),
        ("区没有评", (None, 80.0, False, DAY), UNPROVEN, "区人社局尚未初评"),
        ("市没有评", (85.0, None, False, DAY), UNPROVEN, "尚未复评"),
        ("相差十一分没有说明", (85.0, 74.0, False, DAY), UNPROVEN, "相差超过10分"),
        ("相差十一分已说明", (85.0, 74.0, True, DAY), MET),
        ("相差十分", (85.0, 75.0, False, DAY), MET),
    ),
    *table(
        assessment.excellence_is_rare,
        ("恰好两成优秀", (50, 10, DAY), MET),
        ("超过两成优秀", (50, 11, DAY), UNMET, "超过20%"),
    ),
    *table(
        assessment.experts_looked_at_enough,
        ("抽查一成", (51, 6, DAY), MET),
        ("少一家", (51, 5, DAY), UNMET, "抽查6家"),
    ),
    *table(
        assessment.assessment_is_published,
        ("第十五个工作日公布", (DAY, date(2026, 4, 13), date(2026, 5, 1), CALENDAR), MET),
        ("第十六个工作日公布", (DAY, date(2026, 4, 14), date(2026, 5, 1), CALENDAR), UNMET),
        ("还没有公布", (DAY, None, DAY, CALENDAR), MET, "应在2026-04-13前"),
    ),
    *table(
        assessment.evaluation_is_due,
        ("期满前三个月", (TERM, date(2027, 3, 1)), MET),
        ("期满前三个月零一天", (TERM, date(2027, 2, 28)), UNMET, "2027-03-01起"),
    ),
    *table(
        assessment.term_was_good,
        ("三年中一年不合格", (TERM, DAY), MET, "120本"),
        ("暂停中", (replace(TERM, suspended=True), DAY), UNMET, "暂停"),
        ("有案件没有办结", (replace(TERM, open_cases=1), DAY), UNPROVEN, "1件案件"),
        ("最近一年不合格", (replace(TERM, bands=(Band.GOOD, Band.FAILED)), DAY), UNMET, "最近一年"),
        ("多数不合格", (replace(TERM, bands=(Band.FAILED, Band.FAILED, Band.PASSED)), DAY), UNMET, "3个年度中2个"),
        ("没有发过证书", (replace(TERM, certificates=0), DAY), UNPROVEN, "没有核发证书"),
    ),
]
