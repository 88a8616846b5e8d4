"""规则与路线测试: findings keep their rule's name, lists are judged by their weakest or strongest, routes know what follows."""

from datetime import date
from enum import StrEnum

import pytest

from touchstone.kernel.law import Document, Refusal
from touchstone.kernel.routes import Route, Step
from touchstone.kernel.rules import Finding, Outcome, all_rules, met, must, records, rule, strongest, unmet, unproven, weakest

CLAUSE = Document("d", "规定", date(2020, 1, 1), rank=1).clause("一")
YES, NO, OPEN = met("是", CLAUSE), unmet("否", CLAUSE), unproven("不明", CLAUSE, ask_for="证明")


@rule("数为正")
def number_is_positive(number: int) -> Finding:
    """Whether a number is positive."""
    return met(f"{number}为正", CLAUSE) if number > 0 else unmet(f"{number}不为正", CLAUSE)


def test_finding_carries_key_and_title_of_its_rule() -> None:
    found = number_is_positive(3)
    assert (found.rule, found.title, found.outcome) == (f"{__name__}.number_is_positive", "数为正", Outcome.MET)
    assert number_is_positive(-3).outcome == Outcome.UNMET


def test_rule_is_listed_for_the_book() -> None:
    listed = next(one for one in all_rules() if one.key == f"{__name__}.number_is_positive")
    assert listed.summary == "Whether a number is positive."


def test_finding_is_stored_as_plain_strings() -> None:
    assert records([OPEN]) == [{"rule": "", "title": "", "outcome": "unproven", "reason": "不明", "clause": "规定 一", "ask_for": "证明"}]


def test_what_is_not_fulfilled_is_refused_with_reason_clause_and_next_step() -> None:
    must(YES, "请核对。")
    for finding in (NO, OPEN):
        with pytest.raises(Refusal) as refusal:
            must(finding, "请核对。")
        assert (refusal.value.sentence, refusal.value.clause, refusal.value.next_step) == (f"{finding.reason}。", CLAUSE, "请核对。")


LISTS = [
    ("空", [], Outcome.MET, Outcome.UNMET),
    ("全是", [YES, YES], Outcome.MET, Outcome.MET),
    ("有不明", [YES, OPEN], Outcome.UNPROVEN, Outcome.MET),
    ("有否", [YES, OPEN, NO], Outcome.UNMET, Outcome.MET),
    ("否与不明", [NO, OPEN], Outcome.UNMET, Outcome.UNPROVEN),
]


@pytest.mark.parametrize(("name", "findings", "all_must", "any_may"), LISTS, ids=[line[0] for line in LISTS])
def test_lists_are_judged(name, findings, all_must, any_may) -> None:
    assert weakest(findings) == all_must
    assert strongest(findings) == any_may


class Hand(StrEnum):
    """Whose step it is."""

    CLERK = "clerk"


def test_route_knows_its_steps() -> None:
    first, second = Step("a", "甲", Hand.CLERK, CLAUSE), Step("b", "乙", Hand.CLERK, CLAUSE)
    route = Route("r", "路线", (first, second))
    assert list(route) == [first, second]
    assert route.after("a") is second
    assert route.after("b") is None
    with pytest.raises(KeyError):
        route.step("c")
