"""编号: which is the next number of a series, without gaps and without doubles?"""

from django.db import connection, transaction


def next_serial(series: str) -> int:
    """This function will give the next number of `series`, from 1. The series stays locked until the caller's transaction ends,
    so that numbers neither double nor leave gaps.

    :raises RuntimeError: outside a transaction.
    """
    return next_serials(series, 1)[0]


def next_serials(series: str, count: int) -> range:
    """This function will give the next `count` numbers of `series`; see `next_serial`."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("numbers are drawn inside the operation's transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_series (name, last) VALUES (%s, %s) "
            "ON CONFLICT (name) DO UPDATE SET last = ledger_series.last + EXCLUDED.last RETURNING last",
            [series, count],
        )
        row = cursor.fetchone()
    assert row is not None
    return range(row[0] - count + 1, row[0] + 1)


def skip_to(series: str, last: int) -> None:
    """This function will make `series` go on after `last`, where it has not come so far: those numbers were given out elsewhere."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("numbers are drawn inside the operation's transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_series (name, last) VALUES (%s, %s) "
            "ON CONFLICT (name) DO UPDATE SET last = greatest(ledger_series.last, EXCLUDED.last)",
            [series, last],
        )
