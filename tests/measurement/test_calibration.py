"""标定测试: are the parameters that made the answers found again?"""

import numpy as np
import pytest

from tests.measurement.answers import answered, some_items
from touchstone.measurement.calibration import Items, Model, TooFewAnswers, abilities, calibrate, grid
from touchstone.measurement.nominal import Options, calibrate_options


def likelihood(answers, items: Items) -> float:
    """The log-likelihood, person by person and node by node, with no trick."""
    nodes, weights = grid()
    chance = items.chance(nodes)
    total = 0.0
    for row in answers:
        given = ~np.isnan(row)
        each = np.where(row[given, None] == 1, chance[given], 1 - chance[given]).prod(axis=0)
        total += float(np.log((each * weights).sum()))
    return total


@pytest.mark.parametrize("model", [Model.ONE, Model.TWO], ids=["一参数", "两参数"])
def test_parameters_are_found_again(model):
    """两千人答三十题，标定所得与真值相近，误差与所报标准误相称。"""
    truth = some_items(30, 1)
    if model is Model.ONE:
        truth = Items(np.full(30, 1.2), truth.intercept, truth.guess)
    answers, _ = answered(truth, 2000, 2)
    found = calibrate(answers, model)
    assert found.converged
    z = (found.items.intercept - truth.intercept) / found.errors[:, 1]
    z -= z.mean()  # that these people are a little abler than all people moves every question alike
    assert np.abs(z).max() < 4 and 0.6 < z.std() < 1.5
    assert np.abs(found.items.slope - truth.slope).max() < 0.35


def test_guessing_is_found():
    """三参数模型能认出猜测。"""
    answers, _ = answered(some_items(40, 3, guess=0.25), 3000, 4)
    found = calibrate(answers, Model.THREE, tolerance=1e-2)
    assert abs(found.items.guess.mean() - 0.25) < 0.05


def test_the_likelihood_is_the_true_one_and_at_its_top():
    """报出的似然值与逐人计算的一致；任一参数稍动，似然都下降。"""
    answers, _ = answered(some_items(8, 5), 300, 6)
    answers[::7, 2] = np.nan
    found = calibrate(answers, tolerance=1e-7)
    assert likelihood(answers, found.items) == pytest.approx(found.log_likelihood, abs=1e-6)
    for at in range(8):
        for move in (0.05, -0.05):
            slope, intercept = found.items.slope.copy(), found.items.intercept.copy()
            slope[at] += move
            assert likelihood(answers, Items(slope, intercept, found.items.guess)) < found.log_likelihood
            intercept[at] += move
            assert likelihood(answers, Items(found.items.slope, intercept, found.items.guess)) < found.log_likelihood


def test_what_was_not_given_is_no_wrong_answer():
    """没有发到的题不算答错。"""
    truth = some_items(20, 7)
    answers, _ = answered(truth, 4000, 8)
    answers[:2000, :8], answers[2000:, 12:] = np.nan, np.nan
    found = calibrate(answers)
    assert np.corrcoef(found.items.intercept, truth.intercept)[0, 1] > 0.99


def test_abilities_follow_the_truth():
    """能力估计与真值相关，答得少的误差大。"""
    truth = some_items(40, 9)
    answers, ability = answered(truth, 500, 10)
    mean, error = abilities(answers, truth)
    assert np.corrcoef(mean, ability)[0, 1] > 0.9
    answers[:, 10:] = np.nan
    assert (abilities(answers, truth)[1] > error).all()


NOBODY_ANSWERED = np.column_stack([np.ones(5), np.full(5, np.nan)])


@pytest.mark.parametrize("answers", [np.ones((1, 5)), np.ones((5, 1)), NOBODY_ANSWERED], ids=["一人", "一题", "没人答"])
def test_too_little_is_refused(answers):
    """人太少、题太少、没人答过的题，不标定。"""
    with pytest.raises(TooFewAnswers):
        calibrate(answers)


def test_options_are_found_again():
    """四个选项各自的吸引力与真值相近；没人选的选项不参与。"""
    chance = np.random.default_rng(11)
    slope = -np.sort(-chance.normal(0, 0.8, (15, 4)), axis=1)
    slope -= slope.mean(axis=1, keepdims=True)
    intercept = chance.normal(0, 0.5, (15, 4))
    intercept -= intercept.mean(axis=1, keepdims=True)
    ability = chance.normal(size=3000)
    pick = chance.random((3000, 15))
    choices = (np.cumsum(Options(slope, intercept).chance(ability), axis=1).transpose(2, 0, 1) < pick[:, :, None]).sum(axis=2)
    found = calibrate_options(choices, options=5)
    assert found.converged and np.isnan(found.options.slope[:, 4]).all()
    assert np.abs(found.options.slope[:, :4] - slope).mean() < 0.08
