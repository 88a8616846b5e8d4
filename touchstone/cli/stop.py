"""停止: how is everything that this clone started ended, and nothing else?"""

import click

from touchstone.cli.database import stop_server
from touchstone.cli.supervisor import stop_services


@click.command(help="结束本目录启动的页面服务、后台任务和内置数据库; 数据保留。")
def command() -> None:
    """End services, then the database."""
    click.echo("服务已停止。" if stop_services() else "没有正在运行的服务。")
    click.echo(stop_server(force=False))
