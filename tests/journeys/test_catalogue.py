"""旅程: the State's list is kept and imported, what each kind of body may file is told, and each district sees its own."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.filings.conftest import people
from tests.journeys.conftest import Site
from tests.journeys.test_filing_district_enterprise import travel_to
from touchstone.catalogue import operations
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import BODY_A, BODY_B, PASSWORD
from touchstone.simulation.filing import file_to

LIST = """职业编码,职业名称
6-18-01-01,车床工
6-18-01-02,铣工
9-01-01-01,新兴职业
9-01-01-1,编码写错的
""".encode()
NEW = "9-01-01-01"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the standing cast; it is the morning of 2 March 2026."""
    mark_synthetic(seed=1)
    found = set_up()
    travel_to(found.at)
    return found


def follow(page: Page, name: str) -> None:
    """Use the main menu."""
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name=name, exact=True).click()


def verdict(page: Page, kind: str) -> str:
    """Read what the page says of one kind of body."""
    return page.locator("#fileable section").filter(has=page.get_by_role("heading", name=kind)).inner_text()


@pytest.mark.duty("A2.1", "A2.2")
def test_a_list_is_tried_looked_at_and_loaded(cast: Cast, site: Site) -> None:
    """韩亦诚试运行整表，逐行看结果，再正式导入；目录记着起止日期，区里的人只能查。"""
    han = site.log_in("han", PASSWORD)
    follow(han, "职业目录")
    han.get_by_role("link", name="导入目录").click()
    han.get_by_role("button", name="试运行").click()
    expect(han.get_by_text("没有选择文件").first).to_be_visible()
    han.locator("input[type=file]").set_input_files({"name": "目录.csv", "mimeType": "text/csv", "buffer": LIST})
    han.get_by_role("button", name="试运行").click()
    expect(han.get_by_role("heading", name="试运行结果")).to_be_visible()
    expect(han.get_by_text("目录还没有改动")).to_be_visible()
    for number, outcome, words in ((2, "更名", "原名“车工”"), (3, "未变", "名称相同"), (4, "新增", "列入目录"), (5, "未收", "4-03-02-01的样子")):
        row = han.locator("tbody tr").nth(number - 2)
        expect(row).to_contain_text(outcome)
        expect(row).to_contain_text(words)
    han.get_by_role("link", name="未收").click()
    expect(han.locator("tbody tr")).to_have_count(1)
    han.get_by_role("button", name="正式导入").click()
    expect(han.get_by_role("heading", name="导入结果", exact=True)).to_be_visible()
    expect(han.get_by_text("已正式导入").first).to_be_visible()

    zhou = site.log_in("zhou", PASSWORD)
    follow(zhou, "职业目录")
    expect(zhou.get_by_role("link", name="导入目录")).to_have_count(0)
    expect(zhou.get_by_text("由市人力资源社会保障局、市职鉴中心的政策管理员维护").first).to_be_visible()
    zhou.get_by_text("查询条件").click()
    zhou.get_by_label("编码、名称、工种或拼音").fill("chechuanggong")
    zhou.get_by_role("button", name="查询").click()
    zhou.get_by_role("link", name="6-18-01-01").click()
    expect(zhou.get_by_role("heading", name="车床工", exact=True)).to_be_visible()
    expect(zhou.locator("#identity")).to_contain_text("车工：2022年9月28日起，2026年3月2日止")
    expect(zhou.locator("#levels").get_by_role("row").nth(1)).to_contain_text("2022年9月28日")
    zhou.get_by_label("日期").fill("2022-09-27")
    zhou.get_by_role("button", name="查看").click()
    expect(zhou.get_by_text("不在目录").first).to_be_visible()


@pytest.mark.duty("D1.2")
def test_an_occupation_without_a_national_standard(cast: Cast, site: Site) -> None:
    """没有国家职业标准的职业，谁都不能备案；企业的评价规范核准后只有企业可以，国家职业标准颁布后三类机构都可以。"""
    operations.enter_occupation(code=NEW, name="新兴职业", since=date(2026, 1, 1), by=cast.han, at=cast.at)
    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/catalogue/{NEW}")
    assert "不属于国家公布的可备案职业" in verdict(han, "院校职业技能等级评价机构")
    opening = han.locator("#open-levels")
    opening.get_by_label("四级/中级工").check()
    opening.get_by_label("起始日").fill("2026-03-01")
    opening.get_by_label("依据的文件").fill("人社厅函〔2026〕1号")
    opening.get_by_role("button", name="列入可备案范围").click()
    expect(han.get_by_text("已列入可备案范围：四级").first).to_be_visible()
    assert "暂不纳入社会培训评价组织的评价项目" in verdict(han, "社会培训评价组织")
    assert "暂不纳入院校职业技能等级评价机构的评价项目" in verdict(han, "院校职业技能等级评价机构")
    assert "不可备案" in verdict(han, "企业职业技能等级评价机构")

    han.get_by_role("link", name="登记标准").click()
    enter_standard(han, "GF 2026-01", "新兴职业评价规范", specification=True)
    expect(han.get_by_text("尚未核准，核准以前不能作为备案的依据")).to_be_visible()
    han.get_by_label("核准日").fill("2026-03-02")
    han.get_by_role("button", name="登记核准日").click()
    expect(han.get_by_text("核准日已登记").first).to_be_visible()
    han.goto(f"{site.url}/desk/catalogue/{NEW}")
    assert "可备案：四级" in verdict(han, "企业职业技能等级评价机构")
    assert "暂不纳入" in verdict(han, "社会培训评价组织")

    han.get_by_role("link", name="登记标准").click()
    enter_standard(han, "GZB 9-01-01-01-2026", "新兴职业国家职业标准", specification=False)
    zhou = site.log_in("zhou", PASSWORD, viewport={"width": 390, "height": 844})
    zhou.goto(f"{site.url}/desk/catalogue/{NEW}")
    for kind in ("社会培训评价组织", "院校职业技能等级评价机构"):
        assert "可备案：四级" in verdict(zhou, kind)
        assert "三(二)1" in verdict(zhou, kind)
    zhou.goto(f"{site.url}/desk/catalogue/standards")
    expect(zhou.get_by_role("link", name="新兴职业评价规范")).to_be_visible()


def enter_standard(page: Page, number: str, title: str, *, specification: bool) -> None:
    """Fill in the form for a standard of the new occupation, which it was opened for."""
    expect(page.get_by_label("职业", exact=True)).to_have_value(f"{NEW} 新兴职业")
    page.get_by_label("评价规范" if specification else "国家职业标准", exact=True).check()
    page.get_by_label("编号", exact=True).fill(number)
    page.get_by_label("名称", exact=True).fill(title)
    page.get_by_label("版本").fill("2026年版")
    page.get_by_label("四级/中级工").check()
    page.get_by_label("施行日").fill("2026-03-01")
    if specification:
        page.get_by_label("制定单位").fill(BODY_A)
    page.get_by_role("main").get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


@pytest.mark.duty("A1.2")
def test_two_districts_see_only_their_own(cast: Cast, site: Site) -> None:
    """浦东的周明澜看到甲机构和它的备案待办，徐汇的吕方圆只看到乙机构，别区的打不开。"""
    number = file_to("submitted", cast.body_a, people(cast), at=cast.at)
    zhou, lv = site.log_in("zhou", PASSWORD), site.log_in("lv", PASSWORD)
    for page in (zhou, lv):
        page.goto(f"{site.url}/desk/")
    expect(zhou.get_by_role("main")).to_contain_text(number)
    expect(lv.get_by_role("main")).not_to_contain_text(number)
    follow(zhou, "评价机构")
    follow(lv, "评价机构")
    expect(zhou.get_by_role("link", name=BODY_A)).to_be_visible()
    expect(zhou.get_by_role("link", name=BODY_B)).to_have_count(0)
    expect(lv.get_by_role("link", name=BODY_B)).to_be_visible()
    expect(lv.get_by_role("link", name=BODY_A)).to_have_count(0)
    zhou.get_by_role("link", name=BODY_A).click()
    expect(zhou.get_by_role("heading", name=BODY_A)).to_be_visible()
    zhou.get_by_role("link", name=number).click()
    expect(zhou.get_by_role("heading", level=1)).to_be_visible()
    lv.goto(f"{site.url}/desk/bodies/{cast.body_a.number}")
    expect(lv.get_by_text("不在您所在单位的辖区和行业范围内")).to_be_visible()
