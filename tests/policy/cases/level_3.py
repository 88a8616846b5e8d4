"""案例·三级: facts for the conditions of level 3."""

from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.people import FIRST_OF_2023, LAST_OF_2018, TODAY, graduate, holding, titled, worker
from touchstone.policy.eligibility import level_3
from touchstone.policy.eligibility.applicant import Applicant, Relation
from touchstone.policy.eligibility.schooling import School, SchoolClass

LONG_AGO = date(2005, 1, 1)
LEVEL_4 = (holding(4, date(2020, 1, 1)),)

CASES = [
    *table(
        level_3.worked_long_enough,
        ("满10年当天", (worker(date(2016, 6, 1)), TODAY), MET),
        ("差一天10年", (worker(date(2016, 6, 2)), TODAY), UNMET, "还差1个月"),
        ("10年中一半有证明", (Applicant(claimed_months=120, works=worker(date(2021, 6, 1)).works), TODAY), UNPROVEN, "只有5年有证明"),
    ),
    *table(
        level_3.worked_long_enough_after_level_4,
        ("四级后4年", (worker(LONG_AGO, certificates=(holding(4, date(2022, 6, 1)),)), TODAY), MET),
        ("四级后差一天4年", (worker(LONG_AGO, certificates=(holding(4, date(2022, 6, 2)),)), TODAY), UNMET),
        ("四级后工作无证明", (worker(LONG_AGO, proven=False, certificates=(holding(4, date(2020, 6, 1)),)), TODAY), UNPROVEN),
        ("没有证书", (worker(LONG_AGO), TODAY), UNMET, "未取得四级"),
        ("两本证书取早的", (worker(LONG_AGO, certificates=(holding(4, date(2025, 1, 1)), holding(4, date(2020, 1, 1)))), TODAY), MET),
        ("旧规末日4年半", (worker(LONG_AGO, certificates=(holding(4, date(2019, 3, 1)),)), LAST_OF_2018), UNMET, "应满5年"),
        ("新规首日4年半", (worker(LONG_AGO, certificates=(holding(4, date(2019, 3, 1)),)), FIRST_OF_2023), MET, "已满4年"),
    ),
    *table(
        level_3.worked_long_enough_after_junior_title,
        ("初级职称后1年", (worker(LONG_AGO, titles=(titled("junior", date(2025, 6, 1)),)), TODAY), MET),
        ("初级职称后差一天", (worker(LONG_AGO, titles=(titled("junior", date(2025, 6, 2)),)), TODAY), UNMET, "还差1个月"),
        ("没有职称", (worker(LONG_AGO), TODAY), UNMET),
        ("专业对应未核实", (worker(LONG_AGO, titles=(titled("junior", date(2020, 1, 1), relation=Relation.UNCONFIRMED),)), TODAY), UNPROVEN),
        ("职称未核实", (worker(LONG_AGO, titles=(titled("junior", date(2020, 1, 1), proven=False),)), TODAY), UNPROVEN),
    ),
    *table(
        level_3.graduated_from_senior_class,
        (
            "高级工班应届",
            (Applicant(schoolings=(graduate(School.TECHNICAL_SCHOOL, school_class=SchoolClass.SENIOR, on=None, final_year=True),)), TODAY),
            MET,
        ),
        ("技师班毕业", (Applicant(schoolings=(graduate(School.TECHNICIAN_COLLEGE, school_class=SchoolClass.TECHNICIAN),)), TODAY), MET),
        ("中级工班毕业", (Applicant(schoolings=(graduate(School.TECHNICIAN_COLLEGE, school_class=SchoolClass.INTERMEDIATE),)), TODAY), UNMET),
        ("学籍未核实", (Applicant(schoolings=(graduate(School.TECHNICAL_SCHOOL, school_class=SchoolClass.SENIOR, proven=False),)), TODAY), UNPROVEN),
    ),
    *table(
        level_3.graduated_with_level_4,
        ("四级且大专毕业", (Applicant(certificates=LEVEL_4, schoolings=(graduate(School.UNIVERSITY),)), TODAY), MET),
        ("四级但中职", (Applicant(certificates=LEVEL_4, schoolings=(graduate(School.SECONDARY_VOCATIONAL),)), TODAY), UNMET),
        ("大专但无四级", (Applicant(schoolings=(graduate(School.UNIVERSITY),)), TODAY), UNMET, "未取得四级"),
        ("四级且大专未核实", (Applicant(certificates=LEVEL_4, schoolings=(graduate(School.UNIVERSITY, proven=False),)), TODAY), UNPROVEN),
    ),
    *table(
        level_3.graduated_from_assessed_programme,
        ("经评估的高职", (Applicant(schoolings=(graduate(School.HIGHER_VOCATIONAL, assessed=True),)), TODAY), MET),
        ("未经评估的高职", (Applicant(schoolings=(graduate(School.HIGHER_VOCATIONAL, assessed=False),)), TODAY), UNMET),
        ("是否评估不明", (Applicant(schoolings=(graduate(School.HIGHER_VOCATIONAL),)), TODAY), UNPROVEN, "评估论证"),
        ("没有学历", (Applicant(), TODAY), UNMET),
    ),
    *table(
        level_3.senior_school_with_level_4,
        ("旧规四级且技师学院", (Applicant(certificates=LEVEL_4, schoolings=(graduate(School.TECHNICIAN_COLLEGE),)), LAST_OF_2018), MET),
        ("旧规无四级", (Applicant(schoolings=(graduate(School.TECHNICIAN_COLLEGE),)), LAST_OF_2018), UNMET),
        ("旧规未评估高职", (Applicant(certificates=LEVEL_4, schoolings=(graduate(School.HIGHER_VOCATIONAL),)), LAST_OF_2018), UNMET),
        (
            "旧规学历未核实",
            (Applicant(certificates=LEVEL_4, schoolings=(graduate(School.TECHNICIAN_COLLEGE, proven=False),)), LAST_OF_2018),
            UNPROVEN,
        ),
    ),
    *table(
        level_3.graduate_worked_after_level_4,
        ("旧规大专四级后2年", (worker(LONG_AGO, certificates=LEVEL_4, schoolings=(graduate(School.UNIVERSITY),)), LAST_OF_2018), MET),
        ("旧规没有学历", (worker(LONG_AGO, certificates=LEVEL_4), LAST_OF_2018), UNMET),
        ("旧规工作无证明", (worker(LONG_AGO, proven=False, certificates=LEVEL_4, schoolings=(graduate(School.UNIVERSITY),)), LAST_OF_2018), UNPROVEN),
    ),
]
