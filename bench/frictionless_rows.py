"""逐行核对: the ten checks over one row, as a person writes them in Python for frictionless."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

_FORMED, _RESIDENT = re.compile("[YS][0-9]{14}[1-5A-Z][0-9]{6}"), re.compile("[0-9]{17}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def broken_by(row: Mapping[str, Any], day: type) -> Iterator[str]:
    """The checks a row breaks."""
    number, identity, issued_on = str(row["number"]), str(row["id_number"]), row["issued_on"]
    if not _FORMED.fullmatch(number):
        yield "number.grammar"
    else:
        if number[13:15] != f"{issued_on:%y}":
            yield "number.year"
        if number[15] != str(row["level"]):
            yield "number.level"
    if not _RESIDENT.fullmatch(identity):
        yield "identity.length"
    else:
        if identity[17] != "10X98765432"[sum(int(d) * w for d, w in zip(identity, _WEIGHTS, strict=False)) % 11]:
            yield "identity.check_digit"
        if identity[6:14] != f"{row['birthday']:%Y%m%d}":
            yield "identity.birthday"
    if issued_on < row["examined_on"]:
        yield "dates.before_exam"
    elif issued_on <= row["notice_until"]:
        yield "dates.inside_notice"
    scores = [row[part] for part in ("theory", "practical", "panel")]
    if scores[0] is None or scores[1] is None:
        yield "scores.part_missing"
    if min(score for score in scores if score is not None) < 60:
        yield "scores.under_pass"


def twice(counted: Counter[Any]) -> int:
    """How many rows share what should be one row's alone."""
    return sum(many for many in counted.values() if many > 1)
