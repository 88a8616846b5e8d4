"""旅程: a school files: consent, the district's assessment and first opinion, three experts unseen by each other, the centre decides."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import WideCast, set_up
from tests.filings.conftest import people, ready
from tests.journeys.conftest import PHONE, Site
from tests.journeys.test_filing_district_enterprise import open_case, press, record_visit, score_all, told, travel_to
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD, set_up_other_bodies
from touchstone.simulation.filing import file_to


@pytest.fixture
def cast(transactional_db: None) -> WideCast:
    """Give the wide cast; it is the morning of 2 March 2026."""
    mark_synthetic(seed=1)
    found = set_up()
    bodies = set_up_other_bodies(since=date(2026, 1, 1), at=found.at)
    travel_to(found.at)
    return WideCast(found.body_a, found.body_b, found.at, bodies["BODY-D"], bodies["BODY-E"], bodies["BODY-F"])


def school_filed_to(stage: str, cast: WideCast) -> str:
    """Take a filing of school 己 to a stage by the operations the pages call."""
    return file_to(stage, ready("school", cast), people(cast, "school"), at=cast.at)


def body_page(site: Site, number: str, page: str = "") -> Page:
    """Open the school's own page of its filing."""
    fan = site.log_in("fan", PASSWORD)
    fan.goto(f"{site.url}/body/filings/{number}{page}")
    return fan


@pytest.mark.duty("C4.1", "C4.2")
def test_consent_assessment_and_first_opinion(cast: WideCast, site: Site) -> None:
    """院校先取得行业主管部门同意，再由总部所在区评估；区负责人加签问清后提出初审意见，报市职鉴中心。"""
    number = school_filed_to("consent_sought", cast)
    lu = open_case(site, "lu", number, "/consent")
    lu.get_by_label("同意", exact=True).check()
    press(lu, "答复")
    told(lu, "已答复：同意")
    fan = body_page(site, number, "/submit")
    press(fan, "确认提交")
    told(fan, "浦东新区")
    zhou = open_case(site, "zhou", number, "/appoint")
    zhou.get_by_label("郑伯安").check()
    zhou.get_by_label("冯若溪").check()
    zhou.get_by_label("回避情况").fill("无应当回避的关系。")
    press(zhou, "指派")
    zheng = open_case(site, "zheng", number, "/visit", viewport=PHONE)
    record_visit(zheng, "范书成", "与填报一致。")
    feng = open_case(site, "feng", number, "/visit")
    press(feng, "确认这条记录")
    for assessor in (zheng, feng):
        assessor.goto(f"{site.url}/desk/filings/{number}/assessment")
        score_all(assessor, "9")
    zhou.goto(f"{site.url}/desk/filings/{number}/conclude")
    press(zhou, "汇总并送审批")
    told(zhou, "已送下一环节")

    wu = open_case(site, "wu", number)
    wu.get_by_role("link", name="加签").click()
    wu.get_by_label("征询单位和岗位").select_option(label="上海市教育体育行业主管部门 · 意见经办人")
    wu.get_by_label("需要对方说明的问题").fill("校内实训车间是否归学院管理。")
    press(wu, "提出加签")
    told(wu, "已向上海市教育体育行业主管部门加签")
    wu.get_by_role("link", name="提出初审意见").click()
    wu.get_by_label("同意上报", exact=True).check()
    wu.get_by_role("button", name="技术评估合格，材料齐全").click()
    press(wu, "提出初审意见")
    expect(wu.get_by_text("加签意见尚未答复").first).to_be_visible()
    lu.goto(f"{site.url}/desk/filings/{number}")
    lu.get_by_role("link", name="答复加签").click()
    lu.get_by_label("意见", exact=True).fill("归学院管理。")
    press(lu, "答复")
    told(lu, "意见已答复")
    wu.goto(f"{site.url}/desk/filings/{number}/first-opinion")
    wu.get_by_label("同意上报", exact=True).check()
    wu.get_by_label("初审意见", exact=True).fill("评估合格，同意上报。")
    press(wu, "提出初审意见")
    told(wu, "已送市职鉴中心专家复核")


@pytest.mark.duty("C4.3", "C4.4")
def test_three_experts_unseen_by_each_other(cast: WideCast, site: Site) -> None:
    """两人不成组；一名专家换下；交齐之前互相看不到意见；两票同意、一票不同意为通过；市职鉴中心决定，期满签收。"""
    number = school_filed_to("opined", cast)
    tao = open_case(site, "tao", number, "/panel")
    for name in ("葛文渊", "莫怀远"):
        tao.get_by_label(name).check()
    tao.get_by_label("回避核查情况").fill("无应当回避的关系。")
    press(tao, "选定专家")
    expect(tao.get_by_text("应为不少于3人的单数").first).to_be_visible()
    tao.get_by_label("季晴川").check()
    press(tao, "选定专家")
    told(tao, "专家组已选定")
    tao.goto(f"{site.url}/desk/filings/{number}/panel")
    tao.get_by_label("更换哪一名专家").select_option(label="季晴川")
    tao.get_by_label("换为").select_option(label="白露晞")
    tao.get_by_label("更换原因").fill("与申请单位有培训合作。")
    press(tao, "更换")
    told(tao, "已更换为白露晞")
    for who, verdict, words in (("ge", "同意", "具备条件。"), ("mo", "不同意", "题库保密措施不足。"), ("bai", "同意", "设备先进。")):
        expert = open_case(site, who, number, "/review", viewport=PHONE)
        expect(expert.get_by_text("具备条件。")).to_have_count(0)
        expert.get_by_label("本人与申请单位没有").check()
        press(expert, "声明")
        told(expert, "已声明")
        expert.goto(f"{site.url}/desk/filings/{number}/review")
        expert.get_by_label(verdict, exact=True).check()
        expert.get_by_label("复核意见", exact=True).fill(words)
        press(expert, "提交复核意见")
        told(expert, "复核意见已提交")
    tao.goto(f"{site.url}/desk/filings/{number}/panel/conclude")
    expect(tao.get_by_text("题库保密措施不足。")).to_be_visible()
    press(tao, "汇总并送审批")
    told(tao, "专家复核通过")
    han = open_case(site, "han", number, "/decision")
    expect(han.get_by_text("题库保密措施不足。")).to_be_visible()
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
    expect(xu.get_by_text("院校的评价机构类型参照企业，证书编号首位为Y").first).to_be_visible()
    expect(xu.get_by_text("Y000031000001").first).to_be_visible()
    fan = body_page(site, number)
    expect(fan.get_by_text("已备案").first).to_be_visible()
    visitor = site.visit("/register")
    visitor.get_by_role("link", name="上海己未工程职业学院").first.click()
    expect(visitor.get_by_text("院校职业技能等级评价机构").first).to_be_visible()
