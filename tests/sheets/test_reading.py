"""读表: are version, layout and headers checked, and do the rows come through the child process whole?"""

import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.sheets.samples import HEADERS, OPTIONS, candidate, change, id_number, outcomes, read, repack, workbook
from touchstone.sheets.child import DEFAULT_LIMITS, Limits, read_rows
from touchstone.sheets.refusals import (
    FileRefused,
    NoRows,
    NotAWorkbook,
    ReadingStopped,
    TooManyRows,
    WrongLayout,
    WrongTemplate,
)
from touchstone.sheets.registration_fields import SHAPE
from touchstone.sheets.shapes import MARK_SHEET, Shape


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    return workbook(tmp_path / "报名表.xlsx", [candidate(1), candidate(2)])


def refusal(path: Path, kind: type[FileRefused], shape: Shape = SHAPE, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(FileRefused) as caught, read_rows(path, shape, limits) as reading:
        list(reading.rows)
    assert type(caught.value) is kind, caught.value.sentence
    return caught.value.sentence


def test_reads_every_cell_as_the_text_that_was_written(filled: Path) -> None:
    head, rows = read(filled)
    assert head.marks["plan"] == OPTIONS.plan_number
    assert head.notes == ()
    assert head.rows_at_most == 2
    assert [row.number for row in rows] == [2, 3]
    assert rows[0].values == candidate(1)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        pytest.param("version", "2019.3", "文件是2019.3，现行版本是2024.1", id="旧版本"),
        pytest.param("template", "scores", "别的模板", id="别的模板"),
        pytest.param("template", None, "没有版本标记", id="标记被删"),
    ],
)
def test_wrong_version_is_refused_at_once(filled: Path, key: str, value: str | None, words: str) -> None:
    def alter(_, book):
        for row in book[MARK_SHEET].iter_rows():
            if row[0].value == key:
                row[0].value, row[1].value = (key, value) if value else (None, None)

    sentence = refusal(change(filled, alter), WrongTemplate)
    assert words in sentence
    assert "重新下载模板" in sentence


def test_merged_cells_in_the_data_are_named(filled: Path) -> None:
    def merge(sheet, _):
        sheet.merge_cells("Q2:Q3")
        sheet.merge_cells("B2:C2")

    sentence = refusal(change(filled, merge), WrongLayout)
    assert "Q2:Q3" in sentence
    assert "B2:C2" in sentence


def test_missing_and_renamed_columns_are_named(filled: Path) -> None:
    def alter(sheet, _):
        sheet["F1"] = "身份证件号码"
        sheet["V1"] = None

    sentence = refusal(change(filled, alter), WrongLayout)
    assert "“证件号码”似乎被改名为“身份证件号码”" in sentence
    assert "缺少“民族”" in sentence


def test_a_doubled_column_is_refused(filled: Path) -> None:
    sentence = refusal(change(filled, lambda sheet, _: sheet.cell(1, 34, "姓名")), WrongLayout)
    assert "“姓名”（G列、AH列）出现了两次" in sentence


def test_moved_and_added_columns_are_understood_and_noted(filled: Path) -> None:
    def alter(sheet, _):
        for row in sheet.iter_rows(min_row=1, max_row=3):
            row[6].value, row[7].value = row[7].value, row[6].value
        sheet.cell(1, 34, "备注")

    head, rows = read(change(filled, alter))
    assert rows[0].values == candidate(1)
    assert any("次序与模板不同" in note and ("姓名" in note or "性别" in note) for note in head.notes)
    assert any("“备注”不是模板中的列" in note for note in head.notes)


def test_an_empty_first_column_does_not_shift_anything(filled: Path) -> None:
    head, rows = read(change(filled, lambda sheet, _: sheet.insert_cols(1)))
    assert rows[0].values == candidate(1)
    assert head.notes == ()


def test_blank_rows_are_skipped_and_row_numbers_stay_those_of_excel(filled: Path) -> None:
    _, rows = read(change(filled, lambda sheet, _: sheet.insert_rows(3, 4)))
    assert [row.number for row in rows] == [2, 7]


def test_a_template_without_rows_is_refused(tmp_path: Path) -> None:
    assert "没有数据行" in refusal(workbook(tmp_path / "空表.xlsx", []), NoRows)


def test_an_identity_number_stored_as_a_number_is_a_fault_of_its_row(filled: Path) -> None:
    changed = change(filled, lambda sheet, _: sheet.cell(2, 6, int(id_number(1)[:17] + "0")))
    first, second = outcomes(changed)
    assert "末几位已经丢失" in first.sentence
    assert second.row is not None


def test_true_excel_dates_and_numbers_are_read(filled: Path) -> None:
    def alter(sheet, _):
        sheet.cell(2, HEADERS.index("参加工作时间") + 1, date(2008, 7, 1))
        sheet.cell(2, HEADERS.index("手机号码") + 1, 13800000001)
        sheet.cell(2, HEADERS.index("专业年限") + 1, 15.5)

    first = outcomes(change(filled, alter))[0].row
    assert first is not None
    assert first.started_work_on == date(2008, 7, 1)
    assert first.phone == "13800000001"
    assert str(first.years_in_field) == "15.5"


def test_too_many_rows_are_refused(filled: Path) -> None:
    shape = Shape(SHAPE.title, SHAPE.sheet, SHAPE.columns, SHAPE.template, SHAPE.version, max_rows=1)
    assert "分成几份" in refusal(filled, TooManyRows, shape)


def test_a_text_named_xlsx_is_refused_by_the_child(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_text("姓名,证件号码", "utf-8")
    assert "不是Excel工作簿" in refusal(path, NotAWorkbook)


def test_a_sheet_that_unfolds_to_billions_of_cells_stops_the_child_not_us(filled: Path) -> None:
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
    )
    filled.write_bytes(repack(filled.read_bytes(), {"xl/worksheets/sheet2.xml": sheet}))
    began = time.monotonic()
    assert "超过上限" in refusal(filled, ReadingStopped)
    assert time.monotonic() - began < 20


def test_a_slow_child_is_stopped_with_a_sentence(filled: Path) -> None:
    assert "已经停止" in refusal(filled, ReadingStopped, limits=Limits(wall_seconds=0.01))


def test_a_slow_reader_does_not_stop_the_child(tmp_path: Path) -> None:
    path = workbook(tmp_path / "慢.xlsx", [candidate(serial) for serial in range(600)])
    with read_rows(path, SHAPE, Limits(wall_seconds=5)) as reading:
        first = next(reading.rows)
        time.sleep(5.5)
        assert [first.number, *(row.number for row in reading.rows)] == list(range(2, 602))


def test_a_child_without_memory_is_a_sentence(filled: Path) -> None:
    assert "已经停止" in refusal(filled, ReadingStopped, limits=Limits(memory_bytes=20_000_000))


def test_leaving_early_leaves_no_process_behind(filled: Path) -> None:
    with read_rows(filled, SHAPE) as reading:
        assert next(reading.rows).number == 2


def test_ten_thousand_rows_take_a_few_seconds(tmp_path: Path) -> None:
    path = workbook(tmp_path / "万人.xlsx", [candidate(serial) for serial in range(10_000)])
    began = time.monotonic()
    results = outcomes(path)
    seconds = time.monotonic() - began
    print(f"{len(results) / seconds:,.0f} rows/s read and checked")
    assert len(results) == 10_000
    assert all(result.row for result in results)
    assert seconds < 20, "a shared, busy machine still needs only a few seconds"


def test_a_workbook_saved_by_another_program_is_read(filled: Path) -> None:
    openpyxl.load_workbook(filled).save(filled)
    assert read(filled)[1][0].values == candidate(1)
