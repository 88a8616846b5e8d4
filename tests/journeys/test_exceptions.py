"""旅程: a worker who won a prize is recognised at 高级工 directly: put forward, decided by the leader, before the public, certified, no exam."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import moment
from tests.exams.test_exceptions import a_candidate, a_plan
from tests.journeys.conftest import Site, confirm
from touchstone.exams.models import Candidate
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD
from touchstone.web import clock


@pytest.fixture
def one(transactional_db: None) -> Candidate:
    """Give a candidate for level 3 of body 甲 who meets none of its conditions."""
    mark_synthetic(seed=1)
    cast: Cast = set_up()
    travel_to(cast.at)
    return a_candidate(cast, a_plan(cast))


@pytest.mark.duty("B2.4")
def test_recognised_directly(one: Candidate, site: Site) -> None:
    """经办人上传获奖证书并提出，负责人认可，确认直接认定，公示，发证；区里在清单中看到。"""
    plan = one.plan.number
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/candidates/{one.number}")
    sun.get_by_role("link", name="直接认定和破格").click()
    sun.locator("input[type=file]").set_input_files({"name": "获奖证书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 award"})
    sun.get_by_role("button", name="上传材料").click()
    expect(sun.get_by_text("获奖证书.pdf")).to_be_visible()
    sun.get_by_label("方式和业绩情形").select_option(label="直接认定：获省部级以上表彰，或技能竞赛奖项、技术能手称号")
    sun.get_by_label("业绩事实").fill("2025年获全国机械行业职业技能竞赛车工组一等奖。")
    sun.get_by_role("button", name="提出", exact=True).click()
    expect(sun.get_by_text("等待企业负责人决定").first).to_be_visible()

    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/plans/candidates/{one.number}/exception")
    qian.get_by_label("决定意见").fill("经企业技能人才工作小组研究，同意。")
    qian.get_by_role("button", name="认可", exact=True).click()
    expect(qian.get_by_text("已认可，资格已重新判定")).to_be_visible()

    travel_to(moment(date(2026, 3, 17), 9))
    sun.goto(f"{site.url}/body/plans/{plan}")
    confirm(sun, "完成资格审核", "完成审核")
    expect(sun.get_by_text("资格审核已完成")).to_be_visible()
    travel_to(moment(date(2026, 3, 27), 9))
    sun.goto(f"{site.url}/body/plans/{plan}")
    confirm(sun, "确认直接认定", "确认")
    expect(sun.get_by_text("直接认定已确认")).to_be_visible()
    qian.goto(f"{site.url}/body/plans/{plan}/results")
    confirm(qian, "公示成绩", "公示")
    expect(qian.get_by_text("成绩已公示")).to_be_visible()
    travel_to(moment(date(2026, 4, 7), 9))
    run_what_is_due(clock.now())
    qian.reload()
    confirm(qian, "核发证书", "核发")
    expect(qian.get_by_text("已核发证书1本")).to_be_visible()
    qian.goto(f"{site.url}/body/certificates?plan={plan}")
    qian.locator("tbody a").first.click()
    expect(qian.get_by_text("直接认定：获省部级以上表彰")).to_be_visible()

    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/plans/exceptions?mode=direct&granted=yes")
    expect(wang.get_by_text("经企业技能人才工作小组研究，同意。")).to_be_visible()
    sun.goto(f"{site.url}/body/plans/exceptions")
    expect(sun.locator("tbody").get_by_text("已认可")).to_be_visible()
