"""案例·考试费: facts for giving back what was paid."""

from datetime import date

from tests.policy.case import MET, UNMET, table
from tests.policy.people import TODAY
from touchstone.policy.exams import fees

CLOSES = date(2026, 3, 17)

CASES = [
    *table(
        fees.fees_are_settled,
        ("都已了结", ([], TODAY), MET, "都已缴或已免"),
        ("两人没有缴", (["赵某", "钱某"], TODAY), UNMET, "2名"),
    ),
    *table(
        fees.refundable,
        ("截止当天退出", (CLOSES, CLOSES, False, TODAY), MET, "全额退还"),
        ("截止次日退出", (date(2026, 3, 18), CLOSES, False, TODAY), UNMET, "不退"),
        ("截止后计划取消", (date(2026, 3, 25), CLOSES, True, TODAY), MET, "计划取消"),
    ),
]
