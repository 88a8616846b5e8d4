"""四级/中级工申报条件: who may apply at level 4?"""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, rule
from touchstone.policy.documents import STANDARD_2018, STANDARD_2023
from touchstone.policy.eligibility.applicant import Applicant
from touchstone.policy.eligibility.grounds import schooled, worked, worked_since_certificate
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.schooling import VOCATIONAL_OR_HIGHER, WORKERS_SCHOOLS, School, Schooling
from touchstone.policy.eligibility.years import AFTER_5_FOR_4, SINCE_2018, SINCE_2023, WORK_FOR_4

SCHOOLS_WITHOUT_ASSESSMENT: Dated[frozenset[School]] = Dated(
    "毕业证书可直接作为四级申报条件的学校",
    Value(SINCE_2018, WORKERS_SCHOOLS, STANDARD_2018.clause("申报条件 四级（3）")),
    Value(SINCE_2023, WORKERS_SCHOOLS | VOCATIONAL_OR_HIGHER, STANDARD_2023.clause("申报条件 四级（3）")),
    key="eligibility.schools_for_4",
)


@rule("累计工作年限足够（四级）")
def worked_long_enough(applicant: Applicant, day: date) -> Finding:
    """4-1 of 2023: five years in all; six under the rule of 2018."""
    return worked(applicant, WORK_FOR_4.on(day), day)


@rule("取得五级证书后工作年限足够")
def worked_long_enough_after_level_5(applicant: Applicant, day: date) -> Finding:
    """4-2 of 2023: three years after level 5; four under the rule of 2018."""
    return worked_since_certificate(applicant, Level.FIVE, AFTER_5_FOR_4.on(day), day)


@rule("本专业或相关专业毕业（四级）")
def graduated_from_a_school(applicant: Applicant, day: date) -> Finding:
    """4-3 of 2023: a school of a related major; in 2018 other schools than 技工院校 only where the programme was assessed."""
    schools = SCHOOLS_WITHOUT_ASSESSMENT.on(day)

    def counts(schooling: Schooling) -> bool:
        assessed = schooling.school in VOCATIONAL_OR_HIGHER and schooling.programme_assessed is True
        return schooling.is_finished_or_final_year(day) and (schooling.school in schools.value or assessed)

    return schooled(applicant, counts, "技工院校、中等及以上职业院校或普通高校的毕业证书（含应届）", schools.clause)
