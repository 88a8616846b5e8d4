"""试题统计测试: are the figures those of the textbook, and do they find what is wrong with a question?"""

import numpy as np
import pytest

from tests.measurement.answers import answered, some_items
from touchstone.measurement.statistics import drift, fairness, option_figures, question_figures, reliability


def test_figures_of_a_small_table():
    """手算的例子：难度、区分度、高低分组。"""
    shares = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, np.nan]], float)
    first, second, third = question_figures(shares)
    assert (first.difficulty, second.difficulty, third.answered) == (0.75, 0.5, 3)
    assert first.discrimination == pytest.approx(np.corrcoef([1, 1, 1, 0], [2, 1, 0, 0])[0, 1])
    assert (second.upper, second.lower, second.spread) == (1, 0, 1)


def test_nothing_that_varies_has_no_discrimination():
    """人人答对的题没有区分度可言。"""
    assert np.isnan(question_figures(np.array([[1, 1.0], [1, 0], [1, 1]]))[0].discrimination)


def test_reliability():
    """同一题抄十遍，信度为一；互不相干的题，信度近零。"""
    one = np.random.default_rng(1).integers(0, 2, 200).astype(float)
    assert reliability(np.repeat(one[:, None], 10, axis=1)) == pytest.approx(1)
    assert abs(reliability(np.random.default_rng(2).integers(0, 2, (2000, 10)).astype(float))) < 0.15


def test_a_wrong_key_and_an_idle_option_show():
    """标错的答案和没人选的选项会显出来。"""
    chance = np.random.default_rng(3)
    rest = chance.normal(size=1000)
    right = rest + chance.normal(size=1000) > 0
    choices = np.where(right, 1, np.where(chance.random(1000) < 0.98, 0, 2))
    found = option_figures(choices, rest, options=4, key=0)
    assert found[1].draws_the_able and not found[0].draws_the_able
    assert found[3].draws_nobody and not found[1].draws_nobody


def test_unfair_questions_are_found_and_fair_ones_left():
    """只有对一组人更难的题被指出；两组水平不同不算不公平。"""
    items = some_items(30, 4)
    answers, ability = answered(items, 4000, 5)
    focal = np.random.default_rng(6).random(4000) < 1 / (1 + np.exp(ability))  # the focal group is weaker
    harder = np.random.default_rng(7).random(4000) < 0.4
    answers[focal & harder, 0] = 0
    grades = [one.grade for one in fairness(answers, focal)]
    assert grades[0] == "C" and grades[1:].count("C") == 0


def test_one_question_that_drifts():
    """整体都变容易是人的水平，单独一题变容易才是这题的事。"""
    before = np.linspace(-2, 2, 20)
    after = before - 0.5
    after[3] -= 1
    moved = drift(before, np.full(20, 0.1), after, np.full(20, 0.1))
    assert moved[3].moved == pytest.approx(-1) and abs(moved[3].z) > 3
    assert max(abs(one.z) for n, one in enumerate(moved) if n != 3) < 1e-6
