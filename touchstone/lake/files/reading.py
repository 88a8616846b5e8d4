"""读文件: how does a CSV, Parquet or Excel file become rows of text that keep their row number, in little memory?"""

# ruff: noqa: S608 - names and texts are quoted by `quoted` and `literal` wherever they enter a statement

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from touchstone.lake.files.columns import BY_HEADER, plain

ROW = "行号"
SUFFIXES = (".csv", ".txt", ".tsv", ".parquet", ".xlsx", ".xls", ".xlsb", ".ods")
_CHUNK, _BLOCK = 20_000, 1 << 20
_EXACT = 10**15


class FileUnreadable(ValueError):
    """A file that cannot be read as a table, with what to do."""


@dataclass(frozen=True)
class Prepared:
    """The file as Parquet: every column as text under its own header, and 行号 as people count rows in the file."""

    path: Path
    headers: tuple[str, ...]


def prepare(source: Path, folder: Path, connection: duckdb.DuckDBPyConnection) -> Prepared:
    """This function will read the file into `folder`. :raises FileUnreadable: when it is no table of a kind we read."""
    if not source.is_file():
        raise FileUnreadable(f"没有文件{source}。")
    suffix, target = source.suffix.lower(), folder / "rows.parquet"
    if suffix in {".csv", ".txt", ".tsv"}:
        _from_csv(source, target, folder, connection)
    elif suffix == ".parquet":
        _from_parquet(source, target, connection)
    elif suffix in SUFFIXES:
        _from_workbook(source, target)
    else:
        raise FileUnreadable(f"不支持“{suffix or '没有后缀'}”文件，请另存为 CSV、Parquet 或 Excel（xlsx）。")
    return Prepared(target, tuple(name for name in pq.read_schema(target).names if name != ROW))


def quoted(name: str) -> str:
    """This function will quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """This function will quote a text for SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def copy(select: str, target: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """This function will write what a statement selects as Parquet."""
    connection.execute(f"COPY ({select}) TO {literal(target)} (FORMAT parquet, COMPRESSION zstd)")


def _from_csv(source: Path, target: Path, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
    readable = _in_utf8(source, folder)
    try:
        # The first line is the header, so the first row of a person's editor that counts is the second.
        copy(
            f"SELECT row_number() OVER () + 1 AS {quoted(ROW)}, * FROM read_csv({literal(readable)}, header=true, all_varchar=true, "
            "null_padding=true, quote='\"', escape='\"', max_line_size=1000000)",
            target, connection,
        )  # fmt: skip
    except duckdb.Error as fault:
        raise FileUnreadable(f"不是可以读取的 CSV 文件：{str(fault).splitlines()[0]}") from fault


def _in_utf8(source: Path, folder: Path) -> Path:
    """The file itself if it is UTF-8, else a copy read as GB 18030, as Excel writes in Chinese."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
            return source
        except UnicodeDecodeError:
            pass
    utf8 = folder / "utf8.csv"
    try:
        with source.open(encoding="gb18030", newline="") as file, utf8.open("w", encoding="utf-8", newline="") as written:
            while text := file.read(_BLOCK):
                written.write(text)
    except UnicodeDecodeError:
        raise FileUnreadable("文件的编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8 编码的 CSV。") from None
    return utf8


def _from_parquet(source: Path, target: Path, connection: duckdb.DuckDBPyConnection) -> None:
    try:
        names = pq.read_schema(source).names
        shown = ", ".join(f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name)}" for name in names)
        copy(f"SELECT row_number() OVER () AS {quoted(ROW)}, {shown} FROM read_parquet({literal(source)})", target, connection)
    except (pa.ArrowInvalid, duckdb.Error) as fault:
        raise FileUnreadable(f"不是可以读取的 Parquet 文件：{str(fault).splitlines()[0]}") from fault


def _from_workbook(source: Path, target: Path) -> None:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(source))
        sheet = book.get_sheet_by_index(0)
        lines = enumerate(sheet.iter_rows(), sheet.start[0] + 1 if sheet.start else 1)
        _write_lines(lines, target)
    except (CalamineError, OSError) as fault:
        raise FileUnreadable(f"不是可以读取的 Excel 文件：{fault}") from fault


def _write_lines(lines: Iterator[tuple[int, list[Any]]], target: Path) -> None:
    headers: list[str] = []
    for _, line in lines:
        shown = [_text(cell) or "" for cell in line]
        # A template may have a title and remarks above its headers.
        if sum(plain(text) in BY_HEADER for text in shown) >= 3:
            headers = [text or f"第{n}列" for n, text in enumerate(shown, 1)]
            break
    if not headers:
        raise FileUnreadable("第一张工作表里没有找到列名一行。")
    schema = pa.schema([(ROW, pa.int64()), *((name, pa.string()) for name in headers)])
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        chunk: list[list[Any]] = []
        for number, line in lines:
            cells = [_text(cell) for cell in line][: len(headers)]
            if any(cells):
                chunk.append([number, *cells, *[None] * (len(headers) - len(cells))])
            if len(chunk) == _CHUNK:
                writer.write_table(_table(chunk, schema))
                chunk = []
        writer.write_table(_table(chunk, schema))


def _table(chunk: list[list[Any]], schema: pa.Schema) -> pa.Table:
    columns = zip(*chunk, strict=True) if chunk else [[] for _ in schema]
    return pa.Table.from_arrays([pa.array(list(values), field.type) for values, field in zip(columns, schema, strict=True)], schema=schema)


def _text(cell: Any) -> str | None:
    """A cell as the person sees it: a day without its midnight, a whole number without .0."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell == int(cell) and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, float) and abs(cell) >= _EXACT:
        return f"{cell:.0f}"
    return str(cell).strip() or None
