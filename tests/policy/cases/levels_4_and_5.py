"""案例·五级四级: facts for the conditions of levels 5 and 4."""

from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.people import FIRST_OF_2023, LAST_OF_2018, TODAY, graduate, holding, worker
from touchstone.policy.eligibility import level_4, level_5
from touchstone.policy.eligibility.applicant import Applicant, Relation
from touchstone.policy.eligibility.schooling import School

BORN_2010 = date(2010, 6, 1)

CASES = [
    *table(
        level_5.intends_to_work,
        ("16岁生日当天拟从事", (Applicant(birthday=BORN_2010, intends_to_work=True), TODAY), MET),
        ("差一天满16岁", (Applicant(birthday=date(2010, 6, 2), intends_to_work=True), TODAY), UNMET, "未满16周岁"),
        ("不拟从事", (Applicant(birthday=BORN_2010, intends_to_work=False), TODAY), UNMET, "不拟从事"),
        ("没有说明", (Applicant(birthday=BORN_2010), TODAY), UNPROVEN, "未说明"),
        ("出生日期不明", (Applicant(intends_to_work=True), TODAY), UNPROVEN, "出生日期不明"),
    ),
    *table(
        level_5.works_in_the_occupation,
        ("在岗有证明", (worker(date(2026, 5, 1)), TODAY), MET),
        ("自述在岗", (worker(date(2026, 5, 1), proven=False), TODAY), UNPROVEN, "尚无证明"),
        ("只填了年限", (Applicant(birthday=date(1990, 1, 1), claimed_months=3), TODAY), UNPROVEN),
        ("是否相关职业未核实", (worker(date(2026, 5, 1), relation=Relation.UNCONFIRMED), TODAY), UNPROVEN),
        ("其他职业", (worker(date(2016, 5, 1), relation=Relation.OTHER), TODAY), UNMET, "未从事"),
        ("次日才入职", (worker(date(2026, 6, 2)), TODAY), UNMET),
    ),
    *table(
        level_5.worked_one_year,
        ("旧规满1年", (worker(date(2022, 9, 30)), LAST_OF_2018), MET),
        ("旧规差一天", (worker(date(2022, 10, 1)), LAST_OF_2018), UNMET, "还差1个月"),
        ("旧规无证明", (worker(date(2020, 1, 1), proven=False), LAST_OF_2018), UNPROVEN),
    ),
    *table(
        level_5.apprenticeship_ended,
        ("学徒期满", (Applicant(apprenticeship_ended=True, apprenticeship_proven=True), LAST_OF_2018), MET),
        ("自述期满", (Applicant(apprenticeship_ended=True), LAST_OF_2018), UNPROVEN),
        ("学徒期未满", (Applicant(apprenticeship_ended=False), LAST_OF_2018), UNMET),
        ("没有学徒经历", (Applicant(), LAST_OF_2018), UNMET),
    ),
    *table(
        level_4.worked_long_enough,
        ("满5年当天", (worker(date(2021, 6, 1)), TODAY), MET),
        ("差一天满5年", (worker(date(2021, 6, 2)), TODAY), UNMET, "还差1个月"),
        ("自述6年", (worker(date(2020, 6, 1), proven=False), TODAY), UNPROVEN, "尚无证明"),
        ("其他职业10年", (worker(date(2016, 6, 1), relation=Relation.OTHER), TODAY), UNMET, "还差5年"),
        ("旧规末日5年半", (worker(date(2018, 3, 30)), LAST_OF_2018), UNMET, "应满6年"),
        ("新规首日5年半", (worker(date(2018, 3, 30)), FIRST_OF_2023), MET, "已满5年"),
    ),
    *table(
        level_4.worked_long_enough_after_level_5,
        ("五级后3年", (worker(date(2010, 1, 1), certificates=(holding(5, date(2023, 6, 1)),)), TODAY), MET),
        ("五级后差一天3年", (worker(date(2010, 1, 1), certificates=(holding(5, date(2023, 6, 2)),)), TODAY), UNMET, "还差1个月"),
        ("只有四级证书", (worker(date(2010, 1, 1), certificates=(holding(4, date(2020, 1, 1)),)), TODAY), UNMET, "未取得五级"),
        ("证书核查中", (worker(date(2010, 1, 1), certificates=(holding(5, date(2020, 1, 1), examined=True),)), TODAY), UNPROVEN, "正在核查"),
        ("证书未核实", (worker(date(2010, 1, 1), certificates=(holding(5, date(2020, 1, 1), proven=False),)), TODAY), UNPROVEN, "尚未核实"),
        (
            "是否相关职业未核实",
            (worker(date(2010, 1, 1), certificates=(holding(5, date(2020, 1, 1), relation=Relation.UNCONFIRMED),)), TODAY),
            UNPROVEN,
        ),
        ("旧规末日3年半", (worker(date(2010, 1, 1), certificates=(holding(5, date(2020, 3, 1)),)), LAST_OF_2018), UNMET, "应满4年"),
        ("新规首日3年半", (worker(date(2010, 1, 1), certificates=(holding(5, date(2020, 3, 1)),)), FIRST_OF_2023), MET, "已满3年"),
    ),
    *table(
        level_4.graduated_from_a_school,
        ("中职毕业", (Applicant(schoolings=(graduate(School.SECONDARY_VOCATIONAL),)), TODAY), MET),
        ("应届在读", (Applicant(schoolings=(graduate(School.TECHNICAL_SCHOOL, on=None, final_year=True),)), TODAY), MET),
        ("低年级在读", (Applicant(schoolings=(graduate(School.TECHNICAL_SCHOOL, on=None),)), TODAY), UNMET),
        ("普通高中毕业", (Applicant(schoolings=(graduate(School.GENERAL),)), TODAY), UNMET),
        ("专业不相关", (Applicant(schoolings=(graduate(School.UNIVERSITY, related=False),)), TODAY), UNMET, "不是本专业"),
        ("专业未核实", (Applicant(schoolings=(graduate(School.UNIVERSITY, related=None),)), TODAY), UNPROVEN),
        ("学历未核实", (Applicant(schoolings=(graduate(School.UNIVERSITY, proven=False),)), TODAY), UNPROVEN),
        ("旧规末日普通高校", (Applicant(schoolings=(graduate(School.UNIVERSITY),)), LAST_OF_2018), UNMET),
        ("新规首日普通高校", (Applicant(schoolings=(graduate(School.UNIVERSITY),)), FIRST_OF_2023), MET),
        ("旧规末日经评估中职", (Applicant(schoolings=(graduate(School.SECONDARY_VOCATIONAL, assessed=True),)), LAST_OF_2018), MET),
    ),
]
