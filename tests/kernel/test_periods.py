"""期间测试: working days against the State Council's own dates, and terms by the civil code."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.kernel.periods import Calendar, Period, add_months, add_years, full_months, full_years

CALENDAR = Calendar()
# 国务院办公厅关于2026年部分节假日安排的通知: 中秋 9月25日至27日; 国庆 10月1日至7日; 9月20日, 10月10日上班.
AROUND_NATIONAL_DAY = {
    "周五照常": (date(2026, 9, 18), True),
    "周六休息": (date(2026, 9, 19), False),
    "周日调休上班": (date(2026, 9, 20), True),
    "中秋": (date(2026, 9, 25), False),
    "中秋后周一": (date(2026, 9, 28), True),
    "国庆前日": (date(2026, 9, 30), True),
    "国庆首日": (date(2026, 10, 1), False),
    "国庆末日": (date(2026, 10, 7), False),
    "国庆后首日": (date(2026, 10, 8), True),
    "周六调休上班": (date(2026, 10, 10), True),
    "周日休息": (date(2026, 10, 11), False),
}


@pytest.mark.parametrize(("day", "works"), AROUND_NATIONAL_DAY.values(), ids=AROUND_NATIONAL_DAY.keys())
def test_working_days_around_the_national_day_of_2026(day: date, works: bool) -> None:
    assert CALENDAR.is_working_day(day) is works
    assert not CALENDAR.is_provisional(day)


COUNTED = [
    ("国庆前第五个工作日", date(2026, 10, 8), -5, date(2026, 9, 23)),
    ("国庆后第三个工作日", date(2026, 9, 30), 3, date(2026, 10, 10)),
    ("零个工作日", date(2026, 10, 1), 0, date(2026, 10, 1)),
    ("从假日起算第一个工作日", date(2026, 10, 3), 1, date(2026, 10, 8)),
    ("从假日倒数第一个工作日", date(2026, 10, 3), -1, date(2026, 9, 30)),
]


@pytest.mark.parametrize(("name", "day", "count", "end"), COUNTED, ids=[line[0] for line in COUNTED])
def test_adding_working_days(name: str, day: date, count: int, end: date) -> None:
    assert CALENDAR.add_working_days(day, count) == end


def test_a_year_not_announced_is_plain_weekdays_and_provisional() -> None:
    assert CALENDAR.is_working_day(date(2027, 1, 1))
    assert CALENDAR.is_provisional(date(2027, 1, 1))


def test_a_file_of_the_notice_settles_the_year(tmp_path: Path) -> None:
    file = tmp_path / "调休.json"
    file.write_text(json.dumps({"2027": {"off": ["2027-01-01"], "worked": ["2027-01-03"]}}), encoding="utf-8")
    calendar = Calendar.from_file(file)
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 1, 3))
    assert not calendar.is_provisional(date(2027, 1, 1))
    assert calendar.is_provisional(date(2028, 1, 3))
    assert not calendar.is_working_day(date(2026, 10, 1))


WRONG_FILES = [
    ("日期不在年内", {"2027": {"off": ["2028-01-01"]}}, "不在 2027 年内"),
    ("既放假又上班", {"2027": {"off": ["2027-01-01"], "worked": ["2027-01-01"]}}, "既列为放假又列为上班"),
    ("不是日期", {"2027": {"off": ["元旦"]}}, "元旦"),
]


@pytest.mark.parametrize(("name", "notices", "words"), WRONG_FILES, ids=[line[0] for line in WRONG_FILES])
def test_a_wrong_file_is_refused(name, notices, words) -> None:
    with pytest.raises(ValueError, match=words):
        Calendar.from_notices(notices)


DAYS = st.dates(date(2004, 1, 1), date(2035, 12, 31))


@given(DAYS, st.integers(1, 40))
def test_counting_back_what_was_added(day: date, count: int) -> None:
    end = CALENDAR.add_working_days(day, count)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(day, end) == count
    assert CALENDAR.working_days_between(end, day) == -count


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_adding_in_two_steps_is_adding_at_once(day: date, first: int, second: int) -> None:
    there = CALENDAR.add_working_days(CALENDAR.add_working_days(day, first), second)
    assert there == CALENDAR.add_working_days(day, first + second)


FULL = [
    ("满一年当天", date(2023, 6, 1), date(2024, 6, 1), 1, 12),
    ("差一天", date(2023, 6, 1), date(2024, 5, 31), 0, 11),
    ("闰日到平年末日", date(2024, 2, 29), date(2025, 2, 28), 1, 12),
    ("月末到小月末", date(2025, 1, 31), date(2025, 2, 28), 0, 1),
    ("倒置", date(2025, 1, 1), date(2020, 1, 1), 0, 0),
    ("同日", date(2025, 1, 1), date(2025, 1, 1), 0, 0),
]


@pytest.mark.parametrize(("name", "since", "until", "years", "months"), FULL, ids=[line[0] for line in FULL])
def test_full_years_and_months(name, since, until, years, months) -> None:
    assert full_years(since, until) == years
    assert full_months(since, until) == months


@given(DAYS, DAYS)
def test_years_and_months_agree(since: date, until: date) -> None:
    months = full_months(since, until)
    assert full_years(since, until) == months // 12
    if since <= until:
        assert add_months(since, months) <= until < add_months(since, months + 1)


@given(DAYS, st.integers(-20, 20))
def test_twelve_months_are_a_year(day: date, years: int) -> None:
    assert add_months(day, 12 * years) == add_years(day, years)


@given(DAYS, st.integers(1, 400), DAYS, st.integers(1, 400))
def test_periods_overlap_when_they_share_a_day(start: date, length: int, other_start: date, other_length: int) -> None:
    one = Period(start, start + timedelta(length))
    other = Period(other_start, other_start + timedelta(other_length))
    shared = any(start + timedelta(n) in other for n in range(length))
    assert one.overlaps(other) is shared
    assert other.overlaps(one) is shared
    assert start + timedelta(length) not in one
