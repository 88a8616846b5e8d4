"""旅程: a district enterprise files: the whole way, returned twice, refused, objected to."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.filings.conftest import people
from tests.journeys.conftest import PHONE, Site
from touchstone.accounts.actor import PLATFORM
from touchstone.filings import operations, queries
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import mark_synthetic, move_clock
from touchstone.policy.filing.completeness import EVIDENCE
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.filing import PDF, TURNER, equip, file_to
from touchstone.web import clock

File = Callable[[str], str]


def travel_to(at: datetime) -> None:
    """Move the synthetic city's clock to a moment, and let what is due happen."""
    now = clock.now()
    move_clock(by=PLATFORM, at=now, ahead=at - now)
    run_what_is_due()


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the standing cast; it is the morning of 2 March 2026."""
    mark_synthetic(seed=1)
    found = set_up()
    travel_to(found.at)
    return found


@pytest.fixture
def filed(cast: Cast) -> File:
    """Give a function that takes a filing of body 甲 to a stage by the same operations the pages call."""
    return lambda stage: file_to(stage, cast.body_a, people(cast), at=cast.at)


def open_case(site: Site, username: str, number: str, page: str = "", **context: object) -> Page:
    """Log in and open a page of a filing."""
    opened = site.log_in(username, PASSWORD, **context)
    opened.goto(f"{site.url}/{'body' if username == 'lin' else 'desk'}/filings/{number}{page}")
    return opened


def told(page: Page, words: str) -> None:
    """Expect a message at the page's foot."""
    expect(page.locator("[data-toast]").filter(has_text=words).first).to_be_visible()


def press(page: Page, name: str) -> None:
    """Press the button of the page's own form."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def pick(page: Page, occupation: str, *levels: str) -> None:
    """Choose an occupation, levels, and the only venue, and add them to the scope."""
    with page.expect_response(lambda answer: "scope/options" in answer.url):
        page.get_by_label("职业", exact=True).fill(occupation)
    for level in levels:
        page.get_by_role("main").get_by_label(level).check()
    page.get_by_label("实训中心").check()
    press(page, "添加到申报范围")


def score_all(page: Page, points: str) -> None:
    """Give every item of the sheet the same score, see it saved, and hand it in."""
    fields = page.locator("input[name^='score:']")
    for place in range(fields.count()):
        fields.nth(place).fill(points)
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    press(page, "提交评分表")
    told(page, "评分表已提交")


def record_visit(page: Page, met_with: str, observations: str, venue: str = "") -> None:
    """Write down a visit that found everything as filed, in a place without a signal, and wait until the desk has it."""
    kept = page.get_by_text("待确认", exact=True)
    before = kept.count()
    if venue:
        page.get_by_label("考核点").select_option(label=venue)
    page.get_by_label("机构陪同人员").fill(met_with)
    page.get_by_label("没有定位的理由").fill("车间内没有信号")
    for place in range(page.locator("[data-subject]").count()):
        page.locator("[data-subject]").nth(place).get_by_label("与填报一致", exact=True).check()
    page.get_by_label("现场情况").fill(observations)
    press(page, "保存踏勘记录")
    expect(kept).to_have_count(before + 1)


def submit(page: Page, site: Site, number: str) -> None:
    """Hand the application in from its last page."""
    page.goto(f"{site.url}/body/filings/{number}/submit")
    press(page, "确认提交")
    told(page, "已提交")


def fill_in_the_rest(cast: Cast, number: str) -> None:
    """Write the long sections that differ from the first only in length, and hand in the evidence."""
    from touchstone.simulation.filing import _write

    _write(queries.filing(number, cast.lin), cast.lin, cast.at, TURNER, (5, 4))
    for label in EVIDENCE.on(cast.at.date()).value[1:]:
        operations.attach_evidence(number=number, label=label, name=f"{label}.pdf", content=PDF, by=cast.lin, at=cast.at)


@pytest.mark.duty("A1.3", "A1.4", "A2.3", "C2.1", "C2.2", "C2.3", "C2.4", "C2.5", "D5.1", "G1.3")
def test_the_whole_way(cast: Cast, site: Site) -> None:
    """填报、征求同意、提交、技术评估、决定、公示、完成备案、报送、签收并赋予站点序列码。"""
    equip(cast.body_a, by=cast.lin, at=cast.at)
    lin = site.log_in_by_form("lin", PASSWORD)
    lin.goto(f"{site.url}/body/filings/new")
    press(lin, "开始填报")
    number = lin.url.split("/filings/")[1].split("/")[0]
    lin.get_by_label("分管负责人").fill("钱书瑶")
    expect(lin.locator("[data-saved]")).to_contain_text("已保存")
    lin.reload()
    expect(lin.get_by_label("分管负责人")).to_have_value("钱书瑶")
    queries.filing(number, cast.lin).sections.all().delete()
    fill_in_the_rest(cast, number)

    lin.goto(f"{site.url}/body/filings/{number}/sections/scope")
    lin.get_by_label("职业", exact=True).fill("不存在的职业")
    press(lin, "添加到申报范围")
    expect(lin.get_by_text("目录中没有“不存在的职业”").first).to_be_visible()
    pick(lin, f"{TURNER} 车工", "五级/初级工", "四级/中级工")
    expect(lin.get_by_role("cell", name="四级/中级工", exact=True)).to_be_visible()
    lin.goto(f"{site.url}/body/filings/{number}/sections/evidence")
    lin.locator("input[type=file]").first.set_input_files({"name": "执照.pdf", "mimeType": "application/pdf", "buffer": b"MZ"})
    press(lin, "上传营业执照或法人登记证书")
    told(lin, "内容与扩展名不符")
    lin.locator("input[type=file]").first.set_input_files({"name": "执照.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(lin, "上传营业执照或法人登记证书")
    told(lin, "已上传“执照.pdf”")

    lin.goto(f"{site.url}/body/filings/{number}")
    lin.get_by_label("浦东新区科技和经济委员会").check()
    press(lin, "征求同意")
    told(lin, "未答复不视为同意")
    jiang = open_case(site, "jiang", number, "/consent")
    jiang.get_by_label("同意", exact=True).check()
    jiang.get_by_role("button", name="同意该单位开展职业技能等级自主评价。").click()
    press(jiang, "答复")
    told(jiang, "已答复：同意")
    submit(lin, site, number)

    zhou = site.log_in("zhou", PASSWORD)
    zhou.goto(f"{site.url}/desk/filings")
    zhou.get_by_role("link", name=number).click()
    zhou.get_by_role("link", name="指派技术评估员").click()
    zhou.get_by_label("郑伯安").check()
    zhou.get_by_label("冯若溪").check()
    zhou.get_by_role("button", name="两名评估员与申请单位无").click()
    press(zhou, "指派")
    told(zhou, "已指派")

    zheng = open_case(site, "zheng", number, "/visit", viewport=PHONE)
    record_visit(zheng, "钱书瑶", "考场、工位、监控、保密室与填报一致。")
    feng = open_case(site, "feng", number, "/visit")
    press(feng, "确认这条记录")
    for assessor, points in ((zheng, "9"), (feng, "7")):
        assessor.goto(f"{site.url}/desk/filings/{number}/assessment")
        score_all(assessor, points)
    zhou.goto(f"{site.url}/desk/filings/{number}/conclude")
    press(zhou, "汇总并送审批")
    expect(zhou.get_by_text("总分相差20.0分，超过10分").first).to_be_visible()
    zhou.get_by_label("退回会商的原因").fill("差距过大，请会商。")
    press(zhou, "退回会商重评")
    for assessor, points in ((zheng, "9"), (feng, "8.5")):
        assessor.goto(f"{site.url}/desk/filings/{number}/assessment")
        score_all(assessor, points)
    zhou.goto(f"{site.url}/desk/filings/{number}/conclude")
    press(zhou, "汇总并送审批")
    told(zhou, "87.5分，合格")

    wu = open_case(site, "wu", number, "/decision")
    wu.get_by_label("准予备案，予以公示").check()
    wu.get_by_role("button", name="经审核和技术评估").click()
    press(wu, "作出决定")
    told(wu, "开始公示")
    visitor = site.visit("/notices")
    visitor.get_by_role("link", name="上海甲辰精密机械有限公司").first.click()
    expect(visitor.get_by_text("四级/中级工")).to_be_visible()
    travel_to(cast.at + timedelta(days=8))

    xu = site.log_in("xu", PASSWORD)
    xu.goto(f"{site.url}/desk/reports")
    xu.get_by_role("link", name="BS2026").click()
    xu.get_by_label("核询内容").fill("请说明监控的保存天数。")
    press(xu, "向区人社局核询")
    report = xu.url.rsplit("/", 1)[1]
    zhou.goto(f"{site.url}/desk/reports/{report}")
    zhou.get_by_label("答复内容").fill("保存九十天，已现场核实。")
    press(zhou, "答复")
    xu.reload()
    press(xu, "签收并赋予站点序列码")
    told(xu, "站点序列码000001")
    lin.goto(f"{site.url}/body/filings/{number}")
    expect(lin.get_by_text("000001").first).to_be_visible()
    for told_there in ("开始填报", "征求同意", "提交备案申请", "汇总技术评估", "完成备案", "市职鉴中心签收"):
        expect(lin.locator(".ts-timeline").get_by_text(told_there).first).to_be_visible()
    zhou.goto(f"{site.url}/desk/filings/{number}")
    expect(zhou.locator(".ts-timeline > li > p.ts-clause").filter(has_text="三(一)1").first).to_be_visible()
    visitor.goto(f"{site.url}/register")
    visitor.get_by_role("link", name="上海甲辰精密机械有限公司").first.click()
    expect(visitor.get_by_text("四级").first).to_be_visible()
    assert queries.scope_in_force(clock.today()).count() == 2


@pytest.mark.duty("C2.2")
def test_returned_twice(cast: Cast, filed: File, site: Site) -> None:
    """两次退回补正，每次写明缺什么，填过的都在，补正后重新提交。"""
    number = filed("submitted")
    zhou, lin = site.log_in("zhou", PASSWORD), site.log_in("lin", PASSWORD)
    for place, asked in enumerate(("营业执照扫描件不清晰，请重新上传。", "请上传清晰的彩色扫描件。"), 1):
        zhou.goto(f"{site.url}/desk/filings/{number}/return")
        press(zhou, "退回补正")
        expect(zhou.get_by_text("请填写总的补正要求。").first).to_be_visible()
        zhou.get_by_label("总的补正要求").fill("材料需要补正。")
        zhou.get_by_label("证明材料").fill(asked)
        press(zhou, "退回补正")
        told(zhou, "已退回申请单位")
        lin.goto(f"{site.url}/body/filings/{number}")
        expect(lin.get_by_text(asked).first).to_be_visible()
        lin.get_by_role("main").get_by_role("link", name="证明材料").last.click()
        expect(lin.get_by_text("本部分需要改正")).to_be_visible()
        lin.goto(f"{site.url}/body/filings/{number}/sections/identity")
        expect(lin.get_by_label("分管负责人")).to_have_value("钱书瑶")
        submit(lin, site, number)
        assert queries.filing(number, cast.lin).round == place + 1


@pytest.mark.duty("C2.1", "C2.3")
def test_consent_refused_then_filing_refused(cast: Cast, filed: File, site: Site) -> None:
    """先被不同意，改向人社部门征求；评估不合格不能准予，不予备案并写明理由。"""
    number = filed("consent_sought")
    jiang = open_case(site, "jiang", number, "/consent")
    jiang.get_by_label("不同意", exact=True).check()
    press(jiang, "答复")
    expect(jiang.get_by_text("不同意的，须写明理由。").first).to_be_visible()
    jiang.get_by_label("意见（不同意的须写明理由）").fill("与主营业务不符。")
    press(jiang, "答复")
    lin = open_case(site, "lin", number)
    expect(lin.get_by_text("与主营业务不符。").first).to_be_visible()
    lin.get_by_label("浦东新区人力资源和社会保障局").check()
    press(lin, "征求同意")
    he = open_case(site, "he", number, "/consent")
    he.get_by_label("同意", exact=True).check()
    press(he, "答复")
    submit(lin, site, number)
    zhou = open_case(site, "zhou", number, "/appoint")
    zhou.get_by_label("郑伯安").check()
    zhou.get_by_label("冯若溪").check()
    zhou.get_by_label("回避情况").fill("无应当回避的关系。")
    press(zhou, "指派")
    zheng = open_case(site, "zheng", number, "/visit")
    record_visit(zheng, "钱书瑶", "监控未覆盖全部工位。")
    feng = open_case(site, "feng", number, "/visit")
    press(feng, "确认这条记录")
    for assessor in (zheng, feng):
        assessor.goto(f"{site.url}/desk/filings/{number}/assessment")
        score_all(assessor, "6")
    zhou.goto(f"{site.url}/desk/filings/{number}/conclude")
    press(zhou, "汇总并送审批")
    told(zhou, "60.0分，不合格")
    wu = open_case(site, "wu", number, "/decision")
    wu.get_by_label("准予备案，予以公示").check()
    wu.get_by_label("决定意见").fill("同意")
    press(wu, "作出决定")
    expect(wu.get_by_text("技术评估不合格，不能准予备案。").first).to_be_visible()
    wu.get_by_label("不予备案", exact=True).check()
    wu.get_by_label("决定意见").fill("技术评估得分低于合格线，监控未覆盖全部工位。")
    press(wu, "作出决定")
    lin.goto(f"{site.url}/body/filings/{number}")
    expect(lin.get_by_text("监控未覆盖全部工位").first).to_be_visible()
    expect(lin.get_by_text("可以改正后重新申请").first).to_be_visible()


@pytest.mark.duty("C2.4")
def test_objected_to(cast: Cast, filed: File, site: Site) -> None:
    """公示期间有人提出异议，答复之前不能完成备案；异议成立的中止公示、重新审核。"""
    number = filed("announced")
    travel_to(cast.at + timedelta(days=2))
    visitor = site.visit("/notices", viewport=PHONE)
    visitor.get_by_role("link", name="上海甲辰精密机械有限公司").first.click()
    visitor.get_by_label("您的姓名").fill("赵先生")
    visitor.get_by_label("联系电话").fill("13800000000")
    visitor.get_by_label("异议内容").fill("该单位的车工车间已经搬走。")
    press(visitor, "提交异议")
    expect(visitor.get_by_role("main")).to_contain_text("YY2026")
    travel_to(cast.at + timedelta(days=9))
    assert queries.filing(number, cast.lin).state == "announced"
    wu = site.log_in("wu", PASSWORD)
    expect(wu.get_by_text("公示期间收到异议").first).to_be_visible()
    wu.goto(f"{site.url}/desk/filings/{number}")
    wu.get_by_role("link", name="答复异议").click()
    expect(wu.get_by_text("该单位的车工车间已经搬走。")).to_be_visible()
    wu.get_by_label("异议成立，中止公示并重新审核").check()
    wu.get_by_label("答复意见").fill("经现场核实，情况属实。")
    press(wu, "答复")
    told(wu, "公示已中止")
    wu.get_by_role("link", name="退回补正").click()
    wu.get_by_label("总的补正要求").fill("考核点已变化，请更正后重新提交。")
    press(wu, "退回补正")
    lin = open_case(site, "lin", number)
    expect(lin.get_by_text("考核点已变化").first).to_be_visible()
