"""公开日志测试公用: a filing at any stage, as the tests of filings have it; nobody keeps the sequencer's lock."""

from collections.abc import Iterator

import pytest

from tests.filings.conftest import filed_to
from touchstone.logs.operations.watching import let_go

__all__ = ["filed_to"]


@pytest.fixture
def unlocked(db: None) -> Iterator[None]:
    """Give the lock back at the end: a journey has a connection of its own."""
    yield
    let_go()
