"""案例·考务编排: facts for seats, rooms, people, and the steps after an exam."""

from datetime import date

from tests.policy.case import MET, UNMET, table
from tests.policy.people import TODAY
from touchstone.kernel.periods import Calendar
from touchstone.policy.exams import arrangement
from touchstone.policy.exams.parts import Part
from touchstone.policy.filing import use

EXAM = date(2026, 10, 15)
CALENDAR = Calendar()

CASES = [
    *table(
        arrangement.everyone_seated,
        ("三十人三十座", (Part.THEORY, 30, 30), MET),
        ("漏排一人", (Part.THEORY, 29, 30), UNMET, "1名考生没有座位"),
        ("多排一人", (Part.THEORY, 31, 30), UNMET, "不再参加"),
    ),
    *table(
        arrangement.enough_seats,
        ("刚好", (Part.PRACTICAL, 30, 30), MET),
        ("缺一座", (Part.PRACTICAL, 29, 30), UNMET, "还缺1个"),
    ),
    *table(
        arrangement.room_serves,
        ("理论考场考理论", (Part.THEORY, "theory", "理论知识考试", "一号"), MET),
        ("理论考场考技能", (Part.PRACTICAL, "theory", "理论知识考试", "一号"), UNMET, "不能安排技能考核"),
    ),
    *table(
        arrangement.as_planned,
        ("当天", (EXAM, EXAM, EXAM), MET),
        ("前一天", (EXAM, date(2026, 10, 14), date(2026, 10, 14)), UNMET),
        ("跨到次日", (EXAM, EXAM, date(2026, 10, 16)), UNMET),
    ),
    *table(
        arrangement.supervised,
        ("有专人督导", ("一号", "督导甲", ["监考乙"]), MET),
        ("没有督导", ("一号", "", ["监考乙"]), UNMET, "没有指定"),
        ("督导兼监考", ("一号", "督导甲", ["督导甲"]), UNMET, "同时担任"),
    ),
    *table(
        arrangement.staffed,
        ("理论三十人两名", ("一号", Part.THEORY, 2, 30, TODAY), MET),
        ("理论三十一人两名", ("一号", Part.THEORY, 2, 31, TODAY), UNMET),
        ("技能四名", ("二号", Part.PRACTICAL, 4, 10, TODAY), UNMET, "单数"),
        ("综合三名", ("三号", Part.PANEL, 3, 10, TODAY), MET),
    ),
    *table(
        arrangement.dispatched,
        ("都派到了", ("车间 13:00", 3, 3), MET),
        ("推辞后缺一名", ("车间 13:00", 3, 2), UNMET, "已派2名"),
    ),
    *table(
        arrangement.assessor_covers,
        ("可考评到三级, 考四级", ("考评甲", True, 3, 4), MET),
        ("可考评到三级, 考三级", ("考评甲", True, 3, 3), MET),
        ("可考评到三级, 考二级", ("考评甲", True, 3, 2), UNMET, "最高等级为3级"),
        ("别的职业", ("考评甲", False, 1, 5), UNMET),
        ("没有登记等级", ("考评甲", True, None, 1), MET),
    ),
    *table(
        arrangement.arranged_in_time,
        ("末日", (date(2026, 10, 9), EXAM, CALENDAR), MET),
        ("晚一个工作日", (date(2026, 10, 10), EXAM, CALENDAR), UNMET, "2026-10-09"),
    ),
    *table(
        arrangement.scores_in_time,
        ("末日", (date(2026, 10, 20), EXAM, CALENDAR), MET),
        ("晚一天", (date(2026, 10, 21), EXAM, CALENDAR), UNMET),
    ),
    *table(
        arrangement.announced_in_time,
        ("末日", (date(2026, 10, 22), EXAM, CALENDAR), MET),
        ("晚一天", (date(2026, 10, 23), EXAM, CALENDAR), UNMET),
    ),
    *table(
        arrangement.issued_in_time,
        ("末日", (date(2026, 10, 29), EXAM, CALENDAR), MET),
        ("晚一天", (date(2026, 10, 30), EXAM, CALENDAR), UNMET),
    ),
    *table(use.site_code_assigned, ("已赋码", ("000123", TODAY), MET), ("未赋码", (None, TODAY), UNMET)),
]
