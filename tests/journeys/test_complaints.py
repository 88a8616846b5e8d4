"""旅程: a complaint on a phone is passed on, verified by two and answered; an unfiled evaluator is warned of; anybody checks what is real."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.journeys.conftest import PHONE, Site, confirm, shows
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import BODY_A, PASSWORD

WHO, NUMBER = "赵不平", "13900001111"


@pytest.fixture
def city(transactional_db: None, tmp_path: Path, settings: LazySettings) -> Cast:
    """Give the cast on a synthetic city's clock."""
    settings.STATE_DIR = tmp_path
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    return cast


def told_by(page: Page, pattern: str) -> str:
    """Read a number or a code off the page."""
    found = re.search(pattern, page.locator("main").inner_text())
    assert found is not None
    return found[0]


@pytest.mark.duty("E2.3")
def test_a_complaint_from_the_phone_to_the_answer(city: Cast, site: Site, tmp_path: Path) -> None:
    """市民在手机上实名反映，市职鉴中心转给浦东新区，两人核实，机构只看到请说明的事项，市民凭编号和查询码补充、看到答复。"""
    citizen = site.visit("/", viewport=PHONE)
    citizen.get_by_label("菜单").click()
    citizen.get_by_role("link", name="投诉举报", exact=True).first.click()
    citizen.get_by_label("您要反映谁？").fill("甲辰机械")
    citizen.get_by_role("button", name="查找").click()
    shows(citizen, "同样可以反映")
    citizen.get_by_role("link", name="就“甲辰机械”填写").click()
    expect(citizen.get_by_label("机构或场所的名称")).to_have_value("甲辰机械")
    citizen.get_by_label("发生了什么").fill("理论考试有人代考，监考没有核对证件。")
    citizen.get_by_label("实名，便于联系核实").check()
    citizen.get_by_label("您的姓名").fill(WHO)
    citizen.get_by_label("联系电话").fill(NUMBER)
    photo = tmp_path / "证书.pdf"
    photo.write_bytes(b"%PDF-1.7 x")
    citizen.locator("#files").set_input_files(photo)
    citizen.get_by_role("button", name="提交").click()
    shows(citizen, "已收到您反映的情况", "只显示这一次", "还需要补充")
    number, code = told_by(citizen, r"TS\d{11}"), told_by(citizen, r"[A-Z2-7]{5}-[A-Z2-7]{5}")
    citizen.get_by_role("link", name="现在补充").click()
    citizen.get_by_label("什么时间").fill("2月28日上午")
    citizen.get_by_label("补充的内容").fill("在浦东的考核点，第二考场。")
    citizen.get_by_role("button", name="提交补充").click()
    shows(citizen, "在浦东的考核点，第二考场。", "上海市职业技能鉴定中心")

    tao = site.log_in("tao", PASSWORD)
    tao.get_by_role("link", name="投诉举报和线索").first.click()
    tao.get_by_role("link", name="登记线索").first.click()
    tao.get_by_label("来源说明").fill("《都市晨报》3月1日")
    tao.get_by_label("反映的机构或场所").fill("沪西快证培训部")
    tao.get_by_label("什么时间").fill("上月")
    tao.get_by_label("反映的情况").fill("报道称缴费即可免考。")
    tao.get_by_role("button", name="登记").click()
    shows(tao, "已登记TS2026", "媒体报道")
    tao.goto(f"{site.url}/desk/leads")
    tao.get_by_role("link", name=number).click()
    shows(tao, "证书.pdf", "不在备案名录")
    confirm(tao, "核对被反映的对象", "更正", 评价机构=BODY_A, 依据="按证书核对")
    shows(tao, "已更正被反映的对象")
    tao.get_by_role("button", name="转办", exact=True).click()
    dialog = tao.get_by_role("dialog")
    dialog.get_by_label("理由").fill("本区备案的企业，由浦东新区督导。")
    dialog.get_by_role("button", name="转办", exact=True).click()
    shows(tao, "已转办")

    zhou = site.log_in("zhou", PASSWORD)
    zhou.get_by_role("link", name="决定是否受理线索").first.click()
    for one in ("周明澜", "王怀瑾"):
        zhou.locator("#take-up").get_by_label(one).first.check()
    zhou.get_by_role("button", name="受理", exact=True).click()
    shows(zhou, "已受理，开始计算核实期限")

    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/leads/{number}")
    wang.get_by_role("link", name="查看投诉人").click()
    wang.get_by_label("用途").fill("电话核实经过")
    wang.get_by_role("button", name="查看").click()
    shows(wang, WHO, NUMBER)
    wang.get_by_role("link", name="返回线索").click()
    wang.get_by_label("核实经过和发现").fill("调看第二考场录像，没有核对证件。")
    wang.get_by_role("button", name="登记核实记录").click()
    shows(wang, "核实记录已登记")
    wang.get_by_label("请说明的事项（用自己的话写）").fill("请说明2月28日第二考场核对证件的情况。")
    wang.get_by_role("button", name="请机构说明").click()
    shows(wang, "机构看不到是谁反映的")

    sun = site.log_in("sun", PASSWORD, viewport=PHONE)
    sun.goto(f"{site.url}/body/words")
    sun.get_by_role("link", name=re.compile("^SM2026")).click()
    shows(sun, "请说明2月28日第二考场核对证件的情况。", "不得打击报复")
    for secret in (WHO, number, "代考"):
        expect(sun.get_by_text(secret)).to_have_count(0)
    sun.get_by_label("情况说明").fill("第二考场监考人员疏忽，没有逐人核对。")
    sun.get_by_role("button", name="提交说明").click()
    shows(sun, "说明已提交")
    sun.goto(f"{site.url}/desk/leads/{number}")
    shows(sun, "主管部门的工作页面")

    wang.reload()
    shows(wang, "没有逐人核对")
    wang.get_by_label("核实结论").select_option("partly")
    wang.get_by_label("核实情况").fill("第二考场没有核对证件属实，代考没有查实。")
    wang.get_by_role("button", name="拟定结论").click()
    shows(wang, "结论已拟定")
    zhou.goto(f"{site.url}/desk/leads/{number}")
    zhou.get_by_role("button", name="确认结论").click()
    shows(zhou, "结论已确认")
    zhou.get_by_label("答复", exact=True).fill("部分属实，已责令改正。感谢您的监督。")
    zhou.get_by_role("button", name="答复并办结").click()
    shows(zhou, "已答复，办结")
    expect(zhou.get_by_text(WHO)).to_have_count(0)

    elsewhere = site.visit("/complaints/track", viewport=PHONE)
    elsewhere.get_by_label("受理编号").fill(number)
    elsewhere.get_by_label("查询码").fill("AAAAA-AAAAA")
    elsewhere.get_by_role("button", name="查询").click()
    shows(elsewhere, "不相符")
    elsewhere.get_by_label("查询码").fill(code)
    elsewhere.get_by_role("button", name="查询").click()
    shows(elsewhere, "部分属实，已责令改正。感谢您的监督。", "核实结论：部分属实")


@pytest.mark.duty("E2.4")
def test_an_unfiled_evaluator_is_warned_of_and_handed_over(city: Cast, site: Site) -> None:
    """周明澜登记并核对，吴志恒公开提示，移送、登记回执和答复；市民在手机上自查看到提示和每条依据，合法的能力评价说明合法。"""
    zhou = site.log_in("zhou", PASSWORD)
    zhou.get_by_role("link", name="投诉举报和线索").first.click()
    zhou.get_by_role("link", name="未经备案", exact=True).click()
    zhou.get_by_role("link", name="登记").first.click()
    zhou.get_by_label("开展评价的单位或者个人").fill("沪上收纳研习社")
    zhou.get_by_label("自行开展的能力水平评价").check()
    zhou.get_by_label("证书上的名称").fill("全国高级收纳师执业证书")
    zhou.get_by_label("承诺“包过”、国家认可或者可以享受补贴").check()
    zhou.get_by_role("button", name="登记").click()
    shows(zhou, "已登记WB2026")
    zhou.get_by_role("button", name="核对备案和证书").click()
    shows(zhou, "证书名称使用了“全国”“执业”", "涉嫌虚假宣传", "备案名录中没有名称或者信用代码相符的机构")
    number = zhou.url.rsplit("/", 1)[1]

    wu = site.log_in("wu", PASSWORD)
    wu.get_by_role("link", name="公开提示和移送：沪上收纳研习社").first.click()
    wu.get_by_label("提示的内容").fill("该社的“全国高级收纳师执业证书”不是国家证书，请勿缴费参加。")
    wu.get_by_role("button", name="公开提示").click()
    shows(wu, "已公开提示")

    zhou.reload()
    zhou.get_by_label("收件单位").fill("浦东新区市场监督管理局（虚构）")
    zhou.get_by_label("移送说明").fill("涉嫌虚假宣传，证书使用国家字样。")
    zhou.get_by_role("button", name="登记移送").click()
    shows(zhou, "移送已登记", "市场监管部门：浦东新区市场监督管理局（虚构）")
    zhou.get_by_label("回执编号").fill("收〔2026〕12号")
    zhou.get_by_role("button", name="登记回执").click()
    shows(zhou, "收〔2026〕12号")
    zhou.get_by_label("部门的答复").fill("已责令停止使用。")
    zhou.get_by_role("button", name="登记答复").click()
    shows(zhou, "已责令停止使用。")

    citizen = site.visit("/unfiled/check", viewport=PHONE)
    citizen.get_by_label("谁在评价、发证").fill("沪上收纳研习社")
    citizen.get_by_label("证书上的大字").fill("全国高级收纳师执业证书")
    citizen.get_by_role("button", name="核对").click()
    shows(citizen, "主管部门已经公开提示", "有问题，请当心", "证书名称使用了“全国”“执业”", "能力水平评价不需要备案")
    citizen.get_by_role("link", name="未经备案评价提示").first.click()
    shows(citizen, "沪上收纳研习社", "请勿缴费参加")
    citizen.goto(f"{site.url}/unfiled/check?title=收纳师能力水平证书&claim=ability")
    shows(citizen, "没有发现问题")

    wu.get_by_role("button", name="撤下提示").click()
    dialog = wu.get_by_role("dialog")
    dialog.get_by_label("原因").select_option(label="已经停止并改正")
    dialog.get_by_label("说明").fill("已经停止招生、收回证书并退费。")
    dialog.get_by_role("button", name="撤下", exact=True).click()
    shows(wu, "提示已撤下")
    citizen.goto(f"{site.url}/unfiled")
    shows(citizen, "已经停止招生、收回证书并退费。")
    du = site.log_in("du", PASSWORD)
    du.goto(f"{site.url}/desk/unfiled/{number}")
    shows(du, "不归您查看")
