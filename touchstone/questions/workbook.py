"""试题工作簿: how do the rows of the neutral form's table become a workbook, and come back from one?

`sheets` knows workbooks and nothing of questions, `measurement` questions and nothing of workbooks; here they meet.
"""

import io
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from touchstone.measurement.interchange.delivery import Delivery, Refused
from touchstone.measurement.interchange.doors import read_table
from touchstone.measurement.interchange.table import COLUMNS
from touchstone.sheets.child import read_rows, return_workbook
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.shapes import RESULT_COLUMN, Shape
from touchstone.sheets.templates import TemplateColumn, write_template

MOST = 5_000
SHAPE = Shape(
    "试题导入表",
    "试题",
    tuple(column.header for column in COLUMNS),
    "questions",
    "2026-1",
    tuple(column.header for column in COLUMNS if not column.required),
    MOST,
)
_LINES = (
    ("怎样填", "在“试题”表里从第2行起每行一题。题型和题干必填，其余按题型填写，鼠标停在表头上有说明。"),
    ("空位", "填空题、下拉填空题、选词填空题的空位写作[[1]]、[[2]]，或写____；答案每空一段，用分号隔开，都算对的写法用|隔开。"),
    ("评分要点", "简答题、实操题每行一个要点：考核步骤|要点|分值|扣分办法。单元格里换行按Alt+Enter。"),
    ("归属", "等级、科目、鉴定点、预估难度、密级留空的，取导入时所选的。"),
    ("上传以后", f"先逐题核对，不写入；有问题的行在“{RESULT_COLUMN}”列写明原因，改好后整份再传。确认后才写入题库草稿。"),
)


def questions_workbook(rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """This function will give the template, filled with `rows` where there are any."""
    columns = [
        TemplateColumn(one.header, one.required, one.options, f"{'必填' if one.required else '选填'}。{one.hint}", one.width) for one in COLUMNS
    ]
    memory = io.BytesIO()
    filled = [[row.get(one.header, "") for one in COLUMNS] for row in rows]
    write_template(memory, SHAPE, columns, _LINES, {}, filled)
    return memory.getvalue()


def read_workbook(content: bytes) -> Delivery:
    """This function will read a filled template, in a limited process of its own. :raises Refused: for a workbook that is not ours or not safe."""
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        path = Path(folder) / "questions.xlsx"
        path.write_bytes(content)
        try:
            with read_rows(path, SHAPE) as reading:
                return read_table((row.number, row.values, "".join(one.sentence for one in row.faults)) for row in reading.rows)
        except FileRefused as trouble:
            raise Refused(0, "工作簿", trouble.sentence) from None


def returned_workbook(content: bytes, results: Mapping[int, str]) -> bytes | None:
    """This function will give the person's own workbook with a result per row; None when it cannot be written any more."""
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        path, target = Path(folder) / "questions.xlsx", Path(folder) / "returned.xlsx"
        path.write_bytes(content)
        try:
            return_workbook(path, target, SHAPE, dict(results))
        except FileRefused:
            return None
        return target.read_bytes()
