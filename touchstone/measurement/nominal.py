"""选项标定: how does the choice of each option, right or wrong, depend on ability? (Bock's nominal response model 1972)"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchstone.measurement.calibration import Floats, TooFewAnswers, grid

_RIDGE = 1e-3  # keeps an option that almost nobody chose from running away


@dataclass(frozen=True)
class Options:
    """P(option k | θ) = exp(slope_k θ + intercept_k) / Σ, each question's slopes and intercepts adding up to 0; shape (n, K), nan for options that a
    question does not have."""

    slope: Floats
    intercept: Floats

    def chance(self, ability: Floats) -> Floats:
        """This method will give the chances, shape (n, K, len(ability)); 0 for options that are not there."""
        logit = self.slope[:, :, None] * ability + self.intercept[:, :, None]
        logit = np.where(np.isnan(logit), -np.inf, logit)
        raised = np.exp(logit - logit.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class NominalCalibration:
    """What was found, and how it was reached."""

    options: Options
    log_likelihood: float
    rounds: int
    converged: bool


def calibrate_options(choices: NDArray[np.int64], *, options: int, tolerance: float = 1e-3, most_rounds: int = 300) -> NominalCalibration:
    """This function will calibrate the options of n questions from the choices of N persons.

    `choices`: shape (N, n), the number of the option chosen, 0…options−1; −1 where not given or not answered. Options nobody chose are left out.

    :raises TooFewAnswers: with fewer than two persons, or a question with fewer than two options chosen.
    """
    one_hot = (choices[:, :, None] == np.arange(options)).astype(float)
    counts = one_hot.sum(axis=0)
    there = counts > 0
    if len(choices) < 2 or (there.sum(axis=1) < 2).any():
        raise TooFewAnswers("each question needs two options that somebody chose")
    persons, questions = choices.shape
    flat = one_hot.reshape(persons, questions * options)
    given = None if (choices >= 0).all() else (choices >= 0).astype(float)
    nodes, weights = grid()
    total = _rest_score(one_hot, there)
    slope = np.where(there, _centred(total, there), 0.0)
    intercept = np.where(there, _centred(np.log(np.maximum(counts, 0.5)), there), 0.0)
    before, value, rounds, settled = -np.inf, -np.inf, 0, False
    while rounds < most_rounds and not settled:
        rounds += 1
        logit = np.where(there[:, :, None], slope[:, :, None] * nodes + intercept[:, :, None], -np.inf)
        top = logit.max(axis=1, keepdims=True)
        norm = (np.log(np.exp(logit - top).sum(axis=1, keepdims=True)) + top)[:, 0]  # (n, Q)
        chance = np.exp(logit - norm[:, None, :])
        inner = np.multiply.outer(flat @ slope.ravel(), nodes) + (flat @ intercept.ravel())[:, None]
        inner -= norm.sum(axis=0) if given is None else given @ norm
        inner += np.log(weights)
        peak = inner.max(axis=1, keepdims=True)
        posterior = np.exp(inner - peak)
        sums = posterior.sum(axis=1, keepdims=True)
        value = float((np.log(sums) + peak).sum())
        settled, before = value - before < tolerance, value
        posterior /= sums
        chosen = (posterior.T @ flat).T.reshape(questions, options, -1)
        slope, intercept = _newton(slope, intercept, chosen, chance, there, nodes)
    absent = ~there
    slope, intercept = slope.copy(), intercept.copy()
    slope[absent] = intercept[absent] = np.nan
    return NominalCalibration(Options(slope, intercept), value, rounds, settled)


def _centred(values: Floats, there: NDArray[np.bool_]) -> Floats:
    held = np.where(there, values, 0.0)
    return np.asarray(held - held.sum(axis=1, keepdims=True) / there.sum(axis=1, keepdims=True))


def _rest_score(one_hot: Floats, there: NDArray[np.bool_]) -> Floats:
    """Begin with the standing, in the common opinion, of those who chose each option: how often their other choices were the most chosen ones."""
    popular = one_hot.sum(axis=0) == one_hot.sum(axis=0).max(axis=1, keepdims=True)
    score = (one_hot * popular).sum(axis=(1, 2))
    spread = max(float(score.std()), 1e-9)
    mean = np.einsum("i,ijk->jk", (score - score.mean()) / spread, one_hot) / np.maximum(one_hot.sum(axis=0), 1)
    return np.where(there, mean, 0.0)


def _newton(slope: Floats, intercept: Floats, chosen: Floats, chance: Floats, there: NDArray[np.bool_], nodes: Floats) -> tuple[Floats, Floats]:
    """One step of Newton for every question at once, over 2K parameters with the centre held by a ridge."""
    questions, options = slope.shape
    times = chosen.sum(axis=1, keepdims=True)
    rest = chosen - times * chance
    gradient = np.concatenate([(rest * nodes).sum(axis=2), rest.sum(axis=2)], axis=1) - _RIDGE * np.concatenate([slope, intercept], axis=1)
    curve = np.empty((questions, 2 * options, 2 * options))
    for row, left in enumerate((nodes, np.ones_like(nodes))):
        for column, right in enumerate((nodes, np.ones_like(nodes))):
            weighted = times * left * right
            block = -np.einsum("jkq,jlq->jkl", weighted * chance, chance)
            block[:, range(options), range(options)] += (weighted * chance).sum(axis=2)
            curve[:, row * options : (row + 1) * options, column * options : (column + 1) * options] = block
    curve[:, range(2 * options), range(2 * options)] += _RIDGE
    step = np.clip(np.linalg.solve(curve, gradient[:, :, None])[:, :, 0], -1, 1)
    slope = _centred(slope + step[:, :options] * there, there) * there
    intercept = _centred(intercept + step[:, options:] * there, there) * there
    return slope, intercept
