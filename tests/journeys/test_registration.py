"""旅程: a plan is reported and signed for, people register by workbook, and each one's eligibility is reviewed."""

import io
import re
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.exams.registering import put_in_force, row
from tests.journeys.conftest import Site
from tests.sheets.samples import texts
from touchstone.simulation.cast import PASSWORD
from touchstone.web import clock

LETTER = b"%PDF-1.4 a letter about years of work"
AGENCY = "上海某人力资源有限公司"


def new_plan(page: Page, site: Site) -> str:
    """Draft and report a plan through the pages, and give its number."""
    page.goto(f"{site.url}/body/plans")
    page.get_by_role("link", name="编制计划").first.click()
    day = clock.today()
    page.get_by_label("评价范围").select_option(index=1)
    page.get_by_label("考试日期").fill((day + timedelta(days=60)).isoformat())
    expect(page.get_by_role("cell", name="完成报名和资格审核")).to_be_visible()
    page.get_by_label("报名截止日").fill((day + timedelta(days=58)).isoformat())
    page.get_by_label("计划人数").fill("30")
    page.get_by_role("button", name="保存计划").click()
    expect(page.get_by_text("提前7个工作日").first).to_be_visible()
    page.get_by_label("报名截止日").fill((day + timedelta(days=20)).isoformat())
    page.get_by_role("button", name="保存计划").click()
    page.get_by_role("button", name="上报计划").click()
    page.get_by_role("button", name="上报", exact=True).click()
    expect(page.get_by_text("报名已开放").first).to_be_visible()
    return page.url.rsplit("/", 1)[1]


def fill_template(page: Page, rows: list[dict[str, str]], folder: Path) -> Path:
    """Download the plan's template by the page's button and fill it in."""
    with page.expect_download() as download:
        page.get_by_role("link", name="下载报名表模板").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    for place, one in enumerate(rows, 2):
        for column, text in enumerate(texts(one), 1):
            book["报名信息"].cell(place, column).value = text or None
    path = folder / "报名表.xlsx"
    book.save(path)
    return path


def send(page: Page, site: Site, path: Path, employment: str = "直接用工") -> None:
    """Hand a workbook in and let the worker do its part."""
    page.get_by_label("用工形式").select_option(employment)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("heading", name="报名表核对结果")).to_be_visible()
    site.work_off_jobs()
    expect(page.get_by_role("link", name="下载带结果的报名表")).to_be_visible(timeout=30_000)  # the page polls by itself


@pytest.mark.duty("B1.1", "B1.2", "B2.1", "D1.4", "D5.2", "G1.3")
@pytest.mark.django_db(transaction=True)
def test_people_register_by_workbook_and_are_reviewed(cast: Cast, site: Site, tmp_path: Path) -> None:
    """孙编制上报计划，王签收；报名表有错退回改好再传；逐人核对佐证后完成资格审核。"""
    put_in_force(cast, level=4)
    sun = site.log_in("sun", PASSWORD)
    number = new_plan(sun, site)
    sun.get_by_role("link", name="报名与上传").click()
    wrong = fill_template(sun, [row(1), row(2, sex="女"), row(3, years_in_field="3"), row(1)], tmp_path)
    send(sun, site, wrong)
    expect(sun.get_by_text("有2行需要改正")).to_be_visible()
    expect(sun.get_by_text("第5行与第2行是同一人").first).to_be_visible()
    with sun.expect_download() as download:
        sun.get_by_role("link", name="下载带结果的报名表").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book["报名信息"]
    headers = [cell.value for cell in sheet[1]]
    assert "性别" in str(sheet.cell(3, headers.index("核对结果") + 1).value)
    sheet.cell(3, headers.index("性别") + 1).value = "男"
    sheet.delete_rows(5)
    right = tmp_path / "改好.xlsx"
    book.save(right)
    sun.get_by_role("link", name="返回报名").click()
    send(sun, site, right)
    expect(sun.get_by_text("没有重复登记").first).to_be_visible()
    sun.get_by_role("link", name="返回报名").click()
    send(sun, site, fill_template(sun, [row(4, employer=AGENCY)], tmp_path), "劳务派遣")
    expect(sun.get_by_text(AGENCY).first).to_be_visible()

    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/plans/{number}")
    wang.get_by_role("button", name="签收", exact=True).click()
    expect(wang.get_by_text("已签收，无需重复办理")).to_be_visible()

    review(sun, site, number)

    shi = site.log_in("shi", PASSWORD)
    shi.goto(f"{site.url}/body/plans/{number}/candidates")
    expect(shi.get_by_text("没有这份认定计划")).to_be_visible()


def review(sun: Page, site: Site, number: str) -> None:
    """Check the evidence of each candidate, refuse one, withdraw one, and close."""
    sun.goto(f"{site.url}/body/plans/{number}")
    sun.get_by_role("button", name="完成资格审核").click()
    sun.get_by_role("button", name="完成审核", exact=True).click()
    expect(sun.get_by_text(re.compile("还有3名考生没有审核结论"))).to_be_visible()
    sun.get_by_role("link", name="考生与资格审核").click()
    sun.get_by_role("row", name=re.compile("劳务派遣")).get_by_role("checkbox").check()
    sun.get_by_role("button", name="用工证明已核").click()
    sun.get_by_label("用工证明已核的说明或理由").fill("劳务派遣协议2026-01号及名单")
    sun.get_by_role("button", name="确认用工证明已核").click()
    expect(sun.get_by_text("现为“待补充证明”")).to_be_visible()
    sun.get_by_role("link", name="返回考生列表").click()
    for dispatched in (True, False):
        sun.get_by_role("row", name=re.compile("劳务派遣" if dispatched else "考生零零一")).get_by_role("link").click()
        prove_work(sun)
        expect(sun.get_by_text("符合条件 4-1")).to_be_visible()
        expect(sun.get_by_text("标准印6年，规程为5年").first).to_be_visible()
        expect(sun.get_by_text("（2023年版）》 申报条件 四级（1）").first).to_be_visible()
        sun.get_by_role("navigation", name="所在位置").get_by_role("link", name="考生与资格审核").click()
    sun.get_by_role("row", name=re.compile("考生零零二")).get_by_role("link").click()
    sun.get_by_role("button", name="不予通过").click()
    sun.get_by_label("理由（告知考生）").fill("未在报名截止前补交工作年限证明")
    sun.get_by_role("dialog").get_by_role("button", name="不予通过").click()
    expect(sun.get_by_text("未在报名截止前补交工作年限证明").first).to_be_visible()
    sun.goto(f"{site.url}/body/plans/{number}")
    sun.get_by_role("button", name="完成资格审核").click()
    sun.get_by_role("button", name="完成审核", exact=True).click()
    expect(sun.get_by_text("资格审核已完成，可以编排考务").first).to_be_visible()


def prove_work(page: Page) -> None:
    """Hand in a letter and note the years it proves."""
    work = page.locator("#work")
    work.locator("input[type=file]").set_input_files({"name": "工作证明.pdf", "mimeType": "application/pdf", "buffer": LETTER})
    work.get_by_role("button", name="上传", exact=True).click()
    expect(work.get_by_role("link", name="工作证明.pdf")).to_be_visible()
    work.get_by_label("第1段 起").fill("2015-03-02")
    work.get_by_label("工作证明.pdf", exact=True).check()
    work.get_by_role("button", name="核对无误，记下").click()
    expect(page.get_by_text("已核对").first).to_be_visible()


@pytest.mark.duty("B1.1", "D5.2")
@pytest.mark.django_db(transaction=True)
def test_bad_workbooks_are_told_and_nothing_is_lost(cast: Cast, site: Site, tmp_path: Path) -> None:
    """不是工作簿、别的计划的表、合并单元格、第二份同时上传：每一次都说明原因，已登记的不受影响。"""
    put_in_force(cast, level=4)
    sun = site.log_in("sun", PASSWORD)
    number = new_plan(sun, site)
    sun.goto(f"{site.url}/body/plans/{number}/registration")
    good = fill_template(sun, [row(1)], tmp_path)
    book = openpyxl.load_workbook(good)
    book["报名信息"].merge_cells("B2:B3")
    merged = tmp_path / "合并.xlsx"
    book.save(merged)
    text = tmp_path / "文本.xlsx"
    text.write_bytes(b"not a workbook at all")
    for path, words in ((text, "内容不是Excel工作簿"), (merged, "合并单元格：B2:B3")):
        sun.get_by_label("用工形式").select_option("直接用工")
        sun.locator("input[type=file]").set_input_files(path)
        sun.get_by_role("button", name="上传并核对").click()
        expect(sun.get_by_text(words).first).to_be_visible()
    sun.get_by_label("用工形式").select_option("直接用工")
    sun.locator("input[type=file]").set_input_files(good)
    sun.get_by_role("button", name="上传并核对").click()
    expect(sun.get_by_text("正在准备")).to_be_visible()
    sun.goto(f"{site.url}/body/plans/{number}/registration")
    second = fill_template(sun, [row(2)], tmp_path)
    sun.get_by_label("用工形式").select_option("直接用工")
    sun.locator("input[type=file]").set_input_files(second)
    sun.get_by_role("button", name="上传并核对").click()
    expect(sun.get_by_text("一次只处理一份").first).to_be_visible()
    sun.close()
    site.work_off_jobs()
    again = site.log_in("sun", PASSWORD)
    again.goto(f"{site.url}/body/plans/{number}/candidates")
    expect(again.get_by_text("考生零零一")).to_be_visible()
    again.goto(f"{site.url}/body/plans/{number}/registration")
    send(again, site, second)
    expect(again.get_by_role("cell", name="考生零零二")).to_be_visible()
