"""仓库测试: does the repository hold only what belongs to everyone, and do its instructions work?"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, shown, tracked_files

TEXT = [path for path in tracked_files() if path.suffix not in {".png", ".jpg", ".pdf", ".xlsx", ".geojson", ".ttf", ".woff2"}]
LOCKS = [path for path in TEXT if path.name == "package-lock.json" or path.parent.name == "requirements"]
# Put together here, so that this file does not hold what it forbids.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:" + "|".join(["wo" + "rk", "fa" + "rm", "ho" + "me/[a-z]+", "Us" + "ers/[a-z]+"]) + r")/")
OUTSIDE = re.compile(r"\.\./sha" + "red|(?<!\\w)/sha" + "red/")
LARGEST = 2 * 1024 * 1024
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    {
        line.split("#")[0].strip()
        for block in re.findall(r"```sh\n(.*?)```", README, re.S)
        for line in block.splitlines()
        if re.match(r"\s*(?:\.venv/bin/)?(?:make|touchstone)\b", line)
    }
)


@pytest.mark.parametrize("path", LOCKS, ids=shown)
def test_pinned_packages_name_no_address(path: Path) -> None:
    """Names, versions and hashes only: where packages come from is each machine's own setting."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(r'"resolved"|--index-url|--extra-index-url|--find-links|[a-z]+://\S*', text)
    found = [word for word in found if path.name != "package-lock.json" or not is_funding(word, text)]
    assert not found, f"{shown(path)} 里有地址: {found[:3]}"


def is_funding(word: str, text: str) -> bool:
    """A package may say where its makers take donations; nothing is fetched from there."""
    return f'"url": "{word}' in text or f'"funding": "{word}' in text


def test_no_file_holds_a_path_of_one_machine() -> None:
    found = [shown(path) for path in TEXT if MACHINE_PATH.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert not found, f"文件里有某台机器的路径: {found}"


def test_nothing_reads_outside_the_repository() -> None:
    found = [shown(path) for path in TEXT if OUTSIDE.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert not found, f"代码或测试引用了仓库以外的文件: {found}"


def test_no_large_file_is_tracked() -> None:
    large = [f"{shown(path)} {path.stat().st_size // 1024} KB" for path in tracked_files() if path.stat().st_size > LARGEST]
    assert not large, f"大文件不进仓库: {large}"


def test_readme_names_the_two_first_commands() -> None:
    assert "make demo" in COMMANDS
    assert "make test" in COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_readme_commands_exist(command: str) -> None:
    """`make` targets are known to make; every `touchstone` command explains itself."""
    words = command.split("#", maxsplit=1)[0].split()
    if words[0] == "make":
        run = ["make", "-n", *words[1:]]
    else:
        names = [word for word in words[1:] if re.fullmatch(r"[a-z][a-z-]*", word)]
        options = [word for word in words[1:] if word.startswith("--")]
        run = [sys.executable, "-m", "touchstone.cli", *names[:2], "--help"]
    # A test may itself run under make: its flags are not for this one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    result = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, env=environment)
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    if words[0] != "make":
        missing = [option for option in options if option.split("=")[0] not in result.stdout]
        assert not missing, f"{command}: 没有选项 {missing}"


def test_every_make_target_is_explained() -> None:
    """`make help` names what a person may run."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)
    assert phony
    told = makefile.split("help:")[1].split("\n\n")[0]
    unexplained = {target for target in phony[1].split() if f"make {target}" not in told} - {"help", "python", "test-setup"}
    assert not unexplained, f"make help 没有说明: {unexplained}"
