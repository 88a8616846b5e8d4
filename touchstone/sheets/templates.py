"""模板骨架: how is every template built, so that it comes back readable?

Instructions first, then the data sheet, then two hidden sheets: the options of the drop-downs and the version mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import xlsxwriter

from touchstone.sheets.cells import cell_name
from touchstone.sheets.shapes import MARK_SHEET, OPTION_SHEET, Shape
from touchstone.sheets.tables import is_risky

_FIRST_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes for the same plan
_LAST_ROW = 20_000


@dataclass(frozen=True)
class TemplateColumn:
    """One column of a template. `locked` columns are prefilled by us and shown grey."""

    header: str
    required: bool = False
    options: tuple[str, ...] = ()
    comment: str = ""
    width: int = 14
    locked: bool = False
    score: bool = False


@dataclass(frozen=True)
class DataSheet:
    """One sheet to be filled, with what it is prefilled with."""

    shape: Shape
    columns: tuple[TemplateColumn, ...]
    rows: Sequence[Sequence[str]] = ()


def write_template(
    target: BinaryIO,
    shape: Shape,
    columns: Sequence[TemplateColumn],
    instructions: Sequence[tuple[str, str]],
    marks: dict[str, str],
    rows: Sequence[Sequence[str]] = (),
) -> None:
    """This function will write a template: `instructions` are (heading, text) pairs, `rows` are prefilled."""
    write_sheets(target, [DataSheet(shape, tuple(columns), rows)], instructions, marks)


def write_sheets(target: BinaryIO, sheets: Sequence[DataSheet], instructions: Sequence[tuple[str, str]], marks: dict[str, str]) -> None:
    """This function will write a template of one or more sheets of one version; title and version are those of the first."""
    shape = sheets[0].shape
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": shape.title, "created": _FIRST_DAY})
        _instructions(book, shape, instructions, marks)
        pages = [book.add_worksheet(sheet.shape.sheet) for sheet in sheets]
        options = book.add_worksheet(OPTION_SHEET)
        options.hide()
        lists = 0
        for sheet, data in zip(sheets, pages, strict=True):
            lists = _fill(book, data, sheet, options, lists)
        _marks(book, {"template": shape.template, "version": shape.version, "title": shape.title, **marks})
        pages[0].activate() if sheets[0].rows else None


def _fill(
    book: xlsxwriter.Workbook, data: xlsxwriter.worksheet.Worksheet, sheet: DataSheet, options: xlsxwriter.worksheet.Worksheet, lists: int
) -> int:
    """Write one sheet; `lists` columns of the option sheet are taken, and so many are after it."""
    _headers(book, data, sheet.columns)
    _rows(book, data, sheet.columns, sheet.rows)
    for place, column in enumerate(sheet.columns):
        if column.options:
            _drop_down(data, options, place, lists + place, column)
        elif column.score:
            _score_limits(data, place, column)
    data.set_landscape()
    data.set_paper(9)
    data.repeat_rows(0)
    return lists + len(sheet.columns)


def _instructions(book: xlsxwriter.Workbook, shape: Shape, lines: Sequence[tuple[str, str]], marks: dict[str, str]) -> None:
    sheet = book.add_worksheet("填写说明")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 96)
    sheet.write_string(0, 0, f"{shape.title}　填写说明", book.add_format({"bold": True, "font_size": 16}))
    sheet.set_row(0, 30)
    plan = f"计划编号：{marks['plan']}　" if marks.get("plan") else ""
    sheet.write_string(1, 0, f"{plan}模板版本：{shape.version}（隐藏的标记请勿删除）", book.add_format({"font_color": "#667085"}))
    bold = book.add_format({"bold": True, "valign": "top", "bottom": 1, "bottom_color": "#D0D5DD"})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#D0D5DD"})
    for index, (heading, text) in enumerate(lines, 3):
        sheet.write_string(index, 0, heading, bold)
        sheet.write_string(index, 1, text, wrap)
        sheet.set_row(index, 18 * max(1, -(-len(text) // 46), text.count("\n") + 1))
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _headers(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, columns: Sequence[TemplateColumn]) -> None:
    look = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter", "num_format": "@"}
    required = book.add_format({**look, "font_color": "#FFFFFF", "bg_color": "#C62828"})
    optional = book.add_format({**look, "bg_color": "#F2F4F7"})
    text = book.add_format({"num_format": "@"})
    grey = book.add_format({"num_format": "@", "bg_color": "#F2F4F7"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, grey if column.locked else text)
        sheet.write_string(0, place, column.header, required if column.required else optional)
        if column.comment:
            sheet.write_comment(0, place, column.comment, {"x_scale": 1.6, "author": "", "font_size": 9})
    sheet.set_row(0, 36)
    sheet.freeze_panes(1, min(1, len(columns)))


def _rows(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    columns: Sequence[TemplateColumn],
    rows: Sequence[Sequence[str]],
) -> None:
    text = book.add_format({"num_format": "@", "border": 1, "border_color": "#D0D5DD"})
    guarded = book.add_format({"num_format": "@", "border": 1, "border_color": "#D0D5DD", "quote_prefix": True})
    grey = book.add_format({"num_format": "@", "border": 1, "border_color": "#D0D5DD", "bg_color": "#F2F4F7"})
    for index, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            look = guarded if is_risky(value) else grey if columns[place].locked else text
            sheet.write_string(index, place, value, look) if value else sheet.write_blank(index, place, None, look)


def _drop_down(
    sheet: xlsxwriter.worksheet.Worksheet, options: xlsxwriter.worksheet.Worksheet, place: int, listed: int, column: TemplateColumn
) -> None:
    options.write_string(0, listed, column.header)
    for index, option in enumerate(column.options, 1):
        options.write_string(index, listed, option)
    letters = cell_name(0, listed)[:-1]
    sheet.data_validation(
        1,
        place,
        _LAST_ROW,
        place,
        {
            "validate": "list",
            "source": f"={OPTION_SHEET}!${letters}$2:${letters}${len(column.options) + 1}",
            "error_title": column.header[:32],
            "error_message": "请从下拉表中选择。",
        },
    )


def _score_limits(sheet: xlsxwriter.worksheet.Worksheet, place: int, column: TemplateColumn) -> None:
    sheet.data_validation(
        1,
        place,
        _LAST_ROW,
        place,
        {
            "validate": "any",
            "input_title": column.header[:32],
            "input_message": "填0到100的分数，最多一位小数；没有到考填“缺考”。",
        },
    )


def _marks(book: xlsxwriter.Workbook, marks: dict[str, str]) -> None:
    sheet = book.add_worksheet(MARK_SHEET)
    for index, (key, value) in enumerate(marks.items()):
        sheet.write_string(index, 0, key)
        sheet.write_string(index, 1, value)
    sheet.very_hidden()
