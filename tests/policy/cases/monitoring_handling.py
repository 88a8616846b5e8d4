"""案例·预警办理: facts for asking the body before a warning is upheld, and for the deadline."""

from datetime import date

from tests.policy.case import MET, UNMET, table
from touchstone.kernel.periods import Calendar
from touchstone.policy.monitoring import handling
from touchstone.policy.monitoring.comparison import Severity

DAY = date(2026, 3, 20)
CALENDAR = Calendar()

CASES = [
    *table(
        handling.body_was_heard,
        ("机构已说明", ("甲机构", DAY, True, DAY, CALENDAR), MET, "已作说明"),
        ("还没有请机构说明", ("甲机构", None, False, DAY, CALENDAR), UNMET, "还没有请甲机构"),
        ("说明期第五个工作日", ("甲机构", DAY, False, date(2026, 3, 27), CALENDAR), UNMET, "尚未届满"),
        ("说明期第六个工作日", ("甲机构", DAY, False, date(2026, 3, 30), CALENDAR), MET, "没有说明"),
    ),
    *table(
        handling.decided_in_time,
        ("期限最后一天认定", (DAY, date(2026, 4, 3), date(2026, 4, 3), Severity.HIGH), MET, "已于2026-04-03认定"),
        ("过期一天认定", (DAY, date(2026, 4, 3), date(2026, 4, 4), Severity.HIGH), UNMET, "应于2026-04-03前"),
    ),
]
