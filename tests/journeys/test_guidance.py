"""旅程: a body and a member of the corps ask; district, industry authority and centre answer; what is published everyone finds."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import Site
from tests.journeys.test_filing_district_enterprise import cast, press, told, travel_to  # noqa: F401
from touchstone.simulation.cast import BODY_A, PASSWORD


def enter(site: Site, username: str, path: str, **context: object) -> Page:
    """Log in and open a page."""
    page = site.log_in(username, PASSWORD, **context)
    page.goto(site.url + path)
    return page


def ask(page: Page, title: str, words: str) -> str:
    """Put a question by the form and give its address."""
    page.get_by_role("main").get_by_role("link", name="提问").first.click()
    page.get_by_label("主题").select_option(label="备案与变更")
    page.get_by_label("问题", exact=True).fill(title)
    page.get_by_label("具体情况").fill(words)
    press(page, "提交问题")
    return page.url


def follow(page: Page, name: str) -> None:
    """Follow a link of the page's own."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()


@pytest.mark.duty("A4.1")
@pytest.mark.django_db(transaction=True)
def test_a_question_is_passed_on_answered_and_published(cast: Cast, site: Site) -> None:  # noqa: F811
    """林提问，区里超期后负责人收到提醒；转行业主管，答复；林追问一次并评价；行业主管隐去名称后公开，别家机构和公众都能查到。"""
    lin = enter(site, "lin", "/body/guidance/")
    ask(lin, "新设备可以用于考核吗", f"{BODY_A}的车床已换代。")
    told(lin, "由浦东新区人力资源和社会保障局答复")
    travel_to(cast.at + timedelta(days=9))
    wu = enter(site, "wu", "/desk/inbox")
    follow(wu, "技术咨询超期未答复")
    zhou = enter(site, "zhou", "/desk/inbox")
    follow(zhou, "答复技术咨询：新设备可以用于考核吗")
    zhou.get_by_label("转给").select_option(label="浦东新区科技和经济委员会")
    zhou.get_by_label("转办原因").fill("属于行业技术问题。")
    press(zhou, "转办")
    told(zhou, "已转浦东新区科技和经济委员会")
    expect(zhou.get_by_label("答复内容")).to_have_count(0)

    jiang = enter(site, "jiang", "/desk/guidance/")
    follow(jiang, "新设备可以用于考核吗")
    jiang.get_by_label("答复内容").fill("精度不低于标准要求的可以使用。")
    press(jiang, "提交答复")
    told(jiang, "已答复")

    lin.reload()
    lin.get_by_label("还不清楚的地方").fill("需要提前报告吗？")
    press(lin, "提交追问")
    told(lin, "追问已提交")
    jiang.reload()
    jiang.get_by_label("答复内容").fill("请在认定计划中写明。")
    press(jiang, "提交答复")
    lin.reload()
    expect(lin.get_by_label("还不清楚的地方")).to_have_count(0)
    press(lin, "有帮助")
    told(lin, "评价已记录")

    follow(jiang, "公开答复")
    press(jiang, "公开")
    expect(jiang.get_by_role("main")).to_contain_text(f"公开的内容中还有“{BODY_A}”")
    jiang.get_by_label("公开的问题说明").fill("车床已换代，型号与标准所列不同。")
    press(jiang, "公开")
    told(jiang, "答复已公开")

    shi = enter(site, "shi", "/body/guidance/")
    expect(shi.get_by_role("main")).to_contain_text("还没有技术咨询")
    follow(shi, "公开答复")
    follow(shi, "新设备可以用于考核吗")
    expect(shi.get_by_role("main")).to_contain_text("请在认定计划中写明")
    public = site.visit("/guidance/answers?words=认定计划")
    follow(public, "新设备可以用于考核吗")
    expect(public.get_by_role("main")).to_contain_text("精度不低于标准要求")
    public.goto(f"{site.url}/guidance/answers?words=不相干的字")
    expect(public.get_by_role("main")).not_to_contain_text("新设备可以用于考核吗")


@pytest.mark.django_db(transaction=True)
def test_a_member_of_the_corps_asks_on_the_phone(cast: Cast, site: Site) -> None:  # noqa: F811
    """宋用手机提问，市职鉴中心答复。"""
    song = enter(site, "song", "/expert/guidance/", viewport={"width": 390, "height": 844})
    address = ask(song, "外出学习如何登记", "下月外出学习两周。")
    tao = enter(site, "tao", "/desk/inbox")
    follow(tao, "答复技术咨询：外出学习如何登记")
    tao.get_by_label("答复内容").fill("请在“我的时间”登记。")
    press(tao, "提交答复")
    told(tao, "已答复")
    song.goto(address)
    expect(song.get_by_role("main")).to_contain_text("请在“我的时间”登记")
    assert song.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.duty("A4.2")
@pytest.mark.django_db(transaction=True)
def test_templates_notices_and_a_visit(cast: Cast, site: Site) -> None:  # noqa: F811
    """陶发布模板并以新版次替代，公众下载；周发出培训通知，林确认已阅并报名；周用手机登记走访，林确认，周回访；培训以后周登记学时和结果。"""
    tao = enter(site, "tao", "/desk/guidance/papers")
    for edition, former in (("2026年第1版", ""), ("2026年第2版", "报名表（2026年第1版）")):
        tao.goto(f"{site.url}/desk/guidance/papers")
        follow(tao, "发布资料")
        tao.get_by_label("类别").select_option(label="模板")
        tao.get_by_label("主题").select_option(label="认定计划与报名")
        tao.get_by_label("名称").fill("报名表")
        tao.get_by_label("版次", exact=True).fill(edition)
        if former:
            tao.get_by_label("替代哪一版").select_option(index=1)
        tao.get_by_label("文件").set_input_files({"name": "报名表.csv", "mimeType": "text/csv", "buffer": "姓名\n".encode()})
        press(tao, "发布")
        told(tao, "已发布")
    public = site.visit("/guidance/papers")
    follow(public, "报名表")
    with public.expect_download() as taken:
        public.get_by_role("link", name="报名表.csv").click()
    assert taken.value.suggested_filename == "报名表.csv"
    lin = enter(site, "lin", "/body/guidance/papers")
    lin.get_by_role("row").filter(has_text="已停用").get_by_role("link").first.click()
    expect(lin.get_by_role("main")).to_contain_text("已有新版次")

    zhou = enter(site, "zhou", "/desk/guidance/notices")
    follow(zhou, "发出通知")
    zhou.get_by_label("标题").fill("考务人员培训")
    zhou.get_by_label("内容").fill("3月20日下午，区人社局三楼。")
    zhou.get_by_label("阅知期限").fill("2026-03-10")
    zhou.get_by_label("培训日期").fill("2026-03-20")
    zhou.get_by_label("培训地点").fill("区人社局三楼")
    zhou.get_by_label("学时", exact=True).fill("8")
    zhou.get_by_label("名额（人）").fill("20")
    press(zhou, "发出")
    expect(zhou.get_by_role("main")).to_contain_text("这一项也要填写")
    zhou.get_by_label("报名截止日").fill("2026-03-10")
    zhou.get_by_label("指定机构").fill("没有这一家")
    press(zhou, "发出")
    expect(zhou.get_by_role("main")).to_contain_text("没有找到：没有这一家")
    zhou.get_by_label("指定机构").fill(BODY_A)
    press(zhou, "发出")
    told(zhou, "已发给1家机构")
    expect(zhou.get_by_role("main")).to_contain_text("尚未确认")
    lin.goto(f"{site.url}/body/guidance/notices")
    follow(lin, "考务人员培训")
    press(lin, "确认已阅")
    told(lin, "已确认阅知")
    for name in ("钱多", "孙少"):
        lin.get_by_label("参加人员姓名").fill(name)
        lin.get_by_label("岗位").fill("考务负责人")
        press(lin, "报名")
        told(lin, f"已为{name}报名")
    press(lin, "撤回孙少的报名")
    told(lin, "已撤回报名")
    notice = lin.url
    zhou.reload()
    expect(zhou.get_by_role("main")).to_contain_text("1 / 1家")

    phone = enter(site, "zhou", "/desk/guidance/visits", viewport={"width": 390, "height": 844})
    follow(phone, "登记走访")
    phone.get_by_label("走访的机构").fill(BODY_A)
    press(phone, "下一步")
    phone.get_by_label("主题").select_option(label="考务组织")
    phone.get_by_label("同去的同事").select_option(label="王怀瑾")
    phone.get_by_label("了解到的情况").fill("考场规则没有张贴。")
    phone.get_by_label("指导意见").fill("请在考场门口张贴考场规则。")
    phone.get_by_label("回访日期").fill("2026-03-20")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    press(phone, "登记")
    told(phone, "等待机构确认")
    expect(phone.get_by_role("main")).to_contain_text("指导走访不是检查")
    lin.goto(f"{site.url}/body/inbox")
    follow(lin, "确认指导走访记录")
    lin.get_by_label("本机构的意见").fill("当日已张贴。")
    press(lin, "确认走访记录")
    told(lin, "已确认走访记录")
    zhou.goto(f"{site.url}/desk/inbox")
    follow(zhou, "指导走访回访")
    zhou.get_by_label("回访情况").fill("已张贴，考生知晓。")
    press(zhou, "登记回访")
    told(zhou, "回访情况已登记")

    travel_to(cast.at + timedelta(days=20))
    zhou.goto(f"{site.url}/desk/guidance/notices")
    follow(zhou, "考务人员培训")
    follow(zhou, "报名和结果")
    zhou.get_by_label("钱多的实到学时").fill("9")
    zhou.get_by_label("钱多的结果").select_option(label="合格")
    press(zhou, "登记学时和结果")
    told(zhou, "实到学时应为0至8的整数")
    zhou.get_by_label("钱多的实到学时").fill("8")
    zhou.get_by_label("钱多的结果").select_option(label="合格")
    press(zhou, "登记学时和结果")
    told(zhou, "学时和结果已登记")
    lin.goto(notice)
    expect(lin.get_by_role("row").filter(has_text="钱多")).to_contain_text("合格")


@pytest.mark.duty("A4.3")
@pytest.mark.django_db(transaction=True)
def test_an_industry_authority_advises_its_field(cast: Cast, site: Site) -> None:  # noqa: F811
    """潘在行业指导页看本领域，发出通知；别的行业的机构不在其内。"""
    pan = enter(site, "pan", "/desk/guidance/industry")
    expect(pan.get_by_role("main")).to_contain_text("本领域还没有问题")
    follow(pan, "发出通知")
    pan.get_by_label("标题").fill("装备制造技能评价推进会")
    pan.get_by_label("内容").fill("请各机构做好本年度评价安排。")
    pan.get_by_label("阅知期限").fill("2026-03-10")
    press(pan, "发出")
    told(pan, "已发给1家机构")
    pan.goto(f"{site.url}/desk/guidance/industry")
    follow(pan, "装备制造技能评价推进会")
    expect(pan.get_by_role("main")).to_contain_text(BODY_A)
    shi = enter(site, "shi", "/body/guidance/notices")
    expect(shi.get_by_role("main")).to_contain_text("还没有通知")
