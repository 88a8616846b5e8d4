"""考评评分取值: which of several assessors' marks count, how is the mean rounded, and who reviews where they lie apart?"""

from datetime import date
from decimal import Decimal

import pytest

from touchstone.policy.exams.marking import Given, PanelScore, mean, panel_score
from touchstone.policy.exams.parts import Part

DAY = date(2026, 10, 15)


def panel(*totals: str | None, review: str | None = None) -> PanelScore:
    """Three assessors 甲 (the head), 乙, 丙, … and what they come to."""
    given = [Given("甲乙丙丁戊"[n], None if one is None else Decimal(one), n == 0) for n, one in enumerate(totals)]
    return panel_score(Part.PRACTICAL, given, None if review is None else Decimal(review), DAY)


@pytest.mark.parametrize(
    ("totals", "score"),
    [
        pytest.param(("85", "86", "85"), "85.3", id="除不尽四舍"),
        pytest.param(("85", "85.5", "86.4"), "85.6", id="除不尽五入"),
        pytest.param(("85.1", "85.2", "85.2", "85.3", "85.2"), "85.2", id="五人"),
        pytest.param(("0", "0", "0"), "0.0", id="都是零分"),
    ],
)
def test_mean_of_all_who_agree(totals: tuple[str, ...], score: str) -> None:
    """相差不超过限度：取全部的平均，保留一位小数。"""
    found = panel(*totals)
    assert (str(found.score), len(found.counted), found.reviewer) == (score, len(totals), "")


def test_half_is_rounded_up() -> None:
    """恰为一半的，进一位。"""
    assert str(mean([Decimal("80.1"), Decimal("80.0")])) == "80.1"


def test_two_are_too_few_and_four_are_even() -> None:
    """不足三人、或者为双数：没有分数，写明原因。"""
    for totals in (("85", "86"), ("85", "86", "85", "85")):
        found = panel(*totals)
        assert found.score is None
        assert any("应" in one.reason for one in found.findings)


def test_nothing_before_everybody_is_in() -> None:
    """没有全部提交：没有分数，也不说谁的分歧大。"""
    found = panel("85", None, "20")
    assert (found.score, found.reviewer, found.all_in) == (None, "", False)
    assert panel().all_in is False


@pytest.mark.parametrize(
    ("totals", "reviewer"),
    [
        pytest.param(("85", "86", "70"), "甲", id="组长居中"),
        pytest.param(("70", "86", "85"), "丙", id="组长偏离最远，由总分居中的复评"),
    ],
)
def test_who_reviews(totals: tuple[str, ...], reviewer: str) -> None:
    """相差过大：由组长复评；组长自己偏离最远的，由总分居中的考评人员复评。"""
    found = panel(*totals)
    assert (found.score, found.reviewer, found.all_in) == (None, reviewer, True)


def test_after_the_review_the_far_one_does_not_count() -> None:
    """复评以后：复评分和与它相差不超过限度的评分取平均，复评人自己原来的评分由复评分代替。"""
    found = panel("85", "86", "70", review="84")
    assert (str(found.score), found.counted) == ("85.0", ("甲", "乙"))
    assert str(panel("85", "86", "70", review="50").score) == "50.0", "都相差过大的，以复评分为准"
