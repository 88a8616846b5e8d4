"""五级/初级工申报条件: who may apply at level 5?"""

from datetime import date

from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import STANDARD_2018, STANDARD_2023
from touchstone.policy.eligibility.applicant import Applicant
from touchstone.policy.eligibility.grounds import old_enough, worked
from touchstone.policy.eligibility.words import ASK_WORK, all_of
from touchstone.policy.eligibility.years import LEAST_AGE, WORK_FOR_5


@rule("年满16周岁，拟从事本职业或相关职业工作")
def intends_to_work(applicant: Applicant, day: date) -> Finding:
    """5-1 of 2023: of age on the day of application, and means to work in the occupation."""
    clause = STANDARD_2023.clause("申报条件 五级（1）")
    if applicant.intends_to_work is None:
        intent = unproven("未说明是否拟从事本职业或相关职业工作", clause, ask_for="本人签字的申报承诺书")
    elif applicant.intends_to_work:
        intent = met("拟从事本职业或相关职业工作", clause)
    else:
        intent = unmet("不拟从事本职业或相关职业工作", clause)
    return all_of(clause, old_enough(applicant, LEAST_AGE.on(day), day), intent)


@rule("年满16周岁，从事本职业或相关职业工作")
def works_in_the_occupation(applicant: Applicant, day: date) -> Finding:
    """5-2 of 2023: of age on the day of application, and works in the occupation."""
    clause = STANDARD_2023.clause("申报条件 五级（2）")
    begun = [w for w in applicant.works if w.relation.counts and w.since <= day]
    if any(w.proven and w.relation.is_confirmed for w in begun):
        work = met("从事本职业或相关职业工作", clause)
    elif begun or applicant.claimed_months:
        work = unproven("自述从事本职业或相关职业工作，尚无证明", clause, ask_for=ASK_WORK)
    else:
        work = unmet("未从事本职业或相关职业工作", clause)
    return all_of(clause, old_enough(applicant, LEAST_AGE.on(day), day), work)


@rule("2018年规程：累计工作满1年")
def worked_one_year(applicant: Applicant, day: date) -> Finding:
    """The first way to level 5 under the rule of 2018."""
    return worked(applicant, WORK_FOR_5.on(day), day)


@rule("2018年规程：学徒期满")
def apprenticeship_ended(applicant: Applicant, day: date) -> Finding:
    """The second way to level 5 under the rule of 2018."""
    clause = STANDARD_2018.clause("申报条件 五级（2）")
    if not applicant.apprenticeship_ended:
        return unmet("学徒期未满或没有学徒经历", clause)
    if not applicant.apprenticeship_proven:
        return unproven("自述学徒期满，尚无证明", clause, ask_for="用人单位出具的学徒期满证明")
    return met("学徒期满", clause)
