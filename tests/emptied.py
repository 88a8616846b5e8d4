"""清空: how does the database become empty again after a test that committed what it wrote?

Django truncates every table, which writes more than a thousand files anew, and then fills in its permissions again. A test writes to thirty tables of
two hundred; their rows alone are taken away here.
"""

from functools import cache

from django.db import connection, transaction

FILLED_BY_MIGRATING = {"django_content_type", "auth_permission"}
"""What migrating writes and no test touches."""


@cache
def _tables() -> tuple[str, ...]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return tuple(connection.ops.quote_name(name) for name in sorted(set(names) - FILLED_BY_MIGRATING))


def empty_tables() -> None:
    """Take away every row. The lock waits for a request that is still writing: what it writes goes too."""
    tables = _tables()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(" UNION ALL ".join(f"SELECT %s WHERE EXISTS (SELECT FROM {table})" for table in tables), tables)
        written = [table for (table,) in cursor.fetchall()]
        # Some tables refuse to lose rows, and references would be looked up row by row although all of it goes.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in written:
            cursor.execute(f"DELETE FROM {table}")
