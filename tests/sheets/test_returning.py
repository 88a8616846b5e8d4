"""退还: does the person get their own workbook back with a result per row, and can it be sent again?"""

import zipfile
from pathlib import Path

import openpyxl

from tests.sheets.samples import OPTIONS, candidate, change, outcomes, read, workbook
from touchstone.sheets.child import return_workbook
from touchstone.sheets.registration import parse_rows
from touchstone.sheets.registration_fields import SHAPE, SHEET
from touchstone.sheets.shapes import MARK_SHEET, RESULT_COLUMN


def returned(path: Path, target: Path) -> Path:
    return_workbook(path, target, SHAPE, {result.number: result.verdict for result in outcomes(path)})
    return target


def results_of(path: Path) -> list[object]:
    sheet = openpyxl.load_workbook(path)[SHEET]
    assert sheet.cell(1, 34).value == RESULT_COLUMN
    assert sheet.cell(1, 35).value is None
    return [sheet.cell(number, 34).value for number in range(2, sheet.max_row + 1)]


def test_every_row_gets_a_result_that_can_be_filtered(tmp_path: Path) -> None:
    source = workbook(tmp_path / "报名表.xlsx", [candidate(1), candidate(2, name=""), candidate(3, level="高级工")])
    back = returned(source, tmp_path / "退回.xlsx")
    first, second, third = results_of(back)
    assert first == "通过"
    assert third == "通过（已更正：认定等级：“高级工”读作“三级/高级工”）"
    assert "“姓名”没有填写" in str(second)
    sheet = openpyxl.load_workbook(back)[SHEET]
    assert sheet.auto_filter.ref == "A1:AH4"
    assert len({sheet[where].fill.fgColor.rgb for where in ("AH2", "AH3", "AH4")}) == 3


def test_drop_downs_formats_and_the_version_mark_stay(tmp_path: Path) -> None:
    back = returned(workbook(tmp_path / "报名表.xlsx", [candidate(1)]), tmp_path / "退回.xlsx")
    book = openpyxl.load_workbook(back)
    assert book[MARK_SHEET].sheet_state == "veryHidden"
    assert len(book[SHEET].data_validations.dataValidation) == 14
    assert book[SHEET].column_dimensions["F"].number_format == "@"
    assert book[SHEET]["F2"].number_format == "@"
    assert book[SHEET].freeze_panes == "B2"


def test_the_returned_workbook_is_put_right_and_sent_again(tmp_path: Path) -> None:
    source = workbook(tmp_path / "报名表.xlsx", [candidate(1), candidate(2, name="")])
    back = returned(source, tmp_path / "退回.xlsx")
    change(back, lambda sheet, _: sheet.cell(3, 7, "李四"))
    head, rows = read(back)
    assert head.notes == ()
    assert all(RESULT_COLUMN not in row.values for row in rows)
    assert all(result.row for result in parse_rows(rows, OPTIONS))
    assert results_of(returned(back, tmp_path / "再退回.xlsx")) == ["通过", "通过"]


def test_a_sentence_that_begins_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    source = workbook(tmp_path / "报名表.xlsx", [candidate(1)])
    return_workbook(source, tmp_path / "退回.xlsx", SHAPE, {2: "=HYPERLINK(1)"})
    with zipfile.ZipFile(tmp_path / "退回.xlsx") as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name)
