"""旅程: pilots: a school tries out 新型技师学院 and 课证融通, reports, and the city decides whether it is spread."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from tests.cast import WideCast, set_up
from tests.exams.registering import put_in_force
from tests.journeys.conftest import Site, shows
from tests.journeys.test_filing_district_enterprise import press, told, travel_to
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import BODY_F, PASSWORD, set_up_other_bodies


@pytest.fixture
def cast(transactional_db: None) -> WideCast:
    """Give the wide cast; it is the morning of 2 March 2026; the school is filed for 车工 五级."""
    mark_synthetic(seed=1)
    found = set_up()
    bodies = set_up_other_bodies(since=date(2026, 1, 1), at=found.at)
    travel_to(found.at)
    wide = WideCast(found.body_a, found.body_b, found.at, bodies["BODY-D"], bodies["BODY-E"], bodies["BODY-F"])
    put_in_force(wide, level=5, of=wide.body_f)
    return wide


def approve(han: Page, site: Site, *, kind: str, occupations: str, plan: str, units: str = "") -> None:
    """Fill in the form of a pilot and approve it."""
    han.goto(f"{site.url}/desk/pilots")
    han.get_by_role("link", name="批准试点").first.click()
    han.get_by_label("试点机构").select_option(label=BODY_F)
    han.get_by_label("试点类别").select_option(label=kind)
    han.get_by_label("试点职业").fill(occupations)
    han.get_by_label("试点内容").fill(plan)
    han.get_by_label("课程单元与标准要素").fill(units)
    han.get_by_label("起始日").fill("2026-03-02")
    han.get_by_label("截止日").fill("2026-08-31")
    press(han, "批准")


@pytest.mark.duty("D11.3")
@pytest.mark.usefixtures("told_at_once")
@pytest.mark.django_db(transaction=True)
def test_a_technician_college_tries_out_reports_and_is_spread(cast: WideCast, site: Site) -> None:
    """韩批准新型技师学院试点；期满范提交总结；没有总结不能决定；决定复制推广。"""
    han = site.log_in("han", PASSWORD)
    approve(han, site, kind="新型技师学院", occupations="车工", plan="技师培养与企业岗位对接")
    shows(han, "试点机构还没有提交总结", "试点机构提交总结后才能决定", "2026年3月2日至2026年8月31日")
    address = han.url

    fan = site.log_in("fan", PASSWORD)
    fan.goto(f"{site.url}/body/inbox")
    shows(fan, "提交试点总结：新型技师学院")
    fan.goto(f"{site.url}/body/populations")
    fan.get_by_role("link", name="打开试点").click()
    shows(fan, "试点中")
    travel_to(cast.at + timedelta(days=190))
    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/bodies")
    han.get_by_role("link", name="即将到期").click()
    shows(han, "新型技师学院", "2026年8月31日", "已到期，待总结")
    fan = site.log_in("fan", PASSWORD)
    shows(fan, "已到期，待总结")
    fan.goto(f"{site.url}/messages")
    shows(fan, "已批准，请查看范围和期限")
    fan.goto(f"{site.url}/body/populations/pilots")
    shows(fan, "已到期，待总结")
    fan.get_by_role("link", name="SD").first.click()
    fan.get_by_label("做法、人数和成效").fill("培养技师32人，28人取得证书，与6家企业共建课程。")
    press(fan, "提交总结")
    told(fan, "等待市职鉴中心决定")

    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/")
    shows(han, "决定是否复制推广")
    han.goto(address)
    shows(han, "培养技师32人")
    han.get_by_label("复制推广", exact=True).check()
    han.get_by_label("理由", exact=True).fill("做法成熟，在全市技师学院推广。")
    press(han, "作出决定")
    told(han, "推广决定已作出")
    shows(han, "做法成熟，在全市技师学院推广。")
    fan.goto(fan.url)
    shows(fan, "已决定推广", "做法成熟")


@pytest.mark.duty("B4.3")
@pytest.mark.django_db(transaction=True)
def test_courses_and_certificates_are_joined_where_the_school_is_filed(cast: WideCast, site: Site) -> None:
    """没有备案的职业不能试点；课程单元与标准要素逐项对应；提前结束须写理由，仍要总结。"""
    han = site.log_in("han", PASSWORD)
    approve(han, site, kind="课证融通", occupations="车工\n4-03-02-01", plan="三门课程", units="数控编程 = 程序编制")
    shows(han, "没有备案职业4-03-02-01，不具备课证融通的条件")
    han.get_by_label("试点职业").fill("车工")
    han.get_by_label("课程单元与标准要素").fill("数控编程 = 程序编制\n机械制图")
    press(han, "批准")
    shows(han, "“机械制图”没有写明课程单元或对应的标准要素")
    han.get_by_label("课程单元与标准要素").fill("数控编程 = 程序编制\n机械制图 = 读图与绘图")
    press(han, "批准")
    told(han, "已批准")
    shows(han, "读图与绘图")
    han.get_by_role("button", name="提前结束试点").click()
    han.get_by_label("理由").fill("教学计划调整。")
    han.get_by_role("dialog").get_by_role("button", name="提前结束").click()
    told(han, "试点已提前结束")
    fan = site.log_in("fan", PASSWORD)
    fan.goto(f"{site.url}/body/populations/pilots")
    fan.get_by_role("link", name="SD").first.click()
    shows(fan, "已到期，待总结", "读图与绘图")
    zhou = site.log_in("zhou", PASSWORD)
    zhou.goto(f"{site.url}/desk/pilots")
    zhou.get_by_role("link", name="SD").first.click()
    shows(zhou, "试点由市职鉴中心负责人批准、结束和决定是否推广")
