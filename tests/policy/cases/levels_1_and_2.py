"""案例·二级一级: facts for the conditions of levels 2 and 1."""

from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.people import FIRST_OF_2023, LAST_OF_2018, TODAY, graduate, holding, titled, worker
from touchstone.policy.eligibility import level_1, level_2
from touchstone.policy.eligibility.applicant import Applicant
from touchstone.policy.eligibility.schooling import School, SchoolClass

LONG_AGO = date(2005, 1, 1)
LEVEL_3 = (holding(3, date(2020, 1, 1)),)
IN_TECHNICIAN_CLASS = graduate(School.TECHNICIAN_COLLEGE, school_class=SchoolClass.TECHNICIAN, on=None)
PREPARATORY_GRADUATE = graduate(School.TECHNICIAN_COLLEGE, school_class=SchoolClass.PREPARATORY_TECHNICIAN)

CASES = [
    *table(
        level_2.worked_long_enough_after_level_3,
        ("三级后5年", (worker(LONG_AGO, certificates=(holding(3, date(2021, 6, 1)),)), TODAY), MET),
        ("三级后差一天", (worker(LONG_AGO, certificates=(holding(3, date(2021, 6, 2)),)), TODAY), UNMET),
        ("证书未核实", (worker(LONG_AGO, certificates=(holding(3, date(2020, 1, 1), proven=False),)), TODAY), UNPROVEN),
        ("旧规末日4年半", (worker(LONG_AGO, certificates=(holding(3, date(2019, 3, 1)),)), LAST_OF_2018), MET, "已满4年"),
        ("新规首日4年半", (worker(LONG_AGO, certificates=(holding(3, date(2019, 3, 1)),)), FIRST_OF_2023), UNMET, "应满5年"),
    ),
    *table(
        level_2.worked_after_junior_title_and_level_3,
        (
            "职称后5年且三级后1年",
            (worker(LONG_AGO, titles=(titled("junior", date(2021, 6, 1)),), certificates=(holding(3, date(2025, 6, 1)),)), TODAY),
            MET,
        ),
        (
            "职称后5年但三级不满1年",
            (worker(LONG_AGO, titles=(titled("junior", date(2021, 6, 1)),), certificates=(holding(3, date(2025, 7, 1)),)), TODAY),
            UNMET,
        ),
        ("只有职称", (worker(LONG_AGO, titles=(titled("junior", date(2015, 1, 1)),)), TODAY), UNMET, "未取得三级"),
        ("职称未核实", (worker(LONG_AGO, titles=(titled("junior", date(2015, 1, 1), proven=False),), certificates=LEVEL_3), TODAY), UNPROVEN),
    ),
    *table(
        level_2.worked_long_enough_after_middle_title,
        ("中级职称后1年", (worker(LONG_AGO, titles=(titled("middle", date(2025, 6, 1)),)), TODAY), MET),
        ("初级职称不算", (worker(LONG_AGO, titles=(titled("junior", date(2015, 6, 1)),)), TODAY), UNMET),
        ("工作无证明", (worker(LONG_AGO, proven=False, titles=(titled("middle", date(2020, 6, 1)),)), TODAY), UNPROVEN),
    ),
    *table(
        level_2.graduate_with_level_3_worked,
        ("三级技师学院毕业2年", (worker(date(2024, 6, 1), certificates=LEVEL_3, schoolings=(graduate(School.TECHNICIAN_COLLEGE),)), TODAY), MET),
        ("工作差一天2年", (worker(date(2024, 6, 2), certificates=LEVEL_3, schoolings=(graduate(School.TECHNICIAN_COLLEGE),)), TODAY), UNMET),
        ("普通技工学校", (worker(LONG_AGO, certificates=LEVEL_3, schoolings=(graduate(School.TECHNICAL_SCHOOL),)), TODAY), UNMET),
        ("毕业证未核实", (worker(LONG_AGO, certificates=LEVEL_3, schoolings=(graduate(School.TECHNICIAN_COLLEGE, proven=False),)), TODAY), UNPROVEN),
        (
            "旧规末日工作2年半",
            (worker(date(2021, 3, 1), certificates=LEVEL_3, schoolings=(graduate(School.TECHNICIAN_COLLEGE),)), LAST_OF_2018),
            UNMET,
            "应满3年",
        ),
        (
            "新规首日工作2年半",
            (worker(date(2021, 3, 1), certificates=LEVEL_3, schoolings=(graduate(School.TECHNICIAN_COLLEGE),)), FIRST_OF_2023),
            MET,
        ),
    ),
    *table(
        level_2.technician_student_held_level_3,
        ("技师班学生三级满2年", (Applicant(certificates=(holding(3, date(2024, 6, 1)),), schoolings=(IN_TECHNICIAN_CLASS,)), TODAY), MET),
        ("三级差一天2年", (Applicant(certificates=(holding(3, date(2024, 6, 2)),), schoolings=(IN_TECHNICIAN_CLASS,)), TODAY), UNMET),
        ("已经毕业", (Applicant(certificates=LEVEL_3, schoolings=(PREPARATORY_GRADUATE,)), TODAY), UNMET),
        ("证书未核实", (Applicant(certificates=(holding(3, date(2020, 1, 1), proven=False),), schoolings=(IN_TECHNICIAN_CLASS,)), TODAY), UNPROVEN),
    ),
    *table(
        level_2.preparatory_graduate_worked,
        ("旧规预备技师工作2年", (worker(date(2021, 9, 30), schoolings=(PREPARATORY_GRADUATE,)), LAST_OF_2018), MET),
        ("旧规高级工班", (worker(LONG_AGO, schoolings=(graduate(School.TECHNICIAN_COLLEGE, school_class=SchoolClass.SENIOR),)), LAST_OF_2018), UNMET),
        ("旧规工作无证明", (worker(date(2020, 9, 1), proven=False, schoolings=(PREPARATORY_GRADUATE,)), LAST_OF_2018), UNPROVEN),
    ),
    *table(
        level_1.worked_long_enough_after_level_2,
        ("二级后5年", (worker(LONG_AGO, certificates=(holding(2, date(2021, 6, 1)),)), TODAY), MET),
        ("二级后差一天", (worker(LONG_AGO, certificates=(holding(2, date(2021, 6, 2)),)), TODAY), UNMET),
        ("工作无证明", (worker(LONG_AGO, proven=False, certificates=(holding(2, date(2020, 1, 1)),)), TODAY), UNPROVEN),
        ("旧规末日4年半", (worker(LONG_AGO, certificates=(holding(2, date(2019, 3, 1)),)), LAST_OF_2018), MET),
        ("新规首日4年半", (worker(LONG_AGO, certificates=(holding(2, date(2019, 3, 1)),)), FIRST_OF_2023), UNMET),
    ),
    *table(
        level_1.worked_after_middle_title_and_level_2,
        (
            "职称后5年且二级后1年",
            (worker(LONG_AGO, titles=(titled("middle", date(2021, 6, 1)),), certificates=(holding(2, date(2025, 6, 1)),)), TODAY),
            MET,
        ),
        ("没有二级", (worker(LONG_AGO, titles=(titled("middle", date(2010, 1, 1)),)), TODAY), UNMET, "未取得二级"),
        (
            "职称未核实",
            (worker(LONG_AGO, titles=(titled("middle", date(2010, 1, 1), proven=False),), certificates=(holding(2, date(2020, 1, 1)),)), TODAY),
            UNPROVEN,
        ),
    ),
    *table(
        level_1.worked_long_enough_after_senior_title,
        ("高级职称后1年", (worker(LONG_AGO, titles=(titled("senior", date(2025, 6, 1)),)), TODAY), MET),
        ("中级职称不算", (worker(LONG_AGO, titles=(titled("middle", date(2010, 6, 1)),)), TODAY), UNMET),
        ("职称未核实", (worker(LONG_AGO, titles=(titled("senior", date(2020, 6, 1), proven=False),)), TODAY), UNPROVEN),
    ),
]
