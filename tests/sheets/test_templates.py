"""模板与导出: do templates guide the person, and do exports carry every digit and no formula?"""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.sheets.samples import OPTIONS
from touchstone.sheets.child import read_rows
from touchstone.sheets.registration_fields import FIELDS, SHEET
from touchstone.sheets.registration_template import registration_template
from touchstone.sheets.scores import SHAPE as SCORES
from touchstone.sheets.scores import Entrant, parse_scores, score_template
from touchstone.sheets.shapes import MARK_SHEET, OPTION_SHEET
from touchstone.sheets.tables import Column, Value, csv_bytes, table_bytes


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_registration_template_guides_the_person() -> None:
    book = opened(registration_template(OPTIONS))
    assert book.sheetnames == ["填写说明", SHEET, OPTION_SHEET, MARK_SHEET]
    assert OPTIONS.plan_number in str(book["填写说明"]["A2"].value)
    sheet = book[SHEET]
    for place, field in enumerate(FIELDS, 1):
        cell = sheet.cell(1, place)
        assert cell.value == field.header
        assert (cell.fill.fgColor.rgb == "FFC62828") == field.required
        assert cell.comment is not None
    assert sheet.max_row == 1, "the example is a comment, not a row"
    assert book[OPTION_SHEET].sheet_state == "hidden"
    occupations = next(v for v in sheet.data_validations.dataValidation if "B2" in str(v.sqref))
    assert str(occupations.sqref) == "B2:B20001"
    assert "选项" in str(occupations.formula1)
    assert [book[OPTION_SHEET].cell(n, 2).value for n in (2, 3)] == list(OPTIONS.occupations)


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert registration_template(OPTIONS) == registration_template(OPTIONS)


ROSTER = [
    Entrant("3101240001", "阿卜杜拉·买买提", "310***********0017"),
    Entrant("3101240002", "王璟", "310***********0025"),
]


def scores(tmp_path: Path, panel: bool, cells: dict[str, str | float]) -> list[str]:
    path = tmp_path / "成绩.xlsx"
    path.write_bytes(score_template("沪考〔2024〕1号", ROSTER, panel))
    book = openpyxl.load_workbook(path)
    for where, value in cells.items():
        book["成绩"][where] = value
    book.save(path)
    with read_rows(path, SCORES) as reading:
        roster = {one.ticket: one.name for one in ROSTER}
        return [
            f"{result.row.theory}/{result.row.practical}/{result.row.panel}" if result.row else result.sentence
            for result in parse_scores(reading.rows, roster, panel)
        ]


@pytest.mark.parametrize(
    ("panel", "cells", "first", "second"),
    [
        pytest.param(False, {"D2": 80, "E2": 59.5, "D3": "缺考", "E3": "缺考"}, "80/59.5/None", "None/None/None", id="三级两科"),
        pytest.param(True, {"D2": "８０", "E2": 60, "F2": 61, "D3": 1, "E3": 2, "F3": 3}, "80/60/61", "1/2/3", id="二级三科"),
    ],
)
def test_scores_come_back(tmp_path: Path, panel: bool, cells: dict[str, str | float], first: str, second: str) -> None:
    assert scores(tmp_path, panel, cells) == [first, second]


def test_wrong_scores_are_named(tmp_path: Path) -> None:
    first, second = scores(tmp_path, False, {"D2": 101, "E2": "", "B3": "王景", "D3": 70.25, "E3": "-1"})
    assert "“理论成绩”填的“101”应为0到100" in first
    assert "“技能成绩”没有填写" in first
    assert "的考生是“王璟”，表中写的是“王景”" in second
    assert "70.25" in second


def test_a_row_of_another_sitting_and_a_repeat_are_refused(tmp_path: Path) -> None:
    cells: dict[str, str | float] = {"A3": "3101240001", "B3": "阿卜杜拉·买买提", "D2": 60, "E2": 60, "D3": 60, "E3": 60}
    assert "第3行与第2行" in scores(tmp_path, False, cells)[1]
    assert "不在本场名单中" in scores(tmp_path, False, {**cells, "A3": "9"})[1]


def test_exports_keep_digits_and_run_no_formula() -> None:
    rows: list[list[Value]] = [["310199199001010017", "=cmd|'/c calc'!A1", Decimal("59.5"), date(2024, 1, 5), None, True]]
    content = table_bytes("成绩册/甲", [Column("证件号码", 22), "姓名", "分数", "日期", "空", "是否"], rows, "共1人")
    sheet = opened(content).worksheets[0]
    assert sheet["A3"].value == "310199199001010017"
    assert sheet["B3"].data_type != "f" or sheet["B3"].quotePrefix
    assert sheet["B3"].quotePrefix
    assert sheet["C3"].value == 59.5
    assert sheet["F3"].value == "是"
    assert sheet.freeze_panes == "A3"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@x", "\tx", "＝1"], ids=["等号", "加号", "减号", "艾特", "制表符", "全角等号"])
def test_csv_guards_every_start_of_a_formula(text: str) -> None:
    content = csv_bytes(["列"], [[text], [-1]])
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert lines == [["列"], ["'" + text], ["-1"]]
