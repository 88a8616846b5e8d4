"""年度考核办法测试: do points and grade follow from a year's work, and does what is not known carry no weight?"""

from datetime import date

import pytest

from touchstone.policy.experts.appraisal import Grade, Year, grade_of, points_of

DAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("year", "points"),
    [
        pytest.param(Year(), None, id="一次也没有派出"),
        pytest.param(Year(sent=4, came=4, mark=100), 100.0, id="无可挑剔"),
        pytest.param(Year(sent=4, came=4), 100.0, id="没有评价不计权重"),
        pytest.param(Year(sent=4, came=4, mark=80), 90.0, id="评价八十分"),
        pytest.param(Year(sent=4, came=4, mark=100, warnings=1), 90.0, id="警告扣十分"),
        pytest.param(Year(sent=4, came=2, late=1, absent=2), 65.0, id="缺席一半迟到一次"),
        pytest.param(Year(sent=3, refused=3), 0.0, id="全部推辞"),
    ],
)
def test_points(year: Year, points: float | None) -> None:
    assert points_of(year, DAY) == points


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        (None, Grade.NONE),
        (90.0, Grade.EXCELLENT),
        (89.9, Grade.GOOD),
        (70.0, Grade.GOOD),
        (69.9, Grade.JUST),
        (60.0, Grade.JUST),
        (59.9, Grade.FAILED),
    ],
)
def test_grade(points: float | None, grade: Grade) -> None:
    assert grade_of(points, DAY) is grade
