"""二级/技师申报条件: who may apply at level 2?"""

from datetime import date

from touchstone.kernel.rules import Finding, rule
from touchstone.policy.documents import STANDARD_2023
from touchstone.policy.eligibility.applicant import Applicant, TitleRank
from touchstone.policy.eligibility.grounds import (
    held_certificate_for,
    schooled,
    with_certificate,
    worked,
    worked_since_certificate,
    worked_since_title,
)
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.schooling import SENIOR_WORKERS_SCHOOLS, TECHNICIAN_CLASSES, School, SchoolClass
from touchstone.policy.eligibility.words import all_of
from touchstone.policy.eligibility.years import (
    AFTER_3_FOR_2,
    GRADUATE_FOR_2,
    JUNIOR_TITLE_FOR_2,
    MIDDLE_TITLE_FOR_2,
    PREPARATORY_FOR_2,
    STUDENT_HOLDS_3_FOR_2,
    TITLED_AFTER_3_FOR_2,
)


@rule("取得三级证书后工作年限足够")
def worked_long_enough_after_level_3(applicant: Applicant, day: date) -> Finding:
    """2-1 of 2023: five years after level 3; four under the rule of 2018."""
    return worked_since_certificate(applicant, Level.THREE, AFTER_3_FOR_2.on(day), day)


@rule("初级职称后工作年限足够，并且三级证书后工作年限足够")
def worked_after_junior_title_and_level_3(applicant: Applicant, day: date) -> Finding:
    """2-2 of 2023: five years after a junior title, and one after level 3."""
    return all_of(
        STANDARD_2023.clause("申报条件 二级（2）"),
        worked_since_title(applicant, TitleRank.JUNIOR, JUNIOR_TITLE_FOR_2.on(day), day),
        worked_since_certificate(applicant, Level.THREE, TITLED_AFTER_3_FOR_2.on(day), day),
    )


@rule("取得中级职称后工作年限足够（二级）")
def worked_long_enough_after_middle_title(applicant: Applicant, day: date) -> Finding:
    """2-3 of 2023: a matching middle title and a year of work after it."""
    return worked_since_title(applicant, TitleRank.MIDDLE, MIDDLE_TITLE_FOR_2.on(day), day)


@rule("持三级证书的高级技工学校、技师学院毕业生工作年限足够")
def graduate_with_level_3_worked(applicant: Applicant, day: date) -> Finding:
    """2-4 of 2023: level 3, finished at a senior workers' school, two years of work; three under the rule of 2018."""
    years = GRADUATE_FOR_2.on(day)
    diploma = schooled(applicant, lambda s: s.school in SENIOR_WORKERS_SCHOOLS and s.is_finished(day), "高级技工学校、技师学院毕业证书", years.clause)
    certificate = with_certificate(applicant, Level.THREE, day, years.clause)
    return all_of(years.clause, certificate, diploma, worked(applicant, years, day))


@rule("持三级证书满2年的预备技师班、技师班学生")
def technician_student_held_level_3(applicant: Applicant, day: date) -> Finding:
    """2-5 of 2023: level 3 held for two years by a student of a technicians' class."""
    years = STUDENT_HOLDS_3_FOR_2.on(day)
    enrolled = schooled(
        applicant,
        lambda s: s.school == School.TECHNICIAN_COLLEGE and s.school_class in TECHNICIAN_CLASSES and not s.is_finished(day),
        "技师学院预备技师班或技师班在读学籍",
        years.clause,
    )
    return all_of(years.clause, held_certificate_for(applicant, Level.THREE, years, day), enrolled)


@rule("2018年规程：预备技师毕业生工作满2年")
def preparatory_graduate_worked(applicant: Applicant, day: date) -> Finding:
    """The third way to level 2 under the rule of 2018."""
    years = PREPARATORY_FOR_2.on(day)
    diploma = schooled(
        applicant,
        lambda s: s.school == School.TECHNICIAN_COLLEGE and s.school_class == SchoolClass.PREPARATORY_TECHNICIAN and s.is_finished(day),
        "技师学院预备技师班毕业证书",
        years.clause,
    )
    return all_of(years.clause, diploma, worked(applicant, years, day))
