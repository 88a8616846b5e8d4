"""培训成绩表: which template does a course fill with hours and marks, and what do its rows say?"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from touchstone.sheets.cleaning import clean_code, clean_text
from touchstone.sheets.shapes import RESULT_COLUMN, CellSentence, Row, Shape
from touchstone.sheets.templates import TemplateColumn, write_template

NUMBER, NAME, HOURS, SCORE = "队伍编号", "姓名", "实到学时", "考核成绩"
SHAPE = Shape("培训学时和成绩登记表", "成绩", (NUMBER, NAME, HOURS, SCORE), "corps_training", "2026.1", (), 5000)


@dataclass(frozen=True)
class TrainingOutcome:
    """What was read of one row, or what is wrong with it."""

    number: int
    member: str
    name: str
    hours: int | None
    score: Decimal | None
    errors: tuple[CellSentence, ...] = ()

    @property
    def sentence(self) -> str:
        """One sentence for the result column; empty when the row could be read."""
        return "；".join(error.sentence.rstrip("。") for error in self.errors) + "。" if self.errors else ""


def training_template(course: str, rows: Sequence[Sequence[str]]) -> bytes:
    """This function will give the sheet of a course, prefilled with its people (number, name, hours, mark)."""
    columns = [
        TemplateColumn(NUMBER, True, width=14, locked=True),
        TemplateColumn(NAME, True, width=16, locked=True),
        TemplateColumn(HOURS, True, comment="填整数；缺席填0", width=12),
        TemplateColumn(SCORE, True, comment="0到100，最多一位小数；缺考填0", width=12),
    ]
    lines = [
        ("怎样填", "在“成绩”表里填写每个人的实到学时和考核成绩；缺席、缺考填0，不要空着。"),
        ("不要改", "队伍编号和姓名由系统填好，用来核对，请不要改动或调换。"),
        ("上传以后", f"系统逐行核对，有问题的行在末尾的“{RESULT_COLUMN}”列写明原因，其余各行照常登记；改好后整份再传即可。"),
    ]
    memory = io.BytesIO()
    write_template(memory, SHAPE, columns, lines, {"course": course}, rows)
    return memory.getvalue()


def parse_training(rows: Iterable[Row]) -> Iterator[TrainingOutcome]:
    """This function will read every row; the same person twice is told at the second."""
    seen: dict[str, int] = {}
    for row in rows:
        outcome = _parse(row)
        first = seen.setdefault(outcome.member, row.number)
        if outcome.member and first != row.number:
            twice = CellSentence(NUMBER, f"与第{first}行是同一个人，请删去其中一行。")
            outcome = TrainingOutcome(row.number, outcome.member, outcome.name, None, None, (twice,))
        yield outcome


def _parse(row: Row) -> TrainingOutcome:
    errors = list(row.faults)
    member, hours, score = (clean_code(row.values.get(column, "")).text for column in (NUMBER, HOURS, SCORE))
    name = clean_text(row.values.get(NAME, "")).text
    if not member:
        errors.append(CellSentence(NUMBER, "队伍编号没有填写。"))
    if not (hours.isascii() and hours.isdigit() and len(hours) <= 3):
        errors.append(CellSentence(HOURS, f"实到学时“{hours[:10]}”应为整数，缺席填0。"))
    mark = _mark(score)
    if mark is None:
        errors.append(CellSentence(SCORE, f"考核成绩“{score[:10]}”应为0到100、最多一位小数的数，缺考填0。"))
    if errors:
        return TrainingOutcome(row.number, member, name, None, None, tuple(errors))
    return TrainingOutcome(row.number, member, name, int(hours), mark)


def _mark(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    whole = value.is_finite() and 0 <= value <= 100 and value == value.quantize(Decimal("0.1"))
    return value if whole else None
