"""导出: how does a list leave the platform as Excel or CSV, every cell safe to open?

A cell beginning with = + - @, a tab or a carriage return could run as a formula in the reader's spreadsheet; it gets a
leading apostrophe. Rows are read in chunks, so that a long list does not fill the memory.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.timezone import is_aware, localtime

RISKY = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | bool | None


def safe_cell(value: Any) -> Cell:
    """Give a value as a spreadsheet cell: numbers as they are, everything else as text that cannot run."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        value = f"{localtime(value) if is_aware(value) else value:%Y-%m-%d %H:%M}"
    elif isinstance(value, date):
        value = value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> HttpResponseBase:
    """Send rows as CSV, with the mark by which Excel and WPS know it for UTF-8."""

    def lines() -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        yield "\ufeff"
        writer.writerow([safe_cell(label) for label in header])
        for row in rows:
            writer.writerow(["" if cell is None else cell for cell in map(safe_cell, row)])
            if buffer.tell() > 65536:
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue()

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = _attachment(f"{name}.csv")
    return response


def as_xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> HttpResponseBase:
    """Send rows as an Excel workbook; text stays text (an ID number keeps all its digits)."""
    written = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it when sent)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    book = xlsxwriter.Workbook(written, options)
    sheet = book.add_worksheet(name[:31])
    bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(header) - 1, 0), 18)
    for column, label in enumerate(header):
        sheet.write_string(0, column, label, bold)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            cell = safe_cell(value)
            if isinstance(cell, str):
                sheet.write_string(line, column, cell, text)
            elif cell is not None:
                sheet.write(line, column, cell)
    book.close()
    written.seek(0)
    response = FileResponse(written, content_type=XLSX)
    response["Content-Disposition"] = _attachment(f"{name}.xlsx")
    return response


def sent_as(kind: str, header: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> HttpResponseBase:
    """Send rows as what the address asks for: xlsx, else CSV."""
    return (as_xlsx if kind == "xlsx" else as_csv)(header, rows, name)


def _attachment(filename: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(filename)}"
