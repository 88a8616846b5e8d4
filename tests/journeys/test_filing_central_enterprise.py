"""旅程: a central enterprise asks its authority and two districts side by side, and files with the city centre."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import WideCast
from tests.filings.conftest import people, ready
from tests.journeys.conftest import PHONE, Site
from tests.journeys.test_filing_district_enterprise import open_case, press, record_visit, score_all, told, travel_to
from tests.journeys.test_filing_school import cast  # noqa: F401
from touchstone.filings import queries
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.filing import _consent, _seek, file_to, fill


def filed_to(stage: str, cast: WideCast) -> str:  # noqa: F811
    """Take a filing of central enterprise 丁 to a stage by the operations the pages call."""
    return file_to(stage, ready("central_enterprise", cast), people(cast, "central_enterprise"), at=cast.at)


def own_page(site: Site, number: str) -> Page:
    """Open the enterprise's own page of its filing."""
    cui = site.log_in("cui", PASSWORD)
    cui.goto(f"{site.url}/body/filings/{number}")
    return cui


def answer(page: Page, verdict: str, words: str = "") -> None:
    """Answer for an office whether it agrees."""
    page.get_by_label(verdict, exact=True).check()
    page.get_by_label("意见（不同意的须写明理由）").fill(words)
    press(page, "答复")
    told(page, f"已答复：{verdict}")


@pytest.mark.duty("C1.1", "C1.2")
def test_two_districts_are_asked_side_by_side_and_silence_is_no_consent(cast: WideCast, site: Site) -> None:  # noqa: F811
    """行业主管部门和两个区同时征求；一区不同意并写明理由，改后只向它再征求；逾期催办、提请督办，始终不视为同意；后来同意，才能提交。"""
    number = filed_to("drafted", cast)
    cui = own_page(site, number)
    for asked in ("行业主管部门", "浦东新区", "徐汇区"):
        expect(cui.get_by_role("main").get_by_text(asked).first).to_be_visible()
    press(cui, "征求同意")
    told(cui, "未答复不视为同意")
    answer(open_case(site, "pan", number, "/consent"), "同意")
    answer(open_case(site, "he", number, "/consent"), "同意", "考核点条件具备。")
    du = open_case(site, "du", number, "/consent")
    du.get_by_label("不同意", exact=True).check()
    press(du, "答复")
    expect(du.get_by_text("不同意的，须写明理由。").first).to_be_visible()
    answer(du, "不同意", "西部实训基地的租赁合同已到期。")
    cui.reload()
    expect(cui.get_by_text("西部实训基地的租赁合同已到期。").first).to_be_visible()
    press(cui, "征求同意")
    told(cui, "已向徐汇区人力资源和社会保障局征求同意")

    travel_to(cast.at + timedelta(days=40))
    cui = own_page(site, number)  # after so long one has to log in again
    expect(cui.get_by_text("未答复不视为同意。").first).to_be_visible()
    expect(cui.get_by_text("已提请该单位审批负责人督办").first).to_be_visible()
    cui.goto(f"{site.url}/body/filings/{number}/submit")
    expect(cui.get_by_text("尚未取得考核点所在区（徐汇区）人力资源社会保障局的同意，未答复不视为同意").first).to_be_visible()
    expect(cui.get_by_role("main").get_by_role("button", name="确认提交")).to_be_disabled()
    director = site.log_in("lv", PASSWORD)
    director.goto(f"{site.url}/desk/")
    director.get_by_role("link", name="征求同意逾期未答复，请督办").click()
    expect(director.get_by_text("已超期").first).to_be_visible()
    press(director, "催办")
    told(director, "已催办1项待办")
    du = site.log_in("du", PASSWORD)
    expect(du.get_by_text("被催办").first).to_be_visible()
    du.goto(f"{site.url}/desk/filings/{number}/consent")
    answer(du, "同意", "租赁合同已续签。")
    cui.goto(f"{site.url}/body/filings/{number}")
    expect(cui.get_by_text("已获同意").first).to_be_visible()
    cui.goto(f"{site.url}/body/filings/{number}/submit")
    press(cui, "确认提交")
    told(cui, "由上海市职业技能鉴定中心办理")


@pytest.mark.duty("C1.1", "C1.3")
def test_the_centre_assesses_decides_and_registers(cast: WideCast, site: Site) -> None:  # noqa: F811
    """申请、评估、决定、公示、登记都在市职鉴中心：区里的经办人不能指派；两个考核点都踏勘；期满登记并赋予站点序列码。"""
    ready("central_enterprise", cast)
    cui = site.log_in("cui", PASSWORD)
    cui.goto(f"{site.url}/body/filings/new")
    expect(cui.get_by_text("在沪央企、市属国企备案").first).to_be_visible()
    press(cui, "开始填报")
    number = cui.url.split("/filings/")[1].split("/")[0]
    actors = people(cast, "central_enterprise")
    fill(number, by=cast.cui, at=cast.at)
    for reached in (_seek, _consent):
        reached(number, actors, cast.at)
    cui.goto(f"{site.url}/body/filings/{number}/submit")
    press(cui, "确认提交")
    told(cui, "由上海市职业技能鉴定中心办理")

    zhou = site.log_in("zhou", PASSWORD)
    zhou.goto(f"{site.url}/desk/filings/{number}/appoint")
    expect(zhou.get_by_label("郑伯安")).to_have_count(0)
    tao = open_case(site, "tao", number, "/appoint")
    tao.get_by_label("华锦程").check()
    tao.get_by_label("严若谷").check()
    tao.get_by_label("回避情况").fill("无应当回避的关系。")
    press(tao, "指派")
    told(tao, "已指派")
    hua, yan = open_case(site, "hua", number, "/visit", viewport=PHONE), open_case(site, "yan", number, "/visit")
    for venue in ("实训中心", "西部实训基地"):
        record_visit(hua, "崔行简", "与填报一致。", venue)
        yan.reload()
        press(yan, "确认这条记录")
        hua.reload()
    for assessor in (hua, yan):
        assessor.goto(f"{site.url}/desk/filings/{number}/assessment")
        score_all(assessor, "9")
    tao.goto(f"{site.url}/desk/filings/{number}/conclude")
    press(tao, "汇总并送审批")
    told(tao, "合格")
    han = open_case(site, "han", number, "/decision")
    han.get_by_label("准予备案，予以公示").check()
    han.get_by_label("决定意见").fill("条件具备，准予备案。")
    press(han, "作出决定")
    told(han, "开始公示")
    travel_to(cast.at + timedelta(days=12))
    xu = site.log_in("xu", PASSWORD)
    xu.goto(f"{site.url}/desk/reports")
    xu.get_by_role("link", name="BS2026").click()
    press(xu, "签收并赋予站点序列码")
    told(xu, "站点序列码")
    expect(xu.get_by_text("Y000031000001").first).to_be_visible()
    visitor = site.visit("/register")
    visitor.get_by_role("link", name="上海丁未航空动力有限公司").first.click()
    expect(visitor.get_by_text("西部实训基地").first).to_be_visible()
    assert queries.filing(number, cast.cui).state == "accepted"


@pytest.mark.duty("C1.3")
def test_the_centre_sends_back_for_supplement(cast: WideCast, site: Site) -> None:  # noqa: F811
    """市职鉴中心一次写明要补正什么，申请单位的内容都在，补正后直接重新提交，已取得的同意不再征求。"""
    number = filed_to("submitted", cast)
    tao = open_case(site, "tao", number)
    tao.get_by_role("link", name="退回补正").click()
    tao.get_by_label("总的补正要求").fill("请补充西部实训基地的租赁合同。")
    press(tao, "退回补正")
    told(tao, "已退回申请单位")
    cui = own_page(site, number)
    expect(cui.get_by_text("请补充西部实训基地的租赁合同。").first).to_be_visible()
    cui.goto(f"{site.url}/body/filings/{number}/submit")
    press(cui, "确认提交")
    told(cui, "第2次")


@pytest.mark.duty("C1.3")
def test_a_task_is_handed_to_a_colleague(cast: WideCast, site: Site) -> None:  # noqa: F811
    """评估员出差：从待办转给本单位同一岗位的同事，写明原因；同事的待办里有它，流转记录里也有。"""
    number = filed_to("appointed", cast)
    hua = site.log_in("hua", PASSWORD)
    hua.goto(f"{site.url}/desk/")
    hua.get_by_role("listitem").filter(has_text="技术评估评分（华锦程）").get_by_role("link", name="转办").click()
    hua.get_by_label("严若谷").check()
    press(hua, "转办")
    expect(hua.get_by_text("请填写转办原因。").first).to_be_visible()
    hua.get_by_label("转办原因").fill("本人出差，请代为安排踏勘时间。")
    press(hua, "转办")
    told(hua, "已转给严若谷办理")
    yan = site.log_in("yan", PASSWORD)
    yan.goto(f"{site.url}/desk/filings/{number}")
    expect(yan.locator(".ts-timeline").get_by_text("转办：严若谷").first).to_be_visible()


@pytest.mark.duty("C1.3")
def test_what_one_started_and_what_one_is_shown(cast: WideCast, site: Site) -> None:  # noqa: F811
    """我发起的：看得到交给了谁、还剩几天；抄送给考核点所在区知悉，对方阅知后可以看到本件。"""
    number = filed_to("appointed", cast)
    tao = site.log_in("tao", PASSWORD)
    tao.goto(f"{site.url}/desk/asked")
    expect(tao.get_by_text("技术评估评分（华锦程）").first).to_be_visible()
    expect(tao.get_by_text("由上海市职业技能鉴定中心技术评估员办理").first).to_be_visible()
    tao.goto(f"{site.url}/desk/filings/{number}")
    tao.get_by_role("link", name="抄送", exact=True).click()
    tao.get_by_label("抄送单位").select_option(label="徐汇区人力资源和社会保障局")
    press(tao, "抄送")
    expect(tao.get_by_text("请填写抄送说明。").first).to_be_visible()
    tao.get_by_role("button", name="该机构在贵区设有考核点，请知悉。").click()
    press(tao, "抄送")
    told(tao, "已抄送徐汇区人力资源和社会保障局")
    du = site.log_in("du", PASSWORD)
    du.goto(f"{site.url}/desk/copies")
    expect(du.get_by_text("该机构在贵区设有考核点，请知悉。")).to_be_visible()
    press(du, "阅知")
    expect(du.get_by_role("heading", name="上海丁未航空动力有限公司")).to_be_visible()
    du.goto(f"{site.url}/desk/copies")
    expect(du.get_by_text("杜若飞").last).to_be_visible()
    expect(du.get_by_text("已阅").first).to_be_visible()
