"""旅程: what a filing may rest on: a national standard, or an enterprise's own specification once approved, and no level beyond it."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import Site
from touchstone.accounts.actor import PLATFORM
from touchstone.catalogue.operations import enter_occupation, open_levels
from touchstone.simulation.cast import BODY_A, PASSWORD
from touchstone.simulation.filing import equip
from touchstone.web import clock

NEW, NEW_NAME = "6-99-99-01", "增材制造示范操作员"


def new_occupation(cast: Cast) -> None:
    """An occupation on the national list, fileable at all levels, for which no standard exists yet."""
    since = clock.today() - timedelta(days=30)
    enter_occupation(code=NEW, name=NEW_NAME, industry="machinery", since=since, by=PLATFORM, at=cast.at)
    open_levels(code=NEW, trade="", levels=[5, 4, 3], since=since, document="国家新职业公告", by=PLATFORM, at=cast.at)


def choose(page: Page, occupation: str, *levels: str) -> None:
    """Type an occupation and tick levels and the venue."""
    with page.expect_response(lambda answer: "scope/options" in answer.url):
        page.get_by_label("职业", exact=True).fill(occupation)
    for level in levels:
        page.get_by_role("main").get_by_label(level).check()
    page.get_by_label("实训中心").check()
    page.get_by_role("main").get_by_role("button", name="添加到申报范围").click()


@pytest.mark.duty("D1.1", "D1.3")
def test_a_filing_rests_on_a_standard_or_an_approved_specification(cast: Cast, site: Site) -> None:
    """没有标准的职业不能备案；未核准的评价规范只能待证明；核准后可以；超出标准规定的等级不能备案。"""
    new_occupation(cast)
    equip(cast.body_a, by=cast.lin, at=cast.at)
    lin = site.log_in("lin", PASSWORD)
    lin.goto(f"{site.url}/body/filings/new")
    lin.get_by_role("main").get_by_role("button", name="开始填报").click()
    number = lin.url.split("/filings/")[1].split("/")[0]
    scope = f"{site.url}/body/filings/{number}/scope"
    lin.goto(scope)
    choose(lin, f"{NEW} {NEW_NAME}", "四级/中级工")
    expect(lin.get_by_role("main")).to_contain_text("标准")
    expect(lin.get_by_role("cell", name="四级/中级工", exact=True)).to_have_count(0)

    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/catalogue/standards")
    han.get_by_role("link", name="登记标准").click()
    han.get_by_label("评价规范", exact=True).check()
    han.get_by_label("编号", exact=True).fill("PG-2026-001")
    han.get_by_label("名称", exact=True).fill("增材制造示范操作员评价规范")
    han.get_by_label("版本", exact=True).fill("2026年版")
    han.get_by_label("职业", exact=True).fill(f"{NEW} {NEW_NAME}")
    for level in ("五级/初级工", "四级/中级工"):
        han.get_by_label(level).check()
    han.get_by_label("施行日").fill((clock.today() - timedelta(days=10)).isoformat())
    han.get_by_label("制定单位").fill(BODY_A)
    han.get_by_role("main").get_by_role("button", name="登记").click()
    expect(han.get_by_text("待核准").first).to_be_visible()

    lin.goto(scope)
    choose(lin, f"{NEW} {NEW_NAME}", "四级/中级工")
    expect(lin.get_by_role("cell", name="四级/中级工", exact=True)).to_be_visible()
    expect(lin.get_by_text("尚未核准").first).to_be_visible()

    han.get_by_label("核准日").fill(clock.today().isoformat())
    han.get_by_role("button", name="登记核准日").click()
    expect(han.get_by_text("现行").first).to_be_visible()

    lin.goto(scope)
    expect(lin.get_by_text("尚未核准")).to_have_count(0)
    choose(lin, f"{NEW} {NEW_NAME}", "三级/高级工", "五级/初级工")
    expect(lin.get_by_text("未添加").first).to_be_visible()
    expect(lin.get_by_role("cell", name="五级/初级工", exact=True)).to_be_visible()
    expect(lin.get_by_role("cell", name="三级/高级工", exact=True)).to_have_count(0)
    expect(lin.get_by_role("main")).to_contain_text("三(二)1")
