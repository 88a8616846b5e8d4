"""旅程: records are called for and handed over, a sitting is watched from afar, one bad certificate is traced back, and a special campaign is run."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import Stage, moment
from tests.inspections.stage import inspector
from tests.inspections.test_watching import NINE, opened_at_nine
from tests.journeys.conftest import PHONE, Site, confirm, look_again, shows
from touchstone.certificates.queries import of_plan
from touchstone.inspections.operations.feeding import note_silent_cameras, tell_of_long_gaps
from touchstone.jobs.inspections import remind_of_what_is_due
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation import camera_feed
from touchstone.simulation.camera_feed import Feed
from touchstone.simulation.cast import PASSWORD

MINUTE = timedelta(minutes=1)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the cast on its day, in a synthetic city."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    return cast


@pytest.mark.duty("E3.2", "F1.4")
def test_records_are_called_for_handed_over_and_received(cast: Cast, site: Site, tmp_path: Path) -> None:
    """王怀瑾调取甲公司的名册和录像；名册冻结；到期前提醒；孙景明用手机提供录像清单、提交；王怀瑾核对、核收、办结。"""
    stage = Stage(cast).reviewed()
    wang = site.log_in("wang", PASSWORD)
    wang.get_by_role("link", name="资料与监控").first.click()
    wang.get_by_role("link", name="调取资料").last.click()
    wang.get_by_label("机构编号").fill(cast.body_a.number)
    wang.get_by_label("检查事项").select_option("eligibility")
    wang.get_by_label("事由和用途").fill("核实申报条件审核是否从严。")
    wang.get_by_label("第1项的资料种类").select_option("roster")
    wang.get_by_label("第1项的平台编号").fill(stage.plan.number)
    wang.get_by_label("第2项的资料种类").select_option("videos")
    wang.get_by_label("第2项的内容").fill("3月20日理论考场录像")
    wang.get_by_role("button", name="送达机构并冻结").click()
    shows(wang, "平台已冻结", "没有改动", "待提供")
    number = wang.url.rsplit("/", 1)[1]

    travel_to(moment(date(2026, 3, 6), 9))
    remind_of_what_is_due(moment(date(2026, 3, 6), 9))
    sun = site.log_in("sun", PASSWORD, viewport=PHONE)
    sun.goto(f"{site.url}/body/inbox")
    sun.get_by_role("link", name="提供资料").first.click()
    shows(sun, "3月20日理论考场录像", "提醒期限将到")
    kept = tmp_path / "录像清单.pdf"
    kept.write_bytes(b"%PDF-1.7 list")
    sun.locator("input[type=file]").set_input_files(kept)
    sun.get_by_label("说明").fill("硬盘当面移交，清单见附件。")
    sun.get_by_role("button", name="提供", exact=True).click()
    shows(sun, "录像清单.pdf", "已提供")
    confirm(sun, "提交资料", "提交")
    shows(sun, "资料已提交")
    sun.goto(f"{site.url}/body/oversight")
    shows(sun, number)

    wang.goto(f"{site.url}/desk/oversight/records/{number}")
    for words in ("与冻结时一致", "清单与硬盘相符"):
        wang.get_by_label("核收意见").first.fill(words)
        wang.get_by_role("button", name="核收", exact=True).first.click()
        shows(wang, words)
    confirm(wang, "办结", "办结", 核收结论="资料齐全，未发现问题。")
    shows(wang, "已办结", "资料齐全，未发现问题。")


@pytest.mark.duty("D7.2", "E3.2")
def test_a_sitting_is_watched_and_a_gap_noticed(cast: Cast, site: Site) -> None:
    """孙景明接入摄像头；模拟的摄像头经HTTP发来画面；王怀瑾在监控页看到，信号中断后页面自己变化；两人下结论；机构说明缺口。"""
    second = inspector(0, cast.at)
    stage = opened_at_nine(cast)
    travel_to(NINE)
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/oversight/cameras")
    sun.get_by_label("考场").select_option(label="实训中心 理论一室")
    sun.get_by_label("位置").fill("前方全景")
    sun.get_by_role("button", name="接入并生成密钥").click()
    secret = sun.get_by_text("tsc_", exact=False).locator("visible=true").first.inner_text().strip().split()[0]
    feed = Feed("前方全景", secret)
    assert camera_feed.beat(site.url, feed, 1)[0] == 200
    camera_feed.show(site.url, feed, camera_feed.still("CAM 1  2026-03-20 09:00:00", 0, 0))

    wang = site.log_in("wang", PASSWORD)
    wang.get_by_role("link", name="资料与监控").first.click()
    wang.get_by_role("link", name="今日监控").click()
    wang.get_by_role("link", name=stage.sittings()[0].number).click()
    shows(wang, "信号正常", "前方全景")
    wang.get_by_role("button", name="开始监控").click()
    wang.get_by_label("情况", exact=True).fill("第三排两人交头接耳，监考人员已提醒。")
    wang.get_by_label("附上画面").select_option(index=1)
    wang.get_by_label("发现问题").check()
    wang.get_by_role("button", name="记录", exact=True).click()
    shows(wang, "已记录")

    travel_to(NINE + 6 * MINUTE)
    assert (note_silent_cameras(NINE + 6 * MINUTE), tell_of_long_gaps(NINE + 6 * MINUTE)) == (1, 1)
    shows(wang, "信号中断", "仍在中断")  # the page asks by itself
    travel_to(NINE + 8 * MINUTE)
    assert camera_feed.beat(site.url, feed, 2)[0] == 200
    shows(wang, "信号正常")
    wang.goto(f"{site.url}/desk/inbox")
    wang.get_by_role("link", name="监控中断").first.click()
    wang.get_by_label("核实情况").fill("电话核实为交换机断电，现场有人值守。")
    wang.get_by_role("button", name="记录核实情况").click()
    shows(wang, "核实情况已记录")
    gap = wang.url.rsplit("/", 1)[1]

    wang.goto(f"{site.url}/desk/oversight/today/{stage.sittings()[0].number}")
    wang.get_by_role("link", name="填写结论").click()
    wang.get_by_label("监控结论").select_option("to_rectify")
    wang.get_by_label("监控情况").fill("九时至九时十分，一处纪律问题，一段监控中断。")
    wang.get_by_role("button", name="提交").click()
    shows(wang, "等待另一名质量督导员确认")
    other = site.log_in("inspector0", PASSWORD)
    assert second.office_id
    other.goto(wang.url)
    confirm(other, "确认结论", "确认")
    shows(other, "结论已确认")

    sun.goto(f"{site.url}/body/oversight/gaps/{gap}")
    sun.get_by_label("说明", exact=True).fill("交换机断电，已加装备用电源。")
    sun.get_by_role("button", name="提交说明").click()
    shows(sun, "说明已记录")
    sun.goto(f"{site.url}/body/oversight/watches")
    expect(sun.get_by_role("link", name="YC2026")).to_be_visible()


@pytest.mark.duty("E1.4")
def test_one_bad_certificate_is_traced_back(cast: Cast, site: Site) -> None:
    """王怀瑾要求甲公司从一本证书回溯；孙景明逐项填写、登记责任人；钱书瑶完成；王怀瑾看到结果。"""
    stage = Stage(cast).all_the_way()
    number = of_plan(stage.plan.number).order_by("number")[0].number
    travel_to(moment(date(2026, 4, 8), 9))
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/oversight/tracings")
    wang.get_by_role("link", name="要求回溯").first.click()
    wang.get_by_label("机构编号").fill(cast.body_a.number)
    wang.get_by_label("起点").select_option("certificate")
    wang.get_by_label("编号", exact=True).fill(number)
    wang.get_by_label("发现的问题").fill("工龄证明的盖章与单位名称不符。")
    wang.get_by_role("button", name="要求回溯").click()
    shows(wang, "已要求机构回溯", "同场次的其他证书")
    tracing = wang.url.rsplit("/", 1)[1]

    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/oversight/tracings")
    sun.get_by_role("link", name=tracing).click()
    shows(sun, "2项", "还没有回溯")
    for place in range(1, 6):
        card = sun.locator(f"#head-{place}")
        card.get_by_label("回溯结果").fill("逐一核对，没有同样的问题。")
        card.get_by_role("button", name="填写").click()
        expect(sun.locator(f"#head-{place}").get_by_text("已回溯")).to_be_visible()
    sun.get_by_label("责任人").fill("钱某")
    sun.get_by_label("处理").fill("调离资格审核岗位，重新培训。")
    sun.get_by_role("button", name="登记").click()
    shows(sun, "已登记责任追究", "追究1人")

    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/oversight/tracings/{tracing}")
    confirm(qian, "完成回溯", "完成")
    shows(qian, "已完成")
    look_again(wang)
    shows(wang, "已完成", "调离资格审核岗位")


@pytest.mark.duty("E3.4")
def test_a_special_campaign_is_made_approved_and_public(cast: Cast, site: Site) -> None:
    """王怀瑾提出申报条件审核专项督导，吴志恒批准；进度按区列出；公众看得见。"""
    Stage(cast)
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/oversight/campaigns")
    wang.get_by_role("link", name="提出方案").first.click()
    wang.get_by_label("主题").fill("申报条件审核专项督导")
    wang.get_by_label("申报条件审核", exact=True).check()
    wang.get_by_label("截止日期（不含）").fill("2026-06-01")
    wang.get_by_role("button", name="保存").click()
    shows(wang, "方案", "范围内机构", "浦东新区")
    confirm(wang, "报请批准", "报请批准")
    wu = site.log_in("wu", PASSWORD)
    wu.get_by_role("link", name="批准专项督导").first.click()
    confirm(wu, "批准公布", "批准公布", 意见="同意")
    shows(wu, "进行中")
    stranger = site.visit("/inspections")
    stranger.get_by_role("link", name="专项督导").click()
    shows(stranger, "申报条件审核专项督导", "2026年6月1日前")
