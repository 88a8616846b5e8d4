"""讲故事: the whole job from the terminal, on a database of its own that is dropped afterwards."""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import click

from touchstone.cli.database import database_url


@click.command(help="从备案到证书走完全程，把工作簿、准考证、公示、证书和 story.json 留在目录里。")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="放文件的目录")
def command(out: Path) -> None:
    """Tell the story; exit 0 only if every step really happened."""
    import psycopg
    from psycopg import sql

    address = urlsplit(database_url())
    name = f"touchstone_story_{uuid4().hex[:10]}"
    with psycopg.connect(urlunsplit(address._replace(path="/postgres")), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name)))
        try:
            _tell(urlunsplit(address._replace(path=f"/{name}")), out)
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _tell(address: str, out: Path) -> None:
    os.environ["DATABASE_URL"] = address
    os.environ.setdefault("TOUCHSTONE_PLAIN_HTTP", "1")
    from touchstone.cli import leave_django, start_django

    start_django()
    try:
        from touchstone.cli.tables import bring_tables_up_to_date

        bring_tables_up_to_date()
        from touchstone.simulation.story import tell

        left = tell(out, click.echo)
    finally:
        leave_django()
    click.echo(f"完成：考生{left['candidates']}人，符合条件{left['eligible']}人，证书{len(left['certificates'])}本。文件在 {out}")
