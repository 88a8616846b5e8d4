"""遴选排序测试: points by the scales, and places by points and then by the stated order, whatever order they came in."""

from datetime import date, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from touchstone.policy.calls.conditions import CONDITIONS, LEAST_RATING, LEAST_SEATS, LEAST_STAFF, LEAST_STATIONS, LEAST_YEARS
from touchstone.policy.calls.ranking import SCALES, TIES, Contender, in_order, scores

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

POINTS = [
    ("刚好达到条件", {"years": 3, "staff": 5, "experts": 5, "seats": 30, "stations": 10, "rating": 3}, [6, 10, 10, 3, 5, 6, 0]),
    ("零散不计分", {"years": 3, "seats": 39, "stations": 11}, [6, 0, 0, 3, 5, 0, 0]),
    ("封顶", {"years": 30, "staff": 30, "experts": 30, "seats": 900, "stations": 90, "rating": 5, "model": 1}, [20, 20, 20, 10, 10, 10, 10]),
    ("没有核实的不计分", {}, [0, 0, 0, 0, 0, 0, 0]),
]


@pytest.mark.parametrize(("name", "values", "points"), POINTS, ids=[line[0] for line in POINTS])
def test_points_by_the_scales(name, values, points) -> None:
    assert [one.points for one in scores(values, DAY)] == points


def test_the_scales_come_to_a_hundred_and_measure_what_is_asked() -> None:
    assert sum(scale.most for scale in SCALES.on(DAY).value) == 100
    asked = {one.key for one in CONDITIONS.on(DAY).value}
    assert {scale.key for scale in SCALES.on(DAY).value} - asked == {"model"}


def contender(number: str, points: int = 50, hours: int = 0, **values: int) -> Contender:
    return Contender(number, points, {"years": 5, "staff": 8, "experts": 6, **values}, NOON + timedelta(hours=hours))


ORDERS = [
    ("分数高的在先", contender("2", 51), contender("1", 50)),
    ("年限长的在先", contender("2", years=6), contender("1", staff=99)),
    ("专职人员多的在先", contender("2", staff=9), contender("1", experts=99)),
    ("专家多的在先", contender("2", experts=7, hours=9), contender("1")),
    ("首次提交早的在先", contender("2"), contender("1", hours=1)),
    ("编号小的在先", contender("1"), contender("2")),
]


@pytest.mark.parametrize(("name", "first", "second"), ORDERS, ids=[line[0] for line in ORDERS])
def test_ties_are_broken_in_the_stated_order(name, first, second) -> None:
    assert in_order([first, second]) == in_order([second, first]) == [first, second]


def test_the_order_does_not_hang_on_how_they_came_in() -> None:
    everybody = [contender("1"), contender("2", years=6), contender("3", 60), contender("4", hours=1)]
    assert {tuple(one.number for one in in_order(mixed)) for mixed in permutations(everybody)} == {("3", "2", "1", "4")}


def test_what_people_read_is_the_order_that_is_followed() -> None:
    """公布的先后次序与实际比较的次序一一对应。"""
    assert TIES.on(DAY).value == ("相关工作年限长的在先", "专职工作人员多的在先", "本职业专家多的在先", "首次提交早的在先", "应征编号小的在先")
    assert [name for name, _, _ in ORDERS[1:]] == ["年限长的在先", "专职人员多的在先", "专家多的在先", "首次提交早的在先", "编号小的在先"]


@pytest.mark.parametrize("dated", [LEAST_YEARS, LEAST_RATING, LEAST_STAFF, LEAST_SEATS, LEAST_STATIONS], ids=lambda dated: dated.key)
def test_every_least_number_is_marked_as_our_default(dated) -> None:
    assert dated.is_default_on(DAY)
    assert dated.changeable
