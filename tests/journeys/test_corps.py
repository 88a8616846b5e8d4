"""旅程: the corps: a body puts its supervisor forward, somebody joins on a phone, somebody is warned, suspended, appraised."""

import io
import re
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Page

from tests.cast import Cast, set_up
from tests.experts.conftest import hands
from tests.journeys.conftest import PHONE, Site, look_again
from tests.journeys.test_filing_district_enterprise import press, told, travel_to
from tests.journeys.test_own_registration import shows
from touchstone.experts import operations, queries
from touchstone.experts.models import Qualification
from touchstone.ledger.operations import mark_synthetic
from touchstone.policy.experts.kinds import MemberKind
from touchstone.simulation.cast import HOME, PASSWORD
from touchstone.simulation.corps import Hands, apply_to, enter_member, open_course
from touchstone.simulation.filing import PDF
from touchstone.simulation.identity import id_number, phone

PROOF: FilePayload = {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": PDF}
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the standing cast; it is the morning of 2 March 2026."""
    mark_synthetic(seed=1)
    found = set_up()
    travel_to(found.at)
    return found


def upload(page: Page, label: str) -> None:
    """Upload a proof under its label."""
    page.get_by_label("材料名称").select_option(label=label)
    page.locator("input[name=file]").set_input_files(files=[PROOF])
    press(page, "上传")
    told(page, "已上传")


def on_day(site: Site, at: datetime, username: str, path: str, **context: object) -> Page:
    """Travel to a moment, log in and open a page; a log-in does not outlast the days between."""
    travel_to(at)
    page = site.log_in_by_form(username, PASSWORD, **context)
    page.goto(f"{site.url}{path}")
    return page


def fill_in_results(sheet: bytes, hours: str, score: str) -> bytes:
    """Fill in the one row of a sheet for hours and marks."""
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    row = next(book["成绩"].iter_rows(min_row=2, max_row=2))
    row[2].value, row[3].value = hours, score
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.duty("D2.1", "D2.2", "D2.3")
@pytest.mark.django_db(transaction=True)
def test_from_being_put_forward_to_a_qualification(cast: Cast, site: Site) -> None:
    """林推荐内部督导；缺证明不能提交；周退回一次，再审核通过，办培训班；成绩表有一行写错；吴授予；市局看规划，公众查验；期满前林申请延续。"""
    lin = site.log_in("lin", PASSWORD)
    lin.get_by_role("link", name="考评督导队伍").click()
    shows(lin, "还没有考评或督导人员")
    lin.get_by_role("link", name="推荐人员").first.click()
    lin.get_by_label("姓名").fill("章内督")
    lin.get_by_label("居民身份证号码").fill(id_number(470, birthday=date(1984, 6, 6), male=True))
    lin.get_by_label("申请类别").select_option(label="内部质量督导员")
    press(lin, "下一步")
    shows(lin, "章内督", "由所在评价机构推荐")
    lin.get_by_label("从事评价管理工作年限").fill("5")
    press(lin, "提交申请")
    shows(lin, "没有上传证明")
    upload(lin, "工作经历证明")
    lin.get_by_label("从事评价管理工作年限").fill("5")
    press(lin, "提交申请")
    told(lin, "申请已提交")
    case = lin.url

    zhou = site.log_in("zhou", PASSWORD)
    zhou.get_by_role("link", name="审核内部质量督导员申请：章内督").click()
    shows(zhou, "证明.pdf", "已上传证明", "由所在评价机构推荐")
    zhou.get_by_role("link", name="退回补正").click()
    zhou.get_by_label("意见").fill("工作经历证明没有加盖公章，请补正。")
    press(zhou, "确认退回补正")
    told(zhou, "已退回补正")

    lin.goto(f"{site.url}/body/inbox")
    lin.get_by_role("link", name="补正内部质量督导员申请：章内督").click()
    shows(lin, "工作经历证明没有加盖公章")
    upload(lin, "工作经历证明")
    press(lin, "提交申请")
    told(lin, "申请已提交")

    zhou.goto(f"{site.url}/desk/corps/applications")
    zhou.get_by_role("link", name=re.compile("^SQ")).click()
    zhou.get_by_role("link", name="准予参加培训考核").click()
    press(zhou, "确认准予参加培训考核")
    told(zhou, "已准予参加培训考核")
    zhou.goto(f"{site.url}/desk/corps/courses")
    zhou.get_by_role("link", name="举办培训班").click()
    zhou.get_by_label("培训名称").fill("2026年第一期内部督导培训班")
    zhou.get_by_label("对象").select_option(label="内部质量督导员")
    zhou.get_by_label("学时").fill("8")
    zhou.get_by_label("开始日").fill("2026-03-09")
    zhou.get_by_label("结束日").fill("2026-03-10")
    zhou.get_by_label("地点").fill("虚构路88号301室")
    zhou.get_by_label("名额").fill("30")
    press(zhou, "发布通知")
    shows(zhou, "应不少于16学时")
    zhou.get_by_label("学时").fill("16")
    press(zhou, "发布通知")
    told(zhou, "培训通知已发布")
    course = zhou.url.removeprefix(site.url)

    lin.goto(case)
    lin.get_by_role("link", name="培训报名").click()
    lin.get_by_role("button", name=re.compile("^为章内督报名")).click()
    told(lin, "已报名")

    zhou = on_day(site, cast.at + timedelta(days=8), "zhou", course)
    press(zhou, "办结培训班")
    zhou.get_by_role("dialog").get_by_role("button", name="办结").click()
    told(zhou, "还有人没有登记学时或成绩")
    with zhou.expect_download() as leaves:
        zhou.get_by_role("link", name="下载成绩表").click()
    sheet = leaves.value.path().read_bytes()
    for score, words in (("合格", "应为0到100"), ("86.5", "已登记")):
        filled = fill_in_results(sheet, "16", score)
        workbook: FilePayload = {"name": "成绩.xlsx", "mimeType": WORKBOOK, "buffer": filled}
        zhou.locator("input[name=workbook]").set_input_files(files=[workbook])
        press(zhou, "上传并登记")
        shows(zhou, "成绩表核对结果", words)
    zhou.goto(f"{site.url}{course}")
    press(zhou, "办结培训班")
    zhou.get_by_role("dialog").get_by_role("button", name="办结").click()
    told(zhou, "培训班已办结")

    wu = site.log_in("wu", PASSWORD)
    wu.get_by_role("link", name="授予内部质量督导员资格：章内督").click()
    shows(wu, "考核86.5分", "实到16学时")
    wu.get_by_role("link", name="授予资格").click()
    press(wu, "确认授予资格")
    told(wu, "已授予内部质量督导员资格ND31")
    held = Qualification.objects.get()

    lin = on_day(site, cast.at + timedelta(days=9), "lin", "/body/corps")
    shows(lin, held.number, "有效")
    lin.get_by_role("link", name=held.number).click()
    shows(lin, "考核86.5分", "还没有年度考核")
    anyone = site.visit(f"/corps?number={held.number}", viewport=PHONE)
    shows(anyone, "内部质量督导员资格：有效", "章*督")
    shen = site.log_in("shen", PASSWORD)
    shen.get_by_role("link", name="考评督导队伍").click()
    shen.get_by_role("link", name="队伍规划").click()
    shows(shen, "可以派遣的考评员")
    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/corps?tab=internal")
    han.get_by_role("link", name=held.number).click()
    shows(han, "章内督", "2026年第一期内部督导培训班", "本人没有申报")

    lin = on_day(site, cast.at.replace(year=2028, month=11), "lin", "/body/corps")
    shows(lin, "即将期满")
    lin.get_by_role("link", name="申请延续").click()
    shows(lin, f"延续 {held.number}")
    press(lin, "下一步")
    shows(lin, "延续的资格", held.number)


@pytest.mark.duty("D3.1", "D3.2")
@pytest.mark.django_db(transaction=True)
def test_somebody_joins_the_external_supervisors_on_a_phone(cast: Cast, site: Site) -> None:
    """手机上登记、申请市级外督、报名培训；韩授予后在市级队伍名册里；区级的由区授予，在区级名册里。"""
    person = site.visit("/corps", viewport=PHONE)
    person.get_by_role("link", name="登记并申请资格").click()
    person.get_by_label("姓名").fill("齐自来")
    person.get_by_label("居民身份证号码").fill(id_number(471, birthday=date(1979, 9, 9), male=False))
    person.get_by_label("手机号码").fill(phone(471))
    person.get_by_label("工作单位", exact=True).fill("上海虚构认证中心")
    person.get_by_label("登录名").fill("qizilai")
    person.get_by_label("密码", exact=True).fill(PASSWORD)
    person.get_by_label("再次输入密码").fill(PASSWORD)
    press(person, "登记")
    told(person, "登记成功")
    press_link(person, "申请资格")
    person.get_by_label("申请类别").select_option(label="市级外部质量督导员")
    press(person, "下一步")
    upload(person, "工作经历证明")
    person.get_by_label("从事评价管理工作年限").fill("9")
    press(person, "提交申请")
    told(person, "由上海市职业技能鉴定中心审核")

    tao = site.log_in("tao", PASSWORD)
    tao.get_by_role("link", name="审核市级外部质量督导员申请：齐自来").click()
    tao.get_by_role("link", name="准予参加培训考核").click()
    press(tao, "确认准予参加培训考核")
    course = open_course(MemberKind.CITY_SUPERVISOR, cast.tao, at=cast.at)
    site.work_off_jobs()
    person.goto(f"{site.url}/expert/")
    press_link(person, "选择培训")
    press(person, "报名")
    told(person, "报名成功")

    luo = enter_member("luo", district=HOME, employer="上海虚构质量协会", body=None, at=cast.at)
    district = Hands(cast.luo, cast.zhou, cast.wu)
    apply_to("examined", luo, MemberKind.DISTRICT_SUPERVISOR, district, at=cast.at)
    tao = on_day(site, cast.at + timedelta(days=11), "tao", f"/desk/corps/courses/{course.number}")
    tao.get_by_label("齐自来的实到学时").fill("16")
    tao.get_by_label("齐自来的考核成绩").fill("91")
    press(tao, "保存学时和成绩")
    told(tao, "已登记1人")
    press(tao, "办结培训班")
    tao.get_by_role("dialog").get_by_role("button", name="办结").click()
    told(tao, "培训班已办结")

    for who, name, tab, kind in (("han", "齐自来", "市级外部督导", "SW31"), ("wu", "罗怀真", "区级外部督导", "QW31")):
        director = site.log_in(who, PASSWORD)
        director.goto(f"{site.url}/desk/corps/applications?state=in_training")
        director.locator("tr").filter(has_text=name).get_by_role("checkbox").check()
        director.get_by_role("button", name="授予资格").click()
        shows(director, f"授予{kind}")
        director.goto(f"{site.url}/desk/corps")
        director.get_by_role("link", name=tab).click()
        shows(director, name, "有效")

    person = on_day(site, cast.at + timedelta(days=12), "qizilai", "/expert/", viewport=PHONE)
    shows(person, "市级外部质量督导员", "有效")
    person.goto(f"{site.url}/expert/ties")
    person.get_by_label("关系").select_option(label="师生")
    person.get_by_label("评价机构").fill("没有这家机构")
    press(person, "申报")
    shows(person, "请写全称或机构编号")
    person.get_by_label("评价机构").fill(cast.body_a.name)
    press(person, "申报")
    told(person, "已申报")
    shows(person, f"师生：{cast.body_a.name}")
    person.goto(f"{site.url}/expert/days")
    person.get_by_label("从哪天起").fill("2026-04-01")
    person.get_by_label("到哪天止").fill("2026-04-05")
    press(person, "登记")
    told(person, "这些日期不会派您")
    person.get_by_label("每月最多派遣几次").fill("4")
    press(person, "保存次数")
    told(person, "每月次数已保存")
    person.goto(f"{site.url}/expert/profile")
    person.get_by_label("工作单位所在的区").select_option(label="浦东新区")
    press(person, "保存")
    told(person, "资料已保存")
    for path, words in (("assignments", "还没有任务"), ("figures", "尚无数据"), ("qualifications", "SW31")):
        person.goto(f"{site.url}/expert/{path}")
        shows(person, words)
        wide = person.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, path


def press_link(page: Page, name: str) -> None:
    """Follow the first link of this name in the page's own part."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


@pytest.mark.duty("D2.1", "D2.3")
@pytest.mark.django_db(transaction=True)
def test_warned_suspended_returned_and_appraised(cast: Cast, site: Site) -> None:
    """吴警告、暂停宋；宋在手机上申诉警告，韩维持；整改后恢复；年终汇总，宋写意见，吴决定等次。"""
    song = enter_member("song", district=HOME, employer="上海辛酉精工有限公司", body=None, at=cast.at)
    apply_to("qualified", song, MemberKind.ASSESSOR, hands(cast), at=cast.at)
    held = Qualification.objects.get()
    at = cast.at + timedelta(days=20)
    wu = on_day(site, at, "wu", f"/desk/corps/members/{song.number}")
    for measure, reason, last in (("警告", "无正当理由迟到，影响开考。", ""), ("暂停资格", "评分后私自告知考生成绩。", "2026-06-30")):
        wu.goto(f"{site.url}/desk/corps/members/{song.number}")
        wu.get_by_role("link", name="警告、暂停或取消").click()
        wu.get_by_label("措施").select_option(label=measure)
        wu.get_by_label("事实和理由").fill(reason)
        if last:
            press(wu, "作出决定")
            shows(wu, "请填写暂停到哪天")
            wu.get_by_label("暂停到哪天").fill(last)
        press(wu, "作出决定")
        told(wu, "本人会收到通知")
    assert not queries.qualified(at.date(), kinds=[MemberKind.ASSESSOR]).exists()

    person = site.log_in("song", PASSWORD, viewport=PHONE)
    shows(person, "评分后私自告知考生成绩", "暂停")
    person.goto(f"{site.url}/expert/qualifications")
    person.get_by_role("link", name=re.compile("警告：无正当理由迟到")).click()
    shows(person, "本平台默认值 队伍管理措施")
    person.get_by_label("申诉的事实和理由").fill("当天轨道交通故障，有告示为证。")
    press(person, "提交申诉")
    told(person, "申诉已提交")
    han = site.log_in("han", PASSWORD)
    han.get_by_role("link", name="答复申诉：宋知行").click()
    shows(han, "有申诉待答复")
    han.get_by_role("link", name=re.compile("^警告 DC")).click()
    han.get_by_label("申诉不成立，维持决定").check()
    han.get_by_label("答复意见").fill("已提前一小时发布故障信息，维持决定。")
    press(han, "答复申诉")
    told(han, "申诉已答复")

    wu = on_day(site, at + timedelta(days=30), "wu", f"/desk/corps/members/{song.number}")
    wu.get_by_role("link", name=re.compile("^暂停 DC")).click()
    wu.get_by_label("整改和核查情况").fill("已接受教育，复查合格。")
    press(wu, "恢复资格")
    told(wu, "资格已恢复")
    assert queries.qualified((at + timedelta(days=30)).date(), kinds=[MemberKind.ASSESSOR]).get() == held

    tao = on_day(site, at.replace(month=12, day=14), "tao", "/desk/corps/appraisals")
    press(tao, "汇总本年度")
    tao.get_by_role("dialog").get_by_role("button", name="汇总").click()
    told(tao, "正在汇总2026年度")
    shows(tao, "可以离开本页，处理不会中断。")
    site.work_off_jobs()
    look_again(tao)
    shows(tao, "汇总了1人的数据和建议等次", "宋知行")
    person = site.log_in("song", PASSWORD, viewport=PHONE)
    person.goto(f"{site.url}/expert/figures")
    person.get_by_label("我对数据和建议等次的意见").fill("本年没有被派遣。")
    press(person, "提交意见")
    told(person, "意见已保存")
    wu = site.log_in("wu", PASSWORD)
    wu.goto(f"{site.url}/desk/corps/appraisals")
    wu.get_by_role("link", name="宋知行").click()
    shows(wu, "本年没有被派遣", "尚无数据", "建议等次")
    wu.get_by_label("基本合格").check()
    press(wu, "决定等次")
    shows(wu, "等次与建议不同，没有写明理由")
    wu.get_by_label("理由").fill("年内受到警告和暂停。")
    press(wu, "决定等次")
    told(wu, "年度考核已决定")
    site.work_off_jobs()
    travel_to(at.replace(month=12, day=15))
    person.goto(f"{site.url}/expert/figures")
    shows(person, "年内受到警告和暂停")
    assert operations.draw_up_year(year=2026, by=cast.tao, at=at.replace(month=12, day=15)) == 0
