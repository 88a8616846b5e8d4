"""密钥命令测试: is the city root made once, into a file nobody else reads, and its public half shown?"""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from touchstone.cli.keys import command


@pytest.mark.django_db
def test_made_once_and_shown(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """没有时说明怎样生成；生成后显示公钥；不重新生成。"""
    monkeypatch.setattr("touchstone.cli.keys.leave_django", lambda: None)  # the test's own connection stays open
    settings.CITY_ROOT_FILE = tmp_path / "keys" / "root"
    assert "请先运行 touchstone keys root" in CliRunner().invoke(command, ["show"]).output
    made = CliRunner().invoke(command, ["root"])
    assert made.exit_code == 0, made.output
    assert settings.CITY_ROOT_FILE.stat().st_mode & 0o777 == 0o600
    shown = CliRunner().invoke(command, ["show"]).output
    assert shown.startswith("z6Mk")
    assert shown.split()[-1] in made.output
    again = CliRunner().invoke(command, ["root"])
    assert again.exit_code == 1
    assert "已经有了" in again.output
