"""旅程: 课证融通: course units are passed, their elements need not be sat again, and one sitting is the exam of a course as well."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.cast import set_up
from tests.clocks import travel_to
from tests.exams.courses import CNC, DRAWING, THEORY, SchoolStage, register_number, school_cast, sheet
from tests.exams.stage import NAMES, moment
from tests.exams.test_courses import sit
from tests.journeys.conftest import PHONE, Site, confirm, shows
from tests.violations.test_cases import self_of
from touchstone.accounts.models import User
from touchstone.bodies.models import Pilot
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import BODY_F, PASSWORD

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def stage(transactional_db: None) -> SchoolStage:
    """Give a reported plan of the school with three students on it, on 2 March 2026; nothing is tried out yet."""
    mark_synthetic(seed=1)
    cast = school_cast(set_up())
    travel_to(cast.at)
    return SchoolStage(cast, people=3).registered()


def upload(page: Page, content: bytes) -> None:
    """Send a workbook of course marks to be tried."""
    page.get_by_label("成绩依据").first.fill("2025学年第一学期成绩单")
    page.set_input_files("input[name=workbook]", {"name": "课程成绩.xlsx", "mimeType": XLSX, "buffer": content})
    page.get_by_role("button", name="上传并试算").click()


@pytest.mark.duty("B4.4")
def test_course_units_exempt_from_elements(stage: SchoolStage, site: Site) -> None:
    """批准试点并写明权重；成绩表先试算、提交、由另一人确认；核定免考，考生手机看到；合并考试；成绩、公示、证书和课程成绩都对得上。"""
    number = stage.plan.number
    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/pilots/new")
    han.get_by_label("试点机构").select_option(label=BODY_F)
    han.get_by_label("试点类别").select_option(label="课证融通")
    han.get_by_label("试点职业").fill("车工")
    han.get_by_label("试点内容").fill("三门课程与车工五级的要素对应")
    units = f"{DRAWING} = 读图与绘图 | 理论 40%\n{THEORY} = 相关知识 | 理论 70%\n{CNC} = 程序编制 | 技能 30%"
    han.get_by_label("课程单元与标准要素").fill(units)
    han.get_by_label("起始日").fill("2026-03-02")
    han.get_by_label("截止日").fill("2027-12-31")
    han.get_by_role("button", name="批准", exact=True).click()
    shows(han, "理论知识考试各单元权重合计110%，超过100%")
    han.get_by_label("课程单元与标准要素").fill(units.replace("70%", "60%"))
    han.get_by_role("button", name="批准", exact=True).click()
    shows(han, "已批准", "程序编制", "30%")
    pilot = Pilot.objects.select_related("body").get()

    zuo = site.log_in("zuo", PASSWORD)
    zuo.goto(f"{site.url}/body/populations/pilots")
    zuo.get_by_role("link", name=pilot.number).click()
    zuo.get_by_role("link", name="登记课程成绩").click()
    with zuo.expect_download():
        zuo.get_by_role("link", name="下载模板").click()
    marks = {(0, DRAWING): "80", (0, THEORY): "90", (0, CNC): "70", (1, CNC): "88", (2, CNC): "59"}
    upload(zuo, sheet(pilot, marks | {(2, THEORY): "180"}, names={1: "陈一"}))
    shows(zuo, "试算结果，还没有登记任何成绩", f"的学生是“{NAMES[1]}”，表中写的是“陈一”", "应为0到100的分数")
    confirm(zuo, "作废", "作废", 原因="姓名错行")
    zuo.get_by_role("link", name="课程成绩", exact=True).click()
    upload(zuo, sheet(pilot, marks))
    zuo.get_by_label("材料名称").fill("成绩单")
    zuo.get_by_label("选择文件（PDF、JPG、PNG）").set_input_files({"name": "成绩单.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 marks"})
    zuo.get_by_role("button", name="上传", exact=True).click()
    shows(zuo, "材料已上传", "成绩单.pdf")
    zuo.get_by_role("button", name="提交确认（5条）").click()
    shows(zuo, "等待确认", "登记人自己不能确认")
    zuo.goto(f"{site.url}/body/plans/{number}/courses")
    shows(zuo, "没有可以新增的免考")

    fan = site.log_in("fan", PASSWORD)
    fan.goto(f"{site.url}/body/inbox")
    fan.get_by_role("link", name="确认课程成绩5条").click()
    confirm(fan, "确认课程成绩", "确认课程成绩")
    shows(fan, "已确认，这些课程成绩可以用于免考")
    fan.get_by_role("link", name="课程成绩", exact=True).click()
    fan.get_by_label("学籍号").fill(register_number(2))
    fan.get_by_label("课程单元").select_option(label=DRAWING)
    fan.get_by_label("成绩", exact=True).fill("77")
    fan.get_by_label("考核日期").fill("2026-01-16")
    fan.get_by_label("成绩依据").last.fill("补考成绩单")
    fan.get_by_role("button", name="试算这一条").click()
    shows(fan, "补考成绩单", "提交确认（1条）")
    fan.get_by_role("link", name="课程成绩", exact=True).click()
    fan.get_by_role("link", name="课程成绩一览").click()
    fan.get_by_role("row", name=NAMES[2]).get_by_role("link", name="KC").click()
    confirm(fan, "撤销课程成绩", "撤销课程成绩", 原因="登分有误，见成绩单第3页")
    shows(fan, "课程成绩已撤销", "登分有误")

    zuo.goto(f"{site.url}/body/plans/{number}")
    zuo.get_by_role("link", name="课证融通").first.click()
    zuo.get_by_label("课程单元").select_option(label=f"{DRAWING}（理论知识考试）")
    zuo.get_by_role("button", name="设为合并考试").click()
    shows(zuo, f"理论知识考试同时作为“{DRAWING}”的课程考试")
    confirm(zuo, "取消", "取消合并考试", 原因="改为另一门课程")
    zuo.get_by_role("button", name="核定免考（4项）").click()
    zuo.get_by_role("dialog").get_by_role("button", name="核定免考").click()
    shows(zuo, "已核定4项免考")
    zuo.get_by_role("row", name=NAMES[2]).locator("summary").click()
    shows(zuo, "没有“数控编程”的课程成绩")
    zuo.get_by_label("课程单元").select_option(label=f"{THEORY}（理论知识考试）")
    zuo.get_by_role("button", name="设为合并考试").click()
    shows(zuo, f"理论知识考试同时作为“{THEORY}”的课程考试")

    first, second, _ = stage.candidates()
    me = site.log_in(User.objects.get(pk=self_of(first).user_id or 0).username, PASSWORD, viewport=PHONE)
    me.goto(f"{site.url}/me/registrations/{first.number}")
    shows(me, "整科不用考", "读图与绘图（40%）", "30%免考", f"理论知识考试同时作为“{THEORY}”的学历课程考试")
    sit(stage, "80", "50", "50")
    travel_to(moment(date(2026, 3, 23), 10))
    zuo.goto(f"{site.url}/body/plans/{number}/scores")
    zuo.get_by_role("button", name="核定成绩结论").click()
    shows(zuo, "成绩已锁定")
    stage.checked()
    fan.goto(f"{site.url}/body/plans/{number}/results")
    passed = fan.get_by_role("row", name=second.name)
    expect(passed.get_by_text("61.4（课程成绩占30%）")).to_be_visible()
    expect(passed.get_by_text("合格", exact=True)).to_be_visible()
    travel_to(moment(date(2026, 3, 24), 9))
    confirm(fan, "公示成绩", "公示")
    shows(fan, "成绩已公示")
    travel_to(moment(date(2026, 4, 1), 0, 5))
    run_what_is_due()
    fan.reload()
    confirm(fan, "核发证书", "核发")
    shows(fan, "已核发证书2本")
    fan.goto(f"{site.url}/body/certificates")
    fan.get_by_role("link", name="Y000").first.click()
    shows(fan, "以课程单元免考", "程序编制")
    fan.goto(f"{site.url}/body/plans/{number}/courses")
    fan.get_by_role("link", name="KB").click()
    shows(fan, "认定计划", "已登记")
    me.reload()
    shows(me, "证书已核发")
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/plans/{number}")
    shows(wang, "课程单元免考和合并考试", "程序编制（30%）")
