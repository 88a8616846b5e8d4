"""备案命令测试: does the terminal load by the same operation as the page?"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cast import Cast
from tests.filings.existing import existing_workbook
from touchstone.cli.filings import command
from touchstone.filings.models import Filing, Loading


def test_a_workbook_is_tried_and_refused_from_the_terminal(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """命令行：写出空白装入表，试运行逐行给出结果、写进报告，什么也不写入；不是装入表的说明原因。"""
    monkeypatch.setattr("touchstone.cli.filings.leave_django", lambda: None)  # the test's own connection stays open
    blank, file, report = tmp_path / "空白.xlsx", tmp_path / "存量.xlsx", tmp_path / "结果.csv"
    assert CliRunner().invoke(command, ["template", str(blank)]).exit_code == 0
    assert blank.read_bytes().startswith(b"PK")
    file.write_bytes(existing_workbook())
    tried = CliRunner().invoke(command, ["load", str(file), "--dry-run", "--report", str(report)])
    assert tried.exit_code == 0, tried.output
    assert "试运行, 没有写入任何内容" in tried.output
    assert "协会原有的企业评价照原样装入" in tried.output
    assert len(report.read_text("utf-8-sig").splitlines()) == 13
    assert Loading.objects.get().begun_by is None
    assert not Filing.objects.exists()
    empty = CliRunner().invoke(command, ["load", str(blank)])
    assert empty.exit_code == 1
    assert "四张表里都没有数据行" in empty.output
    file.write_bytes(b"a,b\n1,2\n")
    refused = CliRunner().invoke(command, ["load", str(file)])
    assert refused.exit_code == 1
    assert "不是Excel工作簿" in refused.output
