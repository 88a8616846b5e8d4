"""抽签命令: does a draw come out the same when anybody draws it again?"""

import json
from pathlib import Path

import click

from touchstone.cli.given_files import GivenFile, read_json
from touchstone.trust.draw_records import RecordMalformed, disagreements, draw_again


@click.group(help="抽签: 按记录重新抽取, 任何人都能复核(cvd-draw/v1)。")
def command() -> None:
    """Draws on the terminal."""


@command.command(help="逐例核对一份抽签示例(JSON列表), 有一例不同即以 1 退出。")
@click.argument("file", type=GivenFile())
def check(file: Path) -> None:
    """Draw every example again."""
    vectors = read_json(file)
    if not isinstance(vectors, list):
        raise click.ClickException("文件里应是一个列表, 每一项是一例抽签。")
    wrong = disagreements(vectors)
    for one in wrong:
        click.echo(one)
    bad = len({one.split("例")[0] for one in wrong})
    click.echo(f"{len(vectors) - bad}/{len(vectors)} 一致")
    if wrong:
        raise SystemExit(1)


@command.command(help="按一份记录(从派遣页面或双随机公示页下载, 或自己写的名单、名额、来源)重新抽取; 与记录不符即以 1 退出。")
@click.argument("file", type=GivenFile())
@click.option("--json", "as_json", is_flag=True, help="只输出JSON。")
def run(file: Path, as_json: bool) -> None:
    """Draw once more and compare with what the record says."""
    record = read_json(file)
    if not isinstance(record, dict):
        raise click.ClickException("文件里应是一份抽签记录。")
    try:
        made = draw_again(record)
    except RecordMalformed as fault:
        raise click.ClickException(str(fault)) from fault
    if as_json:
        click.echo(json.dumps(made, ensure_ascii=False))
    else:
        click.echo(f"名单指纹 {made['root']}\n种子 {made['seed']}")
        for stratum, names in made["selected"].items():
            click.echo(f"{stratum} 抽中: {' '.join(names)}；备选: {' '.join(made['reserves'][stratum][:10]) or '无'}")
        for place, person in sorted(made.get("assignment", {}).items()):
            click.echo(f"{place} 派往: {person}")
        click.echo(f"与记录不符: {'、'.join(made['differs'])}" if made["differs"] else "与记录一致。")
    if made["differs"]:
        raise SystemExit(1)


command.add_command(run, "verify")
