"""时刻写法: how is a moment or a day written in what is signed, so that there is one spelling only?"""

import re
from datetime import UTC, date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)T00:00:00\+08:00", re.ASCII)


def moment(at: datetime) -> str:
    """This function will write a moment in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_moment(text: object) -> datetime:
    """This function will read what `moment` wrote. :raises ValueError:"""
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise ValueError(f"no moment: {text!r}")
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def first_moment(day: date) -> str:
    """This function will write the first moment of a day in Shanghai."""
    return f"{day.isoformat()}T00:00:00+08:00"


def read_day(text: object) -> date:
    """This function will read the day `first_moment` wrote. :raises ValueError:"""
    found = _DAY.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError(f"no day: {text!r}")
    return date.fromisoformat(found[1])


def day_of(at: datetime) -> date:
    """This function will give the day a moment falls on in Shanghai."""
    return at.astimezone(SHANGHAI).date()


def in_chinese(day: date) -> str:
    """This function will write a day as people read it."""
    return f"{day.year}年{day.month}月{day.day}日"
