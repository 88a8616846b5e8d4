"""试题命令: how are questions turned from one format into another, outside the web?"""

from pathlib import Path

import click

from touchstone.cli.given_files import GivenFile
from touchstone.measurement.interchange.delivery import Delivery, Format, Outgoing, Refused, Shipment
from touchstone.measurement.interchange.doors import is_workbook, read_file, table_rows, write_file
from touchstone.questions.workbook import questions_workbook, read_workbook

FORMATS = [one.value for one in Format]
_BY_ENDING = {".zip": Format.QTI22, ".xml": Format.MOODLE, ".txt": Format.GIFT, ".gift": Format.GIFT, ".xlsx": Format.SHEET}


@click.group(help="试题: 在QTI、GIFT、Moodle XML和Excel之间转换。")
def command() -> None:
    """Questions on the terminal."""


@command.command(help="把一份题目文件转换成另一种格式, 逐行列出损失; 有题没有带过去时以 1 退出。")
@click.argument("source", type=GivenFile())
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--to", "form", type=click.Choice(FORMATS), help="目标格式, 默认按目标文件的后缀: zip为QTI 2.2, xml为Moodle, txt为GIFT, xlsx为Excel。")
def convert(source: Path, target: Path, form: str | None) -> None:
    """Read, write, and say what was lost."""
    wanted = Format(form) if form else _BY_ENDING.get(target.suffix.lower())
    if wanted is None:
        raise click.UsageError(f"认不出“{target.name}”的格式, 请用 --to 指明。")
    if target.exists() and target.samefile(source):
        raise click.UsageError("目标文件就是原文件, 请换一个名称, 以免原文件丢失。")
    try:
        delivery = _read(source)
    except Refused as refusal:
        raise click.ClickException(refusal.loss.sentence) from None
    shipped = _written(delivery, wanted)
    carried = sum(not one.refused for one in shipped.left)
    if carried:
        try:
            target.write_bytes(shipped.content)
        except OSError as fault:
            raise click.ClickException(f"写不进“{target}”, 请检查文件夹是否存在、是否可写。") from fault
    click.echo(f"读入{len(delivery.questions)}/{len(delivery.incoming)}题（{delivery.format.label}），写出{carried}题（{wanted.label}）。")
    if not carried:
        raise click.ClickException(f"没有一题可以写出, 没有写“{target.name}”。")
    if carried < len(delivery.incoming):
        raise SystemExit(1)


def _read(source: Path) -> Delivery:
    content = source.read_bytes()
    delivery = read_workbook(content) if is_workbook(content, source.name) else read_file(content, source.name)
    for loss in delivery.losses:
        click.echo(f"读 {loss.sentence}")
    for one in delivery.incoming:
        if one.question is None:
            click.echo(f"读 {one.place} {one.identifier} 不收：{one.why}")
        for loss in one.losses:
            click.echo(f"读 {one.place} {one.identifier} {loss.sentence}")
    return delivery


def _written(delivery: Delivery, form: Format) -> Shipment:
    outgoing = [
        Outgoing(one.identifier or f"q{place}", one.question, one.category)
        for place, one in enumerate(delivery.incoming, 1)
        if one.question is not None
    ]
    if form is Format.SHEET:
        rows, left = table_rows(outgoing)
        shipped = Shipment(form, "questions.xlsx", "", questions_workbook(rows), left)
    else:
        shipped = write_file(outgoing, form, delivery.files)
    for one in shipped.left:
        for loss in one.losses:
            click.echo(f"写 {one.identifier} {'没有写出：' if one.refused else ''}{loss.sentence}")
    return shipped
