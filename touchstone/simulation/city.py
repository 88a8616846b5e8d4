"""虚构城市: how does an empty database become a city, the same one for the same seed?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from touchstone.accounts.actor import PLATFORM
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import mark_synthetic, record
from touchstone.ledger.queries import entries, is_synthetic
from touchstone.simulation import district, small

SCALES: dict[str, Callable[..., object]] = {"small": small.build, "district": district.build}
GROWN = "city.grown"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Grown:
    """What stands: scale, seed, and whether it stood already."""

    scale: str
    seed: int
    already: bool = False


def grow(*, scale: str, seed: int, at: datetime | None = None, tell: Tell = lambda line: None, sizes: Mapping[str, int] | None = None) -> Grown:
    """This function will grow a city on an empty database, whole or not at all; `at` is its today (the clock's when not given).

    The same scale, seed and `at` give the same city. `tell` hears a Chinese line at each step;
    `sizes` (bodies, plans, candidates) change those of a district.

    :raises Refusal: when the database holds anything else.
    """
    at = timezone.localtime(at or timezone.now())
    if (standing := _standing()) is not None:
        if standing != (scale, seed):
            raise Refusal(
                f"数据库里已有一座虚构城市（规模{standing[0]}，种子{standing[1]}），与要建的（规模{scale}，种子{seed}）不同。",
                next_step="请换一个空数据库，或先清除数据（make erase-data）。",
            )
        return Grown(scale, seed, already=True)
    with transaction.atomic():
        if is_synthetic():
            raise Refusal("数据库标为虚构城市，但没有建成的记录。", next_step="请换一个空数据库，或先清除数据（make erase-data）。")
        mark_synthetic(seed=seed)
        SCALES[scale](seed=seed, at=at, tell=tell, **(sizes or {}))
        record(GROWN, "simulation", by=PLATFORM, at=at, detail={"scale": scale, "seed": seed})
    return Grown(scale, seed)


def _standing() -> tuple[str, int] | None:
    line = entries().filter(event=GROWN).first()
    return (line.detail["scale"], line.detail["seed"]) if line else None
