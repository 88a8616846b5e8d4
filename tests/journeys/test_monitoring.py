"""旅程: data that breaks rules is compared, a case opens at the right office, the body answers, it is decided, and the rule shows what came of it."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import moment
from tests.journeys.conftest import PHONE, Site, confirm, look_again, shows
from tests.monitoring.broken import DEAD, TOO_FAST, broken
from touchstone.jobs.messages import tell_people
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD
from touchstone.web import clock

MORNING = moment(date(2026, 6, 2), 9)


@pytest.fixture
def city(transactional_db: None, tmp_path: Path, settings: LazySettings) -> Cast:
    """Give a register that holds three things that are not in order."""
    settings.STATE_DIR = tmp_path
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    broken(cast)
    travel_to(MORNING)
    return cast


@pytest.mark.duty("D6.1", "D6.2", "D8.1", "D8.2", "E3.3")
@pytest.mark.usefixtures("told_at_once")
def test_from_the_comparison_to_the_decision(city: Cast, site: Site, tmp_path: Path) -> None:
    """市职鉴中心运行全量比对；浦东新区收到待办，请机构说明，机构附证据答复，认定属实，据此提请撤销证书；规则显示属实率；再比对不重复立案。"""
    han = site.log_in("han", PASSWORD)
    compare(han, site, "全量比对")
    shows(han, "晋级过快", "去世之后考试", "同一手机号码多人多机构使用")

    wang = site.log_in("wang", PASSWORD)
    wang.get_by_role("link", name="预警核实：晋级过快").first.click()
    shows(wang, "待核实", "命中的数据", "陈一鸣")
    number = wang.url.rsplit("/", 1)[1]
    wang.get_by_label("请说明", exact=True).fill("两次评价间隔不足十二个月，请说明申报条件如何核实。")
    wang.get_by_role("button", name="请机构说明").click()
    shows(wang, "已请机构说明", "还没有说明", "现在还不能认定属实")

    sun = site.log_in("sun", PASSWORD, viewport=PHONE)
    while tell_people(clock.now()):
        pass
    sun.goto(f"{site.url}/messages")
    shows(sun, f"预警 {number} 请贵机构说明情况")
    sun.goto(f"{site.url}/body/alerts")
    sun.get_by_role("link", name=number).click()
    shows(sun, "晋级过快", "请说明申报条件如何核实")
    evidence = tmp_path / "核查记录.pdf"
    evidence.write_bytes(b"%PDF-1.7 x")
    sun.get_by_label("情况说明").fill("审核时没有核对上一级证书的取得日期。")
    sun.locator("#answer-files").set_input_files(evidence)
    sun.get_by_role("button", name="提交说明").click()
    shows(sun, "说明已提交", "核查记录.pdf")

    wang.goto(f"{site.url}/desk/alerts?state=answered")
    wang.get_by_role("link", name=number).click()
    shows(wang, "审核时没有核对", "核查记录.pdf")
    wang.get_by_label("认定理由").fill("机构承认未核实，属实。")
    wang.get_by_role("button", name="认定属实").click()
    shows(wang, "已认定属实", "属实")
    sun.reload()
    shows(sun, "机构承认未核实，属实。")

    wang.get_by_role("link", name="提请撤销证书").click()
    shows(wang, f"据预警{number}立案", "要核查的证书")
    wang.get_by_label("事由").select_option("wrong")
    wang.get_by_role("button", name="核对影响范围").click()
    shows(wang, "全部可以立案", "影响范围")
    wang.get_by_role("button", name="立案（").click()
    shows(wang, "已立案CZ2026", number)
    wang.goto(f"{site.url}/desk/alerts/{number}")
    shows(wang, "后续案件", "CZ2026")
    expect(wang.get_by_role("link", name="提请撤销证书")).to_have_count(0)

    han.goto(f"{site.url}/desk/alerts?rule={DEAD}")
    han.get_by_role("link", name="YJ2026").first.click()
    shows(han, "去世之后考试", "2026-03-10")
    han.get_by_label("认定理由").fill("登记系同名误登，已与公安核对。")
    han.get_by_role("button", name="认定不属实").click()
    shows(han, "已认定不属实")

    compare(han, site, "全量比对")
    expect(han.locator(".ts-stat", has_text="新预警")).to_contain_text("0")
    han.goto(f"{site.url}/desk/comparison")
    han.get_by_role("link", name="晋级过快").click()
    shows(han, "100.0%", "历次比对", "1件，已认定1件")

    lv = site.log_in("lv", PASSWORD)
    lv.goto(f"{site.url}/desk/alerts/{number}")
    shows(lv, "不归您查看")
    pan = site.log_in("pan", PASSWORD)
    pan.goto(f"{site.url}/desk/alerts")
    pan.get_by_role("link", name=number).click()
    shows(pan, "已认定属实。")


def compare(page: Page, site: Site, kind: str) -> None:
    """Let everything be compared now, and look at what was found."""
    page.goto(f"{site.url}/desk/comparison")
    page.get_by_role("link", name="比对运行").click()
    confirm(page, "现在全量比对", "开始比对")
    expect(page.get_by_role("heading", name=kind)).to_be_visible()
    site.work_off_jobs()
    look_again(page)
    shows(page, "已完成")


def test_a_rule_is_switched_off_by_two_people(city: Cast, site: Site) -> None:
    """一名政策管理员提出停用，另一名复核；次日起不再比对，系统管理员看得到每次运行。"""
    shen = site.log_in("shen", PASSWORD)
    shen.goto(f"{site.url}/desk/comparison?q=晋级过快")
    shen.get_by_role("link", name="晋级过快").click()
    shen.get_by_label("生效日期").fill("2026-06-03")
    shen.get_by_label("理由").fill("间隔规定正在修订。")
    shen.get_by_role("button", name="提出，交另一人复核").click()
    shows(shen, "已提出", "待另一人复核")
    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/comparison/rules/{TOO_FAST}")
    han.get_by_label("复核意见").fill("同意")
    han.get_by_role("button", name="通过").click()
    shows(han, "已通过，自生效日期起执行")
    travel_to(moment(date(2026, 6, 3), 9))
    compare(han, site, "全量比对")
    expect(han.get_by_role("link", name="晋级过快")).to_have_count(0)
    zhu = site.log_in("zhu", PASSWORD)
    zhu.get_by_role("link", name="比对运行").click()
    zhu.get_by_role("link", name="BD2026").first.click()
    shows(zhu, "汇集的数据", "各规则")
