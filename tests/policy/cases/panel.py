"""案例·综合评审: facts for papers, defence, minutes and the conclusion of a panel."""

from datetime import date
from decimal import Decimal

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.kernel.periods import Calendar
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams import panel

DAY, EXAM = date(2026, 3, 13), date(2026, 3, 20)
PLAIN = Calendar(frozenset(), frozenset(), frozenset({2026}))

CASES = [
    *table(
        panel.papers_complete,
        ("二级交技术总结和业绩材料", (Level.TWO, {"summary", "achievements"}, DAY), MET, "齐全"),
        ("二级交论文和业绩材料", (Level.TWO, {"thesis", "achievements"}, DAY), MET, "齐全"),
        ("一级只有技术总结没有论文", (Level.ONE, {"summary", "achievements"}, DAY), UNPROVEN, "还没有提交论文"),
        ("二级什么都没有交", (Level.TWO, set(), DAY), UNPROVEN, "论文或技术总结、业绩材料"),
        ("三级不设综合评审", (Level.THREE, set(), DAY), MET),
    ),
    *table(
        panel.paper_in_time,
        ("考试前五个工作日", (DAY, EXAM, PLAIN, ""), MET, "不迟于2026-03-13"),
        ("考试前四个工作日", (date(2026, 3, 16), EXAM, PLAIN, ""), UNMET, "现已过期"),
        ("过期而机构写明理由", (date(2026, 3, 16), EXAM, PLAIN, "考生住院"), MET, "考生住院"),
    ),
    *table(
        panel.defence_long_enough,
        ("三十分钟", (30, DAY, None, ""), MET, "30分钟"),
        ("二十九分钟", (29, DAY, None, ""), UNMET, "应不少于30分钟"),
        ("标准要求四十分钟", (30, DAY, 40, ""), UNMET, "应不少于40分钟"),
        ("不足而组长写明原因", (20, DAY, None, "考生放弃答辩"), MET, "考生放弃答辩"),
        ("2018年版规程下十五分钟", (15, date(2023, 9, 30), None, ""), MET),
        ("2023年版规程下十五分钟", (15, date(2023, 10, 1), None, ""), UNMET, "应不少于30分钟"),
    ),
    *table(panel.asked_enough, ("三个问题", (3, DAY), MET), ("两个问题", (2, DAY), UNMET, "应不少于3个")),
    *table(
        panel.signed_after_marks,
        ("答辩结束并已评分", (True, True), MET),
        ("答辩没有结束", (False, True), UNMET, "还没有结束"),
        ("还没有评分", (True, False), UNMET, "还没有提交"),
    ),
    *table(
        panel.signed_by_all,
        ("三人都签了", (3, 3, True), MET),
        ("还差一名委员", (2, 3, True), UNPROVEN, "3名评审委员中2名"),
        ("组长没有签", (2, 3, False), UNPROVEN, "3名评审委员中2名"),
        ("没有组长", (3, 3, False), UNPROVEN, "组长还没有"),
    ),
    *table(
        panel.panel_concludes,
        ("分数和表决都过", (Decimal("60.0"), 2, 3, DAY), MET, "通过"),
        ("分数和表决都不过", (Decimal("59.9"), 1, 3, DAY), UNMET, "不通过"),
        ("分数过而多数不同意", (Decimal(85), 1, 3, DAY), UNPROVEN, "不一致"),
        ("分数不过而多数同意", (Decimal(50), 3, 3, DAY), UNPROVEN, "不一致"),
        ("正好一半同意不算过半", (Decimal(85), 2, 4, DAY), UNPROVEN, "不一致"),
        ("还没有评分", (None, 3, 3, DAY), UNPROVEN, "评分还没有结果"),
        ("还没有表决", (Decimal(85), 0, 0, DAY), UNPROVEN, "还没有表决"),
    ),
]
