"""留样: how does a state that many tests start from come back without being built anew each time?

The first test that needs it builds it by the real operations. What that wrote into the empty database is kept as it lies in the tables, and put
back, rows and keys alike, for every later test of the process. A tenth of a suite's work is otherwise the same cast entering the same offices.
"""

from collections.abc import Callable, Hashable

from django.db import connection, transaction

_kept: dict[Hashable, tuple[dict[str, bytes], tuple[int, ...]]] = {}


def kept(key: Hashable, build: Callable[[], tuple[int, ...]]) -> tuple[int, ...]:
    """Give what `build` gave, the keys of some rows, with what it had written; `build` needs the database empty of what it writes."""
    if key in _kept:
        tables, built = _kept[key]
        with transaction.atomic(), connection.cursor() as cursor:
            for table, rows in tables.items():
                cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
                if cursor.fetchone() == (True,):
                    continue  # a trigger has written it, from a table put back before
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
        return built
    before = _counts()
    built = build()
    _kept[key] = ({table: _rows(table) for table, count in _counts().items() if count != before[table]}, built)
    assert not any(before[table] for table in _kept[key][0]), "只有从空表建起的才能留样"
    return built


def _counts() -> dict[str, int]:
    names = [connection.ops.quote_name(name) for name in sorted(connection.introspection.table_names())]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT %s, count(*) FROM {name}" for name in names), names)
        return dict(cursor.fetchall())


def _rows(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(part) for part in copy)
