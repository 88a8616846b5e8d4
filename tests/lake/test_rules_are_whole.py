"""两半测试: has every comparison rule both its halves: the law's words and the engine's expression?"""

from datetime import date

import pytest

from touchstone.kernel.law import Clause
from touchstone.lake import EXPRESSIONS, TABLES
from touchstone.lake.asking import names_in
from touchstone.policy.documents import ALL
from touchstone.policy.monitoring import RULES, in_force, rule_of

DAY = date(2026, 6, 1)


def test_no_lone_half() -> None:
    law, engine = {rule.key for rule in RULES}, set(EXPRESSIONS)
    assert not law - engine, f"只有文字而没有表达式: {sorted(law - engine)}"
    assert not engine - law, f"只有表达式而没有文字: {sorted(engine - law)}"


def test_there_are_enough_rules_and_no_key_twice() -> None:
    assert len(RULES) == len({rule.key for rule in RULES}) >= 30


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_rule_says_everything_about_itself(rule) -> None:
    assert isinstance(rule.clause, Clause)
    assert rule.clause.document in ALL
    assert rule.title and rule.sentence.endswith("。")
    assert rule.owner.label and rule.population.label and rule.severity.label
    assert rule.version >= 1 and (rule.until is None or rule.since < rule.until)
    assert rule.clause.document.in_force_on(DAY), f"{rule.clause} 已不具效力"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_sentence_carries_the_numbers_that_made_the_hit(rule) -> None:
    assert names_in(rule.sentence), f"{rule.key} 的句子里没有一个数"


@pytest.mark.parametrize("key", sorted(EXPRESSIONS))
def test_expression_reads_tables_that_are_published(key: str) -> None:
    for table, column in EXPRESSIONS[key].tables.items():
        assert not column or column in TABLES[table].columns, f"{key}: {table} 没有列 {column}"


def test_rules_are_asked_with_the_numbers_of_the_day() -> None:
    assert {rule.key for rule in in_force(date(2018, 12, 31))} == set()
    asked = {rule.key: rule for rule in in_force(DAY)}["scores.under_pass"]
    assert asked.sentence == rule_of("scores.under_pass").sentence
    assert [value for _, value in asked.numbers["pass_mark"]] == [60, 60]
