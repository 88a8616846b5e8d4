"""虚构城市命令: how is a synthetic city grown from the terminal?"""

from time import monotonic

import click

from touchstone.cli import leave_django, start_django


@click.group(help="虚构城市: 供试用、演示和压力测试, 只能建在空数据库里。")
def command() -> None:
    """The commands about a synthetic city."""


@command.command(help="在空数据库里建一座虚构城市: small 逐件真实办理; district 另装入区级规模的历史业务。")
@click.option("--scale", type=click.Choice(["small", "district"]), default="small", show_default=True, help="规模。")
@click.option("--seed", default=1, show_default=True, help="种子: 相同的种子建成相同的城市。")
def grow(scale: str, seed: int) -> None:
    """Grow a city, telling each step with the seconds passed. :raises click.ClickException: when the database is not empty."""
    start_django()
    from touchstone.kernel.law import Refusal
    from touchstone.simulation import city

    started = monotonic()

    def tell(line: str) -> None:
        click.echo(f"· {monotonic() - started:5.1f}秒  {line}")

    try:
        grown = city.grow(scale=scale, seed=seed, tell=tell)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    finally:
        leave_django()
    if grown.already:
        click.echo(f"这座城市已经建好(规模 {scale}, 种子 {seed}), 没有改动。")
    else:
        click.echo(f"虚构城市已建成(规模 {scale}, 种子 {seed}), 用时 {monotonic() - started:.1f} 秒。")
