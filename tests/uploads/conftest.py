"""证书数据测试公用: whose certificates are to be reported?"""

import pytest

from tests.exams.stage import Stage
from tests.uploads.sending import confirmed


@pytest.fixture
def stage(db: None) -> Stage:
    """Give a plan whose notice is over; its body numbers its certificates itself."""
    return confirmed()
