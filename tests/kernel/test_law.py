"""法测试: values in force on a day, and the versions an office adds later."""

from collections.abc import Iterator
from datetime import date

import pytest

from touchstone.kernel.law import Dated, Document, NotInForce, Refusal, Value, named_values, read_later_values_from

OLD = Document("old", "旧规定", date(2018, 1, 1), rank=1, repealed_on=date(2023, 10, 1))
NEW = Document("new", "新规定", date(2023, 10, 1), rank=2)
OURS = Document("ours", "默认值", date(2018, 1, 1), rank=0, platform_default=True)
YEARS = Dated("年限", Value(date(2018, 3, 7), 5, OLD.clause("一")), Value(date(2023, 10, 1), 4, NEW.clause("二")))


@pytest.mark.parametrize(("day", "years"), [(date(2018, 3, 7), 5), (date(2023, 9, 30), 5), (date(2023, 10, 1), 4), (date(2099, 1, 1), 4)])
def test_value_in_force_on_a_day(day: date, years: int) -> None:
    assert YEARS.on(day).value == years


def test_before_the_first_value_nothing_is_laid_down() -> None:
    with pytest.raises(NotInForce, match="最早自 2018-03-07 起"):
        YEARS.on(date(2018, 3, 6))


@pytest.mark.parametrize("days", [(), (date(2020, 1, 1), date(2019, 1, 1)), (date(2020, 1, 1), date(2020, 1, 1))], ids=["没有值", "倒序", "同日两值"])
def test_values_must_be_in_order(days: tuple[date, ...]) -> None:
    with pytest.raises(ValueError, match="in order"):
        Dated("年限", *(Value(day, 1, NEW.clause("一")) for day in days))


@pytest.mark.parametrize(
    ("day", "in_force"), [(date(2017, 12, 31), False), (date(2018, 1, 1), True), (date(2023, 9, 30), True), (date(2023, 10, 1), False)]
)
def test_document_in_force(day: date, in_force: bool) -> None:
    assert OLD.in_force_on(day) is in_force


def test_refusal_says_why_by_what_and_what_next() -> None:
    assert str(Refusal("不能办理。", NEW.clause("三"), "请先补正。")) == "不能办理。（依据：新规定 三）请先补正。"
    assert str(Refusal("不能办理。")) == "不能办理。"


@pytest.fixture
def later() -> Iterator[dict[str, list[Value[int]]]]:
    """A place where later values are kept, for one test."""
    kept: dict[str, list[Value[int]]] = {}
    read_later_values_from(lambda key: kept.get(key, []))
    yield kept
    read_later_values_from(None)


OPEN = Dated("默认年限", Value(date(2024, 5, 1), 3, OURS.clause("年限")), key="test.open", changeable=True)
FIXED = Dated("法定年限", Value(date(2024, 5, 1), 3, NEW.clause("年限")), key="test.fixed")


def test_later_value_counts_from_its_day(later: dict[str, list[Value[int]]]) -> None:
    later["test.open"] = [Value(date(2026, 1, 1), 5, NEW.clause("参数"))]
    assert OPEN.on(date(2025, 12, 31)).value == 3
    assert OPEN.on(date(2026, 1, 1)).value == 5
    assert OPEN.is_default_on(date(2025, 12, 31))
    assert not OPEN.is_default_on(date(2026, 1, 1))
    assert [value.value for value in OPEN] == [3]


def test_later_value_of_the_same_day_replaces_ours(later: dict[str, list[Value[int]]]) -> None:
    later["test.open"] = [Value(date(2024, 5, 1), 2, NEW.clause("参数"))]
    assert OPEN.on(date(2024, 5, 1)).value == 2


def test_what_the_law_fixes_cannot_be_changed_later(later: dict[str, list[Value[int]]]) -> None:
    later["test.fixed"] = [Value(date(2024, 5, 1), 9, NEW.clause("参数"))]
    assert FIXED.on(date(2026, 1, 1)).value == 3


def test_without_a_place_our_value_stands() -> None:
    assert OPEN.on(date(2026, 1, 1)).value == 3


def test_keyed_values_are_listed() -> None:
    keys = [dated.key for dated in named_values()]
    assert keys == sorted(keys)
    assert {"test.open", "test.fixed"} <= set(keys)
