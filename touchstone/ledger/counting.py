"""行数与统计: how many rows has a table, and how does the database learn what is in its tables?"""

from django.db import connection


def rows_of(table: str) -> int:
    """This function will count a table's rows, one by one."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 (a name of our own, quoted)
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def gather_statistics() -> None:
    """This function will let the database look at its tables, so that it plans queries by what is in them now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
