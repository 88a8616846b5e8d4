"""故事中的工作簿: a template is filled in as a person at a spreadsheet would, mistakes included."""

import io
from collections.abc import Iterable, Mapping

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def filled(template: bytes, sheet: str, rows: Iterable[Mapping[str, str | float]]) -> bytes:
    """This function will type rows (by header) under the headers of one sheet and save the workbook."""
    workbook = load_workbook(io.BytesIO(template))
    page = workbook[sheet]
    assert isinstance(page, Worksheet)
    columns = {str(cell.value).strip(): cell.column for cell in page[1] if cell.value}
    for number, row in enumerate(rows, 2):
        for header, text in row.items():
            if text != "":
                page.cell(number, columns[header]).value = text
    return _saved(workbook)


def corrected(returned: bytes, sheet: str, by_row: Mapping[int, Mapping[str, str]], dropped: Iterable[int] = ()) -> bytes:
    """This function will type corrections (row number → header → text) into a returned workbook and delete rows."""
    workbook = load_workbook(io.BytesIO(returned))
    page = workbook[sheet]
    assert isinstance(page, Worksheet)
    columns = {str(cell.value).strip(): cell.column for cell in page[1] if cell.value}
    for number, row in by_row.items():
        for header, text in row.items():
            page.cell(number, columns[header]).value = text
    for number in sorted(dropped, reverse=True):
        page.delete_rows(number)
    return _saved(workbook)


def score_rows(template: bytes, sheet: str, marks: Mapping[str, Mapping[str, str | float]]) -> bytes:
    """This function will type marks (name → header → mark) beside the names that a score sheet already lists."""
    workbook = load_workbook(io.BytesIO(template))
    page = workbook[sheet]
    assert isinstance(page, Worksheet)
    columns = {str(cell.value).strip(): cell.column for cell in page[1] if cell.value}
    for number in range(2, page.max_row + 1):
        for header, mark in marks.get(str(page.cell(number, columns["姓名"]).value), {}).items():
            page.cell(number, columns[header]).value = mark
    return _saved(workbook)


def _saved(workbook: object) -> bytes:
    memory = io.BytesIO()
    workbook.save(memory)  # type: ignore[attr-defined]
    return memory.getvalue()
