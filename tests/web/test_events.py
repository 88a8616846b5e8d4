"""存证用字: every kind of line the code writes has a Chinese name, and no name is left over."""

import ast
from pathlib import Path

from touchstone.web.events import WORDS

ROOT = Path(__file__).resolve().parents[2] / "touchstone"


def written() -> set[str]:
    """Every literal first argument of `record(…)`, and the event names kept in tables of moves or words beside operations."""
    found: set[str] = set()
    for path in ROOT.rglob("operations/*.py"):
        found |= _texts(path)
    for path in [*ROOT.glob("*/operations.py"), *ROOT.glob("*/history.py")]:
        found |= _texts(path)
    return found


def _texts(path: Path) -> set[str]:
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    names = {"record", "record_many", "record_all", "conclude_move", "moved", "write"}
    return {
        argument.value
        for call in calls
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in names
        for argument in [*call.args, *(k.value for k in call.keywords if k.arg == "event")]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value.count(".") == 1 and " " not in argument.value
    }


def test_every_event_has_a_name() -> None:
    """每种存证都有中文名称。"""
    assert sorted(written() - set(WORDS)) == []
