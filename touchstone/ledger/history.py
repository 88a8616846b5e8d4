"""历史装入: how do hundreds of thousands of rows of a synthetic city's past come in, under the same constraints as any other row?

Only an app's own `load_history` calls this. COPY takes the rows, so every constraint and trigger of the table holds; one line of
the ledger stands for each chunk, with the hash of its rows.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction

from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import record
from touchstone.ledger.queries import is_synthetic

if TYPE_CHECKING:
    from touchstone.accounts.actor import Actor

CHUNK = 10_000
_as_json = json.JSONEncoder(ensure_ascii=False).encode
HistoryRow = Mapping[str, Any]
"""Column (`plan_id`, not `plan`) → value; columns left out take the model's default."""


@dataclass(frozen=True)
class PastLine:
    """A line of the ledger as the operation that it tells of would have written it then."""

    event: str
    subject: str
    by: "Actor"
    at: datetime
    detail: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


def load_lines(lines: Iterable[PastLine], *, by: "Actor", at: datetime) -> list[int]:
    """This function will add lines of the past, recorded now, to the ledger of a synthetic city and give their keys in order."""
    rows = (
        {
            "event": one.event,
            "subject": one.subject,
            "actor_id": one.by.user_id,
            "actor_label": one.by.label,
            "office_id": one.by.office_id or None,
            "at": one.at,
            "recorded_at": at,
            "reason": one.reason,
            "detail": one.detail,
        }
        for one in lines
    )
    return load_rows(Entry, rows, by=by, at=at)


@transaction.atomic
def load_rows(model: type[models.Model], rows: Iterable[HistoryRow], *, by: "Actor", at: datetime) -> list[int]:
    """This function will add rows, which all name the same columns, to a table and give their keys in order.

    :raises Refusal: on a real installation, whose rows come by operations only.
    """
    if not is_synthetic():
        raise Refusal("只有虚构城市可以装入历史数据，正式环境的业务须逐件办理。", next_step="请在空数据库里建虚构城市。")
    table, coming, keys = model._meta.db_table, iter(rows), []
    while chunk := list(islice(coming, CHUNK)):
        fresh = _keys(table, len(chunk))
        fingerprint = _copy(model, chunk, fresh)
        record("history.loaded", table, by=by.with_key(""), at=at, detail={"rows": len(chunk), "sha256": fingerprint})
        keys += fresh
    return keys


def _keys(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row[0] for row in cursor.fetchall()]


def _copy(model: type[models.Model], chunk: Sequence[HistoryRow], keys: Sequence[int]) -> str:
    columns = [field for field in model._meta.concrete_fields if field.column and not field.primary_key]
    given = [field for field in columns if field.attname in chunk[0]]
    unknown = set(chunk[0]) - {field.attname for field in given}
    if unknown:
        raise ValueError(f"{model.__name__} has no columns {sorted(unknown)}")
    lacking = [field for field in columns if field.attname not in chunk[0]]
    read = _reader(given)
    as_json = [place for place, field in enumerate(given, 1) if isinstance(field, models.JSONField)]
    same = [_written(field, field.get_default()) for field in lacking]
    names = ", ".join(connection.ops.quote_name(column) for column in ["id", *(str(field.column) for field in [*given, *lacking])])
    digest = hashlib.sha256()
    order = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(order) as copy:
        for key, row in zip(keys, chunk, strict=True):
            values = [key, *read(row), *same]
            for place in as_json:
                if values[place] is not None:
                    values[place] = _as_json(values[place])
            if block := copy.formatter.write_row(values):
                digest.update(block)
                copy.write(block)
        if rest := copy.formatter.end():
            digest.update(rest)
            copy.write(rest)
    return digest.hexdigest()


def _reader(given: "Sequence[models.Field[Any, Any]]") -> Callable[[HistoryRow], Sequence[Any]]:
    names = [field.attname for field in given]
    if len(names) == 1:
        return lambda row: (row[names[0]],)
    read: Callable[[HistoryRow], Sequence[Any]] = itemgetter(*names)
    return read


def _written(field: "models.Field[Any, Any]", value: Any) -> Any:
    return _as_json(value) if isinstance(field, models.JSONField) and value is not None else value
