"""模拟机考: whatever the hour, the hours of the demo's exam fit into its day and do not overlap, and the theory has begun."""

from datetime import datetime, timedelta

import pytest

from tests.cast import SHANGHAI
from touchstone.simulation.computer_exam import hours_around


@pytest.mark.parametrize("minutes", range(0, 24 * 60, 37))
def test_the_hours_fit_into_the_day(minutes: int) -> None:
    """一天里任何时刻建城：理论已经开始（深夜除外）、不少于90分钟、与技能考核不重叠。"""
    at = datetime(2026, 3, 2, tzinfo=SHANGHAI) + timedelta(minutes=minutes)
    hours = hours_around(at)
    day = at.date()
    spans = {part: [datetime.combine(day, hour, SHANGHAI) for hour in pair] for part, pair in hours.items()}
    for starts, ends in spans.values():
        assert ends - starts >= timedelta(minutes=90)
        assert ends.date() == day
    theory, practical = spans["theory"], spans["practical"]
    assert practical[1] <= theory[0] or theory[1] <= practical[0]
    assert theory[0] <= at
