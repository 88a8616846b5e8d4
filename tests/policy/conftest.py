"""法规测试公用: no office's values are left over from another test."""

from collections.abc import Iterator

import pytest

from touchstone.kernel.law import read_later_values_from


@pytest.fixture(autouse=True)
def only_our_own_values() -> Iterator[None]:
    """Judge by the values of the code alone."""
    read_later_values_from(None)
    yield
    read_later_values_from(None)
