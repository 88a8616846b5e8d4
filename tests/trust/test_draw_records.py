"""抽签复核测试: do terminal and browser draw the same again, and do they say so when a record was changed?"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from touchstone.cli.draw import command
from touchstone.installation.place import ROOT
from touchstone.trust.draws import Entry, commitment, ranked, roster_lines, roster_root, seed_of

VECTORS = Path(__file__).parent / "draw_vectors.json"
CHECKER = ROOT / "touchstone" / "web" / "static" / "check-draw.html"


def a_record() -> dict[str, object]:
    """Give the record of a draw of three among nine, one of whom was passed over."""
    entries = [Entry(f"DW{n:06d}", "assessor", 1 + n % 2) for n in range(9)]
    root, secret = roster_root(entries), bytes(range(32))
    seed = seed_of("PQ1", root, [("平台承诺的保密数", "PQ1")], secret)
    order = [one.id for one in ranked(seed, entries)]
    return {
        "format": "cvd-draw/v1", "draw": "PQ1", "slot": "assessor", "count": 3, "roster": [line.decode() for line in roster_lines(entries)],
        "root": root, "sources": [["平台承诺的保密数", "PQ1"]], "secret": secret.hex(), "seed": seed.hex(), "commitment": commitment(secret),
        "order": order, "passed_over": {order[1]: "上次已在该机构考评"}, "chosen": [order[0], order[2], order[3]],
    }  # fmt: skip


CHANGED: dict[str, dict[str, object]] = {
    "换了一人": {"chosen": ["DW000000", "DW000001", "DW000002"]},
    "改了种子": {"seed": "00" * 32},
    "改了名单": {"root": "11" * 32},
    "换了保密数": {"secret": "22" * 32},
}


@pytest.fixture
def written(tmp_path: Path):
    """Give a function that writes a record to a file."""

    def write(what: object) -> str:
        path = tmp_path / f"record{len(list(tmp_path.iterdir()))}.json"
        path.write_text(json.dumps(what, ensure_ascii=False), encoding="utf-8")
        return str(path)

    return write


def test_the_examples_agree():
    """二十个例子全部一致。"""
    done = CliRunner().invoke(command, ["check", str(VECTORS)])
    assert done.exit_code == 0 and "20/20 一致" in done.output


def test_a_changed_example_is_named(written):
    """改动一例，说出是哪一例，以1退出。"""
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    vectors[3]["selected"].reverse()
    done = CliRunner().invoke(command, ["check", written(vectors)])
    assert done.exit_code == 1 and "第4例抽中的不同" in done.output and "19/20 一致" in done.output


def test_a_record_is_drawn_again(written):
    """照记录重抽，结果相同。"""
    done = CliRunner().invoke(command, ["run", written(a_record())])
    assert done.exit_code == 0 and "与记录一致" in done.output


@pytest.mark.parametrize("change", CHANGED.values(), ids=list(CHANGED))
def test_a_changed_record_is_found_out(written, change):
    """记录里改了什么，重抽就对不上。"""
    done = CliRunner().invoke(command, ["run", "--json", written({**a_record(), **change})])
    assert done.exit_code == 1 and json.loads(done.output)["differs"]


@pytest.mark.parametrize("what", [[], {}, {"roster": ["{}"], "draw": "x"}], ids=["空列表", "空记录", "名单不全"])
def test_what_is_no_record_is_refused(written, what):
    """不是抽签记录的，一句话说明。"""
    done = CliRunner().invoke(command, ["run", written(what)])
    assert done.exit_code == 1 and "Error" in done.output and "Traceback" not in done.output


def test_the_browser_agrees_on_every_example(browser: Browser, written):
    """单文件的浏览器复核页：不经过服务器，二十个例子全部一致；记录一致的说一致，改过的说哪里不符。"""
    page = browser.new_page()
    page.goto(CHECKER.as_uri())
    page.get_by_label("文件").set_input_files(VECTORS)
    expect(page.get_by_role("status")).to_have_text("20/20 一致", timeout=60_000)
    page.get_by_label("文件").set_input_files(written(a_record()))
    expect(page.get_by_role("status")).to_have_text("与记录一致")
    page.get_by_label("文件").set_input_files(written({**a_record(), **CHANGED["换了一人"]}))
    expect(page.get_by_role("status")).to_have_text("与记录不符：chosen")
    page.close()
