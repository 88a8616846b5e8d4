"""案例·课证融通: which course units exempt from which elements, on which days, and how much of a part at most."""

from datetime import date
from decimal import Decimal

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.policy.exams import courses
from touchstone.policy.exams.courses import Taught, UnitResult
from touchstone.policy.exams.parts import Part

DAY = date(2026, 3, 20)
CNC = Taught("数控编程", "程序编制", Part.PRACTICAL, 30)
LATHE = Taught("车削实训", "轴类零件加工", Part.PRACTICAL, 20)
MORE = Taught("装夹实训", "工件装夹", Part.PRACTICAL, 21)
DRAWING = Taught("机械制图", "读图与绘图", Part.THEORY, 100)
READ_ONLY = Taught("职业素养", "职业道德", None, 0)
PARTS = (Part.THEORY, Part.PRACTICAL)


def result(mark: str = "75", on: date = date(2026, 1, 15), *, confirmed: bool = True) -> UnitResult:
    """Give a course result."""
    return UnitResult(Decimal(mark), on, confirmed)


CASES = [
    *table(
        courses.units_are_weighed,
        ("写全", ((CNC, LATHE, DRAWING, READ_ONLY), DAY), MET, "3个"),
        ("有科目没有权重", ((Taught("数控编程", "程序编制", Part.PRACTICAL, 0),), DAY), UNMET, "没有写全"),
        ("技能合计恰为100%", ((CNC, Taught("实训", "加工", Part.PRACTICAL, 70)), DAY), MET),
        ("技能合计101%", ((CNC, Taught("实训", "加工", Part.PRACTICAL, 71)), DAY), UNMET, "101%"),
        ("权重超过100%", ((Taught("实训", "加工", Part.PRACTICAL, 101),), DAY), UNMET, "1%至100%"),
    ),
    *table(
        courses.unit_mark_is_possible,
        ("当日考核", (Decimal(60), DAY, DAY), MET),
        ("明日考核", (Decimal(60), date(2026, 3, 21), DAY), UNMET, "晚于今天"),
        ("满分以外", (Decimal(101), DAY, DAY), UNMET),
        ("两位小数", (Decimal("60.25"), DAY, DAY), UNMET),
    ),
    *table(
        courses.confirmed_by_another,
        ("两个人", (1, 2, DAY), MET),
        ("同一个人", (1, 1, DAY), UNMET, "登记人以外"),
        ("没有人确认", (1, None, DAY), UNMET),
    ),
    *table(
        courses.unit_passed,
        ("合格", (CNC, result(), DAY), MET, "75分"),
        ("恰为60分", (CNC, result("60"), DAY), MET),
        ("差半分", (CNC, result("59.5"), DAY), UNMET, "低于60分"),
        ("没有成绩", (CNC, None, DAY), UNPROVEN, "没有“数控编程”"),
        ("没有确认", (CNC, result(confirmed=False), DAY), UNPROVEN, "还没有确认"),
        ("三年前次日", (CNC, result(on=date(2023, 3, 21)), DAY), MET),
        ("满三年", (CNC, result(on=date(2023, 3, 20)), DAY), UNMET, "超过3年"),
        ("考试当日", (CNC, result(on=DAY), DAY), UNMET, "不早于考试日期"),
    ),
    *table(
        courses.element_may_be_exempt,
        ("技能30%", (CNC, PARTS, {}, DAY), MET, "占30%"),
        ("技能恰为50%", (LATHE, PARTS, {Part.PRACTICAL: 30}, DAY), MET),
        ("技能51%", (MORE, PARTS, {Part.PRACTICAL: 30}, DAY), UNMET, "超过技能考核的上限50%"),
        ("理论整科", (DRAWING, PARTS, {}, DAY), MET),
        ("只剩这一科", (DRAWING, PARTS, {Part.PRACTICAL: 100}, DAY), UNMET, "至少要考一科"),
        ("没有写科目", (READ_ONLY, PARTS, {}, DAY), UNMET, "没有对应"),
        ("综合评审", (Taught("论文", "技术总结", Part.PANEL, 10), (*PARTS, Part.PANEL), {}, DAY), UNMET, "综合评审"),
    ),
    *table(
        courses.result_still_stands,
        ("都有效", ((), DAY), MET),
        ("一人被撤销", (("陈一鸣",), DAY), UNMET, "陈一鸣"),
    ),
    *table(
        courses.unit_examined_here,
        ("在试点之内", ((CNC, DRAWING), "机械制图", PARTS, DAY), MET, "理论知识考试同时作为"),
        ("不在试点之内", ((CNC, DRAWING), "钳工实训", PARTS, DAY), UNMET, "没有“钳工实训”"),
        ("没有科目", ((READ_ONLY,), "职业素养", PARTS, DAY), UNMET, "没有对应"),
    ),
]
