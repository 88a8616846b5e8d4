"""组卷: which questions make N forms that weigh the same, cover what is laid down, and give nothing away?

Feasibility by mixed-integer programming (HiGHS through scipy); then the forms' information is drawn level by swaps: one question for another, and two
at once, found as nearest neighbours among all single swaps. Every demand is checked once more at the end, by other code. A request that cannot be met
is answered with the demands that conflict and by how much.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from touchstone.measurement.assembly_program import PATIENCE, OutOfTime, Shortfall, first_forms
from touchstone.measurement.assembly_swaps import Swapper
from touchstone.measurement.calibration import Floats

Ints = NDArray[np.int64]
__all__ = ["LETTERS", "Demand", "Forms", "Infeasible", "OutOfTime", "Pool", "assemble", "broken_demands", "seed_number"]
LETTERS = "ABCDEFGHIJKLMNOPQRST"
"""What the forms are called, in order."""


@dataclass(frozen=True)
class Pool:
    """M questions to choose from.

    `information`: (M, K) at the K abilities of interest; `difficulty`: (M,) in the units of the demand's band; `marks` names, for each of the
    dimensions that demands count ("function", "kind", "element"), each question's value, (M,) strings; `used`: (M,) how often used lately;
    `enemies`: pairs of positions that must not stand in one form.
    """

    information: Floats
    difficulty: Floats
    marks: Mapping[str, Sequence[str]]
    used: Ints
    enemies: Sequence[tuple[int, int]] = ()

    def __len__(self) -> int:
        return len(self.difficulty)


@dataclass(frozen=True)
class Demand:
    """What each form must be.

    `counts`: for each dimension, how many questions of each value, exactly (values not named: none); `at_most`: for each dimension, the most
    questions of one value (at most one of each element, say); `difficulty`: the band of the form's mean; `most_used`: questions used more often
    are left out; `most_common`: the most questions any two forms share; `target`: (K,) information to reach, or None for what the first forms found
    have on the average.
    """

    forms: int
    size: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    at_most: Mapping[str, int] = field(default_factory=dict)
    difficulty: tuple[float, float] | None = None
    most_used: int | None = None
    most_common: int = 0
    target: Floats | None = None


@dataclass(frozen=True)
class Forms:
    """Forms found: positions in the pool, (F, size); the information of each, (F, K); the target; the largest gap to it; the seconds it took, and the
    rounds of swaps."""

    chosen: Ints
    information: Floats
    target: Floats
    gap: float
    first_gap: float
    seconds: float
    rounds: int


class Infeasible(ValueError):
    """No forms satisfy the demand; `conflicts` says which demands stand against each other and by how much, least first."""

    def __init__(self, conflicts: Sequence[Shortfall]) -> None:
        super().__init__("; ".join(one.words for one in conflicts))
        self.conflicts = tuple(conflicts)


def seed_number(text: str) -> int:
    """This function will give the number that a recorded seed, any text, stands for."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


def assemble(
    pool: Pool, demand: Demand, *, seed: int, seconds: float | None = 10.0, enough: float = 0.0, rounds: int | None = None, patience: float = PATIENCE
) -> Forms:
    """This function will compose the forms, then level them for up to `seconds` (None: however long), or until no form is further than `enough`
    from the target.

    The same pool, demand and seed give the same forms when `enough` is reached or no swap helps any more. A limit of time depends on the machine: so
    how many rounds there were is told, and as many `rounds`, with time enough, give the same forms anywhere. `patience` bounds each search.

    :raises Infeasible: naming the conflict. :raises OutOfTime: when neither forms nor a conflict were found in time.
    """
    begun = perf_counter()
    found = first_forms(pool, demand, seed, patience)
    if isinstance(found, list):
        raise Infeasible(found)
    information = pool.information[found].sum(axis=1)
    target = information.mean(axis=0) if demand.target is None else np.asarray(demand.target, float)
    first_gap = float(np.abs(information - target).max())
    swapper = Swapper(pool, demand, found, target, seed)
    chosen = swapper.level(until=math.inf if seconds is None else begun + seconds, enough=enough, rounds=rounds)
    broken = broken_demands(pool, demand, chosen)
    if broken:
        raise AssertionError("a swap broke a demand: " + "; ".join(broken))
    information = pool.information[chosen].sum(axis=1)
    return Forms(chosen, information, target, float(np.abs(information - target).max()), first_gap, perf_counter() - begun, swapper.rounds)


def broken_demands(pool: Pool, demand: Demand, chosen: Ints) -> list[str]:
    """This function will name every demand that forms do not meet; it shares no code with what found them."""
    broken = []
    if chosen.shape != (demand.forms, demand.size):
        broken.append(f"shape {chosen.shape}")
    enemies = {frozenset(pair) for pair in pool.enemies}
    for number, form in enumerate(chosen.tolist()):
        if len(set(form)) != len(form):
            broken.append(f"form {number}: a question twice")
        for dimension, wanted in demand.counts.items():
            values = [pool.marks[dimension][i] for i in form]
            got = {value: values.count(value) for value in set(values)}
            if got != {value: count for value, count in wanted.items() if count}:
                broken.append(f"form {number}: {dimension} {got}")
        for dimension, most in demand.at_most.items():
            values = [pool.marks[dimension][i] for i in form]
            if max(values.count(value) for value in values) > most:
                broken.append(f"form {number}: {dimension} more than {most}")
        if demand.difficulty is not None:
            mean = float(np.mean([pool.difficulty[i] for i in form]))
            if not demand.difficulty[0] - 1e-9 <= mean <= demand.difficulty[1] + 1e-9:
                broken.append(f"form {number}: difficulty {mean:.3f}")
        if demand.most_used is not None and any(pool.used[i] > demand.most_used for i in form):
            broken.append(f"form {number}: a question used too often")
        if any(frozenset((i, j)) in enemies for i in form for j in form if i < j):
            broken.append(f"form {number}: enemies together")
        for other in chosen.tolist()[:number]:
            if len(set(form) & set(other)) > demand.most_common:
                broken.append(f"form {number}: shares too many questions with another")
    return broken
