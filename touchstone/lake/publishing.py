"""公布: how do rows of the operational store become Parquet files, so that a reader sees a whole month or the one before?"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from touchstone.lake.indices import LENGTH
from touchstone.lake.tables import INDICES, TABLES, Table, wall_clock

CHUNK = 50_000
FILE = "rows.parquet"
_MONTH = re.compile(r"\d{4}-\d{2}")
_INDEX = re.compile(rf"[0-9a-f]{{{LENGTH}}}")
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


class NotPublishable(ValueError):
    """A row that must not or cannot be published."""


def publish(table: str, rows: Iterable[Mapping[str, Any]], folder: Path, month: str = "") -> int:
    """This function will write the rows of a table and month in place of those that stand there, and give their number.

    Rows are taken by the way, so that a month of any size needs little memory. A month without rows leaves no file.
    :raises NotPublishable: for an unknown column, a raw identity number, or a person's column that holds no index; what stands is kept.
    """
    shape = TABLES[table]
    if month and not _MONTH.fullmatch(month):
        raise NotPublishable(f"“{month}”不是月份，应为2024-05的形式。")
    if bool(month) != bool(shape.month_of):
        raise NotPublishable(f"{shape.title}表{'按月公布' if shape.month_of else '不分月份'}。")
    target = month_file(table, folder, month)
    target.parent.mkdir(parents=True, exist_ok=True)
    # A dot in front: readers pass over it, so a run that was killed leaves nothing that counts.
    waiting = target.with_name(f".{FILE}.{os.getpid()}")
    try:
        count = _write(shape, rows, waiting)
        if count:
            os.replace(waiting, target)
        else:
            target.unlink(missing_ok=True)
        _sync(target.parent)
    finally:
        waiting.unlink(missing_ok=True)
    return count


def tables_in(folder: Path) -> dict[str, Path]:
    """This function will give the published tables of a folder by name; one without a single file is left out."""
    return {name: folder / name for name in TABLES if any((folder / name).glob(f"**/{FILE}"))}


def months_of(table: str, folder: Path) -> tuple[str, ...]:
    """This function will give the months that are published, in order."""
    return tuple(sorted(path.parent.name.removeprefix("month=") for path in (folder / table).glob(f"month=*/{FILE}")))


def month_file(table: str, folder: Path, month: str) -> Path:
    """This function will say where the rows of a table and month lie; those of a table without months under no month."""
    return folder / table / (f"month={month}" if month else "") / FILE


def _write(shape: Table, rows: Iterable[Mapping[str, Any]], target: Path) -> int:
    count = 0
    with pq.ParquetWriter(target, shape.schema, compression="zstd") as writer:
        for chunk in _chunks(rows):
            _check(shape, chunk)
            try:
                batch = pa.Table.from_pylist([_stored(row) for row in chunk], schema=shape.schema)
            except (pa.ArrowInvalid, pa.ArrowTypeError) as fault:
                raise NotPublishable(f"{shape.title}表的行不合其列：{fault}") from fault
            writer.write_table(batch)
            count += len(chunk)
    with target.open("rb") as written:
        os.fsync(written.fileno())
    return count


def _chunks(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    flow = iter(rows)
    while chunk := list(islice(flow, CHUNK)):
        yield chunk


def _stored(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: wall_clock(value) if isinstance(value, datetime) else value for name, value in row.items()}


def _check(shape: Table, chunk: list[Mapping[str, Any]]) -> None:
    allowed = set(shape.published)
    for row in chunk:
        if unknown := set(row) - allowed:
            raise NotPublishable(f"{shape.title}表没有列：{'、'.join(sorted(unknown))}。")
        for name, value in row.items():
            if not isinstance(value, str):
                continue
            if name in INDICES:
                if not _INDEX.fullmatch(value):
                    raise NotPublishable(f"{shape.title}表的{name}只能是加盐索引。")
            elif _ID_NUMBER.search(value):
                raise NotPublishable(f"{shape.title}表的{name}像是证件号码，不得公布。")


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
