"""机构案件测试公用: a case at the very beginning."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.enforcement.stage import Proceedings


@pytest.fixture
def proceedings(cast: Cast) -> Callable[..., Proceedings]:
    """Give a function that begins to tell of a case about body 甲."""
    return lambda *act, **how: Proceedings(cast, *act, **how)
