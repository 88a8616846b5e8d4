"""存量模板: the workbook in which an office writes down what is filed today."""

import io

from touchstone.sheets.existing import Choices
from touchstone.sheets.existing_fields import SHEETS, Field
from touchstone.sheets.shapes import RESULT_COLUMN
from touchstone.sheets.templates import DataSheet, TemplateColumn, write_sheets

_INSTRUCTIONS = [
    (
        "怎样填",
        "四张表依次填写：机构、考核点、备案、评价范围，用“统一社会信用代码”对应。红底的列必填，灰底的列选填；把鼠标放在表头上有说明和例子。",
    ),
    (
        "填什么",
        "填今天仍在有效期内的备案（含暂停评价的），按原样填写；已经期满的也可以填，作为历史备案装入，只供查询。"
        "2024年5月1日以前备案的也照原样装入，从下一次变更或续期起适用新规定。",
    ),
    ("信用代码", "整列已设为文本，请按“粘贴为文本”粘贴。以数字格式存放的号码末几位会丢失，系统会退回该行。"),
    ("日期", "2024-01-05、2024/1/5、2024年1月5日、20240105和Excel日期都能读。“有效期至”是最后一天。"),
    ("等级", "一个职业的几个等级可以写在一行，用顿号隔开，如“五级、四级、三级”。考核点不同的，每个考核点一行。"),
    ("站点序列码", "机构已经发过证书的，务必填写原来的六位站点序列码（证书编号第8至13位），否则新证书的编号会变。"),
    ("不要做的事", "不要合并单元格，不要改表名和表头文字，不要设打开密码，不要插入宏。可以加自己的列，系统不读取。"),
    (
        "上传以后",
        f"先试运行：不写入任何内容，每一行都有结果，并退回带“{RESULT_COLUMN}”列的同一份工作簿。核对无误再正式装入；发现错误可以整份撤销。",
    ),
    ("一次多少行", "每张表最多20,000行，可以分几份装；已经装入的机构和备案再次出现时不会重复。"),
]


def existing_template(choices: Choices) -> bytes:
    """This function will give the template with its four sheets and drop-downs."""
    memory = io.BytesIO()
    sheets = [DataSheet(shape, columns_of(fields, choices)) for shape, fields in SHEETS.values()]
    write_sheets(memory, sheets, _INSTRUCTIONS, {})
    return memory.getvalue()


def columns_of(fields: tuple[Field, ...], choices: Choices) -> tuple[TemplateColumn, ...]:
    """This function will give the columns of one sheet."""
    return tuple(_column(one, choices) for one in fields)


def _column(one: Field, choices: Choices) -> TemplateColumn:
    return TemplateColumn(
        header=one.header,
        required=one.required,
        options=choices[one.choices] if one.choices else one.own,
        comment=f"{'必填' if one.required else '选填'}。{one.hint + '。' if one.hint else ''}例：{one.example}",
        width=max(12, min(30, 2 * len(one.example)), 2 * len(one.header) + 2),
    )
