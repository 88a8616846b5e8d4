"""旅程: 一考双证: one exam, two standards, two results, two certificates, each told apart by whoever looks."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.journeys.conftest import PHONE, Site, confirm, shows
from tests.violations.test_cases import self_of
from touchstone.accounts.models import User
from touchstone.exams.operations.scores import ScoreLine, enter_scores
from touchstone.exams.states import Part
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import BODY_A, PASSWORD

OWN = "本厂数控产线"


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give a drafted plan of body 甲 on 2 March 2026; nothing is tried out yet."""
    mark_synthetic(seed=1)
    cast: Cast = set_up()
    travel_to(cast.at)
    return Stage(cast, people=2)


def element(page: Page, place: int, name: str, takes: str, weight: str, pass_mark: str, national: str = "") -> None:
    """Fill in one element of the standard."""
    of = page.locator(f"#element-{place}")
    of.get_by_label("要素名称").fill(name)
    of.get_by_label("用哪一科成绩").select_option(label=takes)
    of.get_by_label("权重（%）").fill(weight)
    of.get_by_label("合格分").fill(pass_mark)
    of.get_by_label("对应的国家标准要素").fill(national)


@pytest.mark.duty("D11.2")
def test_one_exam_two_standards_two_certificates(stage: Stage, site: Site) -> None:
    """批准试点，登记企业标准，设定计划，录入企业要素，两项结论，一并公示，分别发证，考生和公众都看得出是哪一种。"""
    number, cast = stage.plan.number, stage.cast
    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/pilots/new")
    han.get_by_label("试点机构").select_option(label=BODY_A)
    han.get_by_label("试点类别").select_option(label="一考双证")
    han.get_by_label("试点职业").fill("车工")
    han.get_by_label("试点内容").fill("国家标准与企业标准一次考核")
    han.get_by_label("起始日").fill("2026-03-02")
    han.get_by_label("截止日").fill("2027-12-31")
    han.get_by_role("button", name="批准", exact=True).click()
    shows(han, "已批准", "试点中")

    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{number}/dual")
    shows(sun, "没有可用的企业标准")
    lin = site.log_in("lin", PASSWORD)
    lin.goto(f"{site.url}/body/populations")
    lin.get_by_role("link", name="打开企业标准").click()
    lin.get_by_role("link", name="登记企业标准").first.click()
    lin.get_by_label("企业标准编号").fill("Q/LG 001—2025")
    lin.get_by_label("企业标准名称").fill("车工岗位技能要求")
    lin.get_by_label("对应的国家职业").fill("6-18-01-01 车工")
    lin.get_by_label("施行日").fill("2026-01-01")
    lin.get_by_label("五级/初级工对应的企业等级").fill("一星级技工")
    element(lin, 1, "车工应知", "理论知识考试", "30", "60", "基础知识、相关知识")
    element(lin, 2, "车工应会", "技能考核", "50", "80", "轴类零件加工")
    element(lin, 3, OWN, "另行考核", "10", "60")
    lin.get_by_role("button", name="登记", exact=True).click()
    shows(lin, "各要素权重合计90%")
    lin.locator("#element-3").get_by_label("权重（%）").fill("20")
    lin.get_by_role("button", name="登记", exact=True).click()
    shows(lin, "Q/LG 001—2025已登记", "另行考核（与技能考核同场）", "权重合计100%")
    lin.get_by_role("link", name="企业标准").last.click()
    expect(lin.get_by_role("link", name="QB000001")).to_be_visible()

    sun.reload()
    sun.get_by_role("button", name="按两个标准评定").click()
    shows(sun, "对应企业等级“一星级技工”", "取消企业标准")
    stage.reviewed().with_sittings().arranged().held()
    marks = {ticket: (Decimal(80), Decimal(mark)) for ticket, mark in zip(stage.tickets(), (85, 70), strict=True)}
    lines = [ScoreLine(one, {Part.THEORY: theory, Part.PRACTICAL: practical}) for one, (theory, practical) in marks.items()]
    travel_to(moment(date(2026, 3, 23), 10))
    enter_scores(plan_number=number, lines=lines, by=cast.sun, at=moment(date(2026, 3, 23), 10))
    both, national_only = stage.plan.candidates.order_by("ticket_number")

    sun.goto(f"{site.url}/body/plans/{number}/scores")
    sun.get_by_role("button", name="核定成绩结论").click()
    shows(sun, "2名考生的企业标准成绩没有录齐")
    sun.get_by_role("link", name="一考双证", exact=True).click()
    sun.get_by_label(f"{both.name}{OWN}").fill("90")
    sun.get_by_label(f"{national_only.name}{OWN}").fill("九十")
    sun.get_by_role("button", name="保存企业标准成绩").click()
    shows(sun, "没有采用的1行", "“九十”不是0到100的分数")
    sun.get_by_label(f"{national_only.name}{OWN}").fill("90")
    sun.get_by_role("button", name="保存企业标准成绩").click()
    shows(sun, "已保存1人的企业标准成绩")
    sun.get_by_role("link", name="成绩登记").first.click()
    sun.get_by_role("button", name="核定成绩结论").click()
    shows(sun, "成绩已锁定")
    stage.checked()
    sun.goto(f"{site.url}/body/plans/{number}/results")
    row = sun.get_by_role("row", name=national_only.name)
    expect(row.get_by_text("合格", exact=True)).to_be_visible()
    expect(row.get_by_text("不合格", exact=True)).to_be_visible()

    travel_to(moment(date(2026, 3, 24), 9))
    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/plans/{number}/results")
    confirm(qian, "公示成绩", "公示")
    anyone = site.visit("/notices", viewport=PHONE)
    anyone.get_by_role("link", name="成绩公示").click()
    shows(anyone, "按企业标准《车工岗位技能要求》（Q/LG 001—2025）合格1人", "企业标准结论（一星级技工）")

    travel_to(moment(date(2026, 4, 1), 0, 5))
    run_what_is_due()
    qian.reload()
    confirm(qian, "核发证书", "核发")
    shows(qian, "已核发证书3本")
    qian.goto(f"{site.url}/body/certificates?scheme=enterprise")
    qian.get_by_role("link", name="QB300001265000001").click()
    shows(qian, "企业标准证书", "一星级技工", "综合成绩", "Q/LG 001—2025 车工岗位技能要求")

    for candidate, many in ((both, 2), (national_only, 1)):
        me = site.log_in(User.objects.get(pk=self_of(candidate).user_id or 0).username, PASSWORD, viewport=PHONE)
        me.goto(f"{site.url}/me/registrations/{candidate.number}")
        shows(me, "一考双证", "按企业标准（一星级技工）")
        expect(me.get_by_role("link", name="打开查验页")).to_have_count(many)
        me.goto(f"{site.url}/me/certificates")
        expect(me.get_by_text("企业标准证书")).to_have_count(many - 1)

    anyone = site.visit("/verify", viewport=PHONE)
    anyone.get_by_label("持证人姓名").fill(both.name)
    anyone.get_by_label("证书编号").fill("QB 300001 26 5 000001")
    anyone.get_by_role("button", name="查验").click()
    expect(anyone.get_by_role("heading", name="企业标准证书有效")).to_be_visible()
    shows(anyone, "不是职业技能等级证书", "一星级技工")
    wu = site.log_in("wu", PASSWORD)
    wu.goto(f"{site.url}/desk/plans/{number}")
    shows(wu, "一考双证", "Q/LG 001—2025 车工岗位技能要求")
    assert EXAM_ON.year == 2026
