"""导出: how do rows leave as a workbook or a CSV file without carrying formulas in?"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

Value = str | int | float | Decimal | date | datetime | bool | None
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_FIRST_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes for the same rows
MAX_CELL = 32_767
MAX_ROWS = 1_000_000


@dataclass(frozen=True)
class Column:
    """One column of an export."""

    header: str
    width: int = 14


def is_risky(text: str) -> bool:
    """This function will tell whether a spreadsheet might take this text for a formula."""
    return text.startswith(_STARTS_A_FORMULA)


def write_table(
    target: Path | BinaryIO,
    title: str,
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Value]],
    note: str = "",
) -> int:
    """This function will write one sheet with title, frozen header and filter, and give the number of rows.

    Texts are written as texts, whatever they begin with; 18-place numbers therefore keep every digit.
    """
    shaped = [column if isinstance(column, Column) else Column(column) for column in columns]
    with xlsxwriter.Workbook(target if not isinstance(target, Path) else str(target), {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": _FIRST_DAY})
        sheet = book.add_worksheet(sheet_name(title))
        text = book.add_format({"num_format": "@", "border": 1, "border_color": "#D0D5DD", "valign": "vcenter"})
        guarded = book.add_format({"num_format": "@", "border": 1, "border_color": "#D0D5DD", "quote_prefix": True})
        day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1, "border_color": "#D0D5DD"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "border": 1, "border_color": "#D0D5DD"})
        number = book.add_format({"border": 1, "border_color": "#D0D5DD"})
        header = book.add_format(
            {
                "bold": True,
                "bg_color": "#EAF1FB",
                "border": 1,
                "border_color": "#98A2B3",
                "text_wrap": True,
                "valign": "vcenter",
            }
        )
        sheet.write_string(0, 0, title + (f"　{note}" if note else ""), book.add_format({"bold": True, "font_size": 14}))
        sheet.set_row(0, 24)
        for place, column in enumerate(shaped):
            sheet.set_column(place, place, column.width)
            sheet.write_string(1, place, column.header, header)
        count = 0
        for count, row in enumerate(rows, 1):
            if count > MAX_ROWS:
                raise ValueError("a sheet holds a million rows: export in parts")
            for place, value in enumerate(row):
                where = (count + 1, place)
                match value:
                    case None:
                        sheet.write_blank(*where, None, text)
                    case bool():
                        sheet.write_string(*where, "是" if value else "否", text)
                    case int() | float() | Decimal() if -(10**15) < value < 10**15:
                        sheet.write_number(*where, float(value) if isinstance(value, Decimal) else value, number)
                    case datetime():
                        sheet.write_datetime(*where, value.replace(tzinfo=None), moment)
                    case date():
                        sheet.write_datetime(*where, value, day)
                    case _:
                        plain = str(value)[:MAX_CELL]
                        sheet.write_string(*where, plain, guarded if is_risky(plain) else text)
        sheet.freeze_panes(2, 0)
        if shaped:
            sheet.autofilter(1, 0, count + 1, len(shaped) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
    return count


def table_bytes(title: str, columns: Sequence[Column | str], rows: Iterable[Sequence[Value]], note: str = "") -> bytes:
    """This function will give the workbook of `write_table` as bytes."""
    memory = io.BytesIO()
    write_table(memory, title, columns, rows, note)
    return memory.getvalue()


def csv_bytes(columns: Sequence[Column | str], rows: Iterable[Sequence[Value]]) -> bytes:
    """This function will give a CSV that Excel and WPS open in the right coding; risky texts get a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard(column.header if isinstance(column, Column) else column) for column in columns])
    for row in rows:
        writer.writerow([guard(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def guard(value: Value) -> str:
    """This function will write a value for CSV so that no program runs it."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case str():
            return "'" + value if is_risky(value) else value
        case _:
            return str(value)


def sheet_name(title: str) -> str:
    """This function will make a name that Excel accepts for a sheet."""
    kept = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip().strip("'")
    return kept[:31] or "数据"
