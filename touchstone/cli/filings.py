"""备案命令: how is what is filed today loaded from the terminal?"""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from touchstone.cli import leave_django, start_django


@click.group(help="备案: 装入今天有效的机构、考核点、备案和评价范围。")
def command() -> None:
    """The commands about filings."""


@command.command("template", help="写出空白的存量备案装入表(.xlsx)。")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def template(file: Path) -> None:
    """Write the workbook to be filled."""
    start_django()
    from touchstone.filings.operations.loading import choices
    from touchstone.sheets.existing_template import existing_template

    try:
        file.write_bytes(existing_template(choices()))
    finally:
        leave_django()
    click.echo(f"已写出 {file}。填好后先试运行: touchstone filings load {file} --dry-run")


@command.command("load", help="装入一份存量备案装入表(.xlsx), 逐行给出结果; 加 --dry-run 只试运行, 不写入任何内容。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只试运行, 不写入任何内容。")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="把每一行的结果写入这个 CSV 文件。")
def load(file: Path, dry_run: bool, report: Path | None) -> None:
    """Go through a workbook; what was left out or warned of is printed, every row goes into the report.

    :raises click.ClickException: when the file cannot be read as a workbook of ours.
    """
    start_django()
    from touchstone.accounts.actor import PLATFORM
    from touchstone.filings.operations.loading import process_loading, receive_loading
    from touchstone.filings.queries import loading_rows
    from touchstone.kernel.law import Refusal

    try:
        at = datetime.now(ZoneInfo("Asia/Shanghai"))
        received = receive_loading(name=file.name, content=file.read_bytes(), dry_run=dry_run, by=PLATFORM, at=at)
        done = process_loading(number=received.number, by=PLATFORM, at=at, after_chunk=lambda reached: click.echo(f"  {reached:,}行", err=True))
        lines = [(one.sheet, one.row_number, one.subject, one.get_outcome_display(), one.sentence) for one in loading_rows(done)]
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    finally:
        leave_django()
    if done.failed_because:
        raise click.ClickException(done.failed_because)
    for sheet, number, subject, outcome, sentence in lines:
        if outcome in {"未装入", "装入并提示"}:
            click.echo(f"{sheet}第{number}行  {outcome}  {subject}  {sentence}")
    if report is not None:
        with report.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([("工作表", "行号", "对象", "结果", "说明"), *lines])
    labels = {"new": "新增", "unchanged": "已存在", "warned": "装入并提示", "refused": "未装入"}
    counts = ", ".join(f"{label}{done.counts.get(key, 0):,}" for key, label in labels.items())
    click.echo(f"{'试运行, 没有写入任何内容' if dry_run else '已装入'}({done.number}): 共{done.total:,}行, {counts}。")
