"""旅程: a year is assessed from the body's own report to the public, its grade follows and is contested, and a term is evaluated before a renewal."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import Stage, moment
from tests.journeys.conftest import PHONE, Site, confirm, look_again, shows
from tests.journeys.test_filing_district_enterprise import cast  # noqa: F401
from tests.journeys.test_filing_life import root  # noqa: F401
from tests.uploads.sending import rows_of, workbook
from touchstone.filings.models import Filing
from touchstone.jobs.grading import evaluate_terms
from touchstone.kernel.periods import add_months
from touchstone.ledger.operations import mark_synthetic
from touchstone.parameters.facts import apply_later_values
from touchstone.parameters.operations import answer_proposal, propose_value
from touchstone.policy.supervision.treatment import ROWS_BY_GRADE
from touchstone.simulation.cast import PASSWORD

OPENED, SCORED, TOLD = (moment(date(2026, 4, day), 9) for day in (9, 13, 15))
PUBLISHED, GRADED, CONTESTED, SENT = (moment(date(2026, 4, day), 9) for day in (24, 27, 28, 29))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give a body with a plan whose notice is over, and let B send two rows at once, by the decision of two people."""
    mark_synthetic(seed=1)
    they, at = set_up(), moment(date(2026, 3, 2), 9)
    wanted = {**ROWS_BY_GRADE.values[-1].value, "B": 2}
    told = propose_value(key=ROWS_BY_GRADE.key, value=wanted, since=date(2026, 3, 3), reason="试行", by=they.shen, at=at)
    answer_proposal(version_id=told.pk, approve=True, answer="同意", by=they.han, at=at)
    apply_later_values()
    return Stage(they).reviewed().with_sittings().arranged().held().scored().announced().confirmed()


@pytest.mark.duty("E4.1", "E4.3", "E5.1", "E5.2")
def test_a_year_and_the_grade_that_follows(stage: Stage, site: Site) -> None:
    """开展、自评、初评、复评、专家抽查、告知、异议、答复、公布；计算等级、复核、确认、异议、更正；先收后查，一批的行数按新等级。"""
    travel_to(OPENED)
    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk")
    han.get_by_role("link", name="考核与分级").click()
    han.get_by_role("link", name="年度考核", exact=True).click()
    confirm(han, "开展2026年度考核", "开展")
    shows(han, "已开展2026年度考核")
    site.work_off_jobs()
    look_again(han)
    confirm(han, "抽取专家抽查的机构", "抽取")
    shows(han, "已抽取1家由专家评分")

    lin = site.log_in("lin", PASSWORD, viewport=PHONE)
    lin.goto(f"{site.url}/body/standing")
    shows(lin, "没有定级，按未定级管理", "一批最多1000行")
    lin.get_by_role("link", name="2026年度考核").click()
    number = lin.url.rsplit("/", 1)[1]
    shows(lin, "完成的认定计划：1个", "平台数据")
    fill_report(lin)
    lin.get_by_role("button", name="提交自评").click()
    shows(lin, "自评已提交", "待区初评")

    travel_to(SCORED)
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/inbox")
    wang.get_by_role("link", name="年度考核初评").click()
    score(wang, "初评意见", "提交初评")
    shows(wang, "初评已登记")
    tao = site.log_in("tao", PASSWORD)
    tao.goto(f"{site.url}/desk/grading/assessments/{number}")
    score(tao, "复评意见", "提交复评")
    shows(tao, "复评已登记")
    ge = site.log_in("ge", PASSWORD)
    ge.goto(f"{site.url}/desk/grading/assessments?sampled=True")
    ge.get_by_role("link", name=number).click()
    score(ge, "评审意见", "提交专家评分")
    shows(ge, "专家评分已登记")

    travel_to(TOLD)
    han.goto(f"{site.url}/desk/grading/assessments/{number}")
    confirm(han, "告知拟定结果", "告知")
    shows(han, "已告知机构")
    lin.goto(f"{site.url}/body/standing/assessments/{number}")
    shows(lin, "拟定结果", "80.0分")
    confirm(lin, "提出异议", "提出异议", 事实和理由="第七项内部督导记录齐全。")
    shows(lin, "异议已提出")
    look_again(han)
    han.get_by_label("答复").fill("已按记录计分，维持。")
    han.get_by_role("button", name="维持拟定结果").click()
    shows(han, "已答复")
    travel_to(PUBLISHED)
    han.goto(f"{site.url}/desk/grading/assessments/{number}")
    confirm(han, "公布结果", "公布")
    shows(han, "结果已公布")
    anyone = site.visit("/register/assessments", viewport=PHONE)
    shows(anyone, "上海甲辰精密机械有限公司", "良好")

    travel_to(GRADED)
    han.goto(f"{site.url}/desk/grading")
    confirm(han, "计算等级", "开始计算")
    shows(han, "等级怎样计算", "权重")
    site.work_off_jobs()
    look_again(han)
    shows(han, "已完成")
    wang.goto(f"{site.url}/desk/grading")
    wang.get_by_role("link", name="DP2026").first.click()
    shows(wang, "为什么是这个等级", "年度考核80.0分", number)
    wang.get_by_role("button", name="复核等级").click()
    dialog = wang.get_by_role("dialog")
    dialog.get_by_label("等级", exact=True).select_option("C")
    dialog.get_by_label("调整的理由").fill("新备案，先按C级管理。")
    dialog.get_by_role("button", name="复核", exact=True).click()
    shows(wang, "已复核")
    han.goto(wang.url)
    confirm(han, "确认等级", "确认")
    shows(han, "已确认，今日起生效")

    travel_to(CONTESTED)
    lin.goto(f"{site.url}/body/standing")
    shows(lin, "本机构是C级，因为", "怎样提高等级", "证书数据先审后收")
    lin.get_by_role("link", name="DP2026").click()
    confirm(lin, "提出异议", "提出异议", 事实和理由="考核良好，没有预警和投诉。")
    shows(lin, "异议已提出")
    look_again(han)
    han.get_by_role("button", name="答复异议").click()
    dialog = han.get_by_role("dialog")
    dialog.get_by_label("等级", exact=True).select_option("B")
    dialog.get_by_label("答复").fill("异议成立，更正为B级。")
    dialog.get_by_role("button", name="答复", exact=True).click()
    shows(han, "已答复")
    anyone.goto(f"{site.url}/register/grades")
    shows(anyone, "异议成立，更正为B级。", "等级怎样计算", "年度考核80.0分")

    travel_to(SENT)
    lin.goto(f"{site.url}/body/standing")
    shows(lin, "本机构是B级，因为", "先收后查", "一批最多2行")
    sun, rows = site.log_in("sun", PASSWORD), rows_of(stage)
    upload(sun, site, workbook(rows))
    shows(sun, "B级机构一批最多2行，本批3行，请分批上报")
    upload(sun, site, workbook(rows[:2]))
    sun.get_by_role("button", name="提交审核").click()
    shows(sun, "已接收", "先收后查", "抽取比例按机构等级：B级")
    wang.goto(f"{site.url}/desk/grading/watched")
    shows(wang, "上海甲辰精密机械有限公司", "应到场督导1场，实际0场")


def fill_report(page: Page) -> None:
    """Fill in what the platform does not know, 80 points of each heading."""
    for key, points in POINTS.items():
        page.locator(f"#id_points_{key}").fill(points)
    page.locator("#id_words_internal").fill("每场内部督导有记录，共发现三项问题，均已改正。")
    page.get_by_label("自评综述").fill("全年按计划开展评价。")


POINTS = {
    "conditions": "12", "activity": "8", "process": "16", "people": "8", "papers": "8", "entries": "12", "internal": "8", "service": "4",
    "archive": "4",
}  # fmt: skip
"""Eighty points of a hundred."""


def score(page: Page, words: str, button: str) -> None:
    """Give the same points as the body gave itself."""
    for field in page.locator("input[name*='points_']").all():
        key = (field.get_attribute("name") or "").split("points_")[1]
        field.fill(POINTS[key])
    page.get_by_label(words).fill("材料属实。")
    page.get_by_role("button", name=button).click()


def upload(page: Page, site: Site, content: bytes) -> None:
    """Send a workbook by the page's form and have it gone through."""
    page.goto(f"{site.url}/body/certificate-data")
    page.get_by_label("选择填好的上传表").set_input_files({"name": "证书数据.xlsx", "mimeType": XLSX, "buffer": content})
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_text("正在逐行核对").first).to_be_visible()
    site.work_off_jobs()
    look_again(page)


@pytest.mark.duty("E4.2")
def test_a_term_is_evaluated_before_it_is_renewed(cast: Cast, root: Filing, site: Site) -> None:  # noqa: F811
    """期满前三个月自动列出；督导员提出意见，审批负责人作出结论；机构看到结论，续期时据此办理。"""
    assert root.until
    at = cast.at + (add_months(root.until, -3) - cast.at.date())
    travel_to(at)
    assert evaluate_terms(at) == 1
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/grading")
    wang.get_by_role("link", name="期满评估", exact=True).click()
    wang.get_by_role("link", name="QM20").click()
    shows(wang, "有效期内的情况", "备案期内没有核发证书")
    wang.get_by_label("意见").fill("条件保持，建议合格。")
    wang.get_by_role("button", name="提交意见").click()
    shows(wang, "评估意见已登记")
    wu = site.log_in("wu", PASSWORD)
    wu.goto(f"{site.url}/desk/inbox")
    wu.get_by_role("link", name="决定备案期满评估").click()
    confirm(wu, "作出结论", "作出结论", 说明="企业转产，今后按计划开展。")
    shows(wu, "结论已登记", "合格")
    lin = site.log_in("lin", PASSWORD, viewport=PHONE)
    lin.goto(f"{site.url}/body/standing")
    lin.get_by_role("link", name=root.number).click()
    shows(lin, "备案期满评估", "合格")
    lin.get_by_role("link", name="查看备案").click()
    lin.get_by_role("link", name="申请续期").click()
    shows(lin, "条件保持，建议合格")
