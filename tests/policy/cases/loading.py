"""案例·存量装入: facts for what was filed before the platform."""

from datetime import date, timedelta

from tests.policy.case import MET, UNMET, table
from touchstone.kernel.periods import Period
from touchstone.policy.filing.loading import begun_before, still_in_force

SINCE, UNTIL = date(2022, 6, 1), date(2027, 6, 1)
TERM = Period(SINCE, UNTIL)

CASES = table(
    still_in_force,
    ("生效当日", (TERM, SINCE), MET),
    ("最后一天", (TERM, UNTIL - timedelta(days=1)), MET, "照原样装入"),
    ("期满当日", (TERM, UNTIL), UNMET, "已于2027-06-01前期满，作为历史备案装入"),
) + table(
    begun_before,
    ("生效当日", (TERM, SINCE), MET, "可以装入"),
    ("期满以后", (TERM, UNTIL), MET),
    ("尚未生效", (TERM, SINCE - timedelta(days=1)), UNMET, "才生效"),
    ("截止早于生效", (Period(UNTIL, SINCE), UNTIL), UNMET, "早于生效日"),
)
