"""案例·登分与抽查复核: facts for scores keyed by two, for what is drawn and looked at again, and for the announcement."""

from datetime import date
from decimal import Decimal

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.policy.exams import score_book

DAY = date(2026, 3, 20)

CASES = [
    *table(
        score_book.keyed_by_enough,
        ("两人录入", (2, DAY), MET, "不少于2人"),
        ("一人录入", (1, DAY), UNMET, "2人各自独立"),
    ),
    *table(
        score_book.keyings_agree,
        ("两人相同", (Decimal("80.0"), Decimal(80)), MET, "均为80分"),
        ("差半分", (Decimal("80.5"), Decimal(80)), UNMET, "80.5分和80分"),
        ("只有一人", (Decimal(80), None), UNPROVEN, "还没有两人"),
    ),
    *table(
        score_book.reviewer_is_another,
        ("另一个人", (3, {1, 2}), MET),
        ("录入人之一", (2, {1, 2}), UNMET, "不能由您复核"),
    ),
    *table(
        score_book.enough_drawn,
        ("一百份抽十份", (100, 10, DAY), MET, "不少于10份"),
        ("一百零一份抽十份", (101, 10, DAY), UNMET, "应抽11份"),
        ("五份抽三份", (5, 3, DAY), MET, "不少于3份"),
        ("五份抽两份", (5, 2, DAY), UNMET, "应抽3份"),
        ("只有两份", (2, 2, DAY), MET, "2份抽2份"),
    ),
    *table(
        score_book.errors_within_limit,
        ("一百份错两份", (2, 100, DAY), MET, "不超过2%"),
        ("一百份错三份", (3, 100, DAY), UNMET, "整批复核"),
        ("三份错一份", (1, 3, DAY), UNMET, "整批复核"),
        ("没有差错", (0, 3, DAY), MET),
    ),
    *table(
        score_book.may_be_announced,
        ("复核完毕", (True, 6, 0, 0), MET, "6份复核完毕"),
        ("没有锁定", (False, None, 0, 0), UNMET, "锁定"),
        ("没有抽样", (True, None, 0, 0), UNMET, "还没有抽取"),
        ("还有两份没有复核", (True, 6, 2, 0), UNMET, "还有2份"),
        ("有一处不一致没有核实", (True, 6, 0, 1), UNMET, "1处不一致"),
    ),
]
