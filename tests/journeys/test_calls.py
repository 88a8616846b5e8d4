"""旅程: a project is recommended and selected; a public call is drafted, published, answered, judged, ranked, objected to and concluded."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.calls.conftest import CARE, lot_of, second_body
from tests.cast import WideCast
from tests.journeys.conftest import PHONE, Site
from tests.journeys.test_filing_district_enterprise import press, told, travel_to
from tests.journeys.test_filing_school import cast  # noqa: F401
from touchstone.calls import queries
from touchstone.notices.queries import of_case
from touchstone.policy.calls.conditions import CONDITIONS
from touchstone.simulation import calls as simulated
from touchstone.simulation.calls import FIT, PDF
from touchstone.simulation.cast import PASSWORD


def open_page(site: Site, username: str, path: str, **context: object) -> Page:
    """Log in and open a page."""
    page = site.log_in(username, PASSWORD, **context)
    page.goto(site.url + path)
    return page


def main_link(page: Page, name: str) -> None:
    """Follow a link of the page's own."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def confirm(page: Page, opener: str, button: str) -> None:
    """Open a dialog and confirm it."""
    press(page, opener)
    page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()


def recommend(page: Page, site: Site, occupation: str, demand: str) -> None:
    """Fill in a recommendation and send it."""
    page.goto(f"{site.url}/desk/calls/projects/new")
    page.get_by_label("职业", exact=True).fill(occupation)
    for level in ("五级", "四级", "三级"):
        page.get_by_role("main").get_by_label(level).check()
    page.get_by_label("预计年评价人次").fill(demand)
    page.get_by_label("涉及用人单位数").fill("60")
    page.get_by_label("推荐理由").fill("全市养老机构用工缺口大，企业自主评价覆盖不到。")
    press(page, "推荐")


def decide(page: Page, conclusion: str, opinion: str) -> None:
    """Take the newest recommendation from the list and decide it."""
    page.goto(page.url.split("/desk")[0] + "/desk/calls/projects")
    page.get_by_role("link", name="XM2026").first.click()
    main_link(page, "遴选决定")
    page.get_by_label(conclusion).check()
    page.get_by_label("遴选意见").fill(opinion)
    press(page, "作出决定")


@pytest.mark.duty("C3.1")
def test_a_project_is_recommended_and_selected(cast: WideCast, site: Site) -> None:  # noqa: F811
    """行业主管部门推荐本行业的职业；需求不足的不予确定并说明理由，补充后重新推荐，由市职鉴中心遴选确定。"""
    tang = site.log_in("tang", PASSWORD)
    recommend(tang, site, "6-18-01-01", "900")
    expect(tang.get_by_role("main")).to_contain_text("应由该行业主管部门推荐")
    recommend(tang, site, CARE, "40")
    told(tang, "由市职鉴中心遴选确定")
    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/calls/projects")
    main_link(han, "XM2026")
    main_link(han, "遴选决定")
    expect(han.get_by_role("main")).to_contain_text("应不少于100人次")
    han.get_by_label("确定为社会化评价项目").check()
    han.get_by_label("遴选意见").fill("同意。")
    press(han, "作出决定")
    expect(han.get_by_role("main")).to_contain_text("不符合遴选要求")
    decide(han, "不予确定", "需求数据不足，请补充后重新推荐。")
    told(han, "未确定")
    tang.goto(f"{site.url}/desk/calls/projects")
    main_link(tang, "XM2026")
    expect(tang.get_by_role("main")).to_contain_text("需求数据不足")
    recommend(tang, site, CARE, "1200")
    told(tang, "由市职鉴中心遴选确定")
    decide(han, "确定为社会化评价项目", "需求明确，已有国家职业标准。")
    told(han, "已确定")
    tang.reload()
    expect(tang.get_by_role("main")).to_contain_text("已确定")


@pytest.mark.duty("B3.1", "B3.3", "C3.2")
def test_a_call_from_its_draft_to_its_end(cast: WideCast, site: Site) -> None:  # noqa: F811
    """拟定、发布、公众可查、应征、退回补正、截止、逾期不收、逐项核实、排序、公示、异议不成立、期满确定，落选的知道为什么。"""
    simulated.selected_project(CARE, by=cast.tang, director=cast.han, at=cast.at)
    tao = open_page(site, "tao", "/desk/calls")
    main_link(tao, "拟定征集公告")
    tao.get_by_label("标题").fill("2026年第一批社会培训评价组织公开征集公告")
    tao.get_by_label("开始日").fill("2026-03-02")
    tao.get_by_label("截止日").fill("2026-03-16")
    tao.get_by_label("公告正文").fill("面向全市征集养老护理员项目评价机构。")
    press(tao, "保存")
    told(tao, "请增加征集项目")
    tao.get_by_label("评价项目").select_option(label=f"{CARE} 养老护理员（五、四、三级）")
    tao.get_by_label("拟遴选家数").fill("1")
    tao.get_by_label("年需求人数").fill("1200")
    press(tao, "增加")
    told(tao, "已增加")
    address = tao.url
    number = address.rsplit("/", 1)[1]
    expect(tao.get_by_role("main")).to_contain_text("征集公告由市职鉴中心的审批负责人发布")
    han = open_page(site, "han", f"/desk/calls/{number}")
    confirm(han, "发布公告", "确认发布")
    told(han, "起接受应征")

    visitor = site.visit("/calls", viewport=PHONE)
    main_link(visitor, "2026年第一批")
    expect(visitor.get_by_role("main")).to_contain_text("连续从事相关培训或者评价工作的年限")
    lin = open_page(site, "lin", f"/body/calls/{number}")
    expect(lin.get_by_role("main")).to_contain_text("企业、院校评价本单位人员不需要应征")

    xie = open_page(site, "xie", "/body/calls")
    main_link(xie, "2026年第一批")
    press(xie, "应征养老护理员全市")
    told(xie, "已开始填报")
    application = xie.url.rsplit("/", 1)[1]
    answer(xie, FIT)
    expect(xie.locator("[data-saved]")).to_contain_text("已保存")
    press(xie, "提交应征")
    expect(xie.get_by_role("main")).to_contain_text("缺少证明材料：信用报告")
    xie.goto(f"{site.url}/body/calls/applications/{application}")
    for one in CONDITIONS.on(cast.at.date()).value:
        if FIT.get(one.key):
            attach(xie, one.proof)
    press(xie, "提交应征")
    told(xie, "已提交")

    _, rival = second_body(cast.at)
    weaker = simulated.sent_application(lot_of(number), by=rival, at=cast.at, answers={**FIT, "years": 4, "rating": 0}).number
    tao.goto(f"{site.url}/desk/calls/{number}")
    main_link(tao, "核实应征条件")
    main_link(tao, application)
    main_link(tao, "退回补正")
    tao.get_by_label("需要补正的内容").fill("专家聘书不清晰，请重新上传。")
    press(tao, "退回补正")
    told(tao, "补正期限")

    xie.goto(f"{site.url}/body/calls/applications/{application}")
    expect(xie.get_by_role("main")).to_contain_text("专家聘书不清晰")
    attach(xie, "专家名单和聘书")
    press(xie, "提交应征")
    told(xie, "已提交")
    travel_to(cast.at + timedelta(days=15))
    xie.goto(f"{site.url}/body/calls/{number}")
    expect(xie.get_by_role("main")).to_contain_text("逾期的申请不予受理")

    tao.goto(f"{site.url}/desk/calls/{number}/ranking")
    press(tao, "排序")
    told(tao, "还有2件应征申请没有核实")
    tao.goto(f"{site.url}/desk/calls/{number}/applications")
    main_link(tao, application)
    main_link(tao, "核实条件")
    tao.locator("[name='checked:staff']").fill("7")
    press(tao, "保存核实结果")
    expect(tao.get_by_role("main")).to_contain_text("核实结果与申报不一致")
    tao.locator("[name='note:staff']").fill("社保记录7人。")
    press(tao, "保存核实结果")
    told(tao, "符合条件")
    expect(tao.get_by_role("main")).to_contain_text("社保记录7人。")
    simulated.check_as_declared(weaker, by=cast.tao, at=cast.at + timedelta(days=15))
    tao.goto(f"{site.url}/desk/calls/{number}/ranking")
    press(tao, "排序")
    told(tao, "2件中拟入选1件")
    expect(tao.get_by_role("main")).to_contain_text("排第2名，本项只遴选1家")
    han.goto(f"{site.url}/desk/calls/{number}/ranking")
    confirm(han, "公示遴选结果", "确认公示")
    told(han, "开始公示")

    travel_to(cast.at + timedelta(days=16))
    visitor.goto(f"{site.url}/calls/{number}")
    main_link(visitor, "遴选结果公示")
    expect(visitor.get_by_role("main")).to_contain_text("拟入选")
    visitor.get_by_label("您的姓名").fill("赵大年")
    visitor.get_by_label("联系电话").fill("13800000000")
    visitor.get_by_label("异议内容").fill("入选单位的专家人数不实。")
    press(visitor, "提交异议")
    expect(visitor.get_by_role("main")).to_contain_text("YY2026")
    travel_to(cast.at + timedelta(days=17))
    han.goto(f"{site.url}/desk")
    han.get_by_role("link", name="遴选结果公示期间收到异议").first.click()
    main_link(han, "答复异议")
    han.get_by_label("异议不成立，继续公示").check()
    han.get_by_label("答复意见").fill("已核对聘书原件，7人属实。")
    press(han, "答复")
    told(han, "公示继续")

    travel_to(cast.at + timedelta(days=30))
    xie.goto(f"{site.url}/body/calls")
    expect(xie.get_by_role("main")).to_contain_text("已入选的项目")
    xie.goto(f"{site.url}/body/calls/applications/{application}")
    expect(xie.get_by_role("main")).to_contain_text("排第1名")
    loser = open_page(site, "body91", "/body/calls/applications")
    expect(loser.get_by_role("main")).to_contain_text("排第2名，本项只遴选1家")
    visitor.goto(f"{site.url}/calls/{number}")
    expect(visitor.get_by_role("main")).to_contain_text("上海戊申养老服务评价中心")
    assert queries.selections_of(cast.body_e).count() == 1
    assert of_case(number).get().outcome


def answer(page: Page, given: Mapping[str, int]) -> None:
    """Fill in what is declared, by condition."""
    for one in CONDITIONS.values[0].value:
        field = page.locator(f"[name='answer:{one.key}']")
        if one.key not in given:
            continue
        if one.measure == "count":
            field.fill(str(given[one.key]))
        else:
            field.select_option(str(given[one.key]))
    page.get_by_label("评价工作设想").fill("设评价部，配专职人员和专家，按国家职业标准每月组织一次评价。")


def attach(page: Page, label: str) -> None:
    """Upload one file under a label."""
    form = page.locator("form.ts-attach").filter(has=page.locator(f"input[name=label][value='{label}']"))
    form.locator("input[type=file]").set_input_files({"name": f"{label}.pdf", "mimeType": "application/pdf", "buffer": PDF})
    form.get_by_role("button", name=f"上传{label}").click()
    told(page, f"“{label}.pdf”已上传")
