"""案例·试点: term, scope and match of courses, on the first and last days."""

from datetime import date

from tests.policy.case import MET, UNMET, table
from touchstone.policy import pilots

DAY, NEXT = date(2026, 6, 1), date(2027, 6, 1)

CASES = [
    *table(
        pilots.has_a_term,
        ("当日开始", (DAY, NEXT, DAY), MET),
        ("昨日开始", (date(2026, 5, 31), NEXT, DAY), UNMET, "早于"),
        ("一天", (DAY, date(2026, 6, 2), DAY), MET),
        ("没有一天", (DAY, DAY, DAY), UNMET, "不晚于"),
    ),
    *table(
        pilots.scope_is_filed,
        ("都已备案", (["6-18-01-01"], {"6-18-01-01", "6-20-01-01"}), MET),
        ("一个没有备案", (["6-18-01-01", "4-03-02-01"], {"6-18-01-01"}), UNMET, "4-03-02-01"),
    ),
    *table(
        pilots.units_match_elements,
        ("逐项对应", ([("数控编程", "程序编制")],), MET),
        ("缺要素", ([("数控编程", "程序编制"), ("机械制图", " ")],), UNMET, "机械制图"),
        ("没有单元", ([],), UNMET),
    ),
]
