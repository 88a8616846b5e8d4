"""安装测试: is each part made once, and again only when its sources change?"""

from pathlib import Path

import pytest

from touchstone.cli import setup


@pytest.fixture
def clone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give an empty clone."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "STAMPS", tmp_path)
    (tmp_path / "pins.txt").write_text("one==1", encoding="ascii")
    return tmp_path


def test_a_part_is_made_once(clone: Path) -> None:
    made: list[str] = []
    for _ in range(3):
        setup.once("part", [clone / "pins.txt"], lambda: made.append("part"))
    assert made == ["part"]


def test_a_part_is_made_again_when_its_source_changes(clone: Path) -> None:
    made: list[str] = []
    setup.once("part", [clone / "pins.txt"], lambda: made.append("old"))
    (clone / "pins.txt").write_text("one==2", encoding="ascii")
    setup.once("part", [clone / "pins.txt"], lambda: made.append("new"))
    assert made == ["old", "new"]


def test_a_part_that_failed_is_tried_again(clone: Path) -> None:
    def fail() -> None:
        raise setup.CannotSetUp("没有网络")

    with pytest.raises(setup.CannotSetUp):
        setup.once("part", [clone / "pins.txt"], fail)
    made: list[str] = []
    setup.once("part", [clone / "pins.txt"], lambda: made.append("part"))
    assert made == ["part"]


def test_an_unknown_part_is_refused_with_what_there_is(clone: Path) -> None:
    with pytest.raises(setup.CannotSetUp, match="可选: base"):
        setup.install_requirements("nothing")


@pytest.mark.parametrize(("ci", "fails"), [("true", True), ("", False)], ids=["持续集成算失败", "本机只说明"])
def test_without_a_browser(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, fails: bool) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(setup, "find_browser", lambda: None)
    monkeypatch.setattr(setup, "apt_install", lambda *_: False)
    if fails:
        with pytest.raises(setup.CannotSetUp, match="旅程将不运行"):
            setup.set_up_browser()
    else:
        setup.set_up_browser()
        assert "旅程将不运行" in capsys.readouterr().out
