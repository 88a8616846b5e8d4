"""一个完整的故事: told from the terminal as a stranger would, it leaves what it promises, and nothing in it is made up."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from openpyxl import load_workbook

from touchstone.installation.place import ROOT
from touchstone.kernel.numbers import parse_certificate_number
from touchstone.simulation.story.people import REGISTRANTS

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the command once, in a process of its own, on a database of its own."""
    out = tmp_path_factory.mktemp("story")
    command = [sys.executable, "-c", "from touchstone.cli import main; main()", "story", "--out", str(out)]
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("TOUCHSTONE_SECRET", "DJANGO"))}
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, env=clean, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    return out, run.stdout


def left(told: tuple[Path, str]) -> dict[str, Any]:
    story: dict[str, Any] = json.loads((told[0] / "story.json").read_text(encoding="utf-8"))
    return story


def test_every_step_names_its_clause(told: tuple[Path, str]) -> None:
    """每一步都写明条款。"""
    steps = [line for line in told[1].splitlines() if line[:3].strip().isdigit()]
    assert len(steps) >= 25
    assert all(line.endswith("）") and ("通知" in line or "规程" in line or "编码规则" in line) for line in steps)


def test_a_refused_row_names_the_person(told: tuple[Path, str]) -> None:
    """有误的行也写明是谁。"""
    assert any("罗璟：" in line and "校验位" in line for line in told[1].splitlines())


def test_the_record_says_who_was_refused_and_why(told: tuple[Path, str]) -> None:
    """谁没有通过、为什么，都写在 story.json 里。"""
    story = left(told)
    assert story["candidates"] == len(REGISTRANTS) and story["eligible"] == 9
    refused = {one["name"]: one["reasons"] for one in story["refused"]}
    assert "还差3年" in refused["贺兰山"][0] and "尚无证明" in refused["江晚晴"][0]


def test_certificates_are_numbered_printed_and_lead_to_their_page(told: tuple[Path, str]) -> None:
    """证书编号合乎规则，PDF 上的二维码指向查验页，生僻字嵌在文件里。"""
    story = left(told)
    numbers = story["certificates"]
    assert isinstance(numbers, list) and len(numbers) == len(set(numbers)) == 7
    texts = []
    for number in numbers:
        parsed = parse_certificate_number(number)
        assert (parsed.letter, parsed.national_code, parsed.province, parsed.year, parsed.level) == ("Y", "0000", "31", "26", "4")
        texts.append(pypdf.PdfReader(told[0] / "证书" / f"{number}.pdf").pages[0].extract_text())
    assert any("罗璟" in text for text in texts) and any("㛃文秀" in text for text in texts) and any("阿依古丽·买买提" in text for text in texts)
    assert story["verify_url"] in _code_on(told[0] / "证书" / f"{numbers[0]}.pdf")


def _code_on(pdf: Path) -> list[str]:
    """Have the page drawn and read the code from the picture, as a phone would from paper."""
    page = pypdfium2.PdfDocument(pdf)[0]
    return [code.text for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]


def test_the_returned_workbook_says_what_is_wrong_in_each_row(told: tuple[Path, str]) -> None:
    """退回的是同一份工作簿，多一列核对结果。"""
    page = load_workbook(told[0] / "报名表（核对结果）.xlsx")["报名信息"]
    header = [cell.value for cell in page[1]]
    verdicts = [row[header.index("核对结果")] for row in page.iter_rows(min_row=2, values_only=True) if row[header.index("姓名")]]
    assert sum("校验位" in str(one) for one in verdicts) == 1
    assert sum("同一人" in str(one) for one in verdicts) == 1
    assert sum("手机号码" in str(one) for one in verdicts) == 1


def test_papers_are_left(told: tuple[Path, str]) -> None:
    """准考证、签到表、公示都在，姓名和证件在公示上脱敏。"""
    tickets = pypdf.PdfReader(told[0] / "准考证.pdf")
    assert len(tickets.pages) == 5
    public = pypdf.PdfReader(told[0] / "成绩公示.pdf").pages[0].extract_text()
    assert "陈*言" in public and "陈默言" not in public
    assert (told[0] / "签到表-理论知识考试.pdf").read_bytes().startswith(b"%PDF")
