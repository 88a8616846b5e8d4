"""政策支持名单: which template asks for the support that was paid on certificates, and what do its rows say?"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from touchstone.kernel.numbers import half_width, parse_certificate_number
from touchstone.sheets.cleaning import clean_code, clean_date, clean_name, clean_text
from touchstone.sheets.shapes import RESULT_COLUMN, CellSentence, Row, Shape
from touchstone.sheets.templates import TemplateColumn, write_template

NUMBER, NAME, POLICY, REFERENCE, AMOUNT, PAID = "证书编号", "姓名", "支持项目", "发放编号", "金额（元）", "发放日期"
SHAPE = Shape("政策支持名单", "支持", (NUMBER, NAME, POLICY, REFERENCE, AMOUNT, PAID), "support", "2026.1", (), 100_000)
_HIGHEST, _LONGEST = Decimal(1_000_000), 60


@dataclass(frozen=True)
class SupportRow:
    """One payment as it was written."""

    number: int
    certificate: str
    name: str
    policy: str
    reference: str
    amount: Decimal
    paid_on: date


@dataclass(frozen=True)
class SupportOutcome:
    """What was read of one row, or what is wrong with it."""

    number: int
    row: SupportRow | None
    errors: tuple[CellSentence, ...] = ()

    @property
    def sentence(self) -> str:
        """One sentence for the result column; empty when the row could be read."""
        return "；".join(error.sentence.rstrip("。") for error in self.errors) + "。" if self.errors else ""


def support_template() -> bytes:
    """This function will give the blank template."""
    columns = [
        TemplateColumn(NUMBER, True, comment="享受支持所凭的职业技能等级证书编号，22位", width=26),
        TemplateColumn(NAME, True, comment="持证人姓名，与证书核对", width=14),
        TemplateColumn(POLICY, True, comment="例如：技能提升补贴", width=20),
        TemplateColumn(REFERENCE, True, comment="发放单位的编号，每笔一个，不重复", width=22),
        TemplateColumn(AMOUNT, True, comment="填数字，最多两位小数", width=14),
        TemplateColumn(PAID, True, comment="例如 2026-05-20", width=14),
    ]
    lines = [
        ("怎样填", "在“支持”表里从第2行起，每笔一行。红底的列必填。"),
        ("先核对", "上传时先“仅核对”，看逐行结果，不登记任何一笔；没有问题再登记。"),
        ("上传以后", f"有问题的行在末尾的“{RESULT_COLUMN}”列写明原因，其余各行照常登记；同一发放编号再次上传不会重复登记。"),
    ]
    memory = io.BytesIO()
    write_template(memory, SHAPE, columns, lines, {})
    return memory.getvalue()


def parse_support(rows: Iterable[Row]) -> Iterator[SupportOutcome]:
    """This function will read every row; the same reference twice is told at the second."""
    seen: dict[str, int] = {}
    for row in rows:
        outcome = _parse(row)
        if outcome.row is not None:
            first = seen.setdefault(outcome.row.reference, row.number)
            if first != row.number:
                outcome = SupportOutcome(row.number, None, (CellSentence(REFERENCE, f"与第{first}行的发放编号相同，请删去其中一行。"),))
        yield outcome


def _parse(row: Row) -> SupportOutcome:
    errors = list(row.faults)
    number, reference, amount = (clean_code(row.values.get(column, "")).text for column in (NUMBER, REFERENCE, AMOUNT))
    name, policy = clean_name(row.values.get(NAME, "")).text, clean_text(row.values.get(POLICY, "")).text
    try:
        number = str(parse_certificate_number(number))
    except ValueError as error:
        errors.append(CellSentence(NUMBER, f"证书编号：{error}" if number else "证书编号没有填写。"))
    for column, text in ((NAME, name), (POLICY, policy), (REFERENCE, reference)):
        if not text or len(text) > _LONGEST:
            errors.append(CellSentence(column, f"{column}太长。" if text else f"{column}没有填写。"))
    paid, found = _amount(amount), None
    if paid is None:
        errors.append(CellSentence(AMOUNT, f"金额“{amount[:20]}”应为0以上、{_HIGHEST:,}以内的数，最多两位小数。"))
    try:
        found = date.fromisoformat(clean_date(row.values.get(PAID, "")).text)
    except ValueError:
        errors.append(CellSentence(PAID, "发放日期没有填写或者读不出来，请写成 2026-05-20 的样子。"))
    if errors or paid is None or found is None:
        return SupportOutcome(row.number, None, tuple(errors))
    return SupportOutcome(row.number, SupportRow(row.number, number, name, policy, reference, paid, found))


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(half_width(text).replace(",", "").removesuffix("元"))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount <= _HIGHEST and amount == amount.quantize(Decimal("0.01")) else None
