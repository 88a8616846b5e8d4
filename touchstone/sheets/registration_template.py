"""报名模板: the workbook that a body downloads for one plan."""

import io
from collections.abc import Sequence

from touchstone.sheets.registration_fields import FIELDS, SHAPE, Field, PlanOptions
from touchstone.sheets.shapes import RESULT_COLUMN
from touchstone.sheets.templates import TemplateColumn, write_template

_WIDTHS = {"id_number": 22, "condition": 36, "occupation": 20, "experience": 40, "employer": 26, "registering_body": 26}
_KEYS = tuple(field.key for field in FIELDS)


def registration_template(options: PlanOptions, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """This function will give the 33-column template of one plan; `rows` (texts, in column order) prefill it."""
    memory = io.BytesIO()
    columns = [_column(field, options) for field in FIELDS]
    write_template(memory, SHAPE, columns, _instructions(options), {"plan": options.plan_number}, rows)
    return memory.getvalue()


def _column(field: Field, options: PlanOptions) -> TemplateColumn:
    return TemplateColumn(
        header=field.header,
        required=field.required,
        options=options.of(field),
        comment=f"{'必填' if field.required else '有证书时必填' if field.when_certified else '选填'}。例：{field.example}",
        width=_WIDTHS.get(field.key, max(11, 2 * len(field.header) + 2)),
    )


def _instructions(options: PlanOptions) -> list[tuple[str, str]]:
    return [
        (
            "怎样填",
            "在“报名信息”表里从第2行起每人一行。红底的列必填，灰底的列选填；“是否有职业资格证书”填“是”时，证书等级和证书编号也要填。",
        ),
        ("本计划的职业", "、".join(options.occupations)),
        ("本计划的等级", "、".join(options.levels)),
        (
            "证件号码",
            "整列已设为文本，请直接输入或按“粘贴为文本”粘贴。以数字格式存放的18位号码末几位会丢失，系统会退回该行。末位x自动改为X。",
        ),
        (
            "日期",
            "2024-01-05、2024/1/5、2024年1月5日、20240105和Excel日期都能读；写成01/05/2024会退回，因为分不清月和日。",
        ),
        ("姓名", "与证件完全一致。少数民族姓名中间用“·”；生僻字请照证件输入，不要用问号或拼音代替。"),
        ("不要做的事", "不要合并单元格，不要改表头文字，不要设打开密码，不要插入宏。可以加自己的列，系统不读取。"),
        (
            "上传以后",
            f"系统逐行核对。有问题的行会在同一份工作簿末尾的“{RESULT_COLUMN}”列写明原因，改好后整份再传即可，已通过的行不会重复。",
        ),
        ("一次多少人", f"一份最多{SHAPE.max_rows:,}行。"),
    ]


def row_texts(values: dict[str, str]) -> list[str]:
    """This function will put texts given by key or by header into the order of the columns."""
    return [values.get(key, values.get(field.header, "")) for key, field in zip(_KEYS, FIELDS, strict=True)]
