"""培训成绩表导入: hours and marks of a course from a workbook, each row noted or told why not, and the workbook given back with the results."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.experts import permissions
from touchstone.experts.models import Course
from touchstone.experts.operations._case import LAW, locked_course
from touchstone.experts.operations.training import Noted, Result, note_results
from touchstone.files.operations import attach
from touchstone.files.operations import check as check_file
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.sheets.child import read_rows, return_workbook
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.shapes import PASSED
from touchstone.sheets.told import RowTold
from touchstone.sheets.training import SHAPE, TrainingOutcome, parse_training, training_template

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

SENT, RETURNED = "培训成绩表", "培训成绩表核对结果"


@dataclass(frozen=True)
class ResultsReport:
    """What became of a sheet, row by row, and the same workbook with a result column."""

    rows: list[RowTold]
    returned: "Attachment"

    @property
    def taken(self) -> int:
        return sum(row.done for row in self.rows)


def results_template(course: Course) -> bytes:
    """This function will give the sheet of a course, prefilled with its people and what is noted of them."""
    rows = [
        [row.member.number, row.member.person.name, _text(row.hours_attended), _text(row.score)]
        for row in course.enrolments.select_related("member__person").order_by("member__number")
    ]
    return training_template(course.number, rows)


def _text(value: object) -> str:
    return "" if value is None else str(value)


@transaction.atomic
def take_results_workbook(*, course: str, name: str, content: bytes, by: Actor, at: datetime) -> ResultsReport:
    """This function will note the hours and marks of a filled sheet; rows with a fault are told and left out, the others stand.

    :raises Refusal: for a file that is not this course's sheet, and as `note_results`.
    """
    found = locked_course(course)
    permissions.check_may_hold_course(by, found)
    check_file(name, content, ("xlsx",))
    names = {row.member.number: row.member.person.name_key for row in found.enrolments.select_related("member__person")}
    with tempfile.TemporaryDirectory(prefix="touchstone-training-") as folder:
        path, target = Path(folder) / "sent.xlsx", Path(folder) / "returned.xlsx"
        path.write_bytes(content)
        try:
            with read_rows(path, SHAPE) as reading:
                marked = reading.head.marks.get("course", "")
                if marked != course:
                    raise Refusal(f"这份成绩表是培训班{marked or '（未写明）'}的，不是{course}的。", LAW, "请在本页重新下载成绩表。")
                read = list(parse_training(reading.rows))
            told = _taken(course, read, names, name, by, at)
            return_workbook(path, target, SHAPE, {row.number: f"{PASSED}，{row.sentence}" if row.done else row.sentence for row in told})
        except FileRefused as fault:
            raise Refusal(fault.sentence, LAW, "没有登记任何成绩；请从本页下载成绩表，填好后再上传。") from fault
        attach(case=course, label=SENT, name=name, content=content, by=by, at=at)
        returned = attach(case=course, label=RETURNED, name=f"{Path(name).stem}（核对结果）.xlsx", content=target.read_bytes(), by=by, at=at)
    return ResultsReport(told, returned)


def _taken(course: str, read: list[TrainingOutcome], names: dict[str, str], name: str, by: Actor, at: datetime) -> list[RowTold]:
    mixed = {row.member for row in read if row.member in names and names[row.member] != name_key(row.name)}
    good = [row for row in read if not row.errors and row.member not in mixed]
    noted = note_results(course=course, results=[Result(row.member, row.hours, row.score) for row in good], by=by, at=at, workbook=name[:120])
    by_member = dict(zip((row.member for row in good), noted, strict=True))
    return [_told(row, by_member.get(row.member)) for row in read]


def _told(row: TrainingOutcome, noted: Noted | None) -> RowTold:
    title = f"{row.member} {row.name}".strip()
    if row.errors:
        return RowTold(row.number, title, False, row.sentence)
    if noted is None:
        return RowTold(row.number, title, False, "姓名与队伍编号不符，请对照系统填好的名单。")
    return RowTold(row.number, title, noted.ok, f"{noted.sentence.rstrip('。')}。")
