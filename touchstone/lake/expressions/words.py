"""词句: which small expressions do many rules need, written so that both engines take them?

No `//` on long numbers (it becomes a double), no session time zone, no ordering inside an aggregate.
"""

from typing import Any

import ibis

LEVELS = ("1", "2", "3", "4", "5")
GRAMMAR = "^[YS][0-9]{14}[1-5A-Z][0-9]{6}$"


def several(rows: Any, *keys: str) -> Any:
    """The rows that are not alone with their keys. Counting what is different within a group is dear: this leaves few groups to do it in."""
    counted = rows.group_by(keys).agg(many=rows.count())
    return rows.semi_join(counted.filter(counted.many > 1), list(keys))


def valid(certificates: Any) -> Any:
    """Certificates that were not revoked."""
    return certificates.filter(certificates.valid)


def present(attendances: Any) -> Any:
    """Attendances of those who came."""
    return attendances.filter(attendances.present)


def well_formed(number: Any) -> Any:
    """22 places by the rule; what hangs on single places is asked only then, so that one mistake is one hit."""
    return number.re_search(GRAMMAR)


def age_on(day: Any, birthday: Any) -> Any:
    """Full years on a day."""
    before = (day.month() < birthday.month()) | ((day.month() == birthday.month()) & (day.day() < birthday.day()))
    return day.year() - birthday.year() - ibis.ifelse(before, 1, 0)


def full_months(until: Any, since: Any) -> Any:
    """Full months between two days."""
    whole = (until.year() - since.year()) * 12 + until.month() - since.month()
    return whole - ibis.ifelse(until.day() < since.day(), 1, 0)


def minutes_between(until: Any, since: Any) -> Any:
    """Full minutes between two moments."""
    return ((until.epoch_seconds() - since.epoch_seconds()) / 60).floor().cast("int64")


def clock(moment: Any) -> Any:
    """A moment as people write it."""
    return moment.strftime("%Y-%m-%d %H:%M")


def percent(part: Any, whole: Any) -> Any:
    """A share in whole per cent, rounded down."""
    return ((part * 100) / whole).floor().cast("int64")


def some_of(count: Any, first: Any, last: Any) -> Any:
    """The first and the last of several texts, and that there are more."""
    return ibis.ifelse(count > 2, first.concat("、", last, "等"), first.concat("、", last))


def open_until(day: Any) -> Any:
    """The end of a period, an open one far ahead."""
    return ibis.coalesce(day, ibis.date("9999-12-31"))


def end_shown(day: Any) -> Any:
    """The end of a period in words."""
    return ibis.ifelse(day == ibis.date("9999-12-31"), ibis.literal("今"), day.cast("string"))
