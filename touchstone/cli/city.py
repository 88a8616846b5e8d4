"""虚构城市命令: how is a synthetic city grown from the terminal?"""

from time import monotonic

import click

from touchstone.cli import leave_django, start_django
from touchstone.cli.database import ensure_database


@click.group(help="虚构城市: 供试用、演示和压力测试, 只能建在空数据库里。")
def command() -> None:
    """The commands about a synthetic city."""


@command.command(
    help="在空数据库里建一座虚构城市: small 逐件真实办理; district 另装入区级规模的历史业务; city 为全市规模, 一千家机构、一万份计划、一百万考生, "
    "分批建成, 中断后再运行同一命令会接着建。"
)
@click.option("--scale", type=click.Choice(["small", "district", "city"]), default="small", show_default=True, help="规模。")
@click.option("--seed", default=1, show_default=True, help="种子: 相同的种子建成相同的城市。")
@click.option("--part", type=click.IntRange(1, 1000), default=1, show_default=True, help="只用于 city: 建几分之一的规模。")
@click.option("--processes", type=click.IntRange(0, 16), default=2, show_default=True, help="只用于 city: 同时用几个进程。")
def grow(scale: str, seed: int, part: int, processes: int) -> None:
    """Grow a city, telling each step with the seconds passed. :raises click.ClickException: when the database is not empty."""
    ensure_database()
    start_django()
    from touchstone.cli.tables import bring_tables_up_to_date
    from touchstone.kernel.law import Refusal
    from touchstone.ledger.counting import gather_statistics
    from touchstone.simulation import city, city_size

    started, candidates = monotonic(), 0

    def tell(line: str) -> None:
        click.echo(f"· {monotonic() - started:5.1f}秒  {line}")

    def progress(done: int, of: int, people: int) -> None:
        nonlocal candidates
        candidates += people
        passed = monotonic() - started
        bar = "█" * (done * 30 // of)
        click.echo(f"\r  {bar:·<30} {done}/{of}批  考生{candidates:,}人  {passed:.0f}秒", nl=done == of)

    sizes = None
    if scale == "city":
        sizes = {"bodies": max(20, city_size.BODIES // part), "plans": city_size.PLANS // part, "candidates": city_size.CANDIDATES // part}
    bring_tables_up_to_date()  # an empty database has no tables yet
    try:
        grown = city.grow(scale=scale, seed=seed, tell=tell, sizes=sizes, processes=processes, progress=progress)
        if grown.already:
            click.echo(f"这座城市已经建好(规模 {scale}, 种子 {seed}), 没有改动。")
            return
        if scale != "small":
            gather_statistics()
            click.echo("  " + "，".join(f"{label} {count:,}" for label, count in city_size.counts()))
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    finally:
        leave_django()
    click.echo(f"虚构城市已建成(规模 {scale}, 种子 {seed}), 用时 {monotonic() - started:.1f} 秒。")
