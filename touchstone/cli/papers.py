"""组卷命令: how are parallel forms composed without the platform, or a paper composed on it composed once more?"""

import json
from pathlib import Path
from typing import Any

import click


@click.group(help="试卷: 从题库文件和细目表文件组成平行试卷。")
def command() -> None:
    """The commands about papers."""


@command.command("compose", help="从题库(--bank)和细目表(--blueprint)两个JSON文件组成若干套平行试卷; 两者可以是同一个文件。")
@click.option("--bank", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True, help="题库文件。")
@click.option("--blueprint", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True, help="细目表文件。")
@click.option("--forms", type=click.IntRange(1, 20), default=2, show_default=True, help="平行套数。")
@click.option("--seconds", type=click.FloatRange(0.1, 600), default=10.0, show_default=True, help="拉平各套的时间上限。")
@click.option("--seed", default="0", show_default=True, help="随机种子; 与平台上记录的相同, 组成的试卷就相同。")
@click.option("--enough", type=click.FloatRange(0), default=0.0, help="测量信息的差距不大于此数即停。")
@click.option("--json", "as_json", is_flag=True, help="只输出JSON。")
def compose(bank: Path, blueprint: Path, forms: int, seconds: float, seed: str, enough: float, as_json: bool) -> None:
    """Compose and print; what conflicts is printed and ends with 1. :raises click.ClickException: for a file that cannot be read."""
    from touchstone.measurement.assembly import Infeasible, assemble, seed_number
    from touchstone.measurement.assembly_files import FileMalformed, read_bank, read_blueprint, written_forms

    try:
        demand, abilities = read_blueprint(_part(blueprint, "blueprint"), forms)
        numbers, pool = read_bank(_part(bank, "bank"), demand, abilities)
    except FileMalformed as fault:
        raise click.ClickException(str(fault)) from fault
    try:
        found = assemble(pool, demand, seed=seed_number(seed), seconds=seconds, enough=enough)
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


def _part(path: Path, name: str) -> Any:
    """Read a file; one that holds both a bank and a blueprint gives the part asked for."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise click.ClickException(f"{path} 不是可以读取的JSON文件") from fault
    return said.get(name, said) if isinstance(said, dict) else said
