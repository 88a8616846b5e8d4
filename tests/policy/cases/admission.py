"""案例·参评对象与依据: facts for admission, for standards that give way, and for documents that do."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.people import TODAY
from touchstone.kernel.law import Document
from touchstone.policy import precedence
from touchstone.policy.documents import PLATFORM_DEFAULT, STANDARD_2018, STANDARD_2023
from touchstone.policy.eligibility import admission, override
from touchstone.policy.eligibility.admission import Employment, Ground
from touchstone.policy.eligibility.override import PrintedStandard
from touchstone.policy.roles import BodyKind

IN_POST = Employment("劳务派遣", date(2020, 1, 1), proven=True)
BEFORE_NOTICE, NOTICE_DAY = date(2024, 4, 30), date(2024, 5, 1)
OLD_STANDARD = PrintedStandard("电工", date(2018, 12, 26), {"work_for_4": 6, "after_4_for_3": 5})
NEW_STANDARD = PrintedStandard("电工", date(2024, 1, 1), {"work_for_4": 5})
NEWER_POLICY = Document("newer", "后出的规定", date(2025, 1, 1), rank=10)

CASES = [
    *table(
        admission.ground_open_to_body,
        ("企业评本单位职工", (BodyKind.ENTERPRISE, Ground.OWN_STAFF, TODAY), MET),
        ("企业面向社会", (BodyKind.ENTERPRISE, Ground.PUBLIC, TODAY), UNMET, "不接受社会人员"),
        ("社评面向社会", (BodyKind.SOCIAL, Ground.PUBLIC, TODAY), MET),
        ("院校评本校学生", (BodyKind.SCHOOL, Ground.OWN_STUDENT, TODAY), MET),
        ("院校评社会人员", (BodyKind.SCHOOL, Ground.PUBLIC, TODAY), UNMET),
    ),
    *table(
        admission.admitted_as_own_staff,
        ("劳务派遣在岗", (IN_POST, TODAY), MET, "劳务派遣"),
        ("劳务外包在岗", (replace(IN_POST, form="劳务外包"), TODAY), MET),
        ("未列举的形式", (replace(IN_POST, form="退休返聘"), TODAY), UNMET, "不在"),
        ("离岗当天", (replace(IN_POST, until=TODAY), TODAY), UNMET, "离岗"),
        ("次日才在岗", (replace(IN_POST, since=date(2026, 6, 2)), TODAY), UNMET),
        ("没有雇用关系", (None, TODAY), UNMET),
        ("没有证明", (replace(IN_POST, proven=False), TODAY), UNPROVEN),
    ),
    *table(
        admission.employer_is_the_body,
        ("就是本机构", ("甲公司", "甲公司", False, TODAY), MET),
        ("写法不同的同一单位", ("甲 公司", "甲公司", False, TODAY), MET),
        ("派遣单位且有证明", ("乙公司", "甲公司", True, TODAY), MET),
        ("派遣单位而无证明", ("乙公司", "甲公司", False, TODAY), UNPROVEN, "不是本机构"),
    ),
    *table(
        admission.admitted_by_agreement,
        ("校企合作有证明", (Ground.STUDENT_BY_AGREEMENT, True, TODAY), MET),
        ("校企合作无证明", (Ground.STUDENT_BY_AGREEMENT, False, TODAY), UNPROVEN),
        ("受委托无证明", (Ground.COMMISSIONED, False, TODAY), UNPROVEN),
    ),
    *table(
        override.standard_gives_way,
        ("通知首日旧标准让位", (OLD_STANDARD, NOTICE_DAY), MET, "标准印6年，规程为5年"),
        ("通知前日尚不让位", (OLD_STANDARD, BEFORE_NOTICE), UNMET, "尚未施行"),
        ("与规程一致", (NEW_STANDARD, TODAY), UNMET, "一致"),
        ("新标准未录年限", (PrintedStandard("焊工", date(2024, 1, 1)), TODAY), UNMET, "2023年版"),
        ("旧标准未录年限", (PrintedStandard("焊工", date(2018, 1, 1)), TODAY), UNPROVEN, "尚未录入"),
    ),
    *table(precedence.notice_in_force, ("首日", (NOTICE_DAY,), MET), ("前日", (BEFORE_NOTICE,), UNMET)),
    *table(
        precedence.notice_beats,
        ("胜过早于它的规程", (STANDARD_2023, NOTICE_DAY), MET),
        ("胜过本平台默认值", (PLATFORM_DEFAULT, NOTICE_DAY), MET),
        ("已废止的不算", (STANDARD_2018, NOTICE_DAY), MET, "不具效力"),
        ("让位于后出的规定", (NEWER_POLICY, date(2025, 1, 1)), UNMET, "新规定"),
        ("后出规定施行前日", (NEWER_POLICY, date(2024, 12, 31)), MET),
        ("通知施行前", (STANDARD_2023, BEFORE_NOTICE), UNMET),
    ),
]
