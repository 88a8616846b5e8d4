"""模拟作答: answers of people and questions whose parameters are known."""

import numpy as np

from touchstone.measurement.calibration import Floats, Items


def some_items(n: int, seed: int, *, guess: float = 0.0) -> Items:
    """Give n questions: slopes about 1, difficulties about 0."""
    chance = np.random.default_rng(seed)
    slope, difficulty = chance.lognormal(0, 0.3, n), chance.normal(0, 1, n)
    return Items(slope, -slope * difficulty, np.full(n, guess))


def answered(items: Items, persons: int, seed: int) -> tuple[Floats, Floats]:
    """Give the answers (persons, n) of people of standard normal ability, and their abilities."""
    chance = np.random.default_rng(seed)
    ability = chance.normal(size=persons)
    return (chance.random((persons, len(items.slope))) < items.chance(ability).T).astype(float), ability
