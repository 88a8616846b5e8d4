"""三级/高级工申报条件: who may apply at level 3?"""

from datetime import date

from touchstone.kernel.law import Clause
from touchstone.kernel.rules import Finding, rule, unmet, unproven
from touchstone.policy.documents import STANDARD_2018, STANDARD_2023
from touchstone.policy.eligibility.applicant import Applicant, TitleRank
from touchstone.policy.eligibility.grounds import (
    schooled,
    with_certificate,
    worked,
    worked_since_certificate,
    worked_since_title,
)
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.schooling import HIGHER, SENIOR_CLASSES, SENIOR_WORKERS_SCHOOLS, WORKERS_SCHOOLS, School
from touchstone.policy.eligibility.words import all_of
from touchstone.policy.eligibility.years import (
    AFTER_4_FOR_3,
    AFTER_JUNIOR_TITLE_FOR_3,
    GRADUATE_AFTER_4_FOR_3,
    WORK_FOR_3,
)


@rule("累计工作年限足够（三级）")
def worked_long_enough(applicant: Applicant, day: date) -> Finding:
    """3-1 of 2023: ten years in all; the rule of 2018 had no such way."""
    return worked(applicant, WORK_FOR_3.on(day), day)


@rule("取得四级证书后工作年限足够")
def worked_long_enough_after_level_4(applicant: Applicant, day: date) -> Finding:
    """3-2 of 2023: four years after level 4; five under the rule of 2018."""
    return worked_since_certificate(applicant, Level.FOUR, AFTER_4_FOR_3.on(day), day)


@rule("取得初级职称后工作年限足够（三级）")
def worked_long_enough_after_junior_title(applicant: Applicant, day: date) -> Finding:
    """3-3 of 2023: a matching junior title and a year of work after it."""
    return worked_since_title(applicant, TitleRank.JUNIOR, AFTER_JUNIOR_TITLE_FOR_3.on(day), day)


@rule("技工院校高级工班及以上毕业")
def graduated_from_senior_class(applicant: Applicant, day: date) -> Finding:
    """3-4 of 2023: finished, or in the final year of, a senior class or above of a workers' school."""
    clause = STANDARD_2023.clause("申报条件 三级（4）")
    return schooled(
        applicant,
        lambda s: s.school in WORKERS_SCHOOLS and s.school_class in SENIOR_CLASSES and s.is_finished_or_final_year(day),
        "技工院校高级工班及以上的毕业证书（含应届）",
        clause,
    )


@rule("持四级证书并且高职、专科及以上毕业")
def graduated_with_level_4(applicant: Applicant, day: date) -> Finding:
    """3-5 of 2023: level 4 and a diploma of a higher school of a related major."""
    clause = STANDARD_2023.clause("申报条件 三级（5）")
    return all_of(clause, with_certificate(applicant, Level.FOUR, day, clause), _higher_diploma(applicant, day, clause))


@rule("经评估论证的高职、专科及以上毕业")
def graduated_from_assessed_programme(applicant: Applicant, day: date) -> Finding:
    """3-6 of 2023: a diploma of a higher school whose programme was assessed."""
    clause = STANDARD_2023.clause("申报条件 三级（6）")
    finished = [s for s in applicant.schoolings if s.school in HIGHER and s.is_finished_or_final_year(day)]
    if any(s.programme_assessed for s in finished):
        return schooled(applicant, lambda s: s in finished and s.programme_assessed is True, "经评估论证的高校毕业证书（含应届）", clause)
    if any(s.programme_assessed is None and s.major_related is not False for s in finished):
        return unproven("所读专业是否经过评估论证尚未核实", clause, ask_for="院校所在地人社部门出具的专业评估论证结果")
    return unmet("没有经评估论证的高等职业学校、专科及以上普通高校毕业证书", clause)


@rule("2018年规程：持四级证书并且高级技工学校、技师学院或高职毕业")
def senior_school_with_level_4(applicant: Applicant, day: date) -> Finding:
    """The second way to level 3 under the rule of 2018; a higher vocational school only with an assessed programme."""
    clause = STANDARD_2018.clause("申报条件 三级（2）")
    diploma = schooled(
        applicant,
        lambda s: (
            s.is_finished_or_final_year(day)
            and (s.school in SENIOR_WORKERS_SCHOOLS or (s.school == School.HIGHER_VOCATIONAL and s.programme_assessed is True))
        ),
        "高级技工学校、技师学院或经评估论证的高职毕业证书（含应届）",
        clause,
    )
    return all_of(clause, with_certificate(applicant, Level.FOUR, day, clause), diploma)


@rule("2018年规程：大专及以上毕业且取得四级证书后工作满2年")
def graduate_worked_after_level_4(applicant: Applicant, day: date) -> Finding:
    """The third way to level 3 under the rule of 2018."""
    years = GRADUATE_AFTER_4_FOR_3.on(day)
    diploma = schooled(applicant, lambda s: s.school in HIGHER and s.is_finished(day), "大专及以上毕业证书", years.clause)
    return all_of(years.clause, worked_since_certificate(applicant, Level.FOUR, years, day), diploma)


def _higher_diploma(applicant: Applicant, day: date, clause: Clause) -> Finding:
    return schooled(
        applicant,
        lambda s: s.school in HIGHER and s.is_finished_or_final_year(day),
        "高等职业学校、专科及以上普通高校的毕业证书（含应届）",
        clause,
    )
