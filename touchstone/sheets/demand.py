"""需求表: which template asks for demand figures, and what do its rows say?"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from touchstone.sheets.cleaning import clean_code, clean_text
from touchstone.sheets.options import choose
from touchstone.sheets.shapes import RESULT_COLUMN, CellSentence, Row, Shape
from touchstone.sheets.templates import TemplateColumn, write_template

CODE, NAME, DISTRICT, YEAR, PEOPLE, SOURCE = "职业编码", "职业名称", "区", "年度", "年需求人数", "来源"
SHAPE = Shape("技能评价需求表", "需求", (CODE, NAME, DISTRICT, YEAR, PEOPLE, SOURCE), "demand", "2026.1", (NAME,), 5000)
MOST_PEOPLE = 10_000_000


@dataclass(frozen=True)
class DemandRow:
    """One figure as it was written: `district` is one of the offered words."""

    number: int
    code: str
    name: str
    district: str
    year: int
    people: int
    source: str


@dataclass(frozen=True)
class DemandOutcome:
    """What was read of one row, or what is wrong with it."""

    number: int
    row: DemandRow | None
    errors: tuple[CellSentence, ...] = ()

    @property
    def sentence(self) -> str:
        """One sentence for the result column; empty when the row could be read."""
        return "；".join(error.sentence.rstrip("。") for error in self.errors) + "。" if self.errors else ""


def demand_template(districts: Sequence[str], year: int) -> bytes:
    """This function will give the blank template; `districts` are the words the drop-down offers."""
    columns = [
        TemplateColumn(CODE, True, comment="按职业分类大典填写，例如 4-03-02-01", width=16),
        TemplateColumn(NAME, comment="可以不填；填写的会与编码核对", width=24),
        TemplateColumn(DISTRICT, True, options=tuple(districts), width=14),
        TemplateColumn(YEAR, True, comment=f"例如 {year}", width=10),
        TemplateColumn(PEOPLE, True, comment="这一年希望参加评价的人数，填整数", width=14),
        TemplateColumn(SOURCE, True, comment="这个数从哪里来，例如：行业用工调查", width=36),
    ]
    lines = [
        ("怎样填", "在“需求”表里从第2行起，每个职业、区、年度一行。红底的列必填。同一职业、区、年度已有的数，以新填的为准，原来的数留有记录。"),
        ("区", "从下拉表中选择。全市合计的数选“全市”；各区的数和全市的数可以都填，看全市时用全市的数。"),
        ("来源", "写明数字的来源，例如“2026年行业用工调查”，便于核对。"),
        ("上传以后", f"系统逐行核对，有问题的行在末尾的“{RESULT_COLUMN}”列写明原因，其余各行照常登记；改好后整份再传即可。"),
    ]
    memory = io.BytesIO()
    write_template(memory, SHAPE, columns, lines, {})
    return memory.getvalue()


def parse_demand(rows: Iterable[Row], districts: Sequence[str]) -> Iterator[DemandOutcome]:
    """This function will read every row; the same occupation, district and year twice is told at the second."""
    seen: dict[tuple[str, str, int], int] = {}
    for row in rows:
        outcome = _parse(row, tuple(districts))
        if outcome.row is not None:
            key = (outcome.row.code, outcome.row.district, outcome.row.year)
            first = seen.setdefault(key, row.number)
            if first != row.number:
                outcome = DemandOutcome(row.number, None, (CellSentence(CODE, f"与第{first}行的职业、区、年度相同，请删去其中一行。"),))
        yield outcome


def _parse(row: Row, districts: tuple[str, ...]) -> DemandOutcome:
    errors = list(row.faults)
    code, year, people = (clean_code(row.values.get(column, "")).text for column in (CODE, YEAR, PEOPLE))
    name, source = (clean_text(row.values.get(column, "")).text for column in (NAME, SOURCE))
    wanted = clean_text(row.values.get(DISTRICT, "")).text
    district = choose(wanted, districts)
    if not code:
        errors.append(CellSentence(CODE, "职业编码没有填写。"))
    if district is None:
        said = f"区“{wanted[:20]}”不在可填的范围内" if wanted else "区没有填写"
        errors.append(CellSentence(DISTRICT, f"{said}，请从下拉表中选择，全市合计的请选“全市”。"))
    year, people = year.removesuffix("年"), people.replace(",", "").removesuffix("人")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        errors.append(CellSentence(YEAR, f"年度“{year[:20]}”应为四位数的年份。"))
    if not (people.isascii() and people.isdigit() and len(people) <= 8 and int(people) <= MOST_PEOPLE):
        errors.append(CellSentence(PEOPLE, f"年需求人数“{people[:20]}”应为整数，且不超过{MOST_PEOPLE:,}。"))
    if not source:
        errors.append(CellSentence(SOURCE, "来源没有填写，请写明数字的来源。"))
    if errors or district is None:
        return DemandOutcome(row.number, None, tuple(errors))
    return DemandOutcome(row.number, DemandRow(row.number, code, name, district, int(year), int(people), source[:200]))
