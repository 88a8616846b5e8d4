"""参数与规则测试: do the rules themselves judge by the values the office has laid down?"""

from dataclasses import replace
from datetime import timedelta

from tests.cast import START, Cast
from tests.policy.filers import COMPLETE, STAFF
from touchstone.kernel.rules import Finding
from touchstone.parameters.facts import apply_later_values
from touchstone.parameters.operations import answer_proposal, propose_value
from touchstone.policy.eligibility.admission import Employment, admitted_as_own_staff
from touchstone.policy.filing.completeness import enough_managers

TODAY, TOMORROW = START.date(), START.date() + timedelta(days=1)


def laid_down(cast: Cast, key: str, value: object) -> None:
    """One proposes, another approves, the next request hands it to the rules."""
    version = propose_value(key=key, value=value, since=TOMORROW, reason="细则规定", by=cast.shen, at=START, document="沪人社职〔2026〕1号")
    answer_proposal(version_id=version.pk, approve=True, answer="同意", by=cast.han, at=START)
    apply_later_values()


def judged(day_offset: int) -> Finding:
    """A draft with three managers, judged so many days from today."""
    return enough_managers(replace(COMPLETE, staff=STAFF), TODAY + timedelta(days=day_offset))


def test_a_rule_judges_by_the_new_value_from_its_day(cast: Cast) -> None:
    """管理人员下限改为4人，自次日起三人不足，当日仍按原值。"""
    laid_down(cast, "filing.least_managers", 4)
    assert judged(0).outcome == "met"
    found = judged(1)
    assert found.outcome == "unmet"
    assert "应不少于4人" in found.reason
    assert "四(三)" in found.clause.label and "沪人社职〔2026〕1号" in found.clause.label


def test_an_open_list_may_be_added_to(cast: Cast) -> None:
    """用工形式清单可以增加，自次日起接受新的形式。"""
    rehired = Employment("退休返聘", None, proven=True)
    laid_down(cast, "admission.own_staff_forms", ["直接用工", "劳务派遣", "劳务外包", "其他用工", "退休返聘"])
    assert admitted_as_own_staff(rehired, TODAY).outcome == "unmet"
    assert admitted_as_own_staff(rehired, TOMORROW).outcome == "met"


def test_a_proposal_alone_changes_no_rule(cast: Cast) -> None:
    """只提出未复核，规则不变。"""
    propose_value(key="filing.least_managers", value=4, since=TOMORROW, reason="细则规定", by=cast.shen, at=START)
    apply_later_values()
    assert judged(1).outcome == "met"
