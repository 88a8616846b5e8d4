"""结构表: which workbook tells what a standard says in detail, and what do its rows say?

Three sheets: 结构 (functions, work contents, elements), 权重 (the weight tables), 考试方式. The words of parts are the law's to say and handed in.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from touchstone.sheets.child import read_sheets
from touchstone.sheets.existing import Choices, ExistingRow, parse_existing
from touchstone.sheets.existing_fields import LEVELS, Field
from touchstone.sheets.existing_template import columns_of
from touchstone.sheets.shapes import RESULT_COLUMN, Shape
from touchstone.sheets.templates import DataSheet, write_sheets

TEMPLATE, VERSION, TITLE = "standard-structure", "2026.1", "标准结构导入表"
FUNCTION, CONTENT, SKILL, KNOWLEDGE = "职业功能", "工作内容", "技能要求", "相关知识要求"
KINDS = (FUNCTION, CONTENT, SKILL, KNOWLEDGE)
YES = "是"
TREE, WEIGHTS, FORMS = "结构", "权重", "考试方式"

_TREE = (
    Field("code", "编码", "1.2.3", True, "code", 16, hint="职业道德写A，基础知识写B，职业功能依次写1、2、3；工作内容1.2；要素1.2.3；鉴定点1.2.3.1"),
    Field("kind", "类别", SKILL, True, own=KINDS, hint="职业道德、基础知识也选“职业功能”"),
    Field("level", "等级", "五级/初级工", own=LEVELS, hint="只有要素填写；各等级都要求的留空"),
    Field("text", "内容", "能根据工艺卡选择刀具", True, longest=500, hint="职业功能、工作内容填名称，要素填要求全文"),
    Field("weighty", "关键", YES, own=(YES,), hint="标准中带★的关键要求填“是”"),
)
_WEIGHTS = (
    Field("code", "编码", "1", True, "code", 4, hint="与“结构”表中职业功能的编码一致"),
    Field("name", "名称", "加工准备", longest=80, hint="用来核对编码"),
    Field("part", "科目", "理论知识考试", True, choices="weighted_parts"),
    *(Field(f"level_{5 - place}", label, "20", longest=12, hint="百分数，只填数字；标准中为“—”的留空") for place, label in enumerate(LEVELS)),
)
_FORMS = (
    Field("level", "等级", "五级/初级工", True, own=LEVELS),
    Field("part", "科目", "技能考核", True, choices="parts"),
    Field("form", "考试形式", "实际操作", True, longest=80),
    Field("minutes", "时间（分钟）", "90", True, "code", 8),
    Field("candidates_per_assessor", "每名考评人员最多考生数", "5", reads_as="code", longest=8, hint="标准写1∶5的填5；没有规定的留空"),
    Field("least_assessors", "最少考评人员数", "3", reads_as="code", longest=8),
    Field("disagreement_limit", "评分差异上限", "10", reads_as="code", longest=8, hint="两名考评人员评分相差超过几分须另评；没有规定的留空"),
)


def _shape(sheet: str, fields: tuple[Field, ...]) -> Shape:
    optional = tuple(field.header for field in fields if not field.required)
    return Shape(TITLE, sheet, tuple(field.header for field in fields), TEMPLATE, VERSION, optional)


SHEETS: Mapping[str, tuple[Shape, tuple[Field, ...]]] = {
    TREE: (_shape(TREE, _TREE), _TREE),
    WEIGHTS: (_shape(WEIGHTS, _WEIGHTS), _WEIGHTS),
    FORMS: (_shape(FORMS, _FORMS), _FORMS),
}
_INSTRUCTIONS = [
    ("怎样填", "三张表依次填写：结构、权重、考试方式。红底的列必填，灰底的列选填；把鼠标放在表头上有说明和例子。"),
    ("结构", "每项职业功能、工作内容、要素各占一行。职业道德编码A，基础知识编码B，职业功能从1起；下一级在上一级编码后加“.1”。"),
    ("等级", "要素按等级填写，同一编码在不同等级可以有不同要求，技能要求与相关知识要求可以同码。各等级都要求的（职业道德、基础知识）等级留空。"),
    ("权重", "每项职业功能在每个科目占一行，各等级一列。每一列的合计必须正好是100；不考的留空。"),
    ("考试方式", "标准的每个等级、每个科目各一行。时间、考评人员数低于2023年版《规程》的，考试时以《规程》为准。"),
    ("编码列", "整列已设为文本，请按“粘贴为文本”粘贴，否则1.10会变成1.1。"),
    ("不要做的事", "不要合并单元格，不要改表名和表头文字，不要设打开密码，不要插入宏。"),
    ("上传以后", f"先核对：不写入任何内容，每一行都有结果，并退回带“{RESULT_COLUMN}”列的同一份工作簿。全部通过后再写成草稿，提请核准。"),
]


def read_structure(path: Path, choices: Choices) -> Iterator[int | ExistingRow]:
    """This function will give the number of rows at most, then each row as it comes, sheet by sheet. :raises FileRefused:"""
    fields = {shape.sheet: fields for shape, fields in SHEETS.values()}
    for found in read_sheets(path, [shape for shape, _ in SHEETS.values()]):
        if isinstance(found, int):
            yield found
        else:
            shape, row = found
            yield from parse_existing(shape.sheet, fields[shape.sheet], iter([row]), choices)


def structure_workbook(choices: Choices, rows: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """This function will give the workbook, empty or filled: `rows` by the name of the sheet."""
    memory = io.BytesIO()
    sheets = [DataSheet(shape, columns_of(fields, choices), rows.get(name, ())) for name, (shape, fields) in SHEETS.items()]
    write_sheets(memory, sheets, _INSTRUCTIONS, {})
    return memory.getvalue()
