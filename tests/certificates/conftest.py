"""发证测试公用: which body issues?"""

import pytest

from tests.cast import Cast
from tests.certificates.issuing import coded


@pytest.fixture
def body(cast: Cast) -> Cast:
    """Give the cast, body 甲 with its site code."""
    return coded(cast)
