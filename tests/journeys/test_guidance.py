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
