"""案例·评价对象登记: staff, subsidiaries, agreements, commissions and school registers on their first and last days."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.policy.eligibility import populations
from touchstone.policy.eligibility.populations import Affiliate, OnRegister, Paper

DAY = date(2026, 6, 1)
STUDENT = OnRegister("数控技术", True, date(2023, 9, 1), date(2026, 7, 1))
AGREEMENT = Paper("XY000001", ["数控技术"], date(2026, 1, 1), date(2027, 1, 1))
COMMISSION = Paper("WT000001", ["6-18-01-01"], date(2026, 1, 1), date(2027, 1, 1), people=2)
SUZHOU = Affiliate("苏州东方机械", True, date(2026, 1, 1), date(2027, 1, 1))

CASES = [
    *table(
        populations.on_staff_register,
        ("登记与报名一致", ("劳务派遣", "劳务派遣", False, DAY), MET, "劳务派遣"),
        ("登记与报名不同", ("劳务派遣", "直接用工", False, DAY), UNPROVEN, "报名填直接用工"),
        ("登记与报名不同而有证明", ("劳务派遣", "直接用工", True, DAY), MET),
        ("职工登记中没有", (None, "直接用工", False, DAY), UNPROVEN, "没有此人"),
        ("职工登记中没有而有证明", (None, "直接用工", True, DAY), MET),
    ),
    *table(
        populations.subsidiary_covers,
        ("市域外下属企业", (SUZHOU, DAY), MET, "市域外"),
        ("本市下属企业", (replace(SUZHOU, outside=False), DAY), MET, "本市"),
        ("纳入首日", (SUZHOU, date(2026, 1, 1)), MET),
        ("纳入前一日", (SUZHOU, date(2025, 12, 31)), UNMET, "才纳入"),
        ("退出当日", (SUZHOU, date(2027, 1, 1)), UNMET, "退出"),
        ("没有股权证明", (replace(SUZHOU, evidenced=False), DAY), UNPROVEN),
    ),
    *table(
        populations.in_graduation_year,
        ("毕业学年全日制在籍", (STUDENT, DAY), MET, "2026-07-01"),
        ("毕业学年首日", (STUDENT, date(2025, 7, 1)), MET),
        ("毕业学年前一日", (STUDENT, date(2025, 6, 30)), UNMET, "才进入毕业学年"),
        ("毕业前一日", (STUDENT, date(2026, 6, 30)), MET),
        ("毕业当日", (STUDENT, date(2026, 7, 1)), UNMET, "不再是"),
        ("非全日制", (replace(STUDENT, full_time=False), DAY), UNMET, "非全日制"),
        ("离校当日", (replace(STUDENT, left_on=DAY), DAY), UNMET, "离校"),
        ("次日离校", (replace(STUDENT, left_on=date(2026, 6, 2)), DAY), MET),
        ("尚未入学", (replace(STUDENT, enrolled_on=date(2026, 6, 2)), DAY), UNMET, "入学"),
        ("登记未核", (replace(STUDENT, proven=False), DAY), UNPROVEN),
        ("不在登记之内", (None, DAY), UNPROVEN, "没有此人"),
    ),
    *table(
        populations.agreement_covers,
        ("协议有效且含专业", (AGREEMENT, "数控技术", DAY), MET),
        ("生效首日", (AGREEMENT, "数控技术", date(2026, 1, 1)), MET),
        ("生效前一日", (AGREEMENT, "数控技术", date(2025, 12, 31)), UNMET, "不在有效期"),
        ("最后一日", (AGREEMENT, "数控技术", date(2026, 12, 31)), MET),
        ("截止次日", (AGREEMENT, "数控技术", date(2027, 1, 1)), UNMET),
        ("提前终止当日", (replace(AGREEMENT, ended_on=DAY), "数控技术", DAY), UNMET),
        ("未约定的专业", (AGREEMENT, "护理", DAY), UNMET, "护理"),
        ("协议没有原件", (replace(AGREEMENT, evidenced=False), "数控技术", DAY), UNPROVEN, "原件"),
        ("没有协议", (None, "数控技术", DAY), UNPROVEN),
    ),
    *table(
        populations.commission_covers,
        ("还有一个名额", (COMMISSION, "6-18-01-01", 1, DAY), MET, "已接受1人"),
        ("名额用完", (COMMISSION, "6-18-01-01", 2, DAY), UNMET, "约定2人"),
        ("未委托的职业", (COMMISSION, "6-31-01-03", 0, DAY), UNMET, "不包含"),
        ("生效前一日", (COMMISSION, "6-18-01-01", 0, date(2025, 12, 31)), UNMET),
        ("最后一日", (COMMISSION, "6-18-01-01", 0, date(2026, 12, 31)), MET),
        ("提前终止当日", (replace(COMMISSION, ended_on=DAY), "6-18-01-01", 0, DAY), UNMET),
        ("委托没有原件", (replace(COMMISSION, evidenced=False), "6-18-01-01", 0, DAY), UNPROVEN, "原件"),
        ("没有委托", (None, "6-18-01-01", 0, DAY), UNPROVEN),
    ),
    *table(
        populations.client_lacks_conditions,
        ("委托单位没有备案", ("小微五金厂", False, DAY), MET),
        ("委托单位自己已备案", ("小微五金厂", True, DAY), UNMET, "自主评价"),
    ),
]
