"""退还: how does the person get their own workbook back, with a result for every row?

Runs inside the child process only. openpyxl keeps the person's sheets, formats and drop-downs as they were.
"""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from touchstone.sheets.reading import plain_header
from touchstone.sheets.reading import read_workbook as check
from touchstone.sheets.refusals import WrongLayout
from touchstone.sheets.shapes import PASSED, RESULT_COLUMN, Shape

_GREEN = PatternFill("solid", fgColor="E3F4E6")
_AMBER = PatternFill("solid", fgColor="FFF4D6")
_RED = PatternFill("solid", fgColor="FDE7E7")
_HEAD = PatternFill("solid", fgColor="1F4E9E")
_SIDE = Side(style="thin", color="D0D5DD")
_EDGE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


def add_results(source: Path, target: Path, parts: Sequence[tuple[Shape, dict[int, str]]]) -> None:
    """This function will save a copy of the workbook with the column 核对结果 on each sheet named: `parts` are the sheet's shape and
    its results, row number → sentence.

    "" and 通过 are green, 通过 with more after it (what was put right) is amber, everything else red.
    A result column from an earlier round is replaced.
    """
    names = [check(source, shape)[0].sheet for shape, _ in parts]
    book = load_workbook(source)
    for name, (shape, results) in zip(names, parts, strict=True):
        _add(book[name], shape, results)
    book.active = book.index(book[names[0]])
    for other in book.worksheets:
        other.sheet_view.tabSelected = other.title == names[0]
    book.save(target)


def _add(sheet: object, shape: Shape, results: dict[int, str]) -> None:
    if not isinstance(sheet, Worksheet):
        raise WrongLayout("工作簿里的数据表不是普通工作表，请重新下载模板。")
    header_row, place = _result_place(sheet, shape)
    _write(sheet.cell(header_row, place), RESULT_COLUMN, _HEAD)
    sheet.cell(header_row, place).font = Font(bold=True, color="FFFFFF")
    for number in range(header_row + 1, sheet.max_row + 1):
        if number not in results:
            sheet.cell(number, place).value = None
            continue
        sentence = results[number] or PASSED
        passed = sentence.startswith(PASSED)
        _write(sheet.cell(number, place), sentence, _GREEN if sentence == PASSED else _AMBER if passed else _RED)
    sheet.column_dimensions[get_column_letter(place)].width = 60
    last = max(results, default=header_row)
    sheet.auto_filter.ref = f"A{header_row}:{get_column_letter(place)}{last}"


def _result_place(sheet: Worksheet, shape: Shape) -> tuple[int, int]:
    wanted = {plain_header(column) for column in shape.columns}
    best_row, best_hits = 1, -1
    for number in range(1, 6):
        hits = sum(plain_header(str(cell.value or "")) in wanted for cell in sheet[number])
        if hits > best_hits:
            best_row, best_hits = number, hits
    headers = {place: plain_header(str(cell.value or "")) for place, cell in enumerate(sheet[best_row], 1)}
    earlier = [place for place, header in headers.items() if header == RESULT_COLUMN]
    filled = [place for place, header in headers.items() if header]
    return best_row, earlier[0] if earlier else max(filled) + 1


def _write(cell: object, text: str, fill: PatternFill) -> None:
    if not isinstance(cell, Cell):
        return
    cell.value = text
    cell.data_type = "s"  # never a formula, whatever the sentence quotes
    cell.fill = fill
    cell.border = _EDGE
    cell.alignment = Alignment(wrap_text=True, vertical="top")
