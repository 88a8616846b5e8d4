"""标定: which parameters of the questions make the answers most likely?

Marginal maximum likelihood (Bock and Aitkin 1981) by EM, sped up by squared extrapolation (SQUAREM, Varadhan and Roland 2008). A person's ability
is standard normal, on an even grid. Models: 1PL (one slope for all), 2PL, 3PL.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NODES, REACH = 61, 6.0
_LEAST_SLOPE, _MOST_SLOPE, _WIDEST = 0.05, 8.0, 12.0


class Model(StrEnum):
    """How the chance of a right answer depends on ability."""

    ONE = "1PL"
    TWO = "2PL"
    THREE = "3PL"


class TooFewAnswers(ValueError):
    """There are not enough answers, or none that differ, to calibrate anything."""


@dataclass(frozen=True)
class Items:
    """Parameters of n questions: P(right | θ) = guess + (1 − guess) · logistic(slope · θ + intercept). Arrays of shape (n,)."""

    slope: Floats
    intercept: Floats
    guess: Floats

    @property
    def difficulty(self) -> Floats:
        """The ability at which the chance is half way between guessing and certainty."""
        return np.asarray(-self.intercept / self.slope)

    def chance(self, ability: Floats) -> Floats:
        """This method will give P(right), shape (n, len(ability))."""
        logit = self.slope[:, None] * ability[None, :] + self.intercept[:, None]
        return np.asarray(self.guess[:, None] + (1 - self.guess[:, None]) / (1 + np.exp(-logit)))

    def information(self, ability: Floats) -> Floats:
        """This method will give Fisher's information of each question, shape (n, len(ability))."""
        p, c = self.chance(ability), self.guess[:, None]
        return np.asarray(self.slope[:, None] ** 2 * ((p - c) / (1 - c)) ** 2 * (1 - p) / np.maximum(p, 1e-12))


@dataclass(frozen=True)
class Calibration:
    """What was found: parameters, standard errors of slope, intercept and guess (n, 3; nan where not estimated), log-likelihood, and how."""

    model: Model
    items: Items
    errors: Floats
    log_likelihood: float
    persons: int
    iterations: int
    converged: bool


def grid() -> tuple[Floats, Floats]:
    """This function will give the abilities and their weights under the standard normal, shape (61,) each."""
    nodes = np.linspace(-REACH, REACH, NODES)
    weights = np.exp(-(nodes**2) / 2)
    return nodes, np.asarray(weights / weights.sum())


def calibrate(answers: Floats, model: Model = Model.TWO, *, tolerance: float = 1e-4, most_iterations: int = 500) -> Calibration:
    """This function will calibrate n questions from the answers of N persons.

    `answers`: shape (N, n), 1 right, 0 wrong, nan not given to that person. It stops when the log-likelihood rises by less than `tolerance` and no
    parameter moves by more than 0.001.

    :raises TooFewAnswers: with fewer than 2 persons or questions, or a question nobody was given.
    """
    given = ~np.isnan(answers)
    if answers.ndim != 2 or min(answers.shape) < 2 or not given.any(axis=0).all():
        raise TooFewAnswers("at least two persons and two questions, each given to somebody")
    data = _Data(np.where(given, answers, 0.0), None if given.all() else given.astype(float))
    start = _start(data, model)
    point, value, iterations, converged = _climb(lambda x: _step(data, x, model), start, tolerance, most_iterations)
    items = _items(point, model)
    return Calibration(model, items, _errors(data, items, model), value, len(answers), iterations, converged)


class _Data:
    """The answers, with what stays the same in every round."""

    def __init__(self, right: Floats, given: Floats | None) -> None:
        self.right, self.given = right, given
        self.nodes, weights = grid()
        self.log_weights = np.log(weights)
        self.times = np.full(right.shape[1], len(right), float) if given is None else given.sum(axis=0)


def _start(data: _Data, model: Model) -> Floats:
    """Begin at slope 1 and at the share of right answers."""
    share = np.clip((data.right.sum(axis=0) + 0.5) / (data.times + 1), 0.02, 0.98)
    n = data.right.shape[1]
    guess = np.full(n, 0.15 if model is Model.THREE else 0.0)
    share = np.clip((share - guess) / (1 - guess), 0.02, 0.98)
    return np.concatenate([np.zeros(n), 1.2 * np.log(share / (1 - share)), np.log(0.15 / 0.85) * np.ones(n)])


def _items(point: Floats, model: Model) -> Items:
    """Read a point of the search (log slopes, intercepts, logits of guessing) as parameters."""
    log_slope, intercept, logit = np.split(point, 3)
    guess = 1 / (1 + np.exp(-np.clip(logit, -8, 0))) if model is Model.THREE else np.zeros_like(intercept)
    slope = np.clip(np.exp(log_slope), _LEAST_SLOPE, _MOST_SLOPE)
    return Items(slope, np.clip(intercept, -_WIDEST, _WIDEST), guess)


def _posterior(data: _Data, items: Items) -> tuple[Floats, float]:
    """Give each person's weights over the grid, (N, Q), and the log-likelihood of all."""
    logit = items.slope[:, None] * data.nodes + items.intercept[:, None]
    wrong = -np.logaddexp(0, logit)  # log of the chance of a wrong answer without guessing
    if items.guess.any():
        p = items.chance(data.nodes)
        log_p, wrong = np.log(p), np.log1p(-p)
        inner = data.right @ (log_p - wrong)
    else:
        # log P − log(1 − P) is slope · θ + intercept: two numbers a person, and no product with the grid.
        inner = np.multiply.outer(data.right @ items.slope, data.nodes)
        inner += (data.right @ items.intercept)[:, None]
    inner += wrong.sum(axis=0) if data.given is None else data.given @ wrong
    inner += data.log_weights
    top = inner.max(axis=1, keepdims=True)
    inner -= top
    np.exp(inner, out=inner)
    total = inner.sum(axis=1, keepdims=True)
    inner /= total
    return inner, float((np.log(total) + top).sum())


def _step(data: _Data, point: Floats, model: Model) -> tuple[Floats, float]:
    """One round of EM: the point after it, and the log-likelihood before it."""
    items = _items(point, model)
    posterior, value = _posterior(data, items)
    right = (posterior.T @ data.right).T  # (n, Q) expected right answers at each ability
    if data.given is None:
        times = np.broadcast_to(posterior.sum(axis=0), right.shape)
    else:
        times = (posterior.T @ data.given).T
    return _maximise(data, items, point, right, times, model), value


def _maximise(data: _Data, items: Items, point: Floats, right: Floats, times: Floats, model: Model) -> Floats:
    """Fit each question to its expected counts by Newton's steps, all questions at once."""
    slope, intercept, guess = items.slope.copy(), items.intercept.copy(), items.guess.copy()
    for _ in range(3 if model is Model.THREE else 2):
        t = data.nodes[None, :]
        inner = 1 / (1 + np.exp(-(slope[:, None] * t + intercept[:, None])))
        p = guess[:, None] + (1 - guess[:, None]) * inner
        # Weight of the residual by the slope of the curve; without guessing it is 1.
        tilt = inner * (1 - guess[:, None]) * (1 - inner) / np.maximum(p * (1 - p), 1e-12)
        rest = (right - times * p) * tilt
        curve = times * tilt**2 * p * (1 - p)
        g1, g0 = (rest * t).sum(axis=1), rest.sum(axis=1)
        h11, h10, h00 = (curve * t * t).sum(axis=1), (curve * t).sum(axis=1), curve.sum(axis=1)
        if model is Model.ONE:
            by_slope = g1.sum() / max(float(h11.sum()), 1e-9)
            slope = np.clip(slope + np.clip(by_slope, -0.5, 0.5), _LEAST_SLOPE, _MOST_SLOPE)
            intercept = np.clip(intercept + np.clip(g0 / np.maximum(h00, 1e-9), -1, 1), -_WIDEST, _WIDEST)
            continue
        least = np.maximum(h11 * h00 - h10 * h10, 1e-9)
        slope = np.clip(slope + np.clip((h00 * g1 - h10 * g0) / least, -1, 1), _LEAST_SLOPE, _MOST_SLOPE)
        intercept = np.clip(intercept + np.clip((h11 * g0 - h10 * g1) / least, -2, 2), -_WIDEST, _WIDEST)
        if model is Model.THREE:
            guess = _guess(guess, inner, p, right, times)
    logit = np.log(np.maximum(guess, 1e-4) / (1 - guess)) if model is Model.THREE else np.split(point, 3)[2]
    return np.concatenate([np.log(slope), intercept, logit])


def _guess(guess: Floats, inner: Floats, p: Floats, right: Floats, times: Floats) -> Floats:
    """Move guessing by Fisher's step under a Beta(5, 17) prior (mode 0.2): the lower end of the curve is seldom seen."""
    a, b = 5.0, 17.0
    tilt = (1 - inner) / np.maximum(p * (1 - p), 1e-12)
    first = ((right - times * p) * tilt).sum(axis=1) + (a - 1) / guess - (b - 1) / (1 - guess)
    second = (times * (1 - inner) ** 2 / np.maximum(p * (1 - p), 1e-12)).sum(axis=1) + (a - 1) / guess**2 + (b - 1) / (1 - guess) ** 2
    return np.asarray(np.clip(guess + np.clip(first / second, -0.05, 0.05), 1e-3, 0.5))


def _climb(step: Callable[[Floats], tuple[Floats, float]], x: Floats, tolerance: float, most: int) -> tuple[Floats, float, int, bool]:
    """Repeat rounds with squared extrapolation; a leap that lowers the likelihood is taken back. Gives point, value, rounds, whether it settled."""
    best = -np.inf
    safe, rounds = x, 0
    while rounds < most:
        first, value = step(x)
        rounds += 1
        if value < best - 1e-6 and x is not safe:
            x, best = safe, -np.inf  # the leap went wrong: go on from where it began
            continue
        moved = float(np.abs(first - x).max())
        if value - best < tolerance and moved < 1e-3:
            return x, value, rounds, True
        best = max(best, value)
        second, _ = step(first)
        rounds += 1
        r, v = first - x, second - 2 * first + x
        length = float(np.sqrt((v * v).sum()))
        if length < 1e-12:
            safe = x = second
            continue
        stride = min(-1.0, -float(np.sqrt((r * r).sum())) / length)
        safe = second
        x = x - 2 * stride * r + stride**2 * v if stride < -1 else second
    return x, best, rounds, False


def _errors(data: _Data, items: Items, model: Model) -> Floats:
    """Standard errors from the products of each person's own gradients, question by question."""
    posterior, _ = _posterior(data, items)
    p = items.chance(data.nodes)
    inner = (p - items.guess[:, None]) / (1 - items.guess[:, None])
    tilt = inner * (1 - items.guess[:, None]) * (1 - inner) / np.maximum(p * (1 - p), 1e-12)
    slopes = []
    for weight in (data.nodes, np.ones_like(data.nodes)):
        hit, miss = (tilt * (1 - p) * weight).T, (tilt * -p * weight).T
        gradient = data.right * (posterior @ hit)
        wrong = (1 - data.right) if data.given is None else data.given - data.right
        slopes.append(gradient + wrong * (posterior @ miss))
    by_slope, by_intercept = slopes
    h11, h10, h00 = ((x * y).sum(axis=0) for x, y in ((by_slope, by_slope), (by_slope, by_intercept), (by_intercept, by_intercept)))
    det = np.maximum(h11 * h00 - h10 * h10, 1e-12)
    errors = np.full((len(det), 3), np.nan)
    errors[:, 0], errors[:, 1] = np.sqrt(h00 / det), np.sqrt(h11 / det)
    if model is Model.ONE:
        errors[:, 0] = 1 / np.sqrt((by_slope.sum(axis=1) ** 2).sum())
    return errors


def abilities(answers: Floats, items: Items) -> tuple[Floats, Floats]:
    """This function will estimate each person's ability (expected a posteriori) and its standard error, shape (N,) each."""
    given = ~np.isnan(answers)
    data = _Data(np.where(given, answers, 0.0), None if given.all() else given.astype(float))
    posterior, _ = _posterior(data, items)
    mean = posterior @ data.nodes
    return mean, np.sqrt(np.maximum(posterior @ data.nodes**2 - mean**2, 0))
