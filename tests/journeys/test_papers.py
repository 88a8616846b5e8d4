"""旅程: a paper is composed after a first try fails, sealed by two, refused before its hour, opened, printed, used, and its figures come back."""

import io
from datetime import timedelta

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.cast import set_up
from tests.journeys.conftest import Site
from tests.journeys.test_filing_district_enterprise import press, told, travel_to
from tests.questions.conftest import Stand, stand_up
from tests.questions.papers import stocked, structured
from tests.questions.test_figures import workbook
from touchstone.ledger.operations import mark_synthetic
from touchstone.questions.models import Paper, PaperItem, Question
from touchstone.simulation.cast import PASSWORD
from touchstone.web.downloads import XLSX


@pytest.fixture
def stand(transactional_db: None) -> Stand:
    """Give body 丙 with a stocked bank of which three questions on 职业道德 are left; it is the morning of 2 March 2026."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    found = stand_up(cast)
    structured()
    stocked(found)
    keep = Question.objects.filter(element__startswith="A.").order_by("id").values_list("pk", flat=True)[:3]
    Question.objects.filter(element__startswith="A.").exclude(pk__in=list(keep)).update(stale_because="标准变动")
    return found


def enter(site: Site, username: str, page: str) -> Page:
    """Log in and open a page of the body."""
    opened = site.log_in(username, PASSWORD)
    opened.goto(f"{site.url}/body/{page}")
    return opened


def words_of(pdf: bytes) -> str:
    """Read a PDF back."""
    found = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "".join(page.get_textpage().get_text_bounded() for page in found).replace("\r\n", "").replace(" ", "")


def compose(page: Page, site: Site, forms: int) -> None:
    """Ask for a paper on the compose page, and have the queue compose it."""
    page.get_by_label("平行套数").fill(str(forms))
    press(page, "开始组卷")
    expect(page.get_by_text("正在组卷", exact=True)).to_be_visible()
    site.work_off_jobs()
    expect(page.get_by_text("正在组卷", exact=True)).to_have_count(0, timeout=20_000)


def take_share(page: Page) -> str:
    """Take one's share from the paper's page, and copy it."""
    page.get_by_role("link", name="领取我的密钥份额").click()
    page.get_by_role("button", name="领取我的份额").click()
    page.get_by_role("button", name="显示份额").click()
    expect(page.get_by_text("只显示这一次", exact=True)).to_be_visible()
    return "-".join(page.locator("main ol code").all_inner_texts())


def test_a_paper_from_blueprint_to_print(stand: Stand, site: Site) -> None:
    """编细目表，组卷不成并说明缺什么，减一套组成；两人封存；早启被拒；到时启封，打印出来的就是组成的卷；登记使用。"""
    yun = enter(site, "yun", "papers")
    yun.get_by_role("link", name="细目表", exact=True).click()
    yun.get_by_role("link", name="编细目表").first.click()
    yun.get_by_label("标准").select_option("GZB 6-18-01-01-2018")
    yun.get_by_label("等级").select_option("5")
    yun.get_by_label("科目").select_option("theory")
    press(yun, "下一步")
    for label, count, points in (("单选题", "10", "6"), ("判断题", "10", "3"), ("多选题", "0", "1")):
        yun.get_by_label(f"{label}题数").fill(count)
        yun.get_by_label(f"{label}每题分值").fill(points)
    yun.get_by_label("与最近试卷最多重复几题").fill("4")
    yun.get_by_label("拉平各套的时间（秒）").fill("1")
    press(yun, "保存细目表")
    expect(yun.get_by_text("各题分值合计90分，应为100分").or_(yun.get_by_text("合计90分")).first).to_be_visible()
    yun.get_by_label("判断题每题分值").fill("4")
    press(yun, "保存细目表")
    told(yun, "细目表已保存")
    expect(yun.get_by_role("row", name="A 职业道德")).to_contain_text("2")
    yun.get_by_role("link", name="组卷", exact=True).click()
    compose(yun, site, 2)
    expect(yun.get_by_text("职业功能“A 职业道德”：2套共需要4题，其他要求都满足时最多只有3题，还缺1题。")).to_be_visible()
    yun.get_by_role("link", name="再次组卷").click()
    compose(yun, site, 1)
    expect(yun.get_by_text("各套题数与权重表的分配一致")).to_be_visible()
    number = Paper.objects.get(state="composed").number
    yun.get_by_role("link", name="封存", exact=True).click()
    hour = stand.at + timedelta(days=1)
    yun.get_by_label("保管人甲").select_option(label="云天阔")
    yun.get_by_label("保管人乙").select_option(label="云天阔")
    yun.get_by_label("启封日期").fill(f"{hour:%Y-%m-%d}")
    yun.get_by_label("启封时刻").fill(f"{hour:%H:%M}")
    press(yun, "确认封存")
    expect(yun.get_by_text("应由2名不同的保管人各持一份").first).to_be_visible()
    yun.get_by_label("保管人乙").select_option(label="阮清和")
    press(yun, "确认封存")
    told(yun, "已封存")
    first = take_share(yun)
    ruan = enter(site, "ruan", f"papers/{number}")
    second = take_share(ruan)
    ruan.goto(f"{site.url}/body/papers/{number}/share")
    expect(ruan.get_by_text("您的密钥份额已经显示过一次")).to_be_visible()
    ruan.goto(f"{site.url}/body/papers/{number}/open")
    ruan.get_by_label("密钥份额").fill(second)
    press(ruan, "交出份额")
    expect(ruan.get_by_text("还不能启封").first).to_be_visible()
    travel_to(hour)
    ruan = enter(site, "ruan", f"papers/{number}/open")
    ruan.get_by_label("密钥份额").fill(first)
    press(ruan, "交出份额")
    expect(ruan.get_by_text("密钥份额不对，已经记录").first).to_be_visible()
    ruan.get_by_label("密钥份额").fill(second)
    press(ruan, "交出份额")
    told(ruan, "等待其他保管人")
    yun = enter(site, "yun", f"papers/{number}/open")
    yun.get_by_label("密钥份额").fill(first)
    press(yun, "交出份额")
    told(yun, "试卷已启封")
    with yun.expect_download() as saved:
        yun.locator("#print a").first.click()
    said = words_of(saved.value.path().read_bytes())
    assert "机密★启用前" in said
    assert "职业技能等级认定" in said
    held = PaperItem.objects.filter(form__paper__number=number)
    assert held.count() == 20
    assert said.count("（　　）") >= 20 or said.count("（") >= 20
    yun.get_by_role("button", name="登记使用").click()
    yun.get_by_role("button", name="确认登记").click()
    told(yun, "已登记使用")
    yun.get_by_role("link", name="试题统计").click()
    with yun.expect_download() as template:
        yun.get_by_role("link", name="下载作答结果表").click()
    assert template.value.path().stat().st_size > 0
    paper = Paper.objects.get(number=number)
    filled = workbook(paper, 40, lambda person, place: (person * 7 + place) % 40 < person)
    sheet = {"name": "作答结果.xlsx", "mimeType": XLSX, "buffer": filled}
    yun.get_by_label("选择填好的作答结果表").set_input_files(sheet)  # type: ignore[arg-type]
    press(yun, "上传并计算")
    told(yun, "已收到")
    site.work_off_jobs()
    expect(yun.get_by_text("采用40人")).to_be_visible(timeout=20_000)
    expect(yun.get_by_role("row", name="A卷")).to_contain_text("40")
    yun.get_by_role("link", name="历次").first.click()
    expect(yun.get_by_role("heading", name="试题历次统计")).to_be_visible()
    assert set(Question.objects.filter(pk__in=held.values("question")).values_list("uses", flat=True)) == {1}
