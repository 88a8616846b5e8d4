"""两半测试: has every comparison rule both its halves: the law's words and the engine's expression?"""

from datetime import date

import pytest

from touchstone.kernel.law import Clause
from touchstone.lake import EXPRESSIONS, TABLES
from touchstone.lake.asking import names_in
from touchstone.lake.tables import PREFIXES
from touchstone.policy.documents import ALL
from touchstone.policy.monitoring import RULES, AskedOf, in_force, rule_of

DAY = date(2026, 6, 1)


def test_no_lone_half() -> None:
    """每条规则既有文字，又有表达式。"""
    law, engine = {rule.key for rule in RULES}, set(EXPRESSIONS)
    assert not law - engine, f"只有文字而没有表达式: {sorted(law - engine)}"
    assert not engine - law, f"只有表达式而没有文字: {sorted(engine - law)}"


def test_there_are_enough_rules_and_no_key_twice() -> None:
    """规则不少于三十条，没有重复的。"""
    assert len(RULES) == len({rule.key for rule in RULES}) >= 30


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.title)
def test_rule_says_everything_about_itself(rule) -> None:
    """每条规则写明依据、承办、比对范围、级别，依据的文件现行有效。"""
    assert isinstance(rule.clause, Clause)
    assert rule.clause.document in ALL
    assert rule.title and rule.sentence.endswith("。")
    assert rule.owner.label and rule.population.label and rule.severity.label
    assert bool(rule.not_held) == (rule.population.asked_of is AskedOf.FILES), "只用于文件的规则要说明平台缺什么"
    assert rule.version >= 1 and (rule.until is None or rule.since < rule.until)
    assert rule.clause.document.in_force_on(DAY), f"{rule.clause} 已不具效力"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.title)
def test_sentence_carries_the_numbers_that_made_the_hit(rule) -> None:
    """说明命中的句子里写着所依据的数。"""
    assert names_in(rule.sentence), f"{rule.key} 的句子里没有一个数"


@pytest.mark.parametrize("key", sorted(EXPRESSIONS))
def test_expression_reads_tables_that_are_published(key: str) -> None:
    """规则只读已公布的表和列。"""
    for table, column in EXPRESSIONS[key].tables.items():
        assert not column or column in TABLES[table].columns or column in PREFIXES.get(table, {}), f"{key}: {table} 没有列 {column}"


def test_rules_are_asked_with_the_numbers_of_the_day() -> None:
    """规则按当日有效的数值比对；最早的规则施行以前没有规则。"""
    assert {rule.key for rule in in_force(date(2018, 12, 31))} == set()
    asked = {rule.key: rule for rule in in_force(DAY)}["scores.under_pass"]
    assert asked.sentence == rule_of("scores.under_pass").sentence
    assert [value for _, value in asked.numbers["pass_mark"]] == [60, 60]
