"""备案期限: how long does a filing last, when may it be renewed, and by when is each step due?"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Period, add_months, add_years
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default

_SINCE = date(2024, 5, 1)


def _working_days(key: str, meaning: str, days: int) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, days, our_default("备案环节期限")), key=f"filing.{key}", unit="个工作日", changeable=True)


CONSENT_WITHIN = _working_days("consent_within", "征求同意的答复期限", 10)
ASSESSMENT_WITHIN = _working_days("assessment_within", "技术评估的完成期限", 15)
DECISION_WITHIN = _working_days("decision_within", "备案决定的期限", 5)
NOTICE_WORKING_DAYS = _working_days("notice_working_days", "备案公示期", 5)
REPORT_WITHIN = _working_days("report_within", "区人社局向市职鉴中心报送备案结果的期限", 5)
SIGN_WITHIN = _working_days("sign_within", "市职鉴中心签收并赋予站点序列码的期限", 5)
RECOMMENDATION_WITHIN = _working_days("recommendation_within", "行业主管部门推荐评价项目的期限", 20)
PROJECT_WITHIN = _working_days("project_within", "市职鉴中心遴选确定评价项目的期限", 20)
SELECTION_WITHIN = _working_days("selection_within", "征集截止后遴选评价组织的期限", 30)
FIRST_OPINION_WITHIN = _working_days("first_opinion_within", "区人社局提出初审意见的期限", 5)
EXPERT_REVIEW_WITHIN = _working_days("expert_review_within", "市级专家复核的期限", 15)
ESCALATE_AFTER = _working_days("escalate_after", "征求同意逾期后提请督办的时间", 5)
OPINION_WITHIN = _working_days("opinion_within", "加签意见的答复期限", 5)
SUPPLEMENT_WITHIN = _working_days("supplement_within", "申请单位补正材料的期限", 10)

TERM_YEARS = Dated("备案有效期", Value(_SINCE, 3, our_default("备案有效期")), key="filing.term_years", unit="年", changeable=True)
RENEWAL_MONTHS = Dated("期满前可以书面申请续期的时间", Value(_SINCE, 3, notice("三(四)3")), key="filing.renewal_months", unit="个月")


class Matter(StrEnum):
    """Matters that each have a day of their own which decides the rules that apply."""

    FILING = "filing"
    ELIGIBILITY = "eligibility"
    VIOLATION = "violation"
    CERTIFICATE = "certificate"
    TERMINATION = "termination"

    @property
    def label(self) -> str:
        return {
            "filing": "备案",
            "eligibility": "申报资格",
            "violation": "违纪违规",
            "certificate": "证书",
            "termination": "终止备案",
        }[self.value]


DAY_THAT_COUNTS: Dated[Mapping[Matter, str]] = Dated(
    "每类事项按哪一天的规定办理",
    Value(
        _SINCE,
        {
            Matter.FILING: "首次征求同意之日",
            Matter.ELIGIBILITY: "申报之日",
            Matter.VIOLATION: "行为发生之日（后出规定较轻的，从轻）",
            Matter.CERTIFICATE: "发证之日",
            Matter.TERMINATION: "备案期满之日",
        },
        our_default("适用规定的日期"),
    ),
    key="filing.day_that_counts",
)


def term_from(accepted_on: date) -> Period:
    """This function will give the days a filing accepted on a day is in force: three years by default, end exclusive."""
    return Period(accepted_on, add_years(accepted_on, TERM_YEARS.on(accepted_on).value))


def renewal_window(term: Period) -> Period:
    """This function will give the days in which renewal may be asked for: the last months of the term, one begun before the notice included.

    :raises ValueError: when the term has no end.
    """
    if term.until is None:
        raise ValueError("a term without an end has no renewal window")
    return Period(add_months(term.until, -RENEWAL_MONTHS.on(max(term.since, _SINCE)).value), term.until)


@rule("备案在有效期内且未暂停")
def filing_in_force(term: Period, suspended: bool, day: date) -> Finding:
    """Whether a filing (or one item of its scope) may be used on `day`."""
    clause = TERM_YEARS.on(max(day, _SINCE)).clause
    if day not in term:
        end = "" if term.until is None else f"至{term.until}前"
        return unmet(f"{day}不在备案有效期内（自{term.since}起{end}）", clause)
    if suspended:
        return unmet("备案处于暂停状态", notice("三(四)2"))
    return met(f"{day}在备案有效期内", clause)


@rule("在期满前三个月内书面申请续期")
def renewal_asked_in_time(term: Period, asked_on: date | None, day: date) -> Finding:
    """Whether renewal was asked for before the term ended; an earlier request counts from the window's first day."""
    clause = notice("三(四)3")
    window = renewal_window(term)
    if asked_on is not None and window.until is not None and asked_on < window.until:
        return met(f"已于{asked_on}申请续期", clause)
    if window.until is not None and day < window.until:
        return unmet(f"尚未申请续期，可在{max(window.since, day)}至{window.until}前提出", clause)
    return unmet(f"备案于{window.until}期满，期满前未申请续期", clause)
