"""发证: who issues a certificate, when may it be issued, and who answers for it afterwards?

`通知 一`: 谁评价、谁负责、谁发证.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import CERTIFICATE_NUMBER_RULE, notice, our_default
from touchstone.policy.exams.deadlines import NOTICE_WORKING_DAYS
from touchstone.policy.exams.parts import PASS_MARK


@dataclass(frozen=True)
class IssueFacts:
    """What stands behind one certificate on the day it is to be issued.

    `notice_until` is the last day of the public notice, None while it has not begun; `filing` the days on which the
    scope item was in force; `suspended` whether the filing is suspended on that day; `finish_by` the day by which a plan drafted before
    the filing ended may still be held, where it may.
    """

    evaluator: str
    issuer: str
    passed: bool | None
    examined_on: date
    notice_until: date | None
    objection_open: bool
    site_code: str
    filing: Period
    suspended: bool = False
    finish_by: date | None = None


@rule("谁评价、谁发证：发证机构就是评价机构")
def evaluating_body_issues(facts: IssueFacts, day: date) -> Finding:
    """Whether the certificate is issued by the body that evaluated."""
    if facts.evaluator != facts.issuer:
        return unmet(f"评价机构为{facts.evaluator}，不能由{facts.issuer}发证", notice("一"))
    return met(f"由评价机构{facts.evaluator}发证", notice("一"))


@rule("各科成绩合格")
def passed_the_evaluation(facts: IssueFacts, day: date) -> Finding:
    """Whether the result is a pass; None while scores are missing."""
    clause = PASS_MARK.on(day).clause
    if facts.passed is None:
        return unproven("成绩尚未齐全", clause, ask_for="全部科目成绩")
    return met("各科成绩合格", clause) if facts.passed else unmet("成绩不合格", clause)


@rule("成绩公示期满")
def public_notice_over(facts: IssueFacts, day: date) -> Finding:
    """Whether the last day of the public notice has passed."""
    clause = NOTICE_WORKING_DAYS.on(day).clause
    if facts.notice_until is None:
        return unmet("成绩尚未公示", clause)
    if day <= facts.notice_until:
        return unmet(f"成绩公示至{facts.notice_until}，期满后方可发证", clause)
    return met(f"成绩公示已于{facts.notice_until}期满", clause)


@rule("公示异议已办结")
def no_objection_open(facts: IssueFacts, day: date) -> Finding:
    """Whether no objection against this result is still open."""
    clause = our_default("公示异议")
    if facts.objection_open:
        return unmet("对该成绩的异议尚未办结", clause)
    return met("没有未办结的异议", clause)


@rule("发证之日备案有效")
def filing_in_force(facts: IssueFacts, day: date) -> Finding:
    """Whether the scope item was in force on the day of the exam and the filing is not suspended on the day of issue."""
    if facts.finish_by is not None and facts.examined_on not in facts.filing and facts.examined_on <= facts.finish_by:
        return met(f"计划编制于备案终止之前，在{facts.finish_by}前按期完成", notice("三(四)3"))
    if facts.examined_on not in facts.filing:
        return unmet(f"考试日{facts.examined_on}不在备案有效期内", notice("三(四)2"))
    if facts.suspended:
        return unmet("备案暂停期间不得发证", notice("三(四)2"))
    return met("考试日在备案有效期内", notice("三(四)2"))


@rule("已赋予站点序列码")
def site_code_assigned(facts: IssueFacts, day: date) -> Finding:
    """Whether the centre has assigned the six-digit site code, without which no number exists."""
    clause = CERTIFICATE_NUMBER_RULE.clause("第4部分")
    if not facts.site_code:
        return unmet("市职鉴中心尚未赋予六位站点序列码", clause)
    return met(f"站点序列码为{facts.site_code}", clause)


@rule("谁评价、谁负责：备案终止后仍对已发证书负责")
def issuer_stays_answerable(issuer: str, issued_on: date, filing_ended_on: date | None, day: date) -> Finding:
    """Always met for a certificate issued while evaluating: the end of a filing ends no duty (`通知 三(四)3`)."""
    if day < issued_on:
        return unmet(f"证书于{issued_on}才发出", notice("一"))
    if filing_ended_on is not None and filing_ended_on <= day:
        return met(f"备案已于{filing_ended_on}终止，{issuer}仍对此前发出的证书负责", notice("三(四)3"))
    return met(f"{issuer}对该证书负责", notice("一"))


def may_be_issued(facts: IssueFacts, day: date) -> tuple[Finding, ...]:
    """This function will check everything that must hold before a certificate is issued on `day`."""
    rules = (
        evaluating_body_issues,
        passed_the_evaluation,
        public_notice_over,
        no_objection_open,
        filing_in_force,
        site_code_assigned,
    )
    return tuple(check(facts, day) for check in rules)
