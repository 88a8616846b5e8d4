"""旅程: somebody registers themselves on a phone: signs up, fills in, is told what is wrong with the photo, promises, hands in."""

from datetime import date, timedelta
from functools import partial

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.cast import Cast
from tests.exams.pictures import portrait
from tests.exams.registering import put_in_force, terms
from tests.exams.test_own_registration import CLAIMS, TOLD, filled, handed_in
from tests.jobs.test_payments import provider  # noqa: F401
from tests.journeys.conftest import PHONE, Site
from tests.journeys.test_filing_district_enterprise import cast, press, told  # noqa: F401
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Candidate, Plan
from touchstone.exams.operations import own_registration
from touchstone.exams.operations.eligibility_evidence import check_evidence
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import draft_plan
from touchstone.jobs.payments import ask_provider
from touchstone.simulation.cast import BODY_A, PASSWORD
from touchstone.simulation.identity import id_number, phone
from touchstone.simulation.payment_gateway import SimulatedProvider

DARK: FilePayload = {"name": "夜里.jpg", "mimeType": "image/jpeg", "buffer": portrait(wall=50)}
LIGHT: FilePayload = {"name": "白墙.jpg", "mimeType": "image/jpeg", "buffer": portrait()}
PAPER: FilePayload = {"name": "社保.jpg", "mimeType": "image/jpeg", "buffer": portrait(size=(900, 1200))}
SECRET = "考试报名用的一个长密码"


def shows(page: Page, *words: str) -> None:
    """Expect each of these on the page."""
    for one in words:
        expect(page.get_by_role("main").get_by_text(one).locator("visible=true").first).to_be_visible()


@pytest.fixture
def open_plan(cast: Cast) -> Plan:  # noqa: F811
    """Give a plan of body 甲 that is open to candidates."""
    item, day = put_in_force(cast, level=4), cast.at.date()
    days = {"exam_on": day + timedelta(days=60), "registration_closes_on": day + timedelta(days=20)}
    drafted = draft_plan(scope_item_id=item.pk, terms=terms(**days, open_to_candidates=True, fee=280), by=cast.sun, at=cast.at)
    report_plan(number=drafted.number, by=cast.sun, at=cast.at)
    return Plan.objects.get(pk=drafted.pk)


def sign_up(site: Site) -> Page:
    """Come in from the public first page and choose a log-in."""
    page = site.visit("/", viewport=PHONE)
    page.get_by_role("link", name="我要参加评价").click()
    page.get_by_label("姓名").fill("程新来")
    page.get_by_label("居民身份证号码").fill(id_number(401, birthday=date(1990, 5, 5), male=True))
    page.get_by_label("手机号码").fill(phone(9001))
    page.get_by_label("登录名").fill("chengxinlai")
    page.get_by_label("密码", exact=True).fill(SECRET)
    page.get_by_label("再次输入密码").fill(SECRET)
    press(page, "注册")
    told(page, "注册成功")
    return page


@pytest.mark.duty("B1.2", "D5.2")
@pytest.mark.django_db(transaction=True)
def test_somebody_registers_on_a_phone(cast: Cast, open_plan: Plan, site: Site, provider: SimulatedProvider) -> None:  # noqa: F811
    """注册，找到计划，填写，照片太暗被退，重拍，上传社保，承诺，提交；机构看到本人报名、照片和材料。"""
    page = sign_up(site)
    page.get_by_role("link", name="查找可报名的评价").click()
    page.get_by_role("link", name="车工").first.click()
    shows(page, "280元/人", "本单位在岗职工", "4-1")
    page.get_by_role("link", name="我要报名").click()
    press(page, "开始报名")

    page.get_by_label("所在单位").fill(BODY_A)
    page.get_by_label("从事本职业年数").fill("8")
    press(page, "保存，下一步")
    shows(page, "请选择申报条件")
    expect(page.get_by_label("所在单位")).to_have_value(BODY_A)
    page.get_by_label("申报条件").select_option("4-1")
    page.get_by_label("文化程度").select_option(index=3)
    page.get_by_label("所学专业").fill("无")
    press(page, "保存，下一步")
    shows(page, "请选择用工形式")
    page.get_by_label("用工形式").select_option("直接用工")
    press(page, "保存，下一步")

    page.locator("input[name=file]").set_input_files(files=[DARK])
    press(page, "上传照片")
    shows(page, "照片背景太暗")
    page.locator("input[name=file]").set_input_files(files=[LIGHT])
    press(page, "上传照片")
    told(page, "照片可以使用")
    page.get_by_role("link", name="下一步").click()

    page.locator("#file-work").set_input_files(files=[PAPER])
    press(page, "上传工作年限证明")
    told(page, "工作年限证明已上传")
    page.get_by_role("link", name="下一步").click()

    press(page, "提交报名")
    shows(page, "请勾选")
    page.get_by_label("我已阅读，并作出以上承诺").check()
    press(page, "提交报名")
    told(page, "报名成功")
    mine = Candidate.objects.get()
    page.get_by_role("link", name="试金石，回到我的首页").click()
    shows(page, "补充证明", "等待补充证明")
    page.get_by_role("link", name="补充证明").click()
    shows(page, "还要补充证明", "还差什么")
    page.locator("#file-employment").set_input_files(files=[PAPER])
    press(page, "上传在岗和用工证明")
    told(page, "在岗和用工证明已提交")

    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{open_plan.number}/candidates")
    sun.get_by_role("link", name=mine.number).click()
    shows(sun, "本人报名，已作告知承诺", "社保.jpg")
    expect(sun.get_by_alt_text("程新来的报名照片")).to_be_visible()
    check = partial(check_evidence, number=mine.number, remark="已核原件", by=cast.sun, at=cast.at)
    check(kind=ProofKind.EMPLOYMENT, facts={})
    check(kind=ProofKind.WORK, facts={"periods": [{"since": "2015-01-01", "until": None, "relation": "same"}]})
    page.goto(f"{site.url}/me/registrations/{mine.number}")
    shows(page, "资格已通过", "您符合“4-1 累计工作满5年”", "待缴费")
    press(page, "缴费280元")
    page.get_by_role("link", name="去支付").click()
    page.get_by_role("button", name="支付", exact=True).click()
    shows(page, "支付中")
    ask_provider(cast.at)  # what the worker does each minute
    page.reload()
    shows(page, "已缴费", "支付时间")
    sun.goto(f"{site.url}/body/plans/{open_plan.number}")
    sun.get_by_role("link", name="缴费名单").click()
    shows(sun, mine.number, "已缴费")


@pytest.mark.django_db(transaction=True)
def test_somebody_is_months_short_and_takes_another_way(cast: Cast, open_plan: Plan, site: Site) -> None:  # noqa: F811
    """还差6个月：说明差多少；改按五级证书申报，还要补证书；最后退出。"""
    draft = filled(open_plan, cast.chen, cast)
    claims = CLAIMS | {"years_in_field": "4.5"}
    own_registration.save_own_registration(number=draft.number, **TOLD | {"claims": claims}, by=cast.chen, at=cast.at)
    handed_in(draft, cast.chen, cast)
    page = site.log_in_by_form("chen", PASSWORD, viewport=PHONE)
    shows(page, "还差6个月")
    page.get_by_role("link", name="查看理由和办法").click()
    page.get_by_role("link", name="改选申报条件").click()
    page.get_by_label("申报条件").select_option("4-2")
    page.get_by_label("已有证书等级").select_option("5")
    press(page, "改选并重新判定")
    shows(page, "证书等级和证书编号要一起填写")
    page.get_by_label("已有证书编号").fill("Y000031000001205000001")
    press(page, "改选并重新判定")
    told(page, "已改按4-2申报")
    shows(page, "还要补充证明")
    press(page, "退出报名")
    page.get_by_role("dialog").get_by_role("button", name="确认退出").click()
    told(page, "已退出这次报名")
    shows(page, "已退出")
    page.get_by_role("link", name="试金石，回到我的首页").click()
    shows(page, "报名参加评价")
