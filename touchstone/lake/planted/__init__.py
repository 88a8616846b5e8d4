"""造出的案例: does each rule find what was planted for it, and pass over what only comes close?

Precision and recall here are of cases we made ourselves: they say that a rule does what it says. How many hits hold in practice is what
the cases that come of them show.
"""

import tempfile
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from touchstone.lake.asking import Asked
from touchstone.lake.comparing import run
from touchstone.lake.hit import Hit
from touchstone.lake.planted import people, register, rows, site
from touchstone.lake.planted.world import PLANTS, World, clean

__all__ = ["PLANTS", "Measured", "World", "clean", "measure", "people", "planted", "register", "rows", "score", "site"]


@dataclass(frozen=True)
class Measured:
    """How one rule did: cases planted and near-misses beside them, hits found, those that were planted, and what went wrong either way."""

    rule: str
    planted: int
    near: int
    found: int
    right: int
    overlooked: tuple[str, ...] = ()
    mistaken: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """The share of hits that were planted."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of planted cases that were found."""
        return self.right / self.planted if self.planted else 1.0


def planted(asked: Sequence[Asked], seed: int = 1, **size: int) -> World:
    """This function will make a clean city and plant the cases of every rule in it."""
    world = clean(asked, seed, **size)
    for rule in asked:
        PLANTS[rule.key](world)
    return world


def measure(asked: Sequence[Asked], only: Container[str], *, engine: str = "duckdb", seed: int = 1) -> list[Measured]:
    """This function will run some rules over a city planted with the cases of all, and compare what they find with what was planted."""
    world = planted(asked, seed)
    with tempfile.TemporaryDirectory(prefix="touchstone-planted-") as folder:
        hits = run([rule for rule in asked if rule.key in only], world.write(Path(folder)), engine=engine)
    return [line for line in score(world, hits) if line.rule in only]


def score(world: World, hits: Sequence[Hit]) -> list[Measured]:
    """This function will hold hits against what is expected of each rule."""
    lines = []
    for key in world.asked:
        wanted = world.expected.get(key, set())
        found = {frozenset(hit.rows) for hit in hits if hit.rule == key}
        overlooked, mistaken = (tuple(sorted("、".join(sorted(rows)[:3]) for rows in part)) for part in (wanted - found, found - wanted))
        lines.append(Measured(key, len(wanted), world.near.get(key, 0), len(found), len(wanted & found), overlooked, mistaken))
    return lines
