"""规则逐条测试: does every rule find what its table says, and has every rule a table?"""

import pytest

from tests.policy.case import UNPROVEN, Case
from tests.policy.cases import ALL
from tests.policy.outcomes import can_find
from touchstone.policy import reading


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.title)
def test_rule_finds_what_its_table_says(case: Case) -> None:
    found = case.rule(*case.facts)
    assert found.outcome == case.outcome, found.reason
    assert case.says in found.reason
    assert found.reason
    assert found.title
    assert found.clause.label
    assert bool(found.ask_for) == (found.outcome == UNPROVEN)


@pytest.mark.parametrize("key", [one.key for one in reading.rules()])
def test_every_rule_has_a_table(key: str) -> None:
    outcomes = {case.outcome for case in ALL if case.rule.rule_key == key}  # type: ignore[attr-defined]
    missing = can_find(key) - outcomes
    assert not missing, f"{key} 缺少案例: {[one.label for one in missing]}"


def test_no_two_cases_share_a_name() -> None:
    titles = [case.title for case in ALL]
    assert len(titles) == len(set(titles))
