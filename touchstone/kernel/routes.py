"""路线: which steps does a case go through, who takes each, and how long may it take?"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from touchstone.kernel.law import Clause, Dated


@dataclass(frozen=True)
class Step:
    """One step (环节) of a route.

    `offices` says whose it is: `one_of` (any one answers), `all_of` (each must), `per_venue` (each venue's district).
    `within` is the time allowed, in working days, itself a dated value; None when the law sets none and we neither.
    """

    key: str
    title: str
    role: StrEnum
    clause: Clause
    offices: tuple[StrEnum, ...] = ()
    asked_of: str = "one_of"
    within: Dated[int] | None = None
    parallel_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Route:
    """The steps of a case, in order."""

    key: str
    title: str
    steps: tuple[Step, ...]

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def step(self, key: str) -> Step:
        """This method will give the step named `key`. :raises KeyError: when the route has no such step."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def after(self, key: str) -> Step | None:
        """This method will give the step that follows `key`, or None after the last."""
        following = self.steps[self.steps.index(self.step(key)) + 1 :]
        return following[0] if following else None
