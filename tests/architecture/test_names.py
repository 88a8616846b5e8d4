"""命名测试: does everything have a name that says what it is?"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, python_files, shown, tracked_files

VAGUE_FILES = {"utils", "util", "helpers", "helper", "common", "misc"}
VAGUE_FIELDS = {"status", "type", "data", "info"}
CODE = [path for path in python_files("touchstone", "tests", "bench") if path.stat().st_size]
MODELS = [path for path in CODE if path.stem == "models" or path.parent.name == "models"]
DOCSTRING = re.compile(r"[\u3400-\u9fff][^:]*: \S")


def test_no_file_is_named_for_what_it_might_hold() -> None:
    vague = [shown(path) for path in tracked_files() if path.stem.lower() in VAGUE_FILES]
    assert not vague, f"文件名没有说明内容: {vague}"


@pytest.mark.parametrize("path", MODELS, ids=shown)
def test_no_field_has_a_vague_name(path: Path) -> None:
    vague = [f"{line}: {name}" for name, line in fields(path) if name in VAGUE_FIELDS]
    assert not vague, f"{shown(path)} 的字段名没有说明含义: {vague}"


def fields(path: Path) -> Iterator[tuple[str, int]]:
    """Give name and line of everything a class in the file assigns."""
    for owner in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for line in owner.body if isinstance(owner, ast.ClassDef) else ():
            targets = line.targets if isinstance(line, ast.Assign) else [line.target] if isinstance(line, ast.AnnAssign) else []
            yield from ((target.id, line.lineno) for target in targets if isinstance(target, ast.Name))


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_every_file_says_in_its_first_line_which_question_it_answers(path: Path) -> None:
    """A Chinese name, a colon, and the question or what the file is for."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert DOCSTRING.match(text), f"{shown(path)} 的第一行应是「中文名: the question this file answers.」, 现为 {text[:60]!r}"


def test_rooms_are_the_only_files_of_an_app() -> None:
    """Signals and generic foreign keys hide who does what; no app has them."""
    found = [
        f"{shown(path)}: {word}"
        for path in python_files("touchstone")
        for word in ("django.dispatch", "django.db.models.signals", "GenericForeignKey")
        if word in path.read_text(encoding="utf-8") and path.is_relative_to(ROOT / "touchstone")
    ]
    assert not found, f"不用信号和泛型外键: {found}"
