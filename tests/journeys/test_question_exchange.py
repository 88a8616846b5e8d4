"""旅程: questions come into a bank from Excel and QTI, with every loss shown, and leave it as GIFT and QTI, opened on record."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.cast import WideCast
from tests.journeys.conftest import Site
from tests.journeys.test_calls import main_link, open_page
from tests.journeys.test_filing_district_enterprise import press
from tests.journeys.test_filing_school import cast  # noqa: F401
from tests.measurement.interchange import samples
from tests.measurement.interchange.test_qti_reading import CHOICE_BODY, item, packed
from tests.questions.conftest import Stand, stand_up
from touchstone.measurement.interchange import plain
from touchstone.measurement.interchange.delivery import Format, Outgoing
from touchstone.measurement.interchange.doors import read_file, write_file
from touchstone.questions.models import Opening, Question
from touchstone.questions.workbook import questions_workbook
from touchstone.simulation.bank import STANDARD

pytestmark = pytest.mark.journey
MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>
<resource identifier="r1" type="imsqti_item_xmlv2p1" href="one.xml"/><resource identifier="r2" type="imsqti_item_xmlv2p1" href="two.xml"/>
</resources></manifest>"""


@pytest.fixture
def stand(cast: WideCast) -> Stand:  # noqa: F811
    """Give body 丙's bank and the city's, both empty."""
    return stand_up(cast)


def bring(page: Page, site: Site, path: Path) -> None:
    """Choose what the questions are tied to, send a file, and let the worker go through it."""
    page.goto(f"{site.url}/body/bank/imports")
    page.get_by_label("依据的标准或评价规范").select_option(value=STANDARD)
    page.get_by_label("等级").select_option(label="五级/初级工")
    page.get_by_label("科目").select_option(label="理论知识考试")
    page.get_by_label("鉴定点").fill("1.1.1")
    page.locator("input[type=file]").set_input_files(path)
    press(page, "开始核对")
    expect(page.get_by_text("正在核对")).to_be_visible()
    work_off(page, site)


def work_off(page: Page, site: Site) -> None:
    """What the worker would do; the page asks by itself, and shows the whole when all is done."""
    site.work_off_jobs()
    expect(page.get_by_text("总题数")).to_be_visible(timeout=15_000)


def load(page: Page, site: Site) -> None:
    """Confirm what was found, and let the worker make the drafts."""
    press(page, "确认导入")
    work_off(page, site)
    expect(page.get_by_role("main")).to_contain_text("已导入为草稿")


def downloaded(page: Page, name: str) -> bytes:
    """What a link sends."""
    with page.expect_download() as download:
        page.get_by_role("main").get_by_role("link", name=name).click()
    return Path(download.value.path()).read_bytes()


def export(page: Page, site: Site, form: str) -> bytes:
    """Choose every question of the bank that is a draft, say why, and fetch the file."""
    page.goto(f"{site.url}/body/bank/questions?state=drafted")
    page.get_by_label("选择本页全部").check()
    page.get_by_role("button", name="导出", exact=True).click()
    page.get_by_label("格式").select_option(label=form)
    page.get_by_label("事由").fill("送考试系统供应商联调")
    page.get_by_role("button", name="导出3题").click()
    return downloaded(page, "下载文件")


@pytest.mark.django_db(transaction=True)
def test_questions_come_from_excel_and_qti_and_go_as_gift_and_qti(stand: Stand, site: Site, tmp_path: Path) -> None:
    """Excel一题有错、带回结果列；QTI一题不收、一题有损失；导入成草稿；导出GIFT和QTI，损失逐题列出；Moodle文件导入后整份撤销。"""
    jin = open_page(site, "jin", "/body/bank")
    main_link(jin, "导入")
    book = openpyxl.load_workbook(BytesIO(downloaded(jin, "下载Excel导入表")))
    assert book["试题"]["A1"].value == "题型"
    rows = [
        {"题型": "排序题", "题干": "排列车削台阶轴的工序", "选项A": "粗车", "选项B": "精车", "答案": "AB"},
        {"题型": "单选题", "题干": "没有选项的题", "答案": "A"},
    ]
    sheet = tmp_path / "试题.xlsx"
    sheet.write_bytes(questions_workbook(rows))
    bring(jin, site, sheet)
    expect(jin.get_by_role("main")).to_contain_text("选项A：没有填写选项")
    returned = openpyxl.load_workbook(BytesIO(downloaded(jin, "下载带结果的导入表")))["试题"]
    assert "没有填写选项" in str(returned.cell(3, returned.max_column).value)
    load(jin, site)

    linked = CHOICE_BODY.replace("最常用的", '见<a href="https://example.org">手册</a>，最常用的')
    package = tmp_path / "题包.zip"
    package.write_bytes(packed([("imsmanifest.xml", MANIFEST), ("one.xml", item(body=linked)), ("two.xml", item(adaptive="true"))]))
    bring(jin, site, package)
    main = jin.get_by_role("main")
    expect(main).to_contain_text("QTI 2.1")
    expect(main).to_contain_text("链接“https://example.org”：题目里不带外部链接，只保留了文字")
    expect(main).to_contain_text("第2行 adaptive：题目分几次作答")
    load(jin, site)

    moodle = tmp_path / "题.xml"
    moodle.write_bytes(write_file([Outgoing("m-1", samples.TRUE_FALSE)], Format.MOODLE, {}).content)
    bring(jin, site, moodle)
    load(jin, site)

    yun = open_page(site, "yun", "/body/bank/questions")
    gift = export(yun, site, "GIFT")
    expect(yun.get_by_role("main")).to_contain_text("排序题：GIFT没有这种题型。")
    assert [plain(one.taken.stem) for one in read_file(gift, "x.txt").incoming] == ["操作机床时可以戴手套。", "见手册，最常用的刀具材料是"]
    three = read_file(export(yun, site, "QTI 3.0"), "x.zip")
    assert three.format is Format.QTI30
    assert {one.taken.kind for one in three.incoming} == {"order", "choice", "true_false"}
    assert Opening.objects.filter(reason="送考试系统供应商联调").count() == 6
    main_link(yun, "导出")
    expect(yun.get_by_role("main")).to_contain_text("送考试系统供应商联调")

    jin.goto(f"{site.url}/body/bank/imports")
    main_link(jin, "DR202600003")
    main_link(jin, "整份撤销")
    jin.get_by_label("撤销理由").fill("这批题不用")
    press(jin, "确认整份撤销")
    expect(jin.get_by_role("main")).to_contain_text("导入的草稿已停用")
    assert Question.objects.filter(state="retired").count() == 1
