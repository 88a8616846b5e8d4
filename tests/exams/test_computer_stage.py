"""机考场景测试: do several kept states of the same plan, one after the other, each open their own paper?"""

import pytest
from django.db import transaction

from tests.exams.computer import at_the_computer


@pytest.mark.parametrize("order", [(3, 2, 3), (2, 3, 2)])
def test_each_opens_its_own_paper(db: None, order: tuple[int, ...]) -> None:
    """人数不同的两套场景轮流建起，各用各的密钥份额启封。"""
    for people in order:
        with transaction.atomic():
            assert at_the_computer(people).exam.paper.state == "opened"
            transaction.set_rollback(True)
