"""旅程: the archive of an evaluation is bound by one button, looked into, sealed by the leader, and opened by the district for a reason."""

import io
from datetime import date

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.cast import set_up
from tests.clocks import travel_to
from tests.exams.stage import Stage, moment
from tests.journeys.conftest import PHONE, Site, confirm
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give an evaluation whose certificates were issued on 7 April 2026."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    return Stage(cast).all_the_way(("80", "85"), ("50", "85"))


def opened(page: Page, volume: str) -> bytes:
    """Open a volume and give its PDF, as the browser gets it."""
    form = page.locator(".ts-volume-open").filter(has=page.get_by_role("button", name=f"打开{volume}"))
    form.evaluate("form => form.removeAttribute('target')")
    with page.expect_response(lambda response: "/volumes/" in response.url) as answered:
        with page.expect_download() as got:
            page.get_by_role("button", name=f"打开{volume}").click()
        content = got.value.path().read_bytes()
    assert answered.value.status == 200
    return content


@pytest.mark.duty("D5.6")
def test_an_archive_is_bound_sealed_and_looked_into(stage: Stage, site: Site) -> None:
    """一键汇编五卷，看一卷，负责人封存，区督导员写明事由调阅，机构看得到。"""
    number = stage.plan.number
    travel_to(moment(date(2026, 4, 3), 10))
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/inbox")
    sun.get_by_role("link", name="请汇编并封存评价档案").click()
    expect(sun.get_by_role("heading", name="评价档案")).to_be_visible()
    sun.goto(f"{site.url}/body/plans/{number}")
    sun.get_by_role("link", name="评价档案", exact=True).last.click()
    expect(sun.get_by_text("还没有汇编").first).to_be_visible()
    sun.get_by_role("button", name="汇编五卷").click()
    expect(sun.get_by_role("heading", name="汇编进度")).to_be_visible()
    site.work_off_jobs()
    expect(sun.get_by_text("“封存档案”由机构负责人").or_(sun.get_by_text("评价档案由机构负责人封存")).first).to_be_visible(timeout=15_000)
    sun.get_by_text("卷内目录（10件）").click()
    expect(sun.get_by_role("row", name="培训方案").get_by_text("缺", exact=True)).to_be_visible()

    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/archives")
    qian.get_by_role("link", name="DA2026000001").click()
    book = pypdf.PdfReader(io.BytesIO(opened(qian, "试卷及结果卷")))
    assert "卷内目录" in "".join(book.pages[2].extract_text().split())
    confirm(qian, "封存", "封存", 备考说明="没有组织培训；试卷和答卷已装入纸质卷")
    expect(qian.get_by_text("各卷不能再变动")).to_be_visible()
    expect(qian.get_by_text("2029年4月3日")).to_be_visible()
    expect(qian.get_by_role("button", name="重新汇编")).to_have_count(0)

    wang = site.log_in("wang", PASSWORD, viewport=PHONE)
    wang.goto(f"{site.url}/desk/archives")
    wang.get_by_role("link", name="DA2026000001").click()
    wang.get_by_label("过程卷调阅事由").fill("日常督导抽查签到")
    assert opened(wang, "过程卷").startswith(b"%PDF-")
    wang.reload()
    expect(wang.get_by_text("日常督导抽查签到")).to_be_visible()
    qian.reload()
    expect(qian.get_by_role("row", name="日常督导抽查签到").get_by_text("王怀瑾")).to_be_visible()
    qian.goto(f"{site.url}/body/archives")
    qian.set_viewport_size({"width": 1366, "height": 800})
    wang.goto(f"{site.url}/desk/archives")

    travel_to(moment(date(2029, 4, 3), 9))
    qian.goto(f"{site.url}/body/archives?within=paper")
    qian.get_by_role("link", name="DA2026000001").click()
    confirm(qian, "销毁纸质档案", "决定销毁", 理由="保存年限届满，没有未了结事项", 监销人="林经办")
    expect(qian.get_by_text("林经办监销")).to_be_visible()
    confirm(qian, "另立补充档案", "另立", 理由="一本证书撤销，补充撤销材料")
    expect(qian.get_by_text("第2版补充档案")).to_be_visible()
