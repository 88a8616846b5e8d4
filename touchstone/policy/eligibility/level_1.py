"""一级/高级技师申报条件: who may apply at level 1?"""

from datetime import date

from touchstone.kernel.rules import Finding, rule
from touchstone.policy.documents import STANDARD_2023
from touchstone.policy.eligibility.applicant import Applicant, TitleRank
from touchstone.policy.eligibility.grounds import worked_since_certificate, worked_since_title
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.words import all_of
from touchstone.policy.eligibility.years import AFTER_2_FOR_1, MIDDLE_TITLE_FOR_1, SENIOR_TITLE_FOR_1, TITLED_AFTER_2_FOR_1


@rule("取得二级证书后工作年限足够")
def worked_long_enough_after_level_2(applicant: Applicant, day: date) -> Finding:
    """1-1 of 2023: five years after level 2; four under the rule of 2018."""
    return worked_since_certificate(applicant, Level.TWO, AFTER_2_FOR_1.on(day), day)


@rule("中级职称后工作年限足够，并且二级证书后工作年限足够")
def worked_after_middle_title_and_level_2(applicant: Applicant, day: date) -> Finding:
    """1-2 of 2023: five years after a middle title, and one after level 2."""
    return all_of(
        STANDARD_2023.clause("申报条件 一级（2）"),
        worked_since_title(applicant, TitleRank.MIDDLE, MIDDLE_TITLE_FOR_1.on(day), day),
        worked_since_certificate(applicant, Level.TWO, TITLED_AFTER_2_FOR_1.on(day), day),
    )


@rule("取得高级职称后工作年限足够")
def worked_long_enough_after_senior_title(applicant: Applicant, day: date) -> Finding:
    """1-3 of 2023: a matching senior title and a year of work after it."""
    return worked_since_title(applicant, TitleRank.SENIOR, SENIOR_TITLE_FOR_1.on(day), day)
