"""历史装入: how do hundreds of thousands of rows of a synthetic city's past come in, under the same constraints as any other row?

Only an app's own `load_history` calls this. COPY takes the rows, so every constraint and trigger of the table holds; one line of
the ledger stands for each chunk, with the hash of its rows.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction

from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.ledger.queries import is_synthetic

if TYPE_CHECKING:
    from touchstone.accounts.actor import Actor

CHUNK = 10_000
HistoryRow = Mapping[str, Any]
"""Column (`plan_id`, not `plan`) → value; columns left out take the model's default."""


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
    given = set(chunk[0])
    columns = [field for field in model._meta.concrete_fields if field.column and not field.primary_key]
    unknown = given - {field.attname for field in columns}
    if unknown:
        raise ValueError(f"{model.__name__} has no columns {sorted(unknown)}")
    as_json = [isinstance(field, models.JSONField) for field in columns]
    defaults = [None if field.attname in given else field.get_default() for field in columns]
    names = ", ".join(connection.ops.quote_name(column) for column in ["id", *(str(field.column) for field in columns)])
    digest = hashlib.sha256()
    order = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(order) as copy:
        for key, row in zip(keys, chunk, strict=True):
            values = [
                json.dumps(value, ensure_ascii=False) if is_json and value is not None else value
                for field, is_json, default in zip(columns, as_json, defaults, strict=True)
                for value in (row[field.attname] if field.attname in given else default,)
            ]
            digest.update(repr(values).encode())
            copy.write_row([key, *values])
    return digest.hexdigest()
