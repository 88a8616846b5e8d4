"""撤销测试公用: which certificates is a case about?"""

import pytest

from tests.cast import Cast
from tests.revocations.giving import Case


@pytest.fixture
def case(cast: Cast) -> Case:
    """Give three certificates of body 甲 (区属企业, 浦东) that have an error in them; nothing is opened yet."""
    return Case(cast)
