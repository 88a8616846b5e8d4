"""证书数据行: what does this row of certificate data say, and what is wrong with it before anything else is asked?"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from touchstone.sheets.certificate_fields import FIELDS, SHAPE, Field
from touchstone.sheets.cleaning import Cleaned, Unreadable, clean_code, clean_date, clean_name, clean_text
from touchstone.sheets.existing_fields import LEVELS
from touchstone.sheets.options import choose, level_of
from touchstone.sheets.scores import read_score
from touchstone.sheets.shapes import RESULT_COLUMN, CellSentence, Row
from touchstone.sheets.templates import TemplateColumn, write_template

_CLEANERS = {"text": clean_text, "name": clean_name, "code": clean_code, "level": clean_text, "mark": clean_code}
_INSTRUCTIONS = [
    ("怎样填", "一行一张证书。红底的列必填，灰底的列选填；把鼠标放在表头上有说明和例子。"),
    ("填什么", "只填本机构核发的职业技能等级证书。企业标准证书不上传全国联网查询，不要填在这里。"),
    ("证件号码", "整列已设为文本，请按“粘贴为文本”粘贴。以数字格式存放的号码末几位会丢失，系统会退回该行。"),
    ("成绩", "填平台登记的成绩，与成绩册一致；每科都要达到合格线。"),
    ("不要做的事", "不要合并单元格，不要改表名和表头文字，不要设打开密码，不要插入宏。可以加自己的列，系统不读取。"),
    ("上传以后", f"逐行核对备案范围、标准、计划、考核点、考评人员、考生、证件、成绩和公示，并退回带“{RESULT_COLUMN}”列的同一份工作簿。"),
    ("一次多少行", "最多20,000行，可以分几份上传；同一张证书不会收两次。"),
]


@dataclass(frozen=True)
class CertificateRow:
    """One row as read: its values by the keys of the fields, and every fault found in reading it."""

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: tuple[CellSentence, ...] = ()

    @property
    def sentence(self) -> str:
        """Every fault in one sentence; empty when the row could be read."""
        return "；".join(error.sentence.rstrip("。") for error in self.errors) + "。" if self.errors else ""

    def text(self, key: str) -> str:
        """This method will give a value as text; "" for what was left empty or could not be read."""
        return str(self.values.get(key) or "")


def template(rows: Iterable[Mapping[str, Any]] = ()) -> bytes:
    """This function will give the workbook to be filled, prefilled with rows where given."""
    memory = io.BytesIO()
    lines = [[_written(row.get(one.key)) for one in FIELDS] for row in rows]
    write_template(memory, SHAPE, [_column(one) for one in FIELDS], _INSTRUCTIONS, {}, lines)
    return memory.getvalue()


def _written(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _column(one: Field) -> TemplateColumn:
    comment = f"{'必填' if one.required else '选填'}。{one.hint + '。' if one.hint else ''}例：{one.example}"
    return TemplateColumn(one.header, one.required, one.options, comment, max(12, len(one.example) + 4, 2 * len(one.header) + 2))


def parse_certificates(rows: Iterable[Row]) -> Iterator[CertificateRow]:
    """This function will read every row and find all its faults at once, not only the first."""
    for row in rows:
        yield read_row(row.number, {one.key: row.values.get(one.header, "") for one in FIELDS}, row.faults)


def read_row(number: int, told: Mapping[str, Any], faults: Iterable[CellSentence] = ()) -> CertificateRow:
    """This function will read one row told by the keys of the fields, in whatever way people write."""
    errors, values = list(faults), {}
    lost = {fault.column for fault in errors}
    for one in FIELDS:
        if one.header in lost:
            continue
        try:
            values[one.key] = _value(one, _clean(one, _written(told.get(one.key))).text)
        except Unreadable as fault:
            named = fault.sentence if one.header in fault.sentence else f"“{one.header}”：{fault.sentence}"
            errors.append(CellSentence(one.header, named))
    return CertificateRow(number, values, tuple(errors))


def _clean(one: Field, text: str) -> Cleaned:
    if one.reads_as == "date":
        return clean_date(text) if text.strip() else Cleaned("")
    return _CLEANERS[one.reads_as](text)


def _value(one: Field, text: str) -> str | date | Decimal | int | None:
    """The typed value. :raises Unreadable: with the sentence for the row."""
    if not text:
        if one.required:
            raise Unreadable(f"“{one.header}”没有填写，请补上。")
        return None if one.reads_as in {"date", "mark"} else ""
    if len(text) > one.longest:
        raise Unreadable(f"“{one.header}”有{len(text)}个字，超过{one.longest}个字的上限，请核对。")
    if one.reads_as == "level":
        label = level_of(text)
        if label is None:
            raise Unreadable(f"“{one.header}”填的“{text[:20]}”读不懂，请从下拉表中选择。")
        return 5 - LEVELS.index(label)
    if one.reads_as == "mark":
        return read_score(one.header, text)
    if one.reads_as == "date":
        return date.fromisoformat(text)
    if one.options:
        chosen = choose(text, one.options)
        if chosen is None:
            raise Unreadable(f"“{one.header}”填的“{text[:20]}”不在选项内，请从下拉表中选择（{'、'.join(one.options[:3])}等）。")
        return chosen
    return text
