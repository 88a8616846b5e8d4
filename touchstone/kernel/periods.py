"""期间: which days are working days, and when does a term end?

Periods start inclusive and end exclusive. Working days follow the State Council's yearly notices: up to the year the
calendar package knows, from it; later, from a dated file of the notice (调休), without which plain weekdays stand in and
the answer is marked provisional.
"""

import calendar
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar
from chinese_calendar.constants import holidays as _known_holidays

_LAST_KNOWN_YEAR = max(day.year for day in _known_holidays)
_FIRST_KNOWN_YEAR = min(day.year for day in _known_holidays)


@cache
def _known_working_day(day: date) -> bool:
    # The package looks through all its holidays at every question; a page that counts days asks thousands of times.
    return bool(chinese_calendar.is_workday(day))


@dataclass(frozen=True)
class Period:
    """From a day (inclusive) until a day (exclusive); an open end is None."""

    since: date
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def overlaps(self, other: "Period") -> bool:
        """This method will say whether the two share a day."""
        return (other.until is None or self.since < other.until) and (self.until is None or other.since < self.until)


@dataclass(frozen=True)
class Calendar:
    """Working days; `off` and `worked` are the exceptions of notices newer than the package, `years` those they cover."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    years: frozenset[int] = field(default=frozenset())

    @staticmethod
    def from_file(path: Path) -> "Calendar":
        """This method will read a notice: `{"2027": {"off": ["2027-01-01", …], "worked": […]}, …}`.

        :raises ValueError: when a day lies outside the year it stands under, or is both off and worked.
        """
        return Calendar.from_notices(json.loads(path.read_text(encoding="utf-8")))

    @staticmethod
    def from_notices(notices: Mapping[str, Mapping[str, list[str]]]) -> "Calendar":
        """This method will make a calendar from the notices' own lists of days. :raises ValueError: see `from_file`."""
        off: set[date] = set()
        worked: set[date] = set()
        for year, lists in notices.items():
            for name, days in (("off", off), ("worked", worked)):
                for text in lists.get(name, []):
                    day = date.fromisoformat(text)
                    if day.year != int(year):
                        raise ValueError(f"{text} 不在 {year} 年内")
                    days.add(day)
        if both := off & worked:
            raise ValueError(f"{min(both)} 既列为放假又列为上班")
        return Calendar(frozenset(off), frozenset(worked), frozenset(int(year) for year in notices))

    def is_working_day(self, day: date) -> bool:
        """This method will say whether offices work on `day`."""
        if day in self.off:
            return False
        if day in self.worked:
            return True
        if day.year not in self.years and _FIRST_KNOWN_YEAR <= day.year <= _LAST_KNOWN_YEAR:
            return _known_working_day(day)
        return day.weekday() < 5

    def is_provisional(self, day: date) -> bool:
        """This method will say whether the year's notice is not known yet, so that a term ending then may still shift."""
        return day.year not in self.years and not _FIRST_KNOWN_YEAR <= day.year <= _LAST_KNOWN_YEAR

    def add_working_days(self, day: date, count: int) -> date:
        """This method will give the `count`-th working day after `day` (before it, when negative); `day` itself for 0."""
        step = timedelta(days=1 if count > 0 else -1)
        for _ in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """This method will count the working days after `start` up to and including `end`; negative when `end` is past."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(1 for day in days if self.is_working_day(day))


def add_years(day: date, years: int) -> date:
    """This function will give the same day `years` later; 29 February becomes 28 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def add_months(day: date, months: int) -> date:
    """This function will give the same day `months` later; where that month lacks it, the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def full_years(since: date, until: date) -> int:
    """This function will count the full years that have passed from `since` to `until` (满…年); never below zero."""
    years = until.year - since.year
    return max(0, years if add_years(since, years) <= until else years - 1)


def full_months(since: date, until: date) -> int:
    """This function will count the full months that have passed from `since` to `until`; never below zero."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(0, months if add_months(since, months) <= until else months - 1)
