"""测试场地: a database of its own with a district-size city, and a server of its own on a free port."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from time import monotonic, sleep
from urllib.parse import urlsplit

import psutil
import psycopg
from psycopg import sql

from bench.load import LOOPBACK
from touchstone.installation.embedded import server_uri
from touchstone.installation.place import state_dir

NAME = f"touchstone_bench_{os.getpid()}"


@contextmanager
def own_database() -> Iterator[None]:
    """Make an empty database on the server in use, name it in DATABASE_URL for this process and its children, and drop it at the end."""
    # The settings read DATABASE_URL when they are imported: nothing of Django may come before it is set.
    if "touchstone.settings" in sys.modules:
        raise RuntimeError("the settings are loaded already and name another database")
    server = os.environ.get("DATABASE_URL") or server_uri(state_dir(), "postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = _beside(server, NAME)
    os.environ["TOUCHSTONE_PLAIN_HTTP"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["DATABASE_URL"]
        else:
            os.environ["DATABASE_URL"] = before
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME)))


@contextmanager
def copied() -> Iterator[None]:
    """Name a copy of the own database in DATABASE_URL for the children, and drop it at the end. Nobody may be connected to the first."""
    before, name = os.environ["DATABASE_URL"], f"{NAME}_copy"
    server = _beside(before, "postgres")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(NAME)))
    os.environ["DATABASE_URL"] = _beside(before, name)
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = before
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(drop)


def _beside(address: str, name: str) -> str:
    """The address of another database on the same server; also where the server is named by its socket only."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/{name}" + (f"?{parts.query}" if parts.query else "")


@contextmanager
def server(workers: int) -> Iterator[tuple[int, psutil.Process]]:
    """Serve the product with `bench.served` as `touchstone serve` does, on a free port; the port and the server's process."""
    from touchstone.cli.supervisor import free_port, web_server

    port = free_port(LOOPBACK, 8300)
    command = [*web_server(LOOPBACK, port, workers).command[:-1], "bench.served:application"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=None)
    try:
        _wait(process, port)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = monotonic() + 60
    while monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("the server ended")
        try:
            connection = HTTPConnection(LOOPBACK, port, timeout=5)
            connection.request("GET", "/bench/bare")
            if connection.getresponse().status == 200:
                return
        except OSError:
            sleep(0.1)
    raise RuntimeError("the server does not answer")


def memory(process: psutil.Process) -> float:
    """Megabytes held by a process and its children now."""
    return float(sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])) / 1024 / 1024


def machine() -> str:
    """This machine in one line."""
    import platform

    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            model = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    whole = psutil.virtual_memory().total / 1024**3
    return f"{model}，{os.cpu_count()} 核，内存 {whole:.0f} GB，{platform.system()} {platform.release()}，Python {sys.version.split()[0]}"
