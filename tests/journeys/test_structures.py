"""旅程: what a standard says becomes data: tried, put right, approved by a second person, compared, and what rests on the old one is marked."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.journeys.conftest import Site
from tests.journeys.test_filing_district_enterprise import travel_to
from tests.questions.conftest import stand_up
from touchstone.catalogue import operations, queries
from touchstone.catalogue.facts import structure_facts
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import mark_synthetic
from touchstone.sheets.structures import structure_workbook
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.standards.loading import load_examples, revised

TURNER, KNOWLEDGE = "6-18-01-01", "五级/初级工相关知识要求1.1.1"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the standing cast; it is the morning of 2 March 2026."""
    mark_synthetic(seed=1)
    found = set_up()
    travel_to(found.at)
    return found


def send(page: Page, site: Site, path: Path) -> None:
    """Hand a workbook in and let the worker do its part."""
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="开始核对").click()
    expect(page.get_by_text("正在核对")).to_be_visible()
    site.work_off_jobs()
    expect(page.get_by_text("总行数")).to_be_visible(timeout=15_000)


def saved(page: Page, link: str, folder: Path) -> openpyxl.Workbook:
    """Download a workbook by a link of the page."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).first.click()
    path = folder / "下载.xlsx"
    download.value.save_as(path)
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


@pytest.mark.duty("D1.1", "D1.5")
def test_a_body_writes_its_specification_and_the_centre_approves_it(cast: Cast, site: Site, tmp_path: Path) -> None:
    """林知夏编制评价规范，下载示例，权重写错被逐列指出，按退回的工作簿改好，提请核准；韩亦诚先退回再核准。"""
    lin = site.log_in("lin", PASSWORD)
    lin.get_by_role("navigation", name="主菜单").get_by_role("link", name="标准", exact=True).click()
    expect(lin.get_by_text("以《规程》为准").first).to_be_visible()
    lin.get_by_role("link", name="编制评价规范").click()
    lin.get_by_label("名称", exact=True).fill("数控车床操作评价规范")
    lin.get_by_label("版本", exact=True).fill("2026年版")
    lin.get_by_label("职业", exact=True).fill(f"{TURNER} 车工")
    for level in ("五级/初级工", "四级/中级工"):
        lin.get_by_label(level).check()
    lin.get_by_role("button", name="登记，下一步导入结构").click()
    book = saved(lin, "下载填写示例", tmp_path)
    headers = [cell.value for cell in book["权重"][1]]
    column = headers.index("四级/中级工") + 1
    right = book["权重"].cell(2, column).value
    book["权重"].cell(2, column).value = "3"
    wrong = tmp_path / "结构.xlsx"
    book.save(wrong)
    send(lin, site, wrong)
    expect(lin.get_by_text("没有写入任何内容").first).to_be_visible()
    lin.get_by_role("link", name="需要改正").first.click()
    expect(lin.get_by_text("四级/中级工理论知识考试的权重合计98%，应为100%").first).to_be_visible()
    back = saved(lin, "下载带核对结果的工作簿", tmp_path)
    assert [cell.value for cell in back["权重"][1]][-1] == "核对结果"
    back["权重"].cell(2, column).value = right
    back.save(wrong)
    lin.get_by_role("navigation", name="所在位置").get_by_role("link", name="导入结构").click()
    send(lin, site, wrong)
    lin.get_by_role("button", name="写成草稿").click()
    expect(lin.get_by_text("理论知识考试权重表")).to_be_visible()
    lin.get_by_role("button", name="提请核准").click()
    expect(lin.get_by_text("待核准").first).to_be_visible()
    number = lin.url.rsplit("/", 1)[1]

    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/catalogue/structures/{number}")
    han.get_by_role("button", name="退回编制单位").click()
    han.get_by_label("退回理由").fill("四级缺少安全操作的要求。")
    han.get_by_role("button", name="退回编制单位").click()
    lin.goto(f"{site.url}/body/inbox")
    lin.get_by_role("link", name="修改被退回的标准结构").first.click()
    expect(lin.get_by_text("四级缺少安全操作的要求。").first).to_be_visible()
    lin.get_by_role("link", name="重新导入").click()
    send(lin, site, wrong)
    lin.get_by_role("button", name="写成草稿").click()
    lin.get_by_role("button", name="提请核准").click()
    expect(lin.get_by_text("待核准").first).to_be_visible()
    han.goto(f"{site.url}/desk/inbox")
    han.get_by_role("link", name="核准标准结构").first.click()
    han.get_by_role("button", name="核准施行").click()
    expect(han.get_by_text("已核准").first).to_be_visible()
    lin.goto(f"{site.url}/body/standards")
    expect(lin.get_by_role("link", name="数控车床操作评价规范")).to_be_visible()
    lin.get_by_role("link", name="数控车床操作评价规范").click()
    expect(lin.get_by_text("现行").first).to_be_visible()


@pytest.mark.duty("D1.4", "D1.5")
def test_a_new_version_is_compared_approved_and_marks_what_rests_on_the_old(cast: Cast, site: Site, tmp_path: Path) -> None:
    """许清和导入车工标准的后一版，对照前一版，提请；韩亦诚核准；依据旧版的试题被标记，题库管理员有待办；机构和公众看到现行的一版。"""
    load_examples(writer=cast.xu, approver=cast.han, at=cast.at - timedelta(days=20), only=TURNER)
    bank = stand_up(cast)
    touched, other = bank.question("approved", 0), bank.question("approved", 1, element="1.1.2")
    standard = queries.standard("GZB 6-18-01-01-2018")
    first = queries.structure_of(standard, cast.at.date())
    assert first is not None
    facts = revised(structure_facts(first))
    reworded = tuple(replace(one, text=f"{one.text}（新制图标准）") if one.title == KNOWLEDGE else one for one in facts.elements)
    forms = tuple(replace(f, minutes=20) if f.part.value == "panel" and f.level == 2 else f for f in facts.forms)
    facts = replace(facts, elements=reworded, forms=forms)
    path = tmp_path / "后一版.xlsx"
    path.write_bytes(structure_workbook(operations.choices(), operations.workbook_rows(facts)))

    xu = site.log_in("xu", PASSWORD)
    xu.goto(f"{site.url}/desk/catalogue/standards?words={TURNER}")
    xu.get_by_role("link", name="车工国家职业技能标准").click()
    xu.get_by_role("link", name="导入结构").click()
    send(xu, site, path)
    xu.get_by_role("link", name="通过并提示").first.click()
    expect(xu.get_by_text("标准写20分钟，规程要求不少于30分钟，以规程为准").first).to_be_visible()
    xu.get_by_role("button", name="写成草稿").click()
    expect(xu.get_by_text("以规程为准").first).to_be_visible()
    xu.get_by_role("link", name="与前一版对照").click()
    expect(xu.get_by_text("能按数字化工单完成加工前的确认")).to_be_visible()
    with xu.expect_download() as download:
        xu.get_by_role("link", name="打印对照表").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    xu.get_by_role("link", name="返回结构").click()
    xu.get_by_role("button", name="提请核准").click()
    expect(xu.get_by_text("待核准").first).to_be_visible()
    expect(xu.get_by_role("button", name="核准施行")).to_have_count(0)
    number = xu.url.rsplit("/", 1)[1]

    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/catalogue/structures/{number}")
    han.get_by_role("button", name="核准施行").click()
    expect(han.get_by_text("已核准").first).to_be_visible()

    han.wait_for_timeout(2500)  # a line of the ledger is read two seconds after it was written
    run_what_is_due()
    touched.refresh_from_db()
    other.refresh_from_db()
    assert (touched.stale_because, other.stale_because) == (f"鉴定点变动：{KNOWLEDGE}已改写", "")
    yun = site.log_in("yun", PASSWORD)
    yun.goto(f"{site.url}/body/inbox")
    expect(yun.get_by_text("标准变动，请复核试题").first).to_be_visible()
    yun.get_by_role("navigation", name="主菜单").get_by_role("link", name="标准", exact=True).click()
    yun.get_by_role("link", name="全部国家职业标准").click()
    expect(yun).to_have_url(re.compile("shown=all"))
    yun.goto(f"{yun.url.split('?')[0]}?shown=all&words={TURNER}")
    yun.get_by_role("link", name=number).click()
    yun.get_by_role("link", name="与前一版对照").click()
    expect(yun.get_by_text("改写").first).to_be_visible()

    visitor = site.visit("/standards")
    visitor.get_by_role("link", name="车工国家职业技能标准").click()
    visitor.get_by_role("link", name="四级/中级工").click()
    expect(visitor.get_by_text("能按数字化工单完成加工前的确认")).to_be_visible()
    expect(visitor.get_by_text("与2023年版《规程》不一致的，以《规程》为准")).to_be_visible()
    visitor.set_viewport_size({"width": 390, "height": 844})
