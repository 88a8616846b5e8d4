"""组卷命令: how are parallel forms composed without the platform, or a paper composed on it composed once more?"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from touchstone.cli.given_files import GivenFile, read_json
from touchstone.policy.questions import papers


@click.group(help="试卷: 从题库文件和细目表文件组成平行试卷。")
def command() -> None:
    """The commands about papers."""


@command.command("compose", help="从题库(--bank)和细目表(--blueprint)两个JSON文件组成若干套平行试卷; 两者可以是同一个文件。")
@click.option("--bank", type=GivenFile(), required=True, help="题库文件。")
@click.option("--blueprint", type=GivenFile(), required=True, help="细目表文件。")
@click.option("--forms", type=click.IntRange(1, 20), help="平行套数; 默认按细目表文件, 其中没有的按平台的默认。")
@click.option("--seconds", type=click.FloatRange(0.1, 600), help="拉平各套的时间上限; 默认按细目表文件, 其中没有的按平台的默认。")
@click.option("--seed", help="随机种子; 与平台上记录的相同, 组成的试卷就相同。默认按细目表文件, 其中没有的为0。")
@click.option("--enough", type=click.FloatRange(0), help="测量信息的差距不大于此数即停; 默认按细目表文件, 其中没有的按平台的默认。")
@click.option("--json", "as_json", is_flag=True, help="只输出JSON。")
def compose(bank: Path, blueprint: Path, forms: int | None, seconds: float | None, seed: str | None, enough: float | None, as_json: bool) -> None:
    """Compose and print; what conflicts is printed and ends with 1. :raises click.ClickException: for a file that cannot be read.

    What neither the command nor the file says is as on the platform, so that the same blueprint, bank and seed give the same papers.
    """
    from touchstone.measurement.assembly import Infeasible, OutOfTime, assemble, seed_number
    from touchstone.measurement.assembly_files import FileMalformed, read_bank, read_blueprint, read_effort, written_forms

    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    whole = read_json(blueprint)
    forms = forms or _said(whole, "forms", int, 1, 20) or papers.FORMS.on(today).value
    seed = seed if seed is not None else _said(whole, "seed", str) or "0"
    try:
        demand, abilities = read_blueprint(_part(whole, "blueprint"), forms)
        effort = read_effort(_part(whole, "blueprint"))
        numbers, pool = read_bank(_part(read_json(bank), "bank"), demand, abilities)
    except FileMalformed as fault:
        raise click.ClickException(str(fault)) from fault
    try:
        rounds = effort.rounds if enough is None else None
        limit = effort.seconds or float(papers.SECONDS.on(today).value)
        found = assemble(
            pool,
            demand,
            seed=seed_number(seed),
            seconds=seconds or (limit if rounds is None else None),
            enough=next(one for one in (enough, effort.gap, papers.GAP.on(today).value) if one is not None),
            rounds=rounds,
        )
    except OutOfTime:
        raise click.ClickException("在限定的时间内没有算完: 既没有组成, 也不能说组不出。请减少套数, 或者放宽要求后再试。") from None
    except Infeasible as conflict:
        told = [{"demand": one.demand, "dimension": one.dimension, "value": one.value, "wanted": one.wanted, "reachable": one.reachable}
                for one in conflict.conflicts]  # fmt: skip
        click.echo(json.dumps({"feasible": False, "conflicts": told}, ensure_ascii=False))
        raise SystemExit(1) from None
    made = {"feasible": True, **written_forms(found, numbers, seed)}
    if as_json:
        click.echo(json.dumps(made, ensure_ascii=False))
        return
    click.echo(f"组成{forms}套, 每套{demand.size}题, 测量信息最大差距{found.gap:.6f}, 用时{found.seconds:.1f}秒。")
    for form in made["forms"]:
        click.echo(f"{form['letter']}卷: {' '.join(form['questions'])}")


def _part(said: Any, name: str) -> Any:
    """A file that holds both a bank and a blueprint gives the part asked for."""
    return said.get(name, said) if isinstance(said, dict) else said


def _said(whole: Any, name: str, kind: type, low: int = 0, high: int = 0) -> Any:
    """What a file says beside its blueprint; None when it says nothing. :raises click.ClickException: for a wrong value."""
    value = whole.get(name) if isinstance(whole, dict) else None
    if value is None:
        return None
    if type(value) is not kind or (isinstance(value, int) and not low <= value <= high):
        raise click.ClickException(f"细目表文件里的{name}应为{'文字' if kind is str else f'{low}至{high}的整数'}")
    return value
