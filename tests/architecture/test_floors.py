"""楼层测试: does import-linter agree, and does it watch every app?"""

import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

PACKAGE = ROOT / "touchstone"
APPS = sorted(path.parent.name for path in PACKAGE.glob("*/apps.py") if (path.parent / "migrations").is_dir())


@pytest.fixture(scope="module")
def contracts() -> ConfigParser:
    """Read the contracts."""
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return parser


def test_imports_keep_to_floors_and_rooms() -> None:
    run = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("app", APPS)
def test_every_app_is_watched(contracts: ConfigParser, app: str) -> None:
    containers = contracts["importlinter:contract:rooms"]["containers"].split()
    assert f"touchstone.{app}" in containers, f"{app} 不在 .importlinter 的房间约定里"
    if (PACKAGE / app / "models.py").exists() or (PACKAGE / app / "models").is_dir():
        assert f"importlinter:contract:models-{app}" in contracts, f".importlinter 没有保护 {app}.models"


@pytest.mark.parametrize("floor", ["kernel", "policy", "trust", "measurement", "lake", "sheets", "print"])
def test_law_and_engines_are_watched(contracts: ConfigParser, floor: str) -> None:
    if not (PACKAGE / floor / "__init__.py").exists():
        pytest.skip(f"还没有 touchstone/{floor}")
    watched = contracts["importlinter:contract:law"]["source_modules"].split()
    assert f"touchstone.{floor}" in watched, f"{floor} 不在「法规与引擎不认识 Django」约定里"
