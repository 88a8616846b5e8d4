"""公布的表: which tables does the store publish for comparison, with which columns?

One Parquet file per table and month. Whatever names a person is a salted index (64 hexadecimal places); a raw identity number never comes
here. Days are local days, moments local wall-clock time. Every table has `row_id`, by which a hit names a row, and `changed_at`, by
which a comparison of what has changed finds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

TEXT, DAY, MOMENT, WHOLE, FLAG, SCORE = pa.string(), pa.date32(), pa.timestamp("us"), pa.int64(), pa.bool_(), pa.decimal128(5, 1)
INDICES = frozenset({"holder", "name_index", "phone", "address", "photo", "sign_device", "answer_device", "assessor", "entered_by"})
"""Columns that may hold nothing but a salted index."""


@dataclass(frozen=True)
class Table:
    """The shape of a published table. `only_in_files` are columns that a file under check has and the published table never."""

    name: str
    title: str
    columns: Mapping[str, pa.DataType]
    month_of: str = ""
    only_in_files: frozenset[str] = field(default=frozenset())

    @property
    def schema(self) -> pa.Schema:
        """The columns as a Parquet file has them."""
        return pa.schema(list(self.columns.items()))

    @property
    def published(self) -> tuple[str, ...]:
        """The columns that the store may publish."""
        return tuple(name for name in self.columns if name not in self.only_in_files)


def _table(name: str, title: str, month_of: str = "", files: tuple[str, ...] = (), /, **columns: pa.DataType) -> Table:
    return Table(name, title, {"row_id": TEXT, **columns, "changed_at": MOMENT}, month_of, frozenset(files))


_ALL = (
    _table(
        "certificates", "证书", "issued_on",
        ("address", "total", "id_kind", "id_number", "sex", "stated_prefix", "cell_faults", "empty_cells"),
        number=TEXT, holder=TEXT, name_index=TEXT, birthday=DAY, body=TEXT, occupation_code=TEXT, occupation_name=TEXT, trade_name=TEXT,
        level=TEXT, issued_on=DAY, examined_on=DAY, notice_until=DAY, theory=SCORE, practical=SCORE, panel=SCORE, total=SCORE, plan_number=TEXT,
        valid=FLAG, appointed=FLAG, phone=TEXT, address=TEXT, photo=TEXT,
        id_kind=TEXT, id_number=TEXT, sex=TEXT, stated_prefix=TEXT, cell_faults=TEXT, empty_cells=TEXT,
    ),
    _table(
        "candidates", "考生", "registered_on",
        candidate_number=TEXT, holder=TEXT, plan_number=TEXT, body=TEXT, ground=TEXT, employer=TEXT, school=TEXT, registered_on=DAY,
        earlier_number=TEXT,
    ),
    _table(
        "attendances", "到考", "held_on",
        sitting=TEXT, plan_number=TEXT, body=TEXT, venue=TEXT, candidate_number=TEXT, holder=TEXT, present=FLAG, held_on=DAY, starts_at=MOMENT,
        ends_at=MOMENT, signed_at=MOMENT, sign_device=TEXT, answer_device=TEXT,
    ),
    _table(
        "sittings", "场次", "held_on",
        sitting=TEXT, plan_number=TEXT, body=TEXT, venue=TEXT, room=TEXT, part=TEXT, held_on=DAY, starts_at=MOMENT, ends_at=MOMENT, seats=WHOLE,
    ),
    _table(
        "scores", "登分", "held_on",
        candidate_number=TEXT, plan_number=TEXT, part=TEXT, value=SCORE, held_on=DAY, entered_at=MOMENT, entered_by=TEXT,
    ),
    _table(
        "plans", "认定计划", "",
        plan_number=TEXT, body=TEXT, first_day=DAY, last_day=DAY, notice_until=DAY, registered=WHOLE,
    ),
    _table("bodies", "评价机构", "", body=TEXT, name=TEXT, prefix=TEXT, district=TEXT),
    _table("scope", "备案范围", "", body=TEXT, occupation_code=TEXT, level=TEXT, since=DAY, until=DAY),
    _table("suspensions", "暂停评价", "", body=TEXT, since=DAY, until=DAY),
    _table("rooms", "考场", "", room=TEXT, venue=TEXT, body=TEXT, seats=WHOLE),
    _table("occupations", "职业目录", "", occupation_code=TEXT, name=TEXT, since=DAY, until=DAY),
    _table(
        "assignments", "考评派遣", "held_on",
        assessor=TEXT, sitting=TEXT, plan_number=TEXT, body=TEXT, venue=TEXT, occupation_code=TEXT, held_on=DAY, starts_at=MOMENT, ends_at=MOMENT,
    ),
    _table("qualifications", "考评人员资格", "", assessor=TEXT, occupation_code=TEXT, since=DAY, until=DAY),
    _table("deaths", "死亡登记", "", holder=TEXT, died_on=DAY),
    _table("insurance", "社会保险", "", holder=TEXT, employer=TEXT, since=DAY, until=DAY),
    _table("school_register", "学籍", "", holder=TEXT, school=TEXT, graduates_on=DAY),
)  # fmt: skip
TABLES: Mapping[str, Table] = {table.name: table for table in _ALL}
PREFIX = 13
PREFIXES: Mapping[str, Mapping[str, str]] = {"certificates": {"number_prefix": "number"}, "candidates": {"earlier_prefix": "earlier_number"}}
"""Columns that an engine makes as it reads a table: the first places of a number, by which it belongs to a body."""


def wall_clock(moment: datetime) -> datetime:
    """This function will turn a moment into local wall-clock time, as the tables hold it; one without a zone is taken to be that already."""
    return moment if moment.tzinfo is None else moment.astimezone(_HERE).replace(tzinfo=None)


_HERE = ZoneInfo("Asia/Shanghai")
