"""职业目录导入: which occupations does this CSV or workbook list, and which rows are wrong?

Shape: a header row with at least `code` and `name` (职业编码, 职业名称 are understood too); further columns are kept as they are.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from touchstone.sheets.child import DEFAULT_LIMITS, Limits, read_rows
from touchstone.sheets.cleaning import clean_code, clean_text
from touchstone.sheets.refusals import NotAWorkbook, TooManyRows, WrongLayout
from touchstone.sheets.shapes import CellSentence, Row, Shape

_CODE = re.compile(r"\d-\d{2}-\d{2}-\d{2}", re.ASCII)
_ALIASES = {"职业编码": "code", "职业代码": "code", "编码": "code", "代码": "code", "职业名称": "name", "名称": "name"}
EXTRA = ("flag", "major", "mid_code", "mid_name", "minor_code", "minor_name", "gbm")
_MAX_ROWS = 20_000
_ENGLISH = Shape("职业目录", "职业目录", ("code", "name", *EXTRA), optional_columns=EXTRA, max_rows=_MAX_ROWS)
_CHINESE = Shape("职业目录", "职业目录", ("职业编码", "职业名称"), max_rows=_MAX_ROWS)


@dataclass(frozen=True)
class OccupationRow:
    """One occupation of the catalogue; `extra` holds the other columns."""

    number: int
    code: str
    name: str
    extra: dict[str, str]


@dataclass(frozen=True)
class OccupationOutcome:
    """What became of one row."""

    number: int
    row: OccupationRow | None
    errors: tuple[CellSentence, ...] = ()


def read_occupations(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[OccupationOutcome]:
    """This function will read a catalogue by its ending, .csv or .xlsx, with an outcome per row. :raises FileRefused:"""
    if path.suffix.lower() == ".csv":
        return list(parse_occupations(csv_rows(path.read_bytes())))
    try:
        with read_rows(path, _ENGLISH, limits) as reading:
            return list(parse_occupations(reading.rows))
    except WrongLayout:
        with read_rows(path, _CHINESE, limits) as reading:
            return list(parse_occupations(reading.rows))


def csv_rows(content: bytes) -> Iterator[Row]:
    """This function will read a CSV in UTF-8 (with or without mark) or GB 18030. :raises FileRefused:"""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise NotAWorkbook("文件不是文本，读不出文字。请另存为“CSV UTF-8（逗号分隔）”后再上传。") from None
    if "\x00" in text:
        raise NotAWorkbook("文件不是CSV文本，可能只是改了名字。请另存为“CSV UTF-8（逗号分隔）”后再上传。")
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        lines = list(islice(reader, _MAX_ROWS + 2))
    except csv.Error:
        raise NotAWorkbook("CSV的引号或分隔符有错，读不下去。请另存为“CSV UTF-8（逗号分隔）”后再上传。") from None
    if len(lines) > _MAX_ROWS + 1:
        raise TooManyRows(f"数据超过{_MAX_ROWS:,}行。请分成几份上传。")
    headers = [header.strip() for header in lines[0]] if lines else []
    known = {_ALIASES.get(header, header) for header in headers}
    if not {"code", "name"} <= known:
        raise WrongLayout("没有找到“职业编码”（code）和“职业名称”（name）两列。请在第一行写明列名，再上传。")
    for number, line in enumerate(lines[1:], 2):
        if any(cell.strip() for cell in line):
            yield Row(number, dict(zip(headers, line, strict=False)))


def parse_occupations(rows: Iterable[Row]) -> Iterator[OccupationOutcome]:
    """This function will check code grammar, names and repeats."""
    seen: dict[str, int] = {}
    for row in rows:
        values = {_ALIASES.get(key, key): value for key, value in row.values.items()}
        code, name = clean_code(values.pop("code", "")).text, clean_text(values.pop("name", "")).text
        errors = list(row.faults)
        if not _CODE.fullmatch(code):
            errors.append(CellSentence("code", f"职业编码“{code[:20]}”应为4-03-02-01的样子，请核对。"))
        elif seen.setdefault(code, row.number) != row.number:
            errors.append(CellSentence("code", f"职业编码{code}与第{seen[code]}行重复，请删去其中一行。"))
        if not 1 <= len(name) <= 100:
            errors.append(CellSentence("name", "职业名称没有填写，请补上。" if not name else "职业名称超过100个字，请缩短。"))
        if errors:
            yield OccupationOutcome(row.number, None, tuple(errors))
        else:
            yield OccupationOutcome(row.number, OccupationRow(row.number, code, name, {k: v.strip() for k, v in values.items()}))
