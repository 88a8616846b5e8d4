"""旅程: anybody asks whether a body is filed for this, on a phone, by paper and by machine, for today and for another day."""

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cast import Cast, set_up
from tests.filings.existing import BODIES, existing_workbook
from tests.journeys.conftest import PHONE, Site
from tests.journeys.test_filing_district_enterprise import travel_to
from touchstone.accounts.actor import PLATFORM
from touchstone.filings.operations.loading import process_loading, receive_loading
from touchstone.ledger.operations import mark_synthetic

FACTORY, PAUSED = BODIES[0]["机构名称"], BODIES[1]["机构名称"]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the standing cast on 2 March 2026, with three bodies loaded as they stood."""
    mark_synthetic(seed=1)
    found = set_up()
    travel_to(found.at)
    received = receive_loading(name="存量.xlsx", content=existing_workbook(), dry_run=False, by=found.xu, at=found.at)
    process_loading(number=received.number, by=PLATFORM, at=found.at)
    return found


@pytest.mark.duty("C2.4")
def test_anybody_asks_whether_a_body_is_filed_for_this(cast: Cast, site: Site) -> None:
    """陈女士在手机上问：这家机构今天能评车工三级吗；换一天、换一级、换一家，各有一句答复；地址可以留存，程序得到同样的答复。"""
    phone = site.visit("/", viewport=PHONE)
    phone.get_by_role("link", name="这家机构能评这个职业吗？").click()
    phone.get_by_label("职业或工种").fill("车工")
    phone.get_by_label("等级").select_option("3")
    phone.get_by_role("button", name="查询").click()
    row = phone.get_by_role("listitem").filter(has_text=FACTORY)
    expect(row.get_by_text("在备案范围内")).to_be_visible()
    expect(phone.get_by_text(PAUSED)).to_have_count(0)
    row.get_by_role("link", name="答复页（可打印）").click()
    expect(phone.get_by_role("heading", name="已备案", exact=True)).to_be_visible()
    expect(phone.get_by_text("2026年3月2日有效备案包括车工三级/高级工，有效期至2026年5月31日")).to_be_visible()
    expect(phone.get_by_text("依据：通知 三(一)").first).to_be_visible()
    expect(phone.get_by_text("一车间（浦东新区）")).to_be_visible()
    expect(phone.locator("figure svg")).to_be_visible()
    kept = phone.url
    assert "day=2026-03-02" in kept

    phone.get_by_label("日期").fill("2026-06-01")
    phone.get_by_role("button", name="查询").click()
    expect(phone.get_by_role("heading", name="已期满", exact=True)).to_be_visible()
    expect(phone.get_by_text("所问的日期还没有到")).to_be_visible()
    phone.get_by_label("日期").fill("2026-03-02")
    phone.get_by_label("等级").select_option("1")
    phone.get_by_role("button", name="查询").click()
    expect(phone.get_by_role("heading", name="不在备案范围内", exact=True)).to_be_visible()

    phone.get_by_label("机构", exact=False).first.fill("上海")
    phone.get_by_role("button", name="查询").click()
    expect(phone.get_by_text("您要问的是哪一家")).to_be_visible()
    phone.get_by_role("link", name=PAUSED).click()
    expect(phone.get_by_role("heading", name="不在备案范围内", exact=True)).to_be_visible()
    phone.get_by_label("等级").select_option("3")
    phone.get_by_role("button", name="查询").click()
    expect(phone.get_by_role("heading", name="暂停评价", exact=True)).to_be_visible()
    expect(phone.get_by_text("自2026年1月5日起暂停评价")).to_be_visible()
    phone.get_by_role("link", name="备案经过").click()
    expect(phone.get_by_text("备案（原有备案装入）")).to_be_visible()

    again = site.visit()
    again.goto(kept)
    expect(again.get_by_role("heading", name="已备案", exact=True)).to_be_visible()
    again.emulate_media(media="print")
    expect(again.get_by_role("button", name="打印")).to_be_hidden()
    again.emulate_media(media="screen")
    with again.expect_download() as download:
        again.get_by_role("link", name="JSON").click()
    told = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert (told["filed"], told["body"]["name"], told["lines"][0]["venue"]) == (True, FACTORY, "一车间")


@pytest.mark.duty("C2.4")
def test_anybody_takes_the_register_away(cast: Cast, site: Site) -> None:
    """谁都可以下载当天全部有效备案，字段有说明。"""
    page = site.visit("/register")
    page.get_by_role("link", name="开放数据").click()
    expect(page.get_by_text("2026年3月2日").first).to_be_visible()
    expect(page.get_by_role("cell", name="occupation_code", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 CSV").click()
    assert download.value.suggested_filename == "filings-2026-03-02.csv"
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert {row["body_name"] for row in rows} == {one["机构名称"] for one in BODIES}
