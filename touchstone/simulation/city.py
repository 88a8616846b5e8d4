"""虚构城市: how does an empty database become a city, the same one for the same seed?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from touchstone.accounts.actor import PLATFORM
from touchstone.certificates.facts.keys import city_root
from touchstone.certificates.operations import make_city_root
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import mark_synthetic, record
from touchstone.ledger.queries import entries, is_synthetic
from touchstone.notices.history import pass_over
from touchstone.simulation import city_size, district, small

WHOLE: dict[str, Callable[..., object]] = {"small": small.build, "district": district.build}
"""Scales that are grown whole or not at all."""
IN_SHARES = "city"
SCALES = (*WHOLE, IN_SHARES)
BEGUN, GROWN = "city.begun", "city.grown"
READERS = ("messages", "candidates")
"""Readers of the ledger that would go through every line of the past one by one; what they would have told is loaded."""
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Grown:
    """What stands: scale, seed, and whether it stood already."""

    scale: str
    seed: int
    already: bool = False


def grow(
    *,
    scale: str,
    seed: int,
    at: datetime | None = None,
    tell: Tell = lambda line: None,
    sizes: Mapping[str, int] | None = None,
    processes: int = 0,
    progress: city_size.Progress = lambda done, of, people: None,
) -> Grown:
    """This function will grow a city on an empty database; `at` is its today (the clock's when not given).

    The same scale, seed and `at` give the same city. `tell` hears a Chinese line at each step;
    `sizes` (bodies, plans, candidates) change those of a district or of the whole city.

    The whole city is grown in shares, by `processes`, and gone on with where it was broken off; the other scales come whole or not at all.

    :raises Refusal: when the database holds anything else.
    """
    at = timezone.localtime(at or timezone.now())
    if is_synthetic():
        _have_root(at)
    if (standing := _standing(GROWN)) is not None:
        _check_same(standing, scale, seed)
        return Grown(scale, seed, already=True)
    if (begun := _standing(BEGUN)) is not None:
        _check_same(begun, scale, seed)
        at = timezone.localtime(datetime.fromisoformat(str(begun["at"])))
        tell("接着上次没有建完的继续")
    else:
        with transaction.atomic():
            _begin(scale, seed, at, tell, sizes or {})
    if scale == IN_SHARES:
        city_size.fill_all(seed=seed, at=at, processes=processes, progress=progress)
        with transaction.atomic():
            last = record(GROWN, "simulation", by=PLATFORM, at=at, detail={"scale": scale, "seed": seed})
            pass_over(READERS, entry_id=last.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the database has never seen these tables filled, and would look for everything the slow way
    return Grown(scale, seed)


def _begin(scale: str, seed: int, at: datetime, tell: Tell, sizes: Mapping[str, int]) -> None:
    if is_synthetic():
        raise Refusal("数据库标为虚构城市，但没有建成的记录。", next_step="请换一个空数据库，或先清除数据（make erase-data）。")
    mark_synthetic(seed=seed)
    _have_root(at)
    detail = {"scale": scale, "seed": seed}
    if scale == IN_SHARES:
        city_size.found(seed=seed, at=at, tell=tell, **sizes)
        record(BEGUN, "simulation", by=PLATFORM, at=at, detail={**detail, "at": at.isoformat()})
    else:
        WHOLE[scale](seed=seed, at=at, tell=tell, **sizes)
        last = record(GROWN, "simulation", by=PLATFORM, at=at, detail=detail)
        if scale != "small":
            pass_over(READERS, entry_id=last.pk)


def _have_root(at: datetime) -> None:
    """Bodies of the city sign their certificates; a real installation makes its root by a command of its own."""
    if city_root() is None:
        make_city_root(by=PLATFORM, at=at)


def _standing(event: str) -> dict[str, str | int] | None:
    line = entries().filter(event=event).first()
    return line.detail if line else None


def _check_same(standing: Mapping[str, str | int], scale: str, seed: int) -> None:
    if (standing["scale"], standing["seed"]) != (scale, seed):
        raise Refusal(
            f"数据库里已有一座虚构城市（规模{standing['scale']}，种子{standing['seed']}），与要建的（规模{scale}，种子{seed}）不同。",
            next_step="请换一个空数据库，或先清除数据（make erase-data）。",
        )
