"""公开日志维护命令: how does whoever runs this platform make the key, mend a damaged copy, check the ledger and keep the logs going?

Unlike the commands for everybody, these need the database.
"""

import signal

import click

from touchstone.cli import leave_django, start_django


@click.command(help="生成日志签名密钥(正式环境运行一次); 已有的不会改动。请把密钥文件另行备份。")
def key() -> None:
    """Make the key."""
    start_django()
    from django.conf import settings

    from touchstone.logs.keys import make_key

    made = make_key()
    click.echo(f"{'已生成' if made else '已有'}日志签名密钥: {settings.LOG_KEY_FILE}")


@click.command(help="已公布的瓦片损坏时, 由数据库重写一份日志: 先核对数据库, 再把损坏的目录移开(留作证据), 编入进程随后写出新的。")
@click.argument("name")
def rebuild(name: str) -> None:
    """Set a damaged copy aside."""
    start_django()
    from touchstone.logs.operations.appending import MustNotSign
    from touchstone.logs.operations.publishing import set_aside
    from touchstone.logs.queries import log_named

    try:
        if log_named(name) is None:
            raise click.ClickException(f"没有名为 {name} 的日志。")
        click.echo(f"损坏的目录已移到 {set_aside(name)}, 编入进程会在半分钟内写出新的。")
    except MustNotSign as reason:
        raise click.ClickException(str(reason)) from reason
    finally:
        leave_django()


@click.command(help="核对操作存证(运行人员): 按已签名的汇总指纹重新计算每一段, 改过、少了、多了的段逐个列出, 有不符即以 1 退出。")
def ledger() -> None:
    """Check the ledger itself against what was logged of it."""
    start_django()
    from touchstone.ledger.publishing import disagreeing_pieces

    try:
        pieces, wrong = disagreeing_pieces()
    finally:
        leave_django()
    for first, last in wrong:
        click.echo(f"第 {first} 行至第 {last} 行与汇总指纹不符")
    click.echo(f"共 {pieces} 段, 不符 {len(wrong)} 段" if wrong else f"共 {pieces} 段, 全部相符。")
    if wrong:
        raise SystemExit(1)


@click.command(hidden=True)
def sequence() -> None:
    """Run the one process that puts entries in order; the supervisor starts it."""
    start_django()
    from django.utils.timezone import now

    from touchstone.jobs.adapters.witnesses import configured
    from touchstone.jobs.sequencer import SequencerLoop

    told: list[int] = []
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, _: told.append(number))
    try:
        SequencerLoop(configured(), now).run(lambda: bool(told))
    finally:
        leave_django()
