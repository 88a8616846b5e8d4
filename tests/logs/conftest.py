"""公开日志测试公用: a filing at any stage, as the tests of filings have it; empty folders, a key and a witness; nobody keeps the lock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.filings.conftest import filed_to
from tests.logs.stage import NearWitness, fresh_place
from touchstone.logs.operations.watching import let_go

__all__ = ["filed_to"]


@pytest.fixture
def unlocked(db: None) -> Iterator[None]:
    """Give the lock back at the end: a journey has a connection of its own."""
    yield
    let_go()


@pytest.fixture
def place(unlocked: None) -> None:
    """Empty folders and a key."""
    fresh_place()


@pytest.fixture
def witness(place: None, tmp_path: Path) -> NearWitness:
    """Give a witness that has seen nothing yet, beside empty folders and a key."""
    return NearWitness(tmp_path / "witness")
