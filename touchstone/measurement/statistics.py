"""试题统计: how hard was each question, did it tell the able from the others, did each wrong option draw anybody, was it fair to each group?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from touchstone.measurement.calibration import Floats


@dataclass(frozen=True)
class QuestionFigures:
    """Classical figures of one question.

    `difficulty` is the mean share of its points won (0…1, higher is easier); `discrimination` the correlation with the rest of the paper, nan where
    nothing varies; `upper` and `lower` the difficulty among the best and the worst 27 %.
    """

    answered: int
    difficulty: float
    discrimination: float
    upper: float
    lower: float

    @property
    def spread(self) -> float:
        """The discrimination index D: upper less lower."""
        return self.upper - self.lower


@dataclass(frozen=True)
class OptionFigures:
    """One option of a choice question: the share that chose it, the mean rest score (as z) of those who did, and whether it is right."""

    share: float
    standing: float
    is_key: bool

    @property
    def draws_nobody(self) -> bool:
        """A wrong option that fewer than one in twenty choose does no work."""
        return not self.is_key and self.share < 0.05

    @property
    def draws_the_able(self) -> bool:
        """A wrong option whose choosers stand above the mean: the key may be wrong."""
        return not self.is_key and self.standing > 0 and self.share >= 0.05


@dataclass(frozen=True)
class Fairness:
    """Mantel–Haenszel DIF of one question between two groups matched on the score of the paper; `grade` as ETS grades it: A none, B some, C much."""

    delta: float
    p: float
    grade: str


_SHARE_OF_GROUP = 0.27


def question_figures(shares: Floats) -> list[QuestionFigures]:
    """This function will compute the figures of n questions. `shares`: (N, n), share of the points won, nan where not given."""
    given = ~np.isnan(shares)
    held = np.where(given, shares, 0.0)
    total = held.sum(axis=1)
    found = []
    cut = max(1, round(len(shares) * _SHARE_OF_GROUP))
    order = np.argsort(total, kind="stable")
    low, high = order[:cut], order[-cut:]
    for j in range(shares.shape[1]):
        here = given[:, j]
        won, rest = held[here, j], (total - held[:, j])[here]
        varies = here.sum() > 2 and won.std() > 0 and rest.std() > 0
        upper, lower = (shares[rows, j][given[rows, j]] for rows in (high, low))
        found.append(
            QuestionFigures(
                int(here.sum()),
                float(won.mean()) if len(won) else float("nan"),
                float(np.corrcoef(won, rest)[0, 1]) if varies else float("nan"),
                float(upper.mean()) if len(upper) else float("nan"),
                float(lower.mean()) if len(lower) else float("nan"),
            )
        )
    return found


def reliability(shares: Floats) -> float:
    """This function will compute Cronbach's alpha over persons who were given everything; nan where nothing varies."""
    whole = shares[~np.isnan(shares).any(axis=1)]
    n = whole.shape[1]
    spread = whole.sum(axis=1).var(ddof=1) if len(whole) > 2 and n > 1 else 0.0
    return float(n / (n - 1) * (1 - whole.var(axis=0, ddof=1).sum() / spread)) if spread > 0 else float("nan")


def option_figures(choices: NDArray[np.int64], rest: Floats, *, options: int, key: int) -> list[OptionFigures]:
    """This function will analyse the options of one question. `choices`: (N,), −1 not answered; `rest`: (N,) score on the rest of the paper."""
    answered = choices >= 0
    scale = rest[answered].std() if answered.any() else 0.0
    z = (rest - (rest[answered].mean() if answered.any() else 0.0)) / (scale or 1.0)
    found = []
    for option in range(options):
        chose = choices == option
        share = float(chose.sum() / max(1, answered.sum()))
        found.append(OptionFigures(share, float(z[chose].mean()) if chose.any() else 0.0, option == key))
    return found


def fairness(right: Floats, focal: NDArray[np.bool_], *, strata: int = 10) -> list[Fairness]:
    """This function will compare a focal group with the others on n right/wrong questions (N, n; nan not given), matched on their score.

    Delta is −2.35 ln α: below 0 the question is harder for the focal group than for others of equal score. A question with too few answers to
    say gives nan and grade "A".
    """
    given = ~np.isnan(right)
    score = np.where(given, right, 0).sum(axis=1)
    edges = np.unique(np.quantile(score, np.linspace(0, 1, strata + 1)[1:-1]))
    level = np.searchsorted(edges, score, side="right")
    found = []
    for j in range(right.shape[1]):
        a, b, c, d = (np.zeros(len(edges) + 1) for _ in range(4))
        for counts, group, mark in ((a, ~focal, 1.0), (b, ~focal, 0.0), (c, focal, 1.0), (d, focal, 0.0)):
            np.add.at(counts, level[group & given[:, j] & (right[:, j] == mark)], 1)
        found.append(_mantel_haenszel(a, b, c, d))
    return found


def _mantel_haenszel(a: Floats, b: Floats, c: Floats, d: Floats) -> Fairness:
    """Combine the strata: reference right a, wrong b; focal right c, wrong d (Holland and Thayer 1988; variance of Robins, Breslow and Greenland)."""
    t = a + b + c + d
    use = t > 1
    a, b, c, d, t = a[use], b[use], c[use], d[use], t[use]
    r, s = (a * d / t).sum(), (b * c / t).sum()
    if r <= 0 or s <= 0:
        return Fairness(float("nan"), float("nan"), "A")
    delta = -2.35 * np.log(r / s)
    expected = (a + b) * (a + c) / t
    variance = (a + b) * (c + d) * (a + c) * (b + d) / (t**2 * (t - 1))
    chi = max(0.0, abs((a - expected).sum()) - 0.5) ** 2 / variance.sum()
    p = float(stats.chi2.sf(chi, 1))
    pr, ps = (a + d) / t, (b + c) / t
    pa, pb = a * d / t, b * c / t
    error = 2.35 * np.sqrt((pr * pa).sum() / (2 * r**2) + (pr * pb + ps * pa).sum() / (2 * r * s) + (ps * pb).sum() / (2 * s**2))
    if abs(delta) < 1 or p > 0.05:
        grade = "A"
    elif abs(delta) >= 1.5 and abs(delta) - 1.645 * error > 1:
        grade = "C"
    else:
        grade = "B"
    return Fairness(float(delta), p, grade)


@dataclass(frozen=True)
class Drift:
    """How a question's difficulty moved between two calibrations on one scale: by how much, and how many standard errors that is."""

    moved: float
    z: float


def drift(before: Floats, before_errors: Floats, after: Floats, after_errors: Floats) -> list[Drift]:
    """This function will compare the difficulties (n,) of questions used twice.

    The later scale is laid on the earlier one by the median move, so that a better-prepared year is not taken for n questions that leaked.
    """
    shift = float(np.median(after - before))
    moved = after - before - shift
    errors = np.sqrt(before_errors**2 + after_errors**2)
    return [Drift(float(m), float(m / e)) for m, e in zip(moved, np.maximum(errors, 1e-9), strict=True)]
