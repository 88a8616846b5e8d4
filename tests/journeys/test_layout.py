"""旅程: what is wanted is entered and imported, laid out against who is filed, and read by the centre, a district and an industry authority."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.cast import WideCast, set_up
from tests.filings.conftest import people, ready
from tests.journeys.conftest import PHONE, Site
from tests.journeys.test_filing_district_enterprise import press, told, travel_to
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD, set_up_other_bodies
from touchstone.simulation.filing import file_to

LATER = timedelta(days=60)


@pytest.fixture
def cast(transactional_db: None) -> WideCast:
    """甲 and 戊 are filed for turners; it is two months later."""
    mark_synthetic(seed=1)
    found = set_up()
    bodies = set_up_other_bodies(since=date(2026, 1, 1), at=found.at)
    wide = WideCast(found.body_a, found.body_b, found.at, bodies["BODY-D"], bodies["BODY-E"], bodies["BODY-F"])
    for route in ("district_enterprise", "social_body"):
        file_to("signed", ready(route, wide), people(wide, route), at=wide.at)
    travel_to(found.at + LATER)
    return wide


def filled(site_page: Page, folder: Path) -> Path:
    """Download the template from the page and fill it as somebody would with Excel."""
    with site_page.expect_download() as download:
        site_page.get_by_role("link", name="下载模板").click()
    path = folder / "需求.xlsx"
    download.value.save_as(path)
    book = load_workbook(path)
    sheet = book["需求"]
    rows: tuple[tuple[str | int, ...], ...] = (
        ("6-18-01-01", "车工", "徐汇区", 2026, 400, "用工调查"),
        ("4-03-02-01", "", "徐汇", 2026, "五百", ""),
    )
    for line, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            sheet.cell(line, column).value = value
    book.save(path)
    return path


@pytest.mark.duty("B3.2")
def test_bodies_against_demand(cast: WideCast, site: Site, tmp_path: Path) -> None:
    """市职鉴中心填报和导入需求数；布局上看到缺口，点开每个数看到明细；区只看本区，行业主管只看本领域。"""
    tao = site.log_in("tao", PASSWORD)
    tao.get_by_role("link", name="统筹布局").click()
    expect(tao.get_by_text("还没有需求数").first).to_be_visible()
    tao.get_by_role("link", name="填报", exact=True).click()
    tao.get_by_label("职业", exact=True).fill("6-18-01-01")
    tao.get_by_label("区", exact=True).select_option(label="浦东新区")
    tao.get_by_label("年需求人数").fill("1200")
    press(tao, "登记")
    expect(tao.get_by_text("请填写来源").first).to_be_visible()
    tao.get_by_label("来源").fill("2026年行业用工调查")
    press(tao, "登记")
    told(tao, "1,200人次")
    tao.get_by_role("link", name="导入").click()
    tao.locator("input[type=file]").set_input_files(filled(tao, tmp_path))
    press(tao, "上传并登记")
    expect(tao.get_by_text("共2行，登记1行")).to_be_visible()
    expect(tao.get_by_text("来源没有填写")).to_be_visible()
    with tao.expect_download() as returned:
        tao.get_by_role("link", name="下载带结果的表").click()
    assert returned.value.suggested_filename == "需求（核对结果）.xlsx"

    tao.goto(f"{site.url}/desk/layout?by=both")
    home = tao.locator(".ts-list tbody tr", has_text="浦东新区").filter(has_text="车工")
    expect(home).to_contain_text("还缺1家")
    expect(tao.locator("[data-chart=layout-map] svg")).to_be_visible()
    home.get_by_role("link", name="2", exact=True).first.click()
    expect(tao.get_by_role("link", name="上海戊申养老服务评价中心")).to_be_visible()
    tao.get_by_role("link", name="考核点").last.click()
    expect(tao.get_by_text("共2处").first).to_be_visible()

    lv = site.log_in("lv", PASSWORD, viewport=PHONE)
    lv.goto(f"{site.url}/desk/layout")
    expect(lv.get_by_text("考核点在徐汇区的有效备案").first).to_be_visible()
    expect(lv.get_by_text("年需求400人次，1家可以承担")).to_be_visible()
    lu = site.log_in("lu", PASSWORD)
    lu.goto(f"{site.url}/desk/layout")
    expect(lu.get_by_text("还没有可以对照的备案和需求")).to_be_visible()


@pytest.mark.duty("B3.5")
def test_a_model_body_is_named_seen_and_taken_back(cast: WideCast, site: Site) -> None:
    """备案不满一年不能认定；满一年认定，公众和机构都看得到；条件不再具备时取消，经过留着。"""
    han = site.log_in("han", PASSWORD)
    han.get_by_role("link", name="评价机构").click()
    han.get_by_role("link", name="示范机构").click()
    expect(han.get_by_text("还没有示范机构")).to_be_visible()
    han.get_by_role("link", name="从已备案的社会培训评价组织中认定").click()
    han.get_by_role("link", name="上海戊申养老服务评价中心").click()
    han.get_by_role("link", name="示范机构").click()
    han.get_by_label("理由").fill("评价质量连续优良，带动同行。")
    press(han, "认定")
    expect(han.get_by_text("还不具备认定为示范机构的条件").first).to_be_visible()
    travel_to(cast.at + timedelta(days=400))
    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/models/{cast.body_e.number}")
    han.get_by_label("理由").fill("评价质量连续优良，带动同行。")
    press(han, "认定")
    told(han, "已认定")

    visitor = site.visit("/register?q=戊申", viewport=PHONE)
    expect(visitor.get_by_text("示范机构", exact=True)).to_be_visible()
    visitor.get_by_role("link", name="上海戊申养老服务评价中心").click()
    expect(visitor.get_by_text("评价质量连续优良")).to_be_visible()
    xie = site.log_in("xie", PASSWORD)
    expect(xie.get_by_text("示范性社会培训评价组织", exact=True)).to_be_visible()

    press(han, "取消示范机构")
    dialog = han.get_by_role("dialog")
    dialog.get_by_label("理由").fill("年度考核不合格。")
    dialog.get_by_role("button", name="确认取消").click()
    told(han, "已取消")
    han.get_by_role("link", name="全部示范机构").click()
    expect(han.get_by_text("年度考核不合格。")).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_text("年度考核不合格。")).to_be_visible()
