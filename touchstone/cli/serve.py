"""正式运行: how do the pages and the job worker run on a server?"""

import os

import click

from touchstone.cli import leave_django, start_django
from touchstone.cli.database import database_answers, ensure_database
from touchstone.cli.supervisor import Supervisor, free_port, job_worker, log_sequencer, running_services, web_server


@click.command(help="正式运行页面服务和后台任务。数据库由 DATABASE_URL 指定, 未指定时用内置数据库。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址; 对外服务请放在做 TLS 的反向代理之后。")
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="页面进程数, 一般等于处理器核数。")
@click.option("--migrate", is_flag=True, help="启动前先升级数据表。")
def command(host: str, port: int, workers: int, migrate: bool) -> None:
    """Run in the foreground until told to end; meant to stand under systemd or in a container."""
    if running_services().supervisor:
        raise click.ClickException("本目录已有服务在运行。请先运行 make stop。")
    if free_port(host, port) != port:
        raise click.ClickException(f"端口 {port} 被占用。请用 --port 另选一个, 或停止占用它的程序。")
    environment = {"TOUCHSTONE_MODE": "production", "TOUCHSTONE_BOUND": host}
    os.environ.update(environment)
    ensure_database()
    check_tables(migrate)
    address = f"http://{host}:{port}"
    supervisor = Supervisor([web_server(host, port, workers), job_worker(), log_sequencer()], environment, address, database_answers)
    try:
        supervisor.start()
        click.echo(f"试金石运行在 {address}")
        supervisor.watch()
    finally:
        supervisor.end()


def check_tables(migrate: bool) -> None:
    """Refuse to serve on tables that are older than the code.

    :raises click.ClickException: when migrations are waiting and `migrate` was not asked for.
    """
    start_django()
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from touchstone.cli.tables import bring_tables_up_to_date

    if migrate:
        bring_tables_up_to_date(verbosity=1)
    executor = MigrationExecutor(connections["default"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    leave_django()
    if waiting:
        raise click.ClickException(f"数据表还有 {len(waiting)} 项升级未做。请备份后加 --migrate 运行。")
