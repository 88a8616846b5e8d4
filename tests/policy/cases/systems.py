"""自有系统案例: when does a key open, how long may it last, how often may it be used?"""

from datetime import date

from tests.policy.case import MET, UNMET, table
from touchstone.policy.systems import key_has_an_end, key_is_in_force, requests_are_few_enough

SINCE, UNTIL, DAY = date(2026, 3, 2), date(2026, 9, 1), date(2026, 3, 16)

CASES = [
    *table(
        key_is_in_force,
        ("有效期内，责任人在岗", (SINCE, UNTIL, False, True, DAY), MET, "2026-09-01"),
        ("启用当日", (SINCE, UNTIL, False, True, SINCE), MET),
        ("启用前一日", (SINCE, UNTIL, False, True, date(2026, 3, 1)), UNMET, "起才能使用"),
        ("到期前一日", (SINCE, UNTIL, False, True, date(2026, 8, 31)), MET),
        ("到期日", (SINCE, UNTIL, False, True, UNTIL), UNMET, "到期"),
        ("已停用", (SINCE, UNTIL, True, True, DAY), UNMET, "停用"),
        ("责任人已离岗", (SINCE, UNTIL, False, False, DAY), UNMET, "责任人"),
    ),
    *table(
        key_has_an_end,
        ("半年", (SINCE, UNTIL), MET),
        ("恰好366天", (SINCE, date(2027, 3, 3)), MET, "366"),
        ("超过366天", (SINCE, date(2027, 3, 4)), UNMET, "最长366天"),
        ("到期日即启用日", (SINCE, SINCE), UNMET, "晚于"),
    ),
    *table(
        requests_are_few_enough,
        ("第120次", (120, DAY), MET),
        ("第121次", (121, DAY), UNMET, "超过120次"),
    ),
]
