"""给来的文件有错: whatever a stranger hands to a command, it answers with a sentence and an exit code, never with a traceback."""

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from touchstone.cli.draw import command as draw
from touchstone.cli.papers import command as papers
from touchstone.cli.questions import command as questions

QUESTION = {"number": "甲", "difficulty": 0.5, "intercept": 0, "marks": {"kind": "choice"}}
BANK = {"questions": [QUESTION, {**QUESTION, "number": "乙"}]}
BLUEPRINT = {"size": 1, "counts": {"kind": {"choice": 1}}}
VECTORS = Path(__file__).parent.parent / "trust" / "draw_vectors.json"


def ran(command: click.Command, *arguments: object) -> Result:
    done = CliRunner().invoke(command, [str(one) for one in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def refused(done: Result, says: str, code: int = 1) -> None:
    assert (done.exit_code, says in done.output) == (code, True), done.output


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Give a function that writes a file and gives its path."""

    def written(what: object) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.json"
        path.write_bytes(what if isinstance(what, bytes) else json.dumps(what, ensure_ascii=False).encode())
        return path

    return written


def test_a_file_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    """没有这个文件、给的是文件夹：说清是哪一个。"""
    gone = tmp_path / "没有.json"
    for arguments in ((draw, "check", gone), (draw, "run", gone), (questions, "convert", gone, tmp_path / "b.xml")):
        refused(ran(*arguments), f"没有文件“{gone}”", 2)
    refused(ran(papers, "compose", "--bank", gone, "--blueprint", gone), "没有文件", 2)
    refused(ran(draw, "check", tmp_path), "是文件夹", 2)


@pytest.mark.parametrize("content", [b"words", b"\xff\xfe\x00", b"[" * 100_000, b""], ids=["文字", "不是文字", "嵌套过深", "空"])
def test_what_is_not_json(write: Any, content: bytes) -> None:
    """不是JSON：一句话说明。"""
    file = write(content)
    for arguments in ((draw, "check", file), (draw, "run", file), (papers, "compose", "--bank", file, "--blueprint", file)):
        refused(ran(*arguments), "不是可以读取的JSON文件")


def test_an_example_that_cannot_be_read_agrees_with_nothing(write: Any) -> None:
    """示例中有读不懂的：说出是哪一例、缺什么，其余照样核对，以1退出。"""
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    wrong = [1, {}, {**vectors[2], "seed": 5}, {**vectors[3], "items": [["a", "重"]]}, {**vectors[4], "k": None}]
    done = ran(draw, "check", write([*wrong, *vectors[5:]]))
    refused(done, "15/20 一致")
    assert "第1例的写法不对" in done.output
    assert "第2例缺少“seed”" in done.output


LINE = '{"id":"a","stratum":"s","weight":1}'
RECORD = {"draw": "x", "slot": "s", "count": 1, "roster": [LINE], "seed": "00"}


@pytest.mark.parametrize(
    "changed",
    [{"roster": 5}, {"roster": ["{"]}, {"roster": [LINE, LINE]}, {"count": "很多"}, {"quotas": [1]}, {"quotas": {"t": 1}}, {"quotas": {"s": None}},
     {"chosen": 5}, {"passed_over": 5}, {"sources": [1]}, {"secret": 7}, {"seed": "零"}],
    ids=lambda value: json.dumps(value, ensure_ascii=False),
)  # fmt: skip
def test_a_record_with_a_wrong_value(write: Any, changed: dict[str, Any]) -> None:
    """记录里一处写错：说明不能重抽。"""
    assert ran(draw, "run", write(RECORD)).exit_code == 0
    refused(ran(draw, "run", write(RECORD | changed)), "Error: ")


@pytest.mark.parametrize(
    ("bank", "blueprint", "says"),
    [
        ({}, {"abilities": [10**400]}, "abilities"),
        ({}, {"size": 0, "counts": {}}, "size应大于0"),
        ({}, {"size": 10**9, "counts": {}}, "size应为0至"),
        ({}, {"gap": "小"}, "gap应为"),
        ({}, {"difficulty": [float("nan"), 1]}, "difficulty应为"),
        ({"enemies": [["甲", ["乙"]]]}, {}, "相克试题应为"),
        ({"questions": [{**QUESTION, "used": 10**30}]}, {}, "used应为"),
        ({"questions": [{**QUESTION, "slope": 1e308}]}, {}, "slope应为数字"),
        ({"questions": [5]}, {}, "没有编号"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value,
)
def test_a_bank_or_blueprint_with_a_wrong_value(write: Any, bank: dict[str, Any], blueprint: dict[str, Any], says: str) -> None:
    """题库或细目表里一处写错：说出是哪一项。"""
    done = ran(papers, "compose", "--bank", write(BANK | bank), "--blueprint", write(BLUEPRINT | blueprint), "--forms", 2, "--seconds", 1, "--json")
    refused(done, says)


def test_questions_that_cannot_be_written(tmp_path: Path) -> None:
    """写不进目标、目标就是原文件、没有一题可写：说明原因，原有的文件不动。"""
    source, kept = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text("::一:: 开机前要检查。 {T}\n", encoding="utf-8")
    kept.write_text("原有的内容", encoding="utf-8")
    refused(ran(questions, "convert", source, tmp_path / "没有的文件夹" / "b.xml"), "写不进")
    refused(ran(questions, "convert", source, source), "目标文件就是原文件", 2)
    (tmp_path / "c.xml").write_text('<quiz><question type="multichoice"/></quiz>', encoding="utf-8")
    refused(ran(questions, "convert", tmp_path / "c.xml", kept), "没有一题可以写出")
    assert kept.read_text(encoding="utf-8") == "原有的内容"
