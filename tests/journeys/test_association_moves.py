"""旅程: an association filed as enterprises are is listed, gets a plan, files as a social body, and moves with its history."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.cast import Cast, set_up
from tests.journeys.conftest import PHONE, Site
from tests.journeys.test_filing_district_enterprise import press, told, travel_to
from touchstone.filings.models import AssociationMove
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.association import set_up_association
from touchstone.simulation.calls import selected_project
from touchstone.simulation.cast import BODY_G, PASSWORD
from touchstone.simulation.filing import TURNER, carry_to, people_on


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The standing cast and association 庚; it is the morning of 2 March 2026."""
    mark_synthetic(seed=1)
    found = set_up()
    set_up_association(since=date(2026, 1, 1), at=found.at)
    travel_to(found.at)
    return found


@pytest.mark.duty("C3.4")
def test_an_association_moves_among_the_social_bodies(cast: Cast, site: Site) -> None:
    """每日核对自动列入、定计划；项目没有确定不能开办；开办以后协会走社会培训评价组织的路线；完成当天类别变更，以前的照旧可查。"""
    tao = site.log_in("tao", PASSWORD)
    tao.get_by_role("link", name="协会纳入").click()
    expect(tao.get_by_text("12家用人单位委托")).to_be_visible()
    expect(tao.get_by_text("核对1家，符合条件1家，新列入1家")).to_be_visible()
    expect(tao.get_by_text("（列入 XH2026")).to_be_visible()
    tao.get_by_role("link", name="XH2026").first.click()
    tao.get_by_label("纳入计划").fill("车工项目一次纳入，行业主管部门先推荐项目。")
    tao.get_by_label("计划完成日").fill("2026-03-01")
    press(tao, "登记计划")
    expect(tao.get_by_text("已到或已过").first).to_be_visible()
    tao.get_by_label("计划完成日").fill("2026-06-30")
    press(tao, "登记计划")
    told(tao, "纳入计划已登记")
    expect(tao.get_by_text("由市职鉴中心的审批负责人办理").first).to_be_visible()

    move = AssociationMove.objects.get()
    page = f"{site.url}/desk/associations/{move.number}"
    han = site.log_in("han", PASSWORD)
    han.get_by_role("link", name="请按计划开办社会化备案").click()
    expect(han.get_by_text("尚未遴选确定为社会化评价项目").first).to_be_visible()
    selected_project(TURNER, by=cast.pan, director=cast.han, at=cast.at)
    han.goto(page)
    press(han, "开办社会化备案")
    han.get_by_role("dialog").get_by_role("button", name="确认开办").click()
    told(han, "已开办社会化备案申请")
    move.refresh_from_db()
    assert move.moved_into is not None
    number = move.moved_into.number

    fu = site.log_in("fu", PASSWORD)
    expect(fu.get_by_text("请填报并提交社会化备案申请").first).to_be_visible()
    fu.goto(f"{site.url}/body/filings/{number}")
    expect(fu.get_by_text("车工").first).to_be_visible()
    carry_to("announced", number, people_on("social_body", cast.at.date()) | {"filer": cast.fu, "consenter": cast.pan}, at=cast.at)
    travel_to(cast.at + timedelta(days=12))

    han = site.log_in("han", PASSWORD)
    han.goto(page)
    expect(han.get_by_text("已纳入社会化").first).to_be_visible()
    visitor = site.visit("/register?q=庚酉", viewport=PHONE)
    visitor.get_by_role("link", name=BODY_G).click()
    expect(visitor.get_by_text("以前：企业职业技能等级评价机构").first).to_be_visible()
    expect(visitor.get_by_text("社会培训评价组织").first).to_be_visible()
    expect(visitor.get_by_text(move.filing.number)).to_be_visible()
    pan = site.log_in("pan", PASSWORD)
    pan.get_by_role("link", name="协会纳入").click()
    expect(pan.locator(".ts-list tbody").get_by_text("已纳入社会化")).to_be_visible()
