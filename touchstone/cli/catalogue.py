"""职业目录命令: how is the State's list of occupations loaded from the terminal?"""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from touchstone.cli import leave_django, start_django


@click.group(help="职业目录: 从 CSV 或 Excel 导入国家公布的职业。")
def command() -> None:
    """The commands about the catalogue."""


@command.command("import", help="导入一份职业目录(.csv 或 .xlsx), 逐行给出结果; 加 --dry-run 只试运行, 不改目录。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只试运行, 不改目录。")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="把每一行的结果写入这个 CSV 文件。")
def load(file: Path, dry_run: bool, report: Path | None) -> None:
    """Load a list; what was renamed or refused is printed, every row goes into the report.

    :raises click.ClickException: when the file cannot be read as a list.
    """
    start_django()
    from touchstone.accounts.actor import PLATFORM
    from touchstone.catalogue import queries
    from touchstone.catalogue.operations import import_occupations
    from touchstone.catalogue.operations.importing import OUTCOMES
    from touchstone.kernel.law import Refusal

    try:
        at = datetime.now(ZoneInfo("Asia/Shanghai"))
        run = import_occupations(name=file.name, content=file.read_bytes(), dry_run=dry_run, by=PLATFORM, at=at)
        lines = [(row.row_number, row.code, row.name, OUTCOMES[row.outcome], row.sentence) for row in queries.rows_of_import(run)]
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    finally:
        leave_django()
    for number, code, name, outcome, sentence in lines:
        if outcome in {OUTCOMES["renamed"], OUTCOMES["refused"]}:
            click.echo(f"第{number}行  {outcome}  {code} {name}  {sentence}")
    if report is not None:
        with report.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([("行号", "职业编码", "职业名称", "结果", "说明"), *lines])
    counts = ", ".join(f"{label}{run.counts.get(key, 0):,}" for key, label in OUTCOMES.items())
    click.echo(f"{'试运行, 目录没有改动' if dry_run else '已导入'}({run.number}): 共{run.counts['rows']:,}行, {counts}。")
