"""条件目录: which conditions open which level, from which day on, and how does the form name them?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Refusal, Value
from touchstone.kernel.rules import Finding
from touchstone.policy.documents import STANDARD_2018, STANDARD_2023
from touchstone.policy.eligibility import level_1, level_2, level_3, level_4, level_5
from touchstone.policy.eligibility.applicant import Applicant
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.years import SINCE_2018, SINCE_2023


@dataclass(frozen=True)
class Condition:
    """One way to a level: its key (`4-2`), what the form's drop-down calls it, and its rule."""

    key: str
    words: str
    rule: Callable[[Applicant, date], Finding]

    @property
    def level(self) -> Level:
        return Level(int(self.key.split("-")[0]))

    @property
    def label(self) -> str:
        return f"{self.key} {self.words}"


_OF_2018: Mapping[Level, tuple[Condition, ...]] = {
    Level.FIVE: (
        Condition("5-1", "工作满1年", level_5.worked_one_year),
        Condition("5-2", "学徒期满", level_5.apprenticeship_ended),
    ),
    Level.FOUR: (
        Condition("4-1", "五级后工作满4年", level_4.worked_long_enough_after_level_5),
        Condition("4-2", "累计工作满6年", level_4.worked_long_enough),
        Condition("4-3", "技工学校等毕业", level_4.graduated_from_a_school),
    ),
    Level.THREE: (
        Condition("3-1", "四级后工作满5年", level_3.worked_long_enough_after_level_4),
        Condition("3-2", "四级且高级技校、技师学院等毕业", level_3.senior_school_with_level_4),
        Condition("3-3", "大专及以上且四级后工作满2年", level_3.graduate_worked_after_level_4),
    ),
    Level.TWO: (
        Condition("2-1", "三级后工作满4年", level_2.worked_long_enough_after_level_3),
        Condition("2-2", "三级的高级技校、技师学院毕业生工作满3年", level_2.graduate_with_level_3_worked),
        Condition("2-3", "预备技师毕业生工作满2年", level_2.preparatory_graduate_worked),
    ),
    Level.ONE: (Condition("1-1", "二级后工作满4年", level_1.worked_long_enough_after_level_2),),
}

_OF_2023: Mapping[Level, tuple[Condition, ...]] = {
    Level.FIVE: (
        Condition("5-1", "满16周岁、拟从事本职业", level_5.intends_to_work),
        Condition("5-2", "满16周岁、从事本职业", level_5.works_in_the_occupation),
    ),
    Level.FOUR: (
        Condition("4-1", "累计工作满5年", level_4.worked_long_enough),
        Condition("4-2", "五级后工作满3年", level_4.worked_long_enough_after_level_5),
        Condition("4-3", "职业院校、高校相关专业毕业（含应届）", level_4.graduated_from_a_school),
    ),
    Level.THREE: (
        Condition("3-1", "累计工作满10年", level_3.worked_long_enough),
        Condition("3-2", "四级后工作满4年", level_3.worked_long_enough_after_level_4),
        Condition("3-3", "初级职称后工作满1年", level_3.worked_long_enough_after_junior_title),
        Condition("3-4", "技工院校高级工班及以上毕业（含应届）", level_3.graduated_from_senior_class),
        Condition("3-5", "四级且高职、专科及以上毕业（含应届）", level_3.graduated_with_level_4),
        Condition("3-6", "经评估论证的高职、专科及以上毕业（含应届）", level_3.graduated_from_assessed_programme),
    ),
    Level.TWO: (
        Condition("2-1", "三级后工作满5年", level_2.worked_long_enough_after_level_3),
        Condition("2-2", "初级职称后满5年且三级后满1年", level_2.worked_after_junior_title_and_level_3),
        Condition("2-3", "中级职称后工作满1年", level_2.worked_long_enough_after_middle_title),
        Condition("2-4", "三级的高级技校、技师学院毕业生工作满2年", level_2.graduate_with_level_3_worked),
        Condition("2-5", "三级满2年的预备技师班、技师班学生", level_2.technician_student_held_level_3),
    ),
    Level.ONE: (
        Condition("1-1", "二级后工作满5年", level_1.worked_long_enough_after_level_2),
        Condition("1-2", "中级职称后满5年且二级后满1年", level_1.worked_after_middle_title_and_level_2),
        Condition("1-3", "高级职称后工作满1年", level_1.worked_long_enough_after_senior_title),
    ),
}

CONDITIONS: Dated[Mapping[Level, tuple[Condition, ...]]] = Dated(
    "各技能等级的申报条件（同一等级符合任一条即可）",
    Value(SINCE_2018, _OF_2018, STANDARD_2018.clause("申报条件")),
    Value(SINCE_2023, _OF_2023, STANDARD_2023.clause("申报条件")),
    key="eligibility.conditions",
)


def conditions_for(level: Level, day: date) -> tuple[Condition, ...]:
    """This function will give the ways to `level` that stand open on `day`, in the order of the regulation."""
    return CONDITIONS.on(day).value[level]


def condition_labels(level: Level, day: date) -> tuple[str, ...]:
    """This function will give the drop-down of the registration form for `level` on `day`."""
    return tuple(condition.label for condition in conditions_for(level, day))


def find_condition(text: str, level: Level, day: date) -> Condition:
    """This function will find the condition an applicant names, by key (`4-2`) or by label.

    :raises Refusal: when `level` has no such condition on `day`.
    """
    named = text.strip().replace("－", "-").replace("—", "-").split(" ")[0]
    for condition in conditions_for(level, day):
        if named == condition.key or text.strip() in {condition.words, condition.label}:
            return condition
    raise Refusal(
        f"{level.label}没有“{text}”这一申报条件。",
        CONDITIONS.on(day).clause,
        f"请从“{'”“'.join(condition_labels(level, day))}”中选择一条。",
    )
