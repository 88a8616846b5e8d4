"""年限: how many years does each condition ask for, under the rule of 2018 and under that of 2023?

The numbers of 2023 take the place of those of 2018 from 2023-10-01; `通知 三(二)1` makes them beat what an
occupation's own standard still prints.
"""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.policy.documents import STANDARD_2018, STANDARD_2023

SINCE_2018 = date(2018, 3, 7)
SINCE_2023 = date(2023, 10, 1)


def _both(meaning: str, key: str, old: int, old_label: str, new: int, new_label: str) -> Dated[int]:
    return Dated(
        meaning,
        Value(SINCE_2018, old, STANDARD_2018.clause(f"申报条件 {old_label}")),
        Value(SINCE_2023, new, STANDARD_2023.clause(f"申报条件 {new_label}")),
        key=f"eligibility.{key}",
        unit="年",
    )


def _new(meaning: str, key: str, years: int, label: str, unit: str = "年") -> Dated[int]:
    return Dated(meaning, Value(SINCE_2023, years, STANDARD_2023.clause(f"申报条件 {label}")), key=f"eligibility.{key}", unit=unit)


def _old(meaning: str, key: str, years: int, label: str) -> Dated[int]:
    return Dated(meaning, Value(SINCE_2018, years, STANDARD_2018.clause(f"申报条件 {label}")), key=f"eligibility.{key}", unit="年")


LEAST_AGE = _new("申报五级/初级工的最低年龄", "least_age", 16, "五级（1）（2）", unit="周岁")
WORK_FOR_5 = _old("2018年规程: 申报五级的累计工作年限", "work_for_5", 1, "五级（1）")

WORK_FOR_4 = _both("申报四级的累计工作年限", "work_for_4", 6, "四级（2）", 5, "四级（1）")
AFTER_5_FOR_4 = _both("取得五级证书后申报四级的工作年限", "after_5_for_4", 4, "四级（1）", 3, "四级（2）")

WORK_FOR_3 = _new("申报三级的累计工作年限", "work_for_3", 10, "三级（1）")
AFTER_4_FOR_3 = _both("取得四级证书后申报三级的工作年限", "after_4_for_3", 5, "三级（1）", 4, "三级（2）")
AFTER_JUNIOR_TITLE_FOR_3 = _new("取得初级职称后申报三级的工作年限", "after_junior_title_for_3", 1, "三级（3）")
GRADUATE_AFTER_4_FOR_3 = _old("2018年规程: 大专及以上毕业且取得四级证书后申报三级的工作年限", "graduate_after_4_for_3", 2, "三级（3）")

AFTER_3_FOR_2 = _both("取得三级证书后申报二级的工作年限", "after_3_for_2", 4, "二级（1）", 5, "二级（1）")
JUNIOR_TITLE_FOR_2 = _new("取得初级职称后申报二级的工作年限", "junior_title_for_2", 5, "二级（2）")
TITLED_AFTER_3_FOR_2 = _new("有初级职称者取得三级证书后申报二级的工作年限", "titled_after_3_for_2", 1, "二级（2）")
MIDDLE_TITLE_FOR_2 = _new("取得中级职称后申报二级的工作年限", "middle_title_for_2", 1, "二级（3）")
GRADUATE_FOR_2 = _both("高级技工学校、技师学院毕业生申报二级的工作年限", "graduate_for_2", 3, "二级（2）", 2, "二级（4）")
STUDENT_HOLDS_3_FOR_2 = _new("预备技师班、技师班学生申报二级前持有三级证书的年限", "student_holds_3_for_2", 2, "二级（5）")
PREPARATORY_FOR_2 = _old("2018年规程: 预备技师毕业生申报二级的工作年限", "preparatory_for_2", 2, "二级（2）")

AFTER_2_FOR_1 = _both("取得二级证书后申报一级的工作年限", "after_2_for_1", 4, "一级", 5, "一级（1）")
MIDDLE_TITLE_FOR_1 = _new("取得中级职称后申报一级的工作年限", "middle_title_for_1", 5, "一级（2）")
TITLED_AFTER_2_FOR_1 = _new("有中级职称者取得二级证书后申报一级的工作年限", "titled_after_2_for_1", 1, "一级（2）")
SENIOR_TITLE_FOR_1 = _new("取得高级职称后申报一级的工作年限", "senior_title_for_1", 1, "一级（3）")
