"""案例·外部登记: what registers say against what applicants claim."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.policy.eligibility import borne_out
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.outside import CertificateAnswer, SchoolRecord
from touchstone.policy.eligibility.schooling import School, SchoolClass

DAY = date(2026, 3, 2)
HELD = CertificateAnswer(True, True, 5, "6-18-01-01", date(2020, 6, 1), True)
DIPLOMA = SchoolRecord(School.TECHNICAL_SCHOOL, SchoolClass.ORDINARY, "机械加工", date(2012, 7, 1))
FIRM = "上海甲辰精密机械有限公司"

CASES = [
    *table(
        borne_out.name_fits_number,
        ("姓名相符", (True, DAY), MET),
        ("姓名不符", (False, DAY), UNMET, "不是这个姓名"),
        ("没有这个号码", (None, DAY), UNPROVEN, "没有查到"),
    ),
    *table(
        borne_out.no_death_registered,
        ("没有记录", (None, DAY), MET),
        ("申报之日以前死亡", (date(2024, 5, 1), DAY), UNMET, "2024-05-01"),
        ("申报以后死亡", (date(2026, 3, 3), DAY), MET),
    ),
    *table(
        borne_out.contributions_bear_out_work,
        ("缴费多于自述", (96, 120, DAY), MET),
        ("少十二个月仍相符", (96, 84, DAY), MET),
        ("少十三个月", (96, 83, DAY), UNMET, "只有6年11个月"),
        ("没有缴费记录", (96, 0, DAY), UNPROVEN, "没有查到缴费记录"),
    ),
    *table(
        borne_out.employer_pays,
        ("所填单位缴费", (FIRM, True, True, DAY), MET),
        ("别的单位缴费", (FIRM, True, False, DAY), UNMET, "不是"),
        ("派遣人员由派出单位缴费", (FIRM, False, False, DAY), UNPROVEN, "派出单位"),
        ("没有单位缴费", (FIRM, True, None, DAY), UNPROVEN, "没有缴费记录"),
    ),
    *table(
        borne_out.schooling_is_registered,
        ("登记相符", (School.TECHNICAL_SCHOOL, (DIPLOMA,), DAY), MET),
        ("应届毕业生", (School.TECHNICAL_SCHOOL, (replace(DIPLOMA, graduated_on=None, final_year=True),), DAY), MET),
        ("登记的是别的学校", (School.UNIVERSITY, (DIPLOMA,), DAY), UNMET, "技工学校"),
        ("还没有毕业", (School.TECHNICAL_SCHOOL, (replace(DIPLOMA, graduated_on=date(2026, 7, 1)),), DAY), UNMET, "尚未毕业"),
        ("没有登记", (School.UNIVERSITY, (), DAY), UNPROVEN, "没有查到"),
    ),
    *table(
        borne_out.certificate_is_registered,
        ("登记相符", (Level.FIVE, HELD, DAY), MET),
        ("等级不符", (Level.FOUR, HELD, DAY), UNMET, "不是四级"),
        ("他人名下", (Level.FIVE, replace(HELD, is_holders=False), DAY), UNMET, "他人名下"),
        ("已经撤销", (Level.FIVE, replace(HELD, valid=False), DAY), UNMET, "撤销"),
        ("申报以后才发证", (Level.FIVE, replace(HELD, issued_on=date(2026, 3, 3)), DAY), UNMET, "晚于申报之日"),
        ("没有查到", (Level.FIVE, CertificateAnswer(False), DAY), UNPROVEN, "没有查到"),
    ),
    *table(
        borne_out.contradiction_is_settled,
        ("审核人已核实", ("人口登记中这个证件号码不是这个姓名", "已核身份证原件，登记为曾用名", DAY), MET, "曾用名"),
        ("还没有核实", ("人口登记中这个证件号码不是这个姓名", "", DAY), UNPROVEN, "不是这个姓名"),
    ),
]
