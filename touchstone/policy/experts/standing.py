"""队伍管理措施: for how long may somebody be suspended, how many refusals and failed years bring removal, and until when may one appeal?

`通知 三(二)2` asks for 派遣管理、工作考核 and leaves measures open: ours, dated.
"""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default
from touchstone.policy.experts.kinds import SINCE


def _number(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(SINCE, value, our_default("队伍管理措施")), key=f"experts.{key}", unit=unit, changeable=True)


REFUSALS_A_YEAR = _number("refusals_a_year", "一年内无正当理由推辞派遣的最多次数，超过的可以取消资格", 3, "次")
FAILED_YEARS = _number("failed_years", "年度考核不合格达到几次可以取消资格", 2, "次")
SUSPENSION_MONTHS = _number("suspension_months", "暂停资格的最长时间", 12, "个月")
APPEAL_WITHIN = _number("appeal_within", "对警告、暂停、取消资格提出申诉的期限", 10, "个工作日")
ANSWER_WITHIN = _number("answer_appeal_within", "答复申诉的期限", 15, "个工作日")


@rule("推辞派遣的次数不多")
def refusals_are_few(refusals: int, day: date) -> Finding:
    """Whether somebody has refused without good reason no more often in a year than is borne."""
    most = REFUSALS_A_YEAR.on(day)
    if refusals > most.value:
        return unmet(f"一年内无正当理由推辞{refusals}次，超过{most.value}次", most.clause)
    return met(f"一年内无正当理由推辞{refusals}次", most.clause)


@rule("年度考核没有多次不合格")
def failed_years_are_few(failed: int, day: date) -> Finding:
    """Whether somebody has failed the yearly appraisal less often than brings removal."""
    most = FAILED_YEARS.on(day)
    if failed >= most.value:
        return unmet(f"年度考核不合格{failed}次，达到{most.value}次", most.clause)
    return met(f"年度考核不合格{failed}次", most.clause)


@rule("暂停资格的期限不过长")
def suspension_ends_in_time(since: date, until: date, day: date) -> Finding:
    """Whether a suspension ends after it begins, and within the longest time; `until` is exclusive."""
    most = SUSPENSION_MONTHS.on(day)
    if until <= since:
        return unmet(f"暂停的截止日不晚于起始日{since}", most.clause)
    if until > (last := add_months(since, most.value)):
        return unmet(f"暂停最长{most.value}个月，应不晚于{last}结束", most.clause)
    return met(f"暂停至{until}以前", most.clause)
