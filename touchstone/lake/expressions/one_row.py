"""表达式·单行: what does one row of certificate data give away by itself?"""

from typing import Any

import ibis

from touchstone.kernel.numbers import ID_CHECK, ID_WEIGHTS
from touchstone.lake.asking import Question, Seen
from touchstone.lake.expressions.registry import over_rows
from touchstone.lake.expressions.words import LEVELS, age_on, well_formed

RESIDENT_ID = "居民身份证"


@over_rows("cells.required")
def required(row: Any, _: Question) -> Seen:
    return Seen(row.empty_cells.length() > 0, row.issued_on, {"columns": row.empty_cells})


@over_rows("cells.readable")
def readable(row: Any, _: Question) -> Seen:
    return Seen(row.cell_faults.length() > 0, row.issued_on, {"cells": row.cell_faults})


@over_rows("number.grammar")
def grammar(row: Any, _: Question) -> Seen:
    return Seen(~well_formed(row.number), row.issued_on, {"number": row.number, "length": row.number.length()})


@over_rows("number.post_outside_enterprise")
def post_outside_enterprise(row: Any, _: Question) -> Seen:
    place, letter = row.number.substr(15, 1), row.number.substr(0, 1)
    when = well_formed(row.number) & ~place.isin(LEVELS) & (letter != "Y")
    return Seen(when, row.issued_on, {"number": row.number, "place": place, "letter": letter})


@over_rows("number.post_letter")
def post_letter(row: Any, question: Question) -> Seen:
    place, letters = row.number.substr(15, 1), sorted(question.number("letters").values())
    when = well_formed(row.number) & ~place.isin(LEVELS) & ~place.isin(letters)
    return Seen(when, row.issued_on, {"number": row.number, "place": place, "letters": "、".join(letters)})


@over_rows("number.year")
def year(row: Any, _: Question) -> Seen:
    place = row.number.substr(13, 2)
    when = well_formed(row.number) & (place != row.issued_on.cast("string").substr(2, 2))
    return Seen(when, row.issued_on, {"number": row.number, "year": place, "issued_on": row.issued_on})


@over_rows("number.level")
def level(row: Any, _: Question) -> Seen:
    place = row.number.substr(15, 1)
    when = well_formed(row.number) & (place != row.level)
    return Seen(when, row.issued_on, {"number": row.number, "place": place, "level": row.level})


@over_rows("number.province")
def province(row: Any, question: Question) -> Seen:
    place, ours = row.number.substr(5, 2), question.number("province")
    when = well_formed(row.number) & (row.number.substr(1, 4) == question.number("national_code")) & (place != ours)
    return Seen(when, row.issued_on, {"number": row.number, "place": place, "province": ours})


@over_rows("number.stated_body")
def stated_body(row: Any, _: Question) -> Seen:
    prefix = row.number.substr(0, 13)
    when = well_formed(row.number) & (row.stated_prefix.length() == 13) & (prefix != row.stated_prefix)
    return Seen(when, row.issued_on, {"number": row.number, "prefix": prefix, "stated": row.stated_prefix})


def _eighteen(id_number: Any) -> Any:
    return id_number.re_search("^[0-9]{17}[0-9X]$")


def _resident(row: Any) -> Any:
    return (row.id_kind == RESIDENT_ID) & _eighteen(row.id_number)


@over_rows("identity.length")
def identity_length(row: Any, _: Question) -> Seen:
    when = (row.id_kind == RESIDENT_ID) & (row.id_number.length() > 0) & ~_eighteen(row.id_number)
    return Seen(when, row.issued_on, {"length": row.id_number.length()})


def expected_place(id_number: Any) -> Any:
    """This function will compute the check place of 17 digits (ISO 7064 MOD 11-2), digit by digit: 17 places are beyond a double."""
    total = sum(((id_number.substr(n, 1).ascii_str() - 48) * weight for n, weight in enumerate(ID_WEIGHTS)), start=ibis.literal(0))
    return ibis.literal(ID_CHECK).substr(total % 11, 1)


@over_rows("identity.check_digit")
def check_digit(row: Any, _: Question) -> Seen:
    found, expected = row.id_number.substr(17, 1), expected_place(row.id_number)
    return Seen(_resident(row) & (found != expected), row.issued_on, {"found": found, "expected": expected})


@over_rows("identity.birthday")
def identity_birthday(row: Any, _: Question) -> Seen:
    found = row.id_number.substr(6, 8)
    when = _resident(row) & (found != row.birthday.cast("string").replace("-", ""))
    return Seen(when, row.issued_on, {"found": found, "birthday": row.birthday})


@over_rows("identity.sex")
def identity_sex(row: Any, _: Question) -> Seen:
    place = row.id_number.substr(16, 1)
    found = ibis.ifelse(place.isin(["1", "3", "5", "7", "9"]), "男", "女")
    when = _resident(row) & row.sex.isin(["男", "女"]) & (found != row.sex)
    return Seen(when, row.issued_on, {"place": place, "found": found, "sex": row.sex})


@over_rows("dates.before_exam")
def before_exam(row: Any, _: Question) -> Seen:
    when = row.issued_on < row.examined_on
    days = row.examined_on.delta(row.issued_on, unit="day")
    said = {"number": row.number, "issued_on": row.issued_on, "examined_on": row.examined_on, "days": days}
    return Seen(when, row.issued_on, said)


@over_rows("dates.in_future")
def in_future(row: Any, question: Question) -> Seen:
    when = row.issued_on > ibis.literal(question.day)
    return Seen(when, row.issued_on, {"number": row.number, "issued_on": row.issued_on, "day": question.day})


@over_rows("dates.under_age")
def under_age(row: Any, question: Question) -> Seen:
    age, least = age_on(row.examined_on, row.birthday), question.on("least", row.examined_on)
    said = {"number": row.number, "birthday": row.birthday, "examined_on": row.examined_on, "age": age, "least": least}
    return Seen(age < least, row.issued_on, said)


@over_rows("dates.inside_notice")
def inside_notice(row: Any, _: Question) -> Seen:
    when = (row.issued_on <= row.notice_until) & (row.issued_on >= row.examined_on)
    return Seen(when, row.issued_on, {"number": row.number, "issued_on": row.issued_on, "notice_until": row.notice_until})


@over_rows("scores.part_missing")
def part_missing(row: Any, _: Question) -> Seen:
    no_theory, no_practical = row.theory.isnull(), row.practical.isnull()
    missing = ibis.cases((no_theory & no_practical, "理论、技能"), (no_theory, "理论"), else_="技能")
    when = row.level.isin(LEVELS) & (no_theory | no_practical)
    return Seen(when, row.issued_on, {"number": row.number, "level": row.level, "missing": missing})


@over_rows("scores.panel_missing")
def panel_missing(row: Any, question: Question) -> Seen:
    asked = sorted(level for level, parts in question.number("parts").items() if "panel" in parts)
    when = row.level.isin(asked) & row.panel.isnull()
    return Seen(when, row.issued_on, {"number": row.number, "level": row.level})


def _lowest(row: Any) -> Any:
    return ibis.least(row.theory, row.practical, row.panel)


def _highest(row: Any) -> Any:
    return ibis.greatest(row.theory, row.practical, row.panel)


def _scores(row: Any) -> dict[str, Any]:
    return {"number": row.number, "theory": row.theory, "practical": row.practical, "panel": row.panel}


@over_rows("scores.under_pass")
def under_pass(row: Any, question: Question) -> Seen:
    pass_mark = question.on("pass_mark", row.examined_on)
    when = row.level.isin(LEVELS) & (_lowest(row) < pass_mark) & (_lowest(row) >= 0)
    return Seen(when, row.issued_on, _scores(row) | {"pass_mark": pass_mark})


@over_rows("scores.out_of_range")
def out_of_range(row: Any, question: Question) -> Seen:
    full = question.on("full_mark", row.examined_on)
    return Seen((_lowest(row) < 0) | (_highest(row) > full), row.issued_on, _scores(row) | {"full_mark": full})


@over_rows("scores.total")
def total(row: Any, _: Question) -> Seen:
    when = (row.total < _lowest(row)) | (row.total > _highest(row))
    return Seen(when, row.issued_on, {"number": row.number, "total": row.total, "lowest": _lowest(row), "highest": _highest(row)})
