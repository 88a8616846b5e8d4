"""旅程: an exam is arranged, held, scored, announced and certified through the pages, and anyone verifies the certificates."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.journeys.conftest import PHONE, Site, confirm
from touchstone.certificates.models import Certificate
from touchstone.exams.operations.keying import key_scores
from touchstone.exams.operations.scores import ScoreLine
from touchstone.exams.states import Part
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD
from touchstone.web import clock


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give a reviewed plan with three candidates on 2 March 2026; nothing is arranged yet."""
    mark_synthetic(seed=1)
    cast: Cast = set_up()
    travel_to(cast.at)
    return Stage(cast).reviewed()


def add_sitting(page: Page, part: str, room: str, hours: tuple[str, str], people: tuple[str, ...]) -> None:
    """Fill the form for a new sitting."""
    form = page.locator("#add")
    form.get_by_label("科目").select_option(label=part)
    form.get_by_label("考场").select_option(label=room)
    form.get_by_label("开始时间").fill(hours[0])
    form.get_by_label("结束时间").fill(hours[1])
    for one in people:
        form.get_by_label(one).check()
    form.get_by_label("内部质量督导员").select_option(label="督导甲")
    form.get_by_role("button", name="增加场次").click()


@pytest.mark.duty("A3.1", "A3.2", "B2.1", "D5.3")
def test_from_seats_to_a_verified_certificate(stage: Stage, site: Site) -> None:
    """编排、到考、成绩、公示、发证、查验，直到撤销和备案期满以后。"""
    number = stage.plan.number
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{number}/arrangement")
    expect(sun.get_by_text("还没有场次")).to_be_visible()
    add_sitting(sun, "理论知识考试", "理论一室（理论知识考试，30座）", ("09:00", "09:30"), ("监考甲（监考人员）",))
    expect(sun.get_by_text("应不少于90分钟").first).to_be_visible()
    add_sitting(sun, "理论知识考试", "理论一室（理论知识考试，30座）", ("09:00", "11:00"), ("监考乙（监考人员）",))
    add_sitting(
        sun,
        "技能考核",
        "车工车间（技能考核，30座）",
        ("13:00", "15:00"),
        ("考评甲（考评人员）", "考评乙（考评人员）", "考评丙（考评人员）"),
    )
    sun.get_by_role("button", name="随机编排座位").click()
    expect(sun.get_by_text("种子已记入存证")).to_be_visible()
    confirm(sun, "确认考务编排", "确认")
    expect(sun.get_by_text("考务编排已确认")).to_be_visible()
    with sun.expect_download() as tickets:
        link = sun.get_by_role("link", name="全部准考证")
        link.evaluate("link => { link.download = '准考证.pdf'; link.click(); }")
    assert tickets.value.path().read_bytes().startswith(b"%PDF-")

    travel_to(moment(EXAM_ON, 9))
    phone = site.log_in("sun", PASSWORD, viewport=PHONE)
    phone.goto(f"{site.url}/body/plans/{number}/attendance")
    expect(phone.get_by_role("button", name="王㛃 到考")).to_have_count(0)
    open_here(phone)
    phone.get_by_role("button", name="王㛃 到考").click()
    expect(phone.get_by_text("王㛃到考")).to_be_visible()
    phone.get_by_role("button", name="陈一鸣 到考").click()
    expect(phone.get_by_text("陈一鸣到考")).to_be_visible()
    phone.get_by_text("更正陈一鸣").click()
    phone.get_by_label("陈一鸣的更正理由").fill("点错了行")
    phone.get_by_role("button", name="更正为缺考").click()
    expect(phone.get_by_text("陈一鸣已更正为缺考")).to_be_visible()
    phone.get_by_role("button", name="其余全部到考").click()
    expect(phone.get_by_text("已登记1人")).to_be_visible()
    confirm(phone, "确认考试结束", "考试已结束")
    expect(phone.get_by_text("考试尚未全部结束")).to_be_visible()
    phone.get_by_role("button", name="本场结束").first.click()
    phone.get_by_label("提前结束的原因").fill("考生全部交卷")
    phone.get_by_role("button", name="本场结束").last.click()
    expect(phone.get_by_text("本场已结束").first).to_be_visible()
    travel_to(moment(EXAM_ON, 13))
    phone.get_by_role("link", name="技能考核 车工车间").click()
    open_here(phone)
    phone.get_by_role("button", name="陈一鸣 缺考").click()
    expect(phone.get_by_text("陈一鸣缺考")).to_be_visible()
    phone.get_by_role("button", name="其余全部到考").click()
    expect(phone.get_by_text("已登记2人")).to_be_visible()
    travel_to(moment(EXAM_ON, 16))
    phone.reload()
    confirm(phone, "本场结束", "本场结束")
    expect(phone.get_by_text("本场已结束").first).to_be_visible()
    confirm(phone, "确认考试结束", "考试已结束")
    expect(phone.get_by_text("请录入成绩")).to_be_visible()

    travel_to(moment(date(2026, 3, 23), 10))
    sun.goto(f"{site.url}/body/plans/{number}/scores")
    for name, theory, practical in (("王㛃", "60", "72.5"), ("阿依古丽·买买提", "59", "90")):
        for part, mark in (("理论知识考试", theory), ("技能考核", practical)):
            field = sun.get_by_label(f"{name}{part}")
            field.fill(mark)
            field.press("Enter")
            expect(sun.get_by_role("row", name=name).get_by_text("已保存")).to_be_visible()
    second_keying(stage, 王㛃=("60", "72.5"), 阿依古丽·买买提=("59", "90"))
    sun.reload()
    sun.get_by_role("button", name="比对两次录入").click()
    expect(sun.get_by_text("两次录入一致4项")).to_be_visible()
    sun.get_by_role("button", name="核定成绩结论").click()
    expect(sun.get_by_text("合格1人，不合格1人，缺考1人")).to_be_visible()
    stage.checked()
    sun.goto(f"{site.url}/body/plans/{number}/results")
    expect(sun.get_by_text("“公示成绩”由机构负责人办理")).to_be_visible()

    travel_to(moment(date(2026, 3, 24), 9))
    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/plans/{number}/results")
    confirm(qian, "公示成绩", "公示")
    expect(qian.get_by_text("成绩已公示")).to_be_visible()

    travel_to(moment(date(2026, 4, 1), 0, 5))
    run_what_is_due()
    qian.reload()
    confirm(qian, "核发证书", "核发")
    expect(qian.get_by_text("已核发证书1本")).to_be_visible()
    certificate = Certificate.objects.get()
    assert certificate.number == "Y000031300001265000001"
    qian.get_by_role("link", name="证书列表").click()
    qian.get_by_role("link", name=certificate.number).click()
    expect(qian.get_by_text("BA2026000001")).to_be_visible()

    anyone = site.visit("/verify", viewport=PHONE)
    anyone.get_by_label("持证人姓名").fill("别人")
    anyone.get_by_label("证书编号").fill(certificate.number)
    anyone.get_by_role("button", name="查验").click()
    expect(anyone.get_by_text("没有查到姓名与证书编号同时相符的证书")).to_be_visible()
    anyone.get_by_label("持证人姓名").fill("王㛃")
    anyone.get_by_label("证书编号").fill("Ｙ000031 300001 26 5 000001")
    anyone.get_by_role("button", name="查验").click()
    expect(anyone.get_by_role("heading", name="证书有效")).to_be_visible()
    expect(anyone.get_by_text("319***********")).to_be_visible()
    expect(anyone.get_by_text("备案在有效期内")).to_be_visible()

    travel_to(moment(date(2029, 2, 3), 9))
    anyone.reload()
    expect(anyone.get_by_text("当前没有有效备案")).to_be_visible()
    expect(anyone.get_by_text("仍对此前发出的证书负责")).to_be_visible()
    qian.reload()
    qian.get_by_role("link", name="提出撤销").click()
    expect(qian.get_by_label("证书编号", exact=True)).to_have_value(certificate.number)
    qian.get_by_label("事由").select_option(label="数据有误")
    qian.get_by_label("事实和理由").fill("证件号码登记有误，已核实")
    qian.get_by_role("button", name="核对影响范围").click()
    qian.get_by_role("button", name="立案（1本）").click()
    expect(qian.get_by_text("证书状态还没有改变")).to_be_visible()
    anyone.goto(f"{site.url}/v/{certificate.number}")
    expect(anyone.get_by_text("地址不完整或已损坏")).to_be_visible()


@pytest.mark.duty("B2.1", "D5.3", "D5.7")
def test_scores_from_two_hands_to_a_corrected_certificate(stage: Stage, site: Site) -> None:
    """两人录入，不一致的看第三遍；锁定，抽查复核；公示，异议，复核，更正，重新公示，发证。"""
    stage.with_sittings().arranged().held()
    number, (first, second, third) = stage.plan.number, stage.tickets()
    travel_to(moment(date(2026, 3, 23), 10))
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{number}/scores")
    expect(sun.get_by_text("互相看不到对方填的分数")).to_be_visible()
    for part, marks in (("theory", ("58", "80", "80")), ("practical", ("70", "85", "85"))):
        for ticket, mark in zip((first, second, third), marks, strict=True):
            field = sun.get_by_role("row", name=ticket).locator(f"input[name={part}]")
            field.fill(mark)
            field.press("Enter")
            expect(sun.get_by_role("row", name=ticket).get_by_text("已保存")).to_be_visible()
    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/plans/{number}/scores")
    expect(qian.get_by_role("row", name=first).locator("input[name=theory]")).to_have_value("")
    with qian.expect_download() as got:
        qian.get_by_role("link", name="下载成绩登记表").click()
    upload(qian, filled(got.value.path().read_bytes(), ("58", "70"), ("80", "85"), ("80", "95")), "我对照原卷填的")
    expect(qian.get_by_text("未采用")).to_have_count(0)
    qian.get_by_role("button", name="比对两次录入").click()
    expect(qian.get_by_text("两次录入一致5项，已登记；不一致1项")).to_be_visible()
    differs = qian.locator("#differences")
    expect(differs.get_by_text("孙景明录85分，钱书瑶录95分")).to_be_visible()
    differs.get_by_label("原卷分数").fill("85")
    differs.get_by_label("核对说明").fill("见第1袋评分记录，合计85分")
    differs.get_by_role("button", name="按此登记").click()
    expect(qian.get_by_text("已按第三次核对的结果登记")).to_be_visible()
    sun.reload()
    sun.get_by_role("button", name="核定成绩结论").click()
    expect(sun.get_by_text("成绩已锁定").first).to_be_visible()
    sun.get_by_role("button", name="随机抽取样本").click()
    expect(sun.get_by_text("已随机抽取6份成绩")).to_be_visible()
    expect(sun.get_by_text("待复核的成绩都是您录入过的")).to_be_visible()
    with sun.expect_download():
        sun.get_by_role("link", name="抽签记录").click()

    lin = site.log_in("lin", PASSWORD, viewport=PHONE)
    lin.goto(f"{site.url}/body/plans/{number}/score-review")
    for ticket, both in ((first, ("58", "70")), (second, ("81", "85")), (third, ("80", "85"))):
        for part, seen in zip(("theory", "practical"), both, strict=True):
            lin.locator(f"input[name='{ticket}-{part}']").fill(seen)
    lin.get_by_role("button", name="提交已填的复核").click()
    expect(lin.get_by_text("一致5份，不一致1份")).to_be_visible()
    qian.goto(f"{site.url}/body/plans/{number}/results")
    expect(qian.get_by_text("1处不一致还没有核实")).to_be_visible()
    qian.get_by_role("link", name="去抽查复核").click()
    qian.get_by_label("正确分数").fill("80")
    qian.get_by_label("核实说明").fill("见第1袋答题卡，复核人看错一行")
    qian.get_by_role("button", name="以此为准").click()
    expect(qian.get_by_text("原成绩无误，不作更正")).to_be_visible()
    expect(qian.get_by_text("复核完毕，可以公示成绩")).to_be_visible()
    travel_to(moment(date(2026, 3, 24), 9))
    qian.goto(f"{site.url}/body/plans/{number}/results")
    confirm(qian, "公示成绩", "公示")

    travel_to(moment(date(2026, 3, 26), 9))
    anyone = site.visit("/notices", viewport=PHONE)
    anyone.get_by_role("link", name="成绩公示").click()
    expect(anyone.get_by_text("还剩3个工作日")).to_be_visible()
    anyone.get_by_role("button", name="提交异议").click()
    expect(anyone.get_by_text("请填写异议内容").first).to_be_visible()
    anyone.get_by_label("您的姓名").fill("陈一鸣")
    anyone.get_by_label("联系电话").fill("１００００００００１２")
    anyone.get_by_label("异议内容").fill("本人理论成绩应为68分，请复核答题卡。")
    anyone.get_by_role("button", name="提交异议").click()
    expect(anyone.get_by_role("heading", name="异议回执")).to_be_visible()
    expect(anyone.get_by_text("核查中")).to_be_visible()
    run_what_is_due()
    qian.goto(f"{site.url}/body/inbox")
    expect(qian.get_by_text("异议").first).to_be_visible()

    qian.goto(f"{site.url}/body/plans/{number}/results")
    qian.get_by_role("link", name="为此提出复核").click()
    expect(qian.get_by_text("本人理论成绩应为68分")).to_be_visible()
    qian.get_by_label("考生和科目").select_option(value=f"{first}|theory")
    qian.get_by_label("复核理由").fill("考生认为漏计一题")
    qian.get_by_role("button", name="提出复核").click()
    expect(qian.get_by_text("您录入过这项成绩")).to_be_visible()
    lin.goto(f"{site.url}/body/plans/{number}/remarks")
    lin.get_by_label("卷面分数").fill("68")
    lin.get_by_label("复核说明").fill("经核对答题卡，第12题漏计10分")
    lin.get_by_role("button", name="办结复核").click()
    expect(lin.get_by_text("成绩由58.0分更正为68分")).to_be_visible()
    qian.goto(f"{site.url}/body/plans/{number}/results")
    expect(qian.get_by_text("第12题漏计10分").first).to_be_visible()
    qian.get_by_label("核查情况和答复").fill("经复核答题卡，登分有误。")
    qian.get_by_role("button", name="异议成立，中止公示").click()
    expect(qian.get_by_text("请更正成绩后重新公示").first).to_be_visible()
    anyone.reload()
    expect(anyone.get_by_text("经复核答题卡，登分有误。")).to_be_visible()

    sun.goto(f"{site.url}/body/plans/{number}/scores")
    expect(sun.get_by_role("cell", name="58.0")).to_be_visible()
    sun.get_by_role("button", name="核定成绩结论").click()
    expect(sun.get_by_text("合格3人")).to_be_visible()
    sun.goto(f"{site.url}/body/plans/candidates/{stage.candidate(first)}")
    expect(sun.get_by_text("58分 → 68分")).to_be_visible()
    qian.goto(f"{site.url}/body/plans/{number}/results")
    confirm(qian, "公示成绩", "公示")
    expect(qian.get_by_text("成绩已公示")).to_be_visible()
    travel_to(moment(date(2026, 4, 3), 0, 5))
    run_what_is_due()
    qian.reload()
    confirm(qian, "核发证书", "核发")
    expect(qian.get_by_text("已核发证书3本")).to_be_visible()


@pytest.mark.duty("D5.3")
def test_scores_come_by_workbook(stage: Stage, site: Site) -> None:
    """成绩表下载、填写、上传：有误的行退回，其余入库，改好再传。"""
    stage.with_sittings().arranged().held()
    travel_to(moment(date(2026, 3, 23), 9))
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{stage.plan.number}/scores")
    with sun.expect_download() as got:
        sun.get_by_role("link", name="下载成绩登记表").click()
    upload(sun, filled(got.value.path().read_bytes(), ("80", "85"), ("101", "85"), ("缺考", "85")))
    expect(sun.get_by_text("应为0到100的分数")).to_be_visible()
    expect(sun.get_by_text("到考登记为已到考")).to_be_visible()
    with sun.expect_download() as back:
        sun.get_by_role("link", name="下载带核对结果的原表").click()
    again = back.value.path().read_bytes()
    assert "核对结果" in [cell.value for cell in openpyxl.load_workbook(io.BytesIO(again))["成绩"][1]]
    upload(sun, filled(again, ("80", "85"), ("70", "85"), ("61.5", "85")))
    expect(sun.get_by_text("未采用")).to_have_count(0)
    sun.get_by_role("button", name="核定成绩结论").click()
    expect(sun.get_by_text("合格3人")).to_be_visible()
    sun.goto(f"{site.url}/body/plans/{stage.plan.number}/scores")
    expect(sun.get_by_text("61.5")).to_be_visible()


def open_here(page: Page) -> None:
    """The planner lets the internal supervisor in and opens the sitting."""
    page.get_by_label("核验督导员身份的证件").select_option(label="居民身份证")
    page.get_by_role("button", name="督导员已到场，开考").click()
    expect(page.get_by_role("heading", name="进行中")).to_be_visible()


def filled(content: bytes, *marks: tuple[str, str]) -> bytes:
    """Fill the score columns of a sheet, row by row."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["成绩"]
    columns = {str(cell.value): place for place, cell in enumerate(sheet[1], 1)}
    for row, (theory, practical) in enumerate(marks, 2):
        sheet.cell(row, columns["理论成绩"]).value = theory
        sheet.cell(row, columns["技能成绩"]).value = practical
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def second_keying(stage: Stage, **marks: tuple[str, str]) -> None:
    """The leader types what stands on the papers, as the second of two."""
    tickets = {one.name: one.ticket_number or "" for one in stage.plan.candidates.all()}
    lines = [ScoreLine(tickets[name], {Part.THEORY: Decimal(a), Part.PRACTICAL: Decimal(b)}) for name, (a, b) in marks.items()]
    done = key_scores(plan_number=stage.plan.number, lines=lines, by=stage.cast.qian, at=clock.now())
    assert all(one.done for one in done), done


def upload(page: Page, content: bytes, how: str = "本机构考务系统导出的") -> None:
    """Send a workbook by the page's form."""
    page.get_by_label(how).check()
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("选择填好的成绩表").set_input_files({"name": "成绩.xlsx", "mimeType": media, "buffer": content})
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_role("heading", name="成绩表处理结果")).to_be_visible()
