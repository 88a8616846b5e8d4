"""课程成绩表: which template does a school fill with the marks of its course units, and what do its rows say?"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.sheets.cleaning import Unreadable, clean_code, clean_date, clean_name, clean_text
from touchstone.sheets.scores import read_score
from touchstone.sheets.shapes import RESULT_COLUMN, CellSentence, Row, Shape
from touchstone.sheets.templates import TemplateColumn, write_template

REGISTER, NAME, UNIT, MARK, DAY = "学籍号", "姓名", "课程单元", "成绩", "考核日期"
MOST = 2_000
SHAPE = Shape("课程成绩表", "课程成绩", (REGISTER, NAME, UNIT, MARK, DAY), "course_results", "2026-1", (), MOST)


@dataclass(frozen=True)
class CourseLine:
    """One student's mark in one course unit as it was read, or what is wrong with it."""

    number: int
    register_number: str = ""
    name: str = ""
    unit: str = ""
    mark: Decimal | None = None
    passed_on: date | None = None
    faults: tuple[CellSentence, ...] = ()


def course_template(pilot: str, units: Sequence[str], students: Sequence[tuple[str, str]]) -> bytes:
    """This function will give the template of a pilot, a row for each student (register number, name) and course unit."""
    columns = [
        TemplateColumn(REGISTER, True, comment="与学籍登记一致", width=22),
        TemplateColumn(NAME, True, comment="与学籍登记一致", width=14),
        TemplateColumn(UNIT, True, tuple(units), "从下拉表选择", 28),
        TemplateColumn(MARK, True, comment="0到100，最多一位小数", width=10),
        TemplateColumn(DAY, True, comment="例：2026-01-15", width=14),
    ]
    lines = [
        ("怎样填", f"一行是一名学生的一个课程单元；课程单元以试点为准：{'、'.join(units)}。没有成绩的行请删去。"),
        ("上传以后", f"先试算：逐行给出结果，“{RESULT_COLUMN}”列写明原因，不登记任何成绩；核对后交由另一人确认，才用于免考。"),
        ("一次多少行", f"一份最多{MOST:,}行。"),
    ]
    memory = io.BytesIO()
    write_template(memory, SHAPE, columns, lines, {"pilot": pilot}, [(number, name, unit, "", "") for number, name in students for unit in units])
    return memory.getvalue()


def parse_courses(rows: Iterable[Row]) -> Iterator[CourseLine]:
    """This function will read every row; a student's unit that stands in the workbook twice is refused the second time."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        found = _parse(row)
        first = seen.setdefault((found.register_number, found.unit), row.number) if not found.faults else row.number
        if first != row.number:
            again = CellSentence(UNIT, f"与第{first}行是同一名学生的同一课程单元，请删去其中一行。")
            found = CourseLine(row.number, found.register_number, found.name, found.unit, faults=(again,))
        yield found


def _parse(row: Row) -> CourseLine:
    faults = list(row.faults)
    register_number = clean_code(row.values.get(REGISTER, "")).text
    name, unit = clean_name(row.values.get(NAME, "")).text, clean_text(row.values.get(UNIT, "")).text
    faults += [CellSentence(column, f"没有填写{column}。") for column, text in ((REGISTER, register_number), (NAME, name), (UNIT, unit)) if not text]
    mark, passed_on = None, None
    try:
        mark = read_score(MARK, row.values.get(MARK, ""))
        if mark is None:
            faults.append(CellSentence(MARK, "缺考的课程单元不登记，请删去这一行。"))
    except Unreadable as fault:
        faults.append(CellSentence(MARK, fault.sentence))
    try:
        passed_on = date.fromisoformat(clean_date(row.values.get(DAY, "")).text)
    except Unreadable as fault:
        faults.append(CellSentence(DAY, fault.sentence))
    except ValueError:
        faults.append(CellSentence(DAY, "没有填写考核日期。"))
    return CourseLine(row.number, register_number[:40], name[:60], unit[:120], mark, passed_on, tuple(faults))
