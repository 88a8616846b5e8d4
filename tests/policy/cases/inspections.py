"""案例·双随机抽查: facts for a public plan, recusal, inspectors, public chance and its attestation."""

from datetime import date, datetime, timedelta, timezone

from tests.policy.case import MET, UNMET, table
from touchstone.policy import inspections as law
from touchstone.policy.inspections import Source

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=8)))
LOTTERIES = [Source.UNION, Source.SUPER, Source.SEVEN]

CASES = [
    *table(
        law.inspector_is_free,
        ("没有关系", ([],), MET),
        ("曾在该机构任职", (["曾在该机构任职或兼职"],), UNMET, "曾在该机构任职"),
        ("近亲属在该机构任职", (["近亲属在该机构任职"],), UNMET, "近亲属"),
    ),
    *table(
        law.inspectors_suffice,
        ("刚好够", (2, 4, 8, DAY), MET, "须8人次"),
        ("有一家只剩一人可派", (1, 4, 80, DAY), UNMET, "只剩1名"),
        ("合计少一人次", (3, 4, 7, DAY), UNMET, "只能承担7人次"),
    ),
    *table(
        law.announced_before_chance,
        ("提前两小时", (NOW, [NOW + timedelta(hours=2)]), MET),
        ("差一分钟满两小时", (NOW, [NOW + timedelta(hours=1, minutes=59)]), UNMET, "不足2小时"),
        ("其中一个已经开奖", (NOW, [NOW + timedelta(days=1), NOW - timedelta(days=1)]), UNMET, "不足2小时"),
        ("没有来源", (NOW, []), UNMET, "没有写明"),
    ),
    *table(
        law.chance_suffices,
        ("三种彩票", (LOTTERIES, DAY), MET, "71位"),
        ("两种彩票", (LOTTERIES[:2], DAY), UNMET, "48位"),
        ("公证摇号", ([Source.BALLS], DAY), MET, "66位"),
        ("快乐8一种", ([Source.HAPPY8], DAY), UNMET, "61位"),
    ),
    *table(
        law.attested_by_another,
        ("另一人填写一致", (1, 2, True), MET),
        ("同一人", (1, 1, True), UNMET, "同一人"),
        ("号码不一致", (1, 2, False), UNMET, "不一致"),
    ),
    *table(
        law.plan_is_public,
        ("当日批准", (DAY, 2026, [3, 9], date(2026, 3, 16), DAY), MET, "含3月"),
        ("没有批准", (None, 2026, [3, 9], date(2026, 3, 16), DAY), UNMET, "没有批准公布"),
        ("计划外的月份", (DAY, 2026, [3, 9], date(2026, 4, 1), DAY), UNMET, "不含2026年4月"),
        ("另一年度", (DAY, 2026, [3, 9], date(2027, 3, 1), DAY), UNMET, "不含2027年3月"),
    ),
    *table(
        law.confirmed_by_the_other,
        ("另一名检查人员确认", (1, 2), MET),
        ("自己确认", (1, 1), UNMET, "不能自己确认"),
    ),
    *table(
        law.plan_approved_by_another,
        ("另一人批准", (1, 2), MET),
        ("自己批准", (1, 1), UNMET, "自己的计划"),
    ),
]
