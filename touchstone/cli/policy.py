"""法规命令: how is the policy book written and compared, and what of the notice is carried?"""

import difflib
import json
import sys
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import click

from touchstone.kernel.moves import Moves, Side
from touchstone.policy.book import pages
from touchstone.policy.book.routes import as_records
from touchstone.policy.book.states import StateTable
from touchstone.policy.coverage import cover, read_record

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "docs" / "book"
RECORD = "journeys.json"


@click.group(help="法规: 政策手册、义务覆盖和备案路线。")
def command() -> None:
    """The law on the terminal."""


@command.command(help="生成政策手册; 加 --check 只比较, 有出入时列出并以 1 退出。")
@click.option("--check", is_flag=True, help="只比较, 不改写。")
@click.option("--folder", type=click.Path(path_type=Path), default=BOOK, show_default="docs/book", help="手册所在目录。")
def book(check: bool, folder: Path) -> None:
    """Write or compare the book."""
    wanted = pages(state_tables(), read_record(folder / RECORD))
    stale = sorted(path.name for path in folder.glob("*.md") if path.name not in wanted)
    if check:
        differing = [line for name, text in wanted.items() for line in _difference(folder / name, text)]
        differing += [f"多余的文件：{name}" for name in stale]
        if differing:
            click.echo("\n".join(differing))
            click.echo("政策手册与代码不一致，请运行 touchstone policy book 后提交。", err=True)
            sys.exit(1)
        click.echo(f"政策手册与代码一致，共{len(wanted)}页。")
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in stale:
        (folder / name).unlink()
    click.echo(f"已生成{len(wanted)}页：{', '.join(sorted(wanted))}")


def _difference(path: Path, text: str) -> list[str]:
    present = path.read_text(encoding="utf-8") if path.exists() else ""
    return list(difflib.unified_diff(present.splitlines(), text.splitlines(), f"现有/{path.name}", f"应为/{path.name}", lineterm="", n=1))


@command.command(help="通知各条的覆盖情况: 已实现、部分实现、尚未实现。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
@click.option("--folder", type=click.Path(path_type=Path), default=BOOK, show_default="docs/book", help="旅程记录所在目录。")
def coverage(as_json: bool, folder: Path) -> None:
    """Print every row of the notice with what carries it."""
    rows = cover(read_record(folder / RECORD))
    if as_json:
        click.echo(json.dumps([row.as_record() for row in rows], ensure_ascii=False, indent=2))
        return
    for row in rows:
        state = "已实现" if row.working else "部分实现" if row.part else "尚未实现（not yet）"
        click.echo(f"{row.row:<4}{row.clause:<10}{state}")
        for sentence in row.part:
            click.echo(f"      ✓ {sentence}")
        for sentence in row.missing:
            click.echo(f"      · 尚未：{sentence}")
        for label, names in (("规则", row.rules), ("页面", row.pages), ("测试", row.tests)):
            if names:
                click.echo(f"      {label}：{'、'.join(names)}")
    working = sum(row.working for row in rows)
    partly = sum(bool(row.part) and not row.working for row in rows)
    click.echo(f"共{len(rows)}条：已实现{working}，部分实现{partly}，尚未实现{len(rows) - working - partly}。")


@command.command(help="某日施行的备案路线。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="日期, 默认为今天。")
def routes(as_json: bool, day: datetime | None) -> None:
    """Print the routes in force on a day."""
    found = as_records((day or datetime.now(ZoneInfo("Asia/Shanghai"))).date())
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for route in found:
        click.echo(f"{route['key']}（{route['kind']}）")
        for step in route["steps"]:
            (asked_of, offices), *_ = step["offices"].items()
            click.echo(
                f"  {step['title']}：{('或' if asked_of == 'one_of' else '、').join(offices)}，{step['working_days']}个工作日，{step['clause']}"
            )


def state_tables() -> dict[str, list[StateTable]]:
    """Read every app's table of states; they need no web framework."""
    found: dict[str, list[StateTable]] = {}
    for folder in sorted(path.parent for path in (ROOT / "touchstone").glob("*/states.py")):
        name = f"touchstone.{folder.name}.states"
        if find_spec(name):
            found[folder.name] = tables_of(import_module(name))
    return found


def tables_of(module: ModuleType) -> list[StateTable]:
    """Read `MOVES` with `WAITING_ON`, or several pairs told apart by a prefix: `PLAN_MOVES` with `PLAN_WAITING_ON`."""
    title = (module.__doc__ or module.__name__).split(":")[0].strip()
    tables = []
    for name, value in vars(module).items():
        if not isinstance(value, Moves):
            continue
        waiting = getattr(module, name.replace("MOVES", "WAITING_ON"), {})
        assert all(isinstance(side, Side) for side in waiting.values()), f"{module.__name__}.{name}"
        prefix = name.removesuffix("MOVES").strip("_").lower()
        tables.append(StateTable(f"{title}（{prefix}）" if prefix else title, waiting, value))
    return tables


if __name__ == "__main__":
    command()
