"""旅程: what is filed today comes in from a workbook: tried, loaded, put right, found by the public, and taken back as a whole."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.filings.existing import BODIES, FILINGS, SCOPE, VENUES, Rows
from tests.journeys.conftest import Site
from tests.journeys.test_filing_district_enterprise import travel_to
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD

OLD_BODY = BODIES[0]["机构名称"]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the standing cast; it is the morning of 2 March 2026."""
    mark_synthetic(seed=1)
    found = set_up()
    travel_to(found.at)
    return found


def fill_template(page: Page, sheets: dict[str, Rows], folder: Path) -> Path:
    """Download the template by the page's button and fill it in, sheet by sheet."""
    with page.expect_download() as download:
        page.get_by_role("link", name="下载装入表").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    for name, rows in sheets.items():
        headers = [str(cell.value) for cell in book[name][1]]
        for place, row in enumerate(rows, 2):
            for column, header in enumerate(headers, 1):
                book[name].cell(place, column).value = row.get(header)
    path = folder / "存量备案.xlsx"
    book.save(path)
    return path


def send(page: Page, site: Site, path: Path) -> None:
    """Try a workbook and let the worker do its part."""
    page.goto(f"{site.url}/desk/loading")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="试运行").click()
    expect(page.get_by_text("正在试运行")).to_be_visible()
    site.work_off_jobs()
    expect(page.get_by_text("总行数")).to_be_visible(timeout=15_000)  # the page asks by itself, and shows the whole when all is done


def load(page: Page, site: Site) -> None:
    """Load what was tried, and let the worker do its part."""
    page.get_by_role("button", name="正式装入").click()
    expect(page.get_by_text("正在装入")).to_be_visible()
    site.work_off_jobs()
    expect(page.get_by_text("总行数")).to_be_visible(timeout=15_000)


@pytest.mark.duty("G1.5")
def test_what_exists_is_tried_loaded_and_taken_back(cast: Cast, site: Site, tmp_path: Path) -> None:
    """许清和下载装入表，试运行，看到错行，装入其余，改好再装，公众查得到，最后整份撤销。"""
    xu = site.log_in("xu", PASSWORD)
    xu.get_by_role("navigation", name="主菜单").get_by_role("link", name="存量装入", exact=True).click()
    xu.get_by_role("button", name="试运行").click()
    expect(xu.get_by_text("没有选择文件").first).to_be_visible()
    filings = [FILINGS[0], FILINGS[1] | {"暂停理由": ""}, FILINGS[2]]
    path = fill_template(xu, {"机构": BODIES, "考核点": VENUES, "备案": filings, "评价范围": SCOPE}, tmp_path)
    send(xu, site, path)
    expect(xu.get_by_text("平台上还没有任何改动")).to_be_visible()
    xu.get_by_role("link", name="未装入").click()
    expect(xu.locator("tbody tr")).to_have_count(2)
    expect(xu.get_by_text("须填写暂停起始日和暂停理由")).to_be_visible()
    visitor = site.visit(f"/register?q={OLD_BODY}")
    expect(visitor.get_by_text("它没有在本平台备案")).to_be_visible()

    load(xu, site)
    expect(xu.get_by_text("有2行没有装入")).to_be_visible()
    with xu.expect_download() as download:
        xu.get_by_role("link", name="下载带结果的装入表").click()
    returned = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    headers = [cell.value for cell in returned["备案"][1]]
    assert "暂停理由" in str(returned["备案"].cell(3, headers.index("核对结果") + 1).value)
    returned["备案"].cell(3, headers.index("暂停理由") + 1).value = "考场整改"
    returned.save(path)
    send(xu, site, path)
    load(xu, site)
    expect(xu.locator("tbody tr", has_text="新增").or_(xu.locator("tbody tr", has_text="已存在"))).to_have_count(12)

    visitor.goto(f"{site.url}/register?q={OLD_BODY}")
    visitor.get_by_role("link", name=OLD_BODY).click()
    for words in ("备案有效", "车工", "五、四、三级", "沪职鉴备〔2023〕8号"):
        expect(visitor.get_by_text(words).first).to_be_visible()

    xu.get_by_role("link", name="整份撤销").click()
    xu.get_by_role("button", name="确认整份撤销").click()
    expect(xu.get_by_text("请填写撤销理由").first).to_be_visible()
    xu.get_by_label("撤销理由").fill("第二份装错了")
    xu.get_by_role("button", name="确认整份撤销").click()
    expect(xu.get_by_text("正在整份撤销").first).to_be_visible()
    site.work_off_jobs()
    expect(xu.get_by_text("已整份撤销").first).to_be_visible(timeout=30_000)
    expect(xu.locator("tbody tr", has_text="已撤销")).to_have_count(2)
    visitor.reload()
    expect(visitor.get_by_text("备案有效").first).to_be_visible()

    zhou = site.log_in("zhou", PASSWORD)
    zhou.goto(f"{site.url}/desk/loading")
    expect(zhou.get_by_text("还没有装入过")).to_be_visible()
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/loading")
    expect(wang.get_by_text("存量备案由市职鉴中心的备案登记员装入").first).to_be_visible()
    expect(wang.get_by_role("button", name="试运行")).to_have_count(0)
