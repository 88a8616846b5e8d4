"""组卷可行性: are there any forms that meet the demand, and where there are none, which demands stand against each other?"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

if TYPE_CHECKING:
    from touchstone.measurement.assembly import Demand, Pool

PATIENCE = 20.0
"""Seconds that one programme may take."""
_TIME_IS_UP = 1
"""The state in which scipy gives a programme back whose time ran out."""


class OutOfTime(RuntimeError):
    """The time ran out before forms were found, or were known not to exist: nothing is known of either."""


@dataclass(frozen=True)
class Shortfall:
    """A demand that takes part in a conflict: its kind ("counts", "at_most", "difficulty", "enemies", "used", "size"; "unknown": there is a conflict,
    but the time ran out before it was known between what), the dimension and value it counts (no value: all that were not asked for), what was wanted
    of all forms together, and how much of it can be had while the others hold; for "difficulty" the value is the number of the form, and the figures
    are the middle of the band and the mean it can come to."""

    demand: str
    dimension: str
    value: str
    wanted: float
    reachable: float

    @property
    def words(self) -> str:
        """In short, for a log."""
        return f"{self.demand} {self.dimension} {self.value}: {self.wanted:g} wanted, {self.reachable:g} reachable".replace("  ", " ")


@dataclass(frozen=True)
class _Row:
    """low ≤ coefficients · x ≤ high, over the questions of one form (`form`) or of all."""

    demand: str
    dimension: str
    value: str
    columns: NDArray[np.int64]
    weights: NDArray[np.float64]
    low: float
    high: float
    wanted: float

    @property
    def group(self) -> tuple[str, str]:
        return self.demand, self.dimension


def first_forms(pool: "Pool", demand: "Demand", seed: int, patience: float = PATIENCE) -> NDArray[np.int64] | list[Shortfall]:
    """This function will find forms that meet the demand, (F, size) positions; or what conflicts. :raises OutOfTime: when neither is known."""
    chance = np.random.default_rng(seed)
    here = _eligible(pool, demand)
    if len(here):
        costs = chance.random((demand.forms, len(here)))
        unknown = None
        try:
            x = _solve(list(_rows(pool, demand, here, demand.forms)), costs.ravel(), patience)
        except OutOfTime as late:
            x, unknown = None, late
        if x is not None:
            return _read(x, here, demand.forms)
        if demand.most_common:
            found = _one_after_another(pool, demand, here, chance, patience)
            if found is not None:
                return found
        if unknown is not None:
            raise unknown
    return _conflict(pool, demand, patience)


def _eligible(pool: "Pool", demand: "Demand") -> NDArray[np.int64]:
    """The questions that may stand in any form: not used too often, and of values that are asked for."""
    fits = np.ones(len(pool), bool)
    if demand.most_used is not None:
        fits &= pool.used <= demand.most_used
    for dimension, wanted in demand.counts.items():
        fits &= np.array([wanted.get(value, 0) > 0 for value in pool.marks[dimension]], bool)
    return np.nonzero(fits)[0]


def _rows(pool: "Pool", demand: "Demand", here: NDArray[np.int64], forms: int) -> Iterator[_Row]:
    """Every demand as rows over forms × questions, form by form; at the end, that no question stands in two forms."""
    m = len(here)
    place = {int(question): column for column, question in enumerate(here)}
    for form in range(forms):
        at = form * m
        yield _row("size", "", "", at + np.arange(m), demand.size, demand.size)
        # In the order of their names, whatever the order they were written in: a file that went through a database composes the same.
        for dimension, wanted in sorted(demand.counts.items()):
            values = np.array(pool.marks[dimension], dtype=object)[here]
            for value, count in sorted(wanted.items()):
                yield _row("counts", dimension, value, at + np.nonzero(values == value)[0], count, count)
        for dimension, most in sorted(demand.at_most.items()):
            values = np.array(pool.marks[dimension], dtype=object)[here]
            for value in sorted(set(values)):
                columns = np.nonzero(values == value)[0]
                if len(columns) > most:
                    yield _row("at_most", dimension, value, at + columns, 0, most)
        if demand.difficulty is not None:
            low, high = demand.difficulty
            yield _Row("difficulty", "", f"{form + 1}", at + np.arange(m), pool.difficulty[here] / demand.size, low, high, (low + high) / 2)
        for one, other in pool.enemies:
            if one in place and other in place:
                yield _row("enemies", "", f"{one}-{other}", at + np.array([place[one], place[other]]), 0, 1)
    if forms > 1:
        for column in range(m):
            yield _row("use", "", str(int(here[column])), column + m * np.arange(forms), 0, 1)


def _row(demand: str, dimension: str, value: str, columns: NDArray[np.int64], low: float, high: float) -> _Row:
    return _Row(demand, dimension, value, columns, np.ones(len(columns)), low, high, high)


def _solve(rows: Sequence[_Row], costs: NDArray[np.float64], patience: float) -> NDArray[np.float64] | None:
    """Solve for 0/1 choices of least cost; None when there are none. :raises OutOfTime:"""
    matrix = _matrix(rows, len(costs))
    bounds = optimize.LinearConstraint(matrix, [row.low for row in rows], [row.high for row in rows])
    options = {"time_limit": patience, "mip_rel_gap": 0.5}
    return _x_of(optimize.milp(costs, constraints=bounds, bounds=optimize.Bounds(0, 1), integrality=1, options=options))


def _x_of(found: optimize.OptimizeResult) -> NDArray[np.float64] | None:
    """What a programme came to; None when it has no solution. :raises OutOfTime: when that is not known."""
    if found.x is None and found.status == _TIME_IS_UP:
        raise OutOfTime
    return None if found.x is None else np.asarray(found.x)


def _matrix(rows: Sequence[_Row], width: int) -> "sparse.csr_array":
    at = np.repeat(np.arange(len(rows)), [len(row.columns) for row in rows])
    columns = np.concatenate([row.columns for row in rows])
    weights = np.concatenate([row.weights for row in rows])
    return sparse.csr_array((weights, (at, columns)), shape=(len(rows), width))


def _read(x: NDArray[np.float64], here: NDArray[np.int64], forms: int) -> NDArray[np.int64]:
    return np.array([here[np.nonzero(row > 0.5)[0]] for row in x.reshape(forms, -1)])


def _one_after_another(
    pool: "Pool", demand: "Demand", here: NDArray[np.int64], chance: np.random.Generator, patience: float
) -> NDArray[np.int64] | None:
    """Where there are too few questions for forms that share none: one form at a time, each sharing no more than allowed with those before it."""
    base, forms = list(_rows(pool, demand, here, 1)), list[NDArray[np.int64]]()
    times = np.zeros(len(here))
    for _ in range(demand.forms):
        shared = [_row("use", "", "", np.nonzero(np.isin(here, form))[0], 0, demand.most_common) for form in forms]
        x = _solve([*base, *shared], chance.random(len(here)) + 3 * times, patience)
        if x is None:
            return None
        times += x > 0.5
        forms.append(here[np.nonzero(x > 0.5)[0]])
    return np.array(forms)


def _conflict(pool: "Pool", demand: "Demand", patience: float) -> list[Shortfall]:
    """Leave out one group of demands after another: what the conflict does without is no part of it. Then ask of each that is left how much of it can
    be had while the others hold."""
    everything = np.arange(len(pool))
    forms = 1 if demand.most_common else demand.forms
    width = len(pool) * forms
    if not width:
        return [Shortfall("size", "", "", demand.size * demand.forms, 0)]
    rows = [*_rows(pool, demand, everything, forms), *_left_out(pool, demand, forms)]
    for group in sorted({row.group for row in rows if row.demand not in {"size", "use"}}):
        fewer = [row for row in rows if row.group != group]
        with contextlib.suppress(OutOfTime):
            if _solve(fewer, np.zeros(width), patience) is None:
                rows = fewer
    groups = sorted({row.group for row in rows if row.demand not in {"size", "use"}}) or [("size", "")]
    try:
        return [one for group in groups for one in _reachable(rows, group, width, patience)]
    except OutOfTime:
        return [Shortfall("unknown", "", "", 0, 0)]


def _left_out(pool: "Pool", demand: "Demand", forms: int) -> Iterator[_Row]:
    """What `_eligible` leaves out beforehand, as rows: a conflict may lie in just this."""
    over = np.array([], int) if demand.most_used is None else np.nonzero(pool.used > demand.most_used)[0]
    for form in range(forms):
        at = form * len(pool)
        if len(over):
            yield _row("used", "", "", at + over, 0, 0)
        for dimension, wanted in demand.counts.items():
            other = np.nonzero([wanted.get(value, 0) == 0 for value in pool.marks[dimension]])[0]
            if len(other):
                yield _row("counts", dimension, "", at + other, 0, 0)


def _reachable(rows: Sequence[_Row], group: tuple[str, str], width: int, patience: float) -> list[Shortfall]:
    """Let the rows of one group be missed, as little as can be, while the others hold; say which were missed and by how much."""
    soft = [n for n, row in enumerate(rows) if row.group == group]
    miss = sparse.csr_array((np.ones(len(soft)), (soft, range(len(soft)))), shape=(len(rows), len(soft)))
    wide = sparse.hstack([_matrix(rows, width), miss, -miss], format="csr")
    bounds = optimize.LinearConstraint(wide, [row.low for row in rows], [row.high for row in rows])
    costs = np.concatenate([np.zeros(width), np.ones(2 * len(soft))])
    whole = np.concatenate([np.ones(width), np.zeros(2 * len(soft))])
    limits = optimize.Bounds(0, np.concatenate([np.ones(width), np.full(2 * len(soft), np.inf)]))
    x = _x_of(optimize.milp(costs, constraints=bounds, bounds=limits, integrality=whole, options={"time_limit": patience}))
    if x is None:
        return [Shortfall(*group, "", 0, 0)]
    gaps = x[width : width + len(soft)] - x[width + len(soft) :]
    wanted: dict[str, float] = {}
    missing: dict[str, float] = {}
    for gap, n in zip(gaps, soft, strict=True):
        row = rows[n]
        wanted[row.value] = wanted.get(row.value, 0.0) + row.wanted
        missing[row.value] = missing.get(row.value, 0.0) + float(gap)
    return [Shortfall(*group, value, wanted[value], round(wanted[value] - gap, 6)) for value, gap in missing.items() if abs(gap) > 1e-6]
