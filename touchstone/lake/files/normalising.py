"""整理: how do a file's texts become rows of the certificate table, with whatever could not be read said by name?

A row is named by its number in the file, and is marked as changed after everything else, so that the rules look around the file's rows only.
"""

# ruff: noqa: S608 - names and texts are quoted by `quoted` and `literal` wherever they enter a statement

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

import duckdb

from touchstone.lake.engines import files_of
from touchstone.lake.files.columns import COLUMNS, Column
from touchstone.lake.files.reading import ROW, Prepared, copy, literal, quoted
from touchstone.lake.tables import TABLES

IN_FILE = datetime.combine(date(9999, 1, 1), time())
"""When the rows of a file count as changed: after every row of the store."""
_LEVELS = {
    "5": ("五级/初级工", "五级", "初级工", "5", "5级", "初级"),
    "4": ("四级/中级工", "四级", "中级工", "4", "4级", "中级"),
    "3": ("三级/高级工", "三级", "高级工", "3", "3级", "高级"),
    "2": ("二级/技师", "二级", "技师", "2", "2级"),
    "1": ("一级/高级技师", "一级", "高级技师", "1", "1级"),
    "T": ("特级技师", "T"),
    "S": ("首席技师", "S"),
}


def normalise(
    prepared: Prepared, places: Mapping[str, Column], target: Path, *, salt: str, connection: duckdb.DuckDBPyConnection, against: Path | None
) -> None:
    """This function will write the rows of a file as certificates. With published tables, what a plan or a body's code tells is filled in."""
    headers = {column.column: header for header, column in places.items()}
    texts = {column.column: _text(headers[column.column], column) if column.column in headers else "NULL::VARCHAR" for column in COLUMNS}
    read = {column.column: _read(column) for column in COLUMNS}
    faults = [_fault(column) for column in COLUMNS if column.column in headers and column.reads_as in {"day", "level", "score"}]
    empties = [f"CASE WHEN t_{c.column} IS NULL THEN {literal(c.header)} END" for c in COLUMNS if c.required]
    plans, bodies = (_published(against, name) for name in ("plans", "bodies"))
    said = {
        "row_id": f"'第' || {quoted(ROW)} || '行'",
        "number": "t_number",
        "holder": _index(salt, "id", "t_id_number"),
        "name_index": _index(salt, "name", "regexp_replace(t_name, '[\\s·•・]', '', 'g')"),
        "birthday": "coalesce(r_birthday, try_strptime(substr(t_id_number, 7, 8), '%Y%m%d')::DATE)",
        "body": "coalesce(bodies.body, coalesce(t_stated_prefix, substr(t_number, 1, 13)))",
        "examined_on": "coalesce(r_examined_on, plans.first_day)",
        "notice_until": "coalesce(r_notice_until, plans.notice_until)",
        "plan_number": "t_plan_number",
        "valid": "TRUE",
        "phone": _index(salt, "phone", "t_phone"),
        "address": _index(salt, "address", "t_address"),
        "photo": _index(salt, "photo", "t_photo"),
        "cell_faults": _joined(faults),
        "empty_cells": _joined(empties),
        "changed_at": f"TIMESTAMP {literal(IN_FILE)}",
    }
    for name in ("occupation_code", "occupation_name", "trade_name", "id_kind", "id_number", "sex", "stated_prefix"):
        said[name] = f"t_{name}"
    for name in ("level", "issued_on", "theory", "practical", "panel", "total"):
        said[name] = f"r_{name}"
    kinds = {"string": "VARCHAR", "date32[day]": "DATE", "timestamp[us]": "TIMESTAMP", "bool": "BOOLEAN", "decimal128(5, 1)": "DECIMAL(5,1)"}
    shaped = ", ".join(f"CAST({said.get(name, 'NULL')} AS {kinds[str(kind)]}) AS {name}" for name, kind in TABLES["certificates"].columns.items())
    filled = " OR ".join(f"t_{column.column} IS NOT NULL" for column in COLUMNS)
    as_texts = ", ".join(f"{text} AS t_{name}" for name, text in texts.items())
    as_read = ", ".join(f"{text} AS r_{name}" for name, text in read.items())
    days = "any_value(first_day) AS first_day, any_value(notice_until) AS notice_until"
    select = (
        f"WITH texts AS (SELECT {quoted(ROW)}, {as_texts} FROM read_parquet({literal(prepared.path)})), "
        f"read AS (SELECT *, {as_read} FROM texts WHERE {filled}) "
        f"SELECT {shaped} FROM read "
        f"LEFT JOIN (SELECT plan_number, {days} FROM {plans} GROUP BY 1) AS plans ON plans.plan_number = read.t_plan_number "
        f"LEFT JOIN (SELECT prefix, any_value(body) AS body FROM {bodies} GROUP BY 1) AS bodies "
        "ON bodies.prefix = coalesce(read.t_stated_prefix, substr(read.t_number, 1, 13))"
    )
    copy(select, target, connection)


def _text(header: str, column: Column) -> str:
    """The text of a cell: full-width forms and blanks set right, nothing for an empty one."""
    text = f"nullif(trim({quoted(header)}), '')"
    if column.reads_as == "text":
        return f"nfc_normalize({text})"
    if column.reads_as == "code":
        return f"nullif(upper(translate(replace(replace({text}, ' ', ''), '　', ''), '{_WIDE}', '{_NARROW}')), '')"
    return text


_NARROW = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZx"
_WIDE = "".join(chr(ord(place) + 0xFEE0) for place in _NARROW)


def _read(column: Column) -> str:
    text = f"t_{column.column}"
    match column.reads_as:
        case "day":
            # Most days come as 2026-03-02, which a cast reads fastest; 日 has nothing to become, so it goes.
            tidy = f"translate({text}, '年月/.日', '----')"
            cast = f"CASE WHEN substr({tidy}, 5, 1) = '-' THEN try_cast({tidy} AS DATE) END"
            return f"coalesce({cast}, try_strptime({tidy}, ['%Y%m%d', '%Y-%m-%d %H:%M:%S'])::DATE)"
        case "level":
            tidy = f"translate({text}, '／ ', '/')"
            lines = [f"WHEN {tidy} IN ({', '.join(map(literal, words))}) THEN {literal(place)}" for place, words in _LEVELS.items()]
            return f"CASE {' '.join(lines)} END"
        case "score" | "mark":
            return f"try_cast({text} AS DECIMAL(5,1))"
        case _:
            return text


def _fault(column: Column) -> str:
    name = column.column
    return f"CASE WHEN t_{name} IS NOT NULL AND r_{name} IS NULL THEN {literal(column.header)} || '“' || left(t_{name}, 30) || '”' END"


def _joined(texts: list[str]) -> str:
    return f"concat_ws('、', {', '.join(texts)})" if texts else "''"


def _index(salt: str, kind: str, text: str) -> str:
    """The salted index as `indices.index_of` makes it."""
    tidy = f"upper(trim({text}))"
    return f"CASE WHEN length({tidy}) > 0 THEN sha256({literal(f'{salt}|{kind}|')} || {tidy} || {literal(f'|{salt}')}) END"


def _published(against: Path | None, name: str) -> str:
    """A published table without months, or one of the same columns with nothing in it."""
    if against is not None and (files := files_of(against / name)):
        return f"read_parquet([{', '.join(map(literal, files))}])"
    columns = ", ".join(f"NULL AS {column}" for column in TABLES[name].columns)
    return f"(SELECT {columns} WHERE FALSE)"
