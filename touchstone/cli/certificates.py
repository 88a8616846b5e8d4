"""证书命令: is a file of certificate data right, by itself and against what is published, and how good are the rules that say so?"""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from touchstone.cli.given_files import GivenFile

if TYPE_CHECKING:
    from touchstone.lake.files import Checked
    from touchstone.lake.planted import Measured

WRONG, UNREADABLE = 1, 2
_IN_A_SHEET = 1_000_000
_WRITTEN_AS = {".csv": ".csv", ".txt": ".csv", ".tsv": ".csv", ".parquet": ".parquet", ".xlsx": ".xlsx"}
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(help="证书: 核对证书数据文件, 查看比对规则。")
def command() -> None:
    """Certificates on the terminal."""


@command.command(help="核对一份证书数据文件(CSV、Parquet 或 Excel, 各列见上传模板), 按规则列出问题, 并写回一份带“核对结果”列的文件。"
                      "全部无误以 0 退出, 有问题以 1 退出, 读不出来以 2 退出。")  # fmt: skip
@click.argument("file", type=GivenFile())
@click.option("--against", type=click.Path(exists=True, file_okay=False, path_type=Path), help="已公布数据的文件夹, 与其中的证书、备案、场次等比对。")
@click.option("--salt-file", type=GivenFile(), help="人员索引所用密钥的文件; 与已公布数据比对同一人时必需。")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True, help="在本机(DuckDB)或 Spark 上运行。")
@click.option("--memory", default="1GB", show_default=True, help="引擎可用的内存。")
@click.option("--on", "day", type=_DAY, help="按哪一天的规则核对, 默认今天。")
@click.option("--rule", "only", multiple=True, metavar="规则", help="只核对这条规则(如 number.year), 可以写几次; 默认全部。")
@click.option("--json", "as_json", is_flag=True, help="只输出JSON。")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写到哪里; 默认在原文件旁边, 名称加“-核对结果”。")
def check(
    file: Path,
    against: Path | None,
    salt_file: Path | None,
    engine: str,
    memory: str,
    day: Any,
    only: tuple[str, ...],
    as_json: bool,
    out: Path | None,
) -> None:
    """Check a file and write it back."""
    from touchstone.lake import EngineMissing
    from touchstone.lake.files import FileUnreadable, WrongColumns
    from touchstone.policy.monitoring import in_force

    target = out or file.with_name(f"{file.stem}-核对结果{_WRITTEN_AS.get(file.suffix.lower(), '.xlsx')}")
    if target.suffix.lower() not in _WRITTEN_AS.values():
        raise click.UsageError(f"结果只能写成 .csv、.parquet 或 .xlsx, 不能写成“{target.suffix}”。")
    if target.resolve() == file.resolve():
        raise click.UsageError("结果不能写在原文件上, 请用 --out 另取一个名称。")
    if against is not None and salt_file is None:
        click.echo("没有给出 --salt-file: 本文件与已公布数据的同一人无法对上, 只比对编号、机构、范围和职业。", err=True)
    rules = _chosen(in_force(day.date() if day else datetime.now().astimezone().date()), only)
    salt = salt_file.read_text(encoding="utf-8").strip() if salt_file else ""
    steps = len(rules) + 3
    with click.progressbar(length=steps, label="核对", show_eta=False, item_show_func=lambda step: step, file=sys.stderr) as bar:
        try:
            done = _check(file, rules, target, lambda step: bar.update(1, step), against=against, salt=salt, engine=engine, memory=memory)
        except (FileUnreadable, WrongColumns, EngineMissing) as fault:
            click.echo("", err=True)
            click.echo(f"错误: {fault}", err=True)
            raise SystemExit(UNREADABLE) from fault
        bar.update(steps)
    click.echo(json.dumps(_as_record(done, target), ensure_ascii=False) if as_json else "\n".join(_told(done, target)))
    if done.wrong:
        raise SystemExit(WRONG)


def _chosen(rules: Sequence[Any], only: Sequence[str]) -> list[Any]:
    if unknown := set(only) - {rule.key for rule in rules}:
        raise click.UsageError(f"没有规则{'、'.join(sorted(unknown))}, 全部规则见 touchstone certificates rules。")
    return [rule for rule in rules if not only or rule.key in only]


def _check(file: Path, rules: Sequence[Any], target: Path, tell: Any, **asked: Any) -> "Checked":
    from touchstone.lake.files import check as check_file

    if target.suffix.lower() != ".xlsx":
        return check_file(file, rules, out=target, tell=tell, **asked)
    with tempfile.TemporaryDirectory(prefix="touchstone-check-") as folder:
        between = Path(folder) / "checked.parquet"
        done = check_file(file, rules, out=between, tell=tell, **asked)
        _write_sheet(between, target)
    return done


def _write_sheet(rows: Path, target: Path) -> None:
    """As a workbook, where it has room; texts stay texts, whatever they begin with."""
    import pyarrow.parquet as pq

    from touchstone.sheets.tables import Column, write_table

    found = pq.ParquetFile(rows)
    if found.metadata.num_rows > _IN_A_SHEET:
        raise click.ClickException(f"结果有{found.metadata.num_rows}行, 一张工作表放不下, 请用 --out 写成 .csv 或 .parquet。")
    names = found.schema_arrow.names

    def lines() -> Iterator[tuple[Any, ...]]:
        for batch in found.iter_batches(20_000):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    write_table(target, "证书数据核对结果", [Column(name, 60 if name == names[-1] else 16) for name in names], lines())


def _told(done: "Checked", target: Path) -> list[str]:
    from touchstone.policy.monitoring import rule_of

    broken = [one for one in done.counts if one.hits]
    lines = [f"共{done.rows}行, {done.wrong}行有问题。"]
    if done.unknown_columns:
        lines.append(f"不认识的列, 原样保留: {'、'.join(done.unknown_columns)}")
    lines += [f"  {one.hits:>8}处 {one.rows:>8}行  {rule_of(one.rule).title}（{one.rule}, {rule_of(one.rule).clause.short}）" for one in broken]
    lines.append(f"核对规则{len(done.counts)}条, 其中{len(done.counts) - len(broken)}条没有发现问题, {len(done.passed_over)}条未核对:")
    reasons: dict[str, list[str]] = {}
    for rule, reason in done.passed_over.items():
        reasons.setdefault(reason, []).append(rule_of(rule).title)
    lines += [f"  {reason}{'、'.join(titles)}" for reason, titles in reasons.items()]
    return [*lines, f"已写入 {target}"]


def _as_record(done: "Checked", target: Path) -> dict[str, Any]:
    from touchstone.policy.monitoring import rule_of

    rules = [
        {"rule": one.rule, "title": rule_of(one.rule).title, "clause": str(rule_of(one.rule).clause), "hits": one.hits, "rows": one.rows}
        for one in done.counts
    ]
    record = {"rows": done.rows, "wrong": done.wrong, "rules": rules, "not_checked": dict(done.passed_over)}
    return record | {"unknown_columns": list(done.unknown_columns), "written": str(target)}


@command.command(help="列出全部比对规则, 并在造出的案例上实测每条的查准率和查全率; 有一条不足 1.00 即以 1 退出。")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--seed", default=1, show_default=True, help="造案例所用的随机种子。")
@click.option("--on", "day", type=_DAY, help="按哪一天的规则, 默认今天。")
@click.option("--rule", "only", multiple=True, metavar="规则", help="只测这条规则, 可以写几次; 默认全部。")
@click.option("--json", "as_json", is_flag=True, help="只输出JSON。")
def rules(engine: str, seed: int, day: Any, only: tuple[str, ...], as_json: bool) -> None:
    """Measure every rule on planted cases."""
    from touchstone.lake.planted import measure
    from touchstone.policy.monitoring import in_force

    asked = in_force(day.date() if day else datetime.now().astimezone().date())
    found = measure(asked, [rule.key for rule in _chosen(asked, only)], engine=engine, seed=seed)
    click.echo(json.dumps([_line(one) for one in found], ensure_ascii=False) if as_json else "\n".join(_table(found)))
    if any(one.precision < 1 or one.recall < 1 for one in found):
        raise SystemExit(WRONG)


def _line(one: "Measured") -> dict[str, Any]:
    from touchstone.policy.monitoring import rule_of

    rule = rule_of(one.rule)
    says = {"title": rule.title, "clause": str(rule.clause), "owner": rule.owner.label, "severity": rule.severity.label, "version": rule.version}
    says["asked_of"] = rule.population.asked_of.label
    return {"rule": one.rule, **says, "planted": one.planted, "near": one.near, "precision": one.precision, "recall": one.recall}


def _table(found: Sequence["Measured"]) -> list[str]:
    lines = ["案例 近似 查准 查全 等级 责任方        规则"]
    for one in found:
        says = _line(one)
        figures = f"{one.planted:>4} {one.near:>4} {one.precision:.2f} {one.recall:.2f}"
        lines.append(f"{figures} {says['severity']}   {says['owner']:<8}\t{says['title']}（{one.rule}, {says['clause']}, 用于{says['asked_of']}）")
    perfect = sum(one.precision == 1 and one.recall == 1 for one in found)
    return [*lines, f"共{len(found)}条规则, {perfect}条查准率和查全率均为 1.00。"]
