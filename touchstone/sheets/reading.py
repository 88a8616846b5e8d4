"""读表: which rows does this workbook hold?

Runs inside the child process only (`child`), after `archive` has passed the file.
"""

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from touchstone.sheets.cells import cell_name, cell_text
from touchstone.sheets.refusals import (
    TAKE_TODAYS_TEMPLATE,
    EncryptedWorkbook,
    NoRows,
    NotAWorkbook,
    TooManyRows,
    WrongLayout,
    WrongTemplate,
)
from touchstone.sheets.shapes import MARK_SHEET, RESULT_COLUMN, CellSentence, Head, Row, Shape

_SEARCHED_ROWS = 5


def read_workbook(path: Path, shape: Shape) -> tuple[Head, Iterator[Row]]:
    """This function will check version, layout and headers at once, then yield the rows that are not blank.

    :raises FileRefused: with a sentence.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        marks = _marks(workbook)
        _check_version(marks, shape)
        name, sheet, header_row = _data_sheet(workbook, shape)
    except PasswordError:
        raise EncryptedWorkbook("文件设了打开密码，系统无法读取。请取消密码，保存后再上传。") from None
    except CalamineError:
        raise NotAWorkbook("工作簿的内容读不出来，可能保存时出了错。请用Excel或WPS打开检查，另存为.xlsx后再上传。") from None
    headers = next(_rows(sheet, header_row, 1))[1]
    order, notes = match_headers([cell_text(value)[0] for value in headers], shape)
    _refuse_merged(sheet, header_row, order)
    rows_at_most = max(0, (sheet.end or (0, 0))[0] - header_row)
    return Head(name, marks, notes, rows_at_most), _data(sheet, header_row, order, shape)


def _marks(workbook: CalamineWorkbook) -> dict[str, str]:
    if MARK_SHEET not in workbook.sheet_names:
        return {}
    rows = workbook.get_sheet_by_name(MARK_SHEET).to_python(nrows=20)
    return {cell_text(row[0])[0]: cell_text(row[1])[0] for row in rows if len(row) >= 2 and row[0] != ""}


def _check_version(marks: dict[str, str], shape: Shape) -> None:
    if not shape.template:
        return
    if "template" not in marks:
        raise WrongTemplate(f"这份工作簿不是由本系统下载的“{shape.title}”（没有版本标记）。{TAKE_TODAYS_TEMPLATE}")
    if marks["template"] != shape.template:
        raise WrongTemplate(f"这份工作簿是别的模板（{marks.get('title') or marks['template']}），本页只收“{shape.title}”。{TAKE_TODAYS_TEMPLATE}")
    if marks.get("version") != shape.version:
        raise WrongTemplate(f"模板版本不对：文件是{marks.get('version') or '无版本'}，现行版本是{shape.version}。{TAKE_TODAYS_TEMPLATE}")


def _data_sheet(workbook: CalamineWorkbook, shape: Shape) -> tuple[str, CalamineSheet, int]:
    visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    names = [name for name in workbook.sheet_names if name == shape.sheet] or visible
    wanted = {plain_header(column) for column in shape.columns}
    needed = max(1, (len(shape.columns) - len(shape.optional_columns)) // 3)
    best: tuple[int, str, CalamineSheet, int] | None = None
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        for index, row in _rows(sheet, 0, _SEARCHED_ROWS):
            hits = len({plain_header(cell_text(value)[0]) for value in row} & wanted)
            if best is None or hits > best[0]:
                best = (hits, name, sheet, index)
    if best is None or best[0] < needed:
        raise WrongLayout(
            f"没有找到表头：工作表“{shape.sheet}”的前{_SEARCHED_ROWS}行里应有“{shape.columns[0]}”“{shape.columns[1]}”等列。{TAKE_TODAYS_TEMPLATE}"
        )
    return best[1], best[2], best[3]


def _rows(sheet: CalamineSheet, start: int, count: int | None = None) -> Iterator[tuple[int, list[object]]]:
    """Rows with their true index, padded to column A: the reader leaves out empty columns at the left, but not rows."""
    if sheet.start is None:
        return
    padding: list[object] = [""] * sheet.start[1]
    for index, row in enumerate(sheet.iter_rows()):
        if count is not None and index >= start + count:
            return
        if index >= start:
            yield index, padding + list(row)


def plain_header(text: str) -> str:
    """This function will reduce a header to what is compared: no blanks, stars or kinds of brackets."""
    return re.sub(r"[\s*＊\u00a0\u3000\u200b\ufeff]", "", text).replace("(", "（").replace(")", "）")


def match_headers(headers: list[str], shape: Shape) -> tuple[dict[str, int], tuple[str, ...]]:
    """This function will give column → place, and notes on columns that were moved or not asked for.

    :raises WrongLayout: naming every missing, renamed and doubled column.
    """
    found: dict[str, int] = {}
    doubled = []
    for place, header in enumerate(plain_header(header) for header in headers):
        if header and header in found:
            doubled.append(f"“{header}”（{cell_name(0, found[header])[:-1]}列、{cell_name(0, place)[:-1]}列）")
        elif header:
            found[header] = place
    order = {column: found[plain_header(column)] for column in shape.columns if plain_header(column) in found}
    unknown = [header for header in found if header not in {plain_header(c) for c in (*shape.columns, RESULT_COLUMN)}]
    faults = [f"列{name}出现了两次" for name in doubled]
    for column in shape.columns:
        if column in order or column in shape.optional_columns:
            continue
        near = difflib.get_close_matches(plain_header(column), unknown, 1, 0.5)
        faults.append(f"“{column}”似乎被改名为“{near[0]}”" if near else f"缺少“{column}”")
    if faults:
        raise WrongLayout(f"表头与模板不符：{'；'.join(faults)}。请把表头改回原样，或重新下载模板粘贴数据后再上传。")
    notes = []
    places = list(order.values())
    if places != sorted(places):
        moved = _moved(list(order), places)
        notes.append(f"列的次序与模板不同（{'、'.join(moved)}），已按表头名称对应读取。")
    if unknown:
        notes.append(f"{'、'.join(f'“{name}”' for name in unknown)}不是模板中的列，没有读取。")
    return order, tuple(notes)


def _moved(columns: list[str], places: list[int]) -> list[str]:
    """The columns that stand elsewhere than in the longest run that kept its order."""
    by_place = sorted(columns, key=lambda column: places[columns.index(column)])
    kept = {
        columns[block.a + step]
        for block in difflib.SequenceMatcher(None, columns, by_place, autojunk=False).get_matching_blocks()
        for step in range(block.size)
    }
    return [f"“{column}”" for column in columns if column not in kept]


def _refuse_merged(sheet: CalamineSheet, header_row: int, order: dict[str, int]) -> None:
    last = max(order.values())
    merged = [
        f"{cell_name(*first)}:{cell_name(*second)}"
        for first, second in sheet.merged_cell_ranges or []
        if second[0] >= header_row and first[1] <= last
    ]
    if merged:
        shown = "、".join(merged[:10]) + (f"等{len(merged)}处" if len(merged) > 10 else "")
        raise WrongLayout(f"数据区有合并单元格：{shown}。请取消合并，把每一行都填完整，再上传。")


def _data(sheet: CalamineSheet, header_row: int, order: dict[str, int], shape: Shape) -> Iterator[Row]:
    count = 0
    for index, cells in _rows(sheet, header_row + 1):
        values: dict[str, str] = {}
        faults = []
        for column, place in order.items():
            text, fault = cell_text(cells[place]) if place < len(cells) else ("", "")
            values[column] = text
            if fault:
                faults.append(CellSentence(column, f"“{column}”{fault}"))
        if not any(text.strip() for text in values.values()):
            continue
        count += 1
        if count > shape.max_rows:
            raise TooManyRows(f"数据超过{shape.max_rows:,}行，一次不能全部接收。请分成几份，每份不超过{shape.max_rows:,}行。")
        yield Row(index + 1, values, tuple(faults))
    if count == 0:
        raise NoRows("工作簿里没有数据行。请从表头下一行开始填写，再上传。")
