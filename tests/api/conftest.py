"""接口公用: the door's clock stands where a test puts it, and body 甲 has a system with a key."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.api.calling import System, connected
from tests.cast import Cast
from tests.clocks import travel_to
from tests.exams.stage import Stage
from touchstone.ledger.operations import mark_synthetic


@pytest.fixture
def travel(db: None) -> Callable[[datetime], None]:
    """Give a function that moves the synthetic city's clock."""
    mark_synthetic(seed=1)
    return travel_to


@pytest.fixture
def cast(travel: Callable[[datetime], None], cast: Cast) -> Cast:
    """Give the cast on its own day."""
    travel(cast.at)
    return cast


@pytest.fixture
def system(cast: Cast) -> System:
    """Give a system of body 甲 that may do everything."""
    return connected(cast)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a drafted plan of body 甲."""
    return Stage(cast)
