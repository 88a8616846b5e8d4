"""评分表模板: which template does a body fill with scoring points, and what do its rows say?"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from touchstone.sheets.cleaning import clean_code, clean_text
from touchstone.sheets.shapes import CellSentence, Row, Shape
from touchstone.sheets.templates import TemplateColumn, write_template

STEP, WORDS, POINTS, RULE = "考核步骤", "评分点", "分值", "扣分办法"
SHAPE = Shape("评分表", "评分点", (STEP, WORDS, POINTS, RULE), "scoring_sheet", "2026.1", (STEP, RULE), 200)


@dataclass(frozen=True)
class ScoringRow:
    """One scoring point as it was read, or what is wrong with it."""

    number: int
    group: str
    words: str
    points: Decimal
    rule: str
    errors: tuple[CellSentence, ...] = ()


def scoring_template(rows: Sequence[Sequence[str]]) -> bytes:
    """This function will give the template of a scoring sheet, prefilled with the points that stand (step, point, full points, rule)."""
    columns = [
        TemplateColumn(STEP, width=18),
        TemplateColumn(WORDS, True, width=44),
        TemplateColumn(POINTS, True, comment="大于0，最多一位小数；各行合计100分", width=10),
        TemplateColumn(RULE, width=40),
    ]
    lines = [
        ("怎样填", "一行一个评分点：写明看什么、满分多少分、怎样扣分。各行分值合计100分。"),
        ("上传以后", "有一行不对，整份不采用，并说明是哪一行；开考以后不能再改。"),
    ]
    memory = io.BytesIO()
    write_template(memory, SHAPE, columns, lines, {}, rows)
    return memory.getvalue()


def parse_scoring(rows: Iterable[Row]) -> Iterator[ScoringRow]:
    """This function will read every row."""
    for row in rows:
        errors = list(row.faults)
        group, words, rule = (clean_text(row.values.get(column, "")).text for column in (STEP, WORDS, RULE))
        text = clean_code(row.values.get(POINTS, "")).text.removesuffix("分")
        if not words:
            errors.append(CellSentence(WORDS, "没有填写评分点。"))
        try:
            points = Decimal(text)
        except InvalidOperation:
            points = Decimal(0)
        if not points.is_finite() or points <= 0:
            errors.append(CellSentence(POINTS, f"分值“{text[:10]}”应为大于0的数。"))
            points = Decimal(0)
        yield ScoringRow(row.number, group, words, points, rule, tuple(errors))
