"""旅程: a social body may not file before both gates; once selected it files with the consent of its field and of every venue's district."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.calls.conftest import CARE
from tests.cast import WideCast
from tests.filings.conftest import people
from tests.journeys.conftest import Site
from tests.journeys.test_filing_district_enterprise import open_case, press, score_all, told, travel_to
from tests.journeys.test_filing_school import cast  # noqa: F401
from tests.journeys.test_registration import new_plan
from touchstone.calls.queries import lots_of
from touchstone.filings import queries
from touchstone.simulation import calls as simulated
from touchstone.simulation import filing as files
from touchstone.simulation.cast import BODY_E, FOREIGN, PASSWORD
from touchstone.simulation.identity import id_number
from touchstone.web import clock


def equipped(cast: WideCast) -> None:  # noqa: F811
    """Give body 戊 a venue in each of two districts, and its people."""
    files.equip(cast.body_e, by=cast.xie, at=cast.at, first=280, occupation=CARE)
    files.add_venue(cast.body_e, "西部实训基地", FOREIGN, by=cast.xie, at=cast.at)


def selected(cast: WideCast) -> None:  # noqa: F811
    """Take body 戊 past both gates by the operations the pages of the calls use, and come to the day after."""
    project = simulated.selected_project(CARE, by=cast.tang, director=cast.han, at=cast.at)
    call = simulated.open_call(project, clerk=cast.tao, director=cast.han, at=cast.at)
    simulated.sent_application(lots_of(call)[0], by=cast.xie, at=cast.at)
    over = simulated.bring_to_result(call, clerk=cast.tao, director=cast.han, at=cast.at)
    travel_to(over + timedelta(days=1))


def own_filing(xie: Page, site: Site, number: str) -> Page:
    """Open the body's own page of its filing."""
    xie.goto(f"{site.url}/body/filings/{number}")
    return xie


@pytest.mark.duty("C3.3")
def test_gates_then_consents_in_parallel_then_the_centre(cast: WideCast, site: Site) -> None:  # noqa: F811
    """入选之前不能征求同意；入选之后行业主管和两个考核点所在区同时征求，缺一个都不能提交，齐了才向市职鉴中心申请。"""
    equipped(cast)
    xie = site.log_in("xie", PASSWORD)
    xie.goto(f"{site.url}/body/filings/new")
    press(xie, "开始填报")
    number = xie.url.split("/filings/")[1].split("/")[0]
    files.fill(number, by=cast.xie, at=cast.at, occupation=CARE)
    press(own_filing(xie, site, number), "征求同意")
    expect(xie.get_by_role("main")).to_contain_text("尚未遴选确定为社会化评价项目")
    selected(cast)
    xie.goto(f"{site.url}/body/inbox")
    expect(xie.get_by_role("main")).to_contain_text("入选“养老护理员”，请在有效期内申请备案")
    press(own_filing(xie, site, number), "征求同意")
    told(xie, "未答复不视为同意")
    for who, office in (("tang", "上海市民政养老行业主管部门"), ("he", "浦东新区")):
        expect(xie.get_by_role("main")).to_contain_text(office)
        asked = open_case(site, who, number, "/consent")
        asked.get_by_label("同意", exact=True).check()
        press(asked, "答复")
        told(asked, "已答复：同意")
    xie.goto(f"{site.url}/body/filings/{number}/submit")
    expect(xie.get_by_role("main").get_by_role("button", name="确认提交", exact=True)).to_be_disabled()
    du = open_case(site, "du", number, "/consent")
    du.get_by_label("同意", exact=True).check()
    press(du, "答复")
    told(du, "已答复：同意")
    xie.goto(f"{site.url}/body/filings/{number}/submit")
    press(xie, "确认提交")
    told(xie, "上海市职业技能鉴定中心")
    xie.goto(f"{site.url}/body/done")
    expect(xie.get_by_role("main")).to_contain_text(f"已申请备案{number}")
    tao = open_case(site, "tao", number, "/appoint")
    tao.get_by_label("华锦程").check()
    tao.get_by_label("严若谷").check()
    tao.get_by_label("回避情况").fill("无应当回避的关系。")
    press(tao, "指派")
    told(tao, "已指派")
    files._visit(number, people(cast, "social_body"), clock.now())
    for assessor in ("hua", "yan"):
        page = open_case(site, assessor, number, "/assessment")
        score_all(page, "9")
    tao.goto(f"{site.url}/desk/filings/{number}/conclude")
    press(tao, "汇总并送审批")
    told(tao, "合格")
    han = open_case(site, "han", number, "/decision")
    han.get_by_label("准予备案，予以公示").check()
    han.get_by_label("决定意见").fill("条件具备，准予备案。")
    press(han, "作出决定")
    told(han, "开始公示")
    visitor = site.visit("/notices")
    visitor.get_by_role("link", name=f"{BODY_E}职业技能等级评价机构备案公示").click()
    expect(visitor.get_by_role("main")).to_contain_text("养老护理员")
    travel_to(clock.now() + timedelta(days=12))
    xu = site.log_in("xu", PASSWORD)
    xu.goto(f"{site.url}/desk/reports")
    xu.get_by_role("link", name="BS2026").click()
    press(xu, "签收并赋予站点序列码")
    told(xu, "站点序列码")
    visitor.goto(f"{site.url}/register")
    visitor.get_by_role("link", name=BODY_E).first.click()
    expect(visitor.get_by_role("main")).to_contain_text("备案有效")
    assert queries.filing(number, cast.xie).body.site_code


@pytest.mark.duty("C3.3")
def test_a_selection_taken_back_opens_no_gate(cast: WideCast, site: Site) -> None:  # noqa: F811
    """韩取消入选资格，须选择情形并写明理由；公众和机构看得到；机构不能再据此征求同意。"""
    equipped(cast)
    selected(cast)
    tao = site.log_in("tao", PASSWORD)
    tao.goto(f"{site.url}/desk/calls")
    tao.get_by_role("link", name="入选机构").click()
    tao.get_by_role("main").get_by_role("link", name=BODY_E).click()
    expect(tao.get_by_role("main")).to_contain_text("取消入选资格由市职鉴中心的审批负责人决定")
    han = site.log_in("han", PASSWORD)
    han.goto(tao.url)
    press(han, "取消入选资格")
    expect(han.get_by_role("main")).to_contain_text("请填写")
    han.get_by_label("不再符合遴选条件").check()
    han.get_by_label("查实的情况和理由").fill("三名专职人员已离职，未补足。")
    press(han, "取消入选资格")
    told(han, "已取消")
    expect(han.get_by_role("main")).to_contain_text("不再符合遴选条件：三名专职人员已离职")
    visitor = site.visit("/calls?past=1")
    visitor.get_by_role("main").get_by_role("link", name="第一批").first.click()
    expect(visitor.get_by_role("main")).to_contain_text("三名专职人员已离职")
    xie = site.log_in("xie", PASSWORD)
    xie.goto(f"{site.url}/body/calls")
    expect(xie.get_by_role("main")).to_contain_text("已取消")
    xie.goto(f"{site.url}/body/filings/new")
    press(xie, "开始填报")
    number = xie.url.split("/filings/")[1].split("/")[0]
    files.fill(number, by=cast.xie, at=clock.now(), occupation=CARE)
    press(own_filing(xie, site, number), "征求同意")
    expect(xie.get_by_role("main")).to_contain_text("入选资格已于")
    expect(xie.get_by_role("main")).to_contain_text("三名专职人员已离职")


@pytest.mark.duty("B3.4")
def test_a_social_body_evaluates_the_public(cast: WideCast, site: Site) -> None:  # noqa: F811
    """备案后的社会培训评价组织面向社会报名：参评来源只有社会人员，不问是哪个单位的人；企业的参评来源里没有社会人员。"""
    equipped(cast)
    selected(cast)
    signed = files.file_to("signed", cast.body_e, people(cast, "social_body"), at=clock.now(), occupation=CARE)
    travel_to(clock.now() + timedelta(days=14))
    xie = site.log_in("xie", PASSWORD)
    number = new_plan(xie, site)
    xie.goto(f"{site.url}/body/plans/{number}/registration/new")
    expect(xie.get_by_label("参评来源").get_by_role("option")).to_have_text(["社会人员"])
    xie.get_by_label("姓名").fill("秦岭月")
    xie.get_by_label("居民身份证号码").fill(id_number(77, birthday=date(1990, 4, 8), male=False))
    xie.get_by_label("手机号码").fill("13900000077")
    xie.get_by_label("所在单位").fill("自由职业")
    xie.get_by_label("申报条件").select_option(index=1)
    xie.get_by_label("从事本职业年数").fill("9")
    xie.get_by_label("文化程度").select_option(index=3)
    xie.get_by_label("所学专业").fill("无")
    press(xie, "登记并判定资格")
    told(xie, "已登记秦岭月")
    expect(xie.get_by_role("main")).to_contain_text("社会人员")
    assert queries.filing(signed, cast.xie).body.kind == "social"
