"""旅程: the operators look after offices, people and parameters; anyone reads the rules."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import Site
from touchstone.simulation.cast import HOME, PASSWORD
from touchstone.simulation.identity import id_number
from touchstone.web import clock

TERM = "备案有效期"


def follow(page: Page, name: str) -> None:
    """Use the main menu."""
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name=name, exact=True).click()


@pytest.mark.duty("A1.1")
def test_security_gives_a_new_colleague_a_role(cast: Cast, site: Site) -> None:
    """安全管理员为新同事开通账号并授予岗位，新同事登录后看到自己的工作台。"""
    page = site.log_in_by_form("qin", PASSWORD)
    follow(page, "机构")
    page.get_by_text("查询条件").first.click() if page.get_by_text("查询条件").count() else None
    page.goto(f"{site.url}/ops/offices?district={HOME}&kind=district_bureau")
    page.get_by_role("link", name="浦东新区人力资源和社会保障局").click()
    expect(page.get_by_role("cell", name="周明澜")).to_be_visible()
    follow(page, "人员与岗位")
    page.get_by_role("link", name="新增人员").click()
    page.get_by_label("姓名").fill("高远")
    page.get_by_label("居民身份证号码").fill(id_number(4, birthday=date(1991, 1, 2), male=True))
    page.get_by_label("登录名").fill("gaoyuan")
    page.get_by_role("button", name="开通账号").click()
    told = page.get_by_text("初始密码").first.inner_text()
    password = told.split("初始密码")[1].split()[0]
    page.get_by_label("机构编号").fill(f"RS-{HOME}")
    page.get_by_label("岗位").select_option("intake_clerk")
    page.get_by_label("自", exact=True).fill("2026-01-01")
    page.get_by_role("button", name="授予").click()
    expect(page.get_by_role("cell", name="受理经办人")).to_be_visible()
    page.get_by_role("button", name="收回").first.click()
    page.get_by_role("button", name="取消").first.click()
    colleague = site.log_in_by_form("gaoyuan", password)
    expect(colleague.get_by_role("heading", name="我的工作台")).to_be_visible()


@pytest.mark.duty("G2.1", "G2.2")
def test_two_policy_officers_change_a_default(cast: Cast, site: Site) -> None:
    """一人提出新值，本人不能复核，另一人复核，公众看到。"""
    shen = site.log_in_by_form("shen", PASSWORD)
    shen.goto(f"{site.url}/ops/parameters?q={TERM}")
    shen.get_by_role("link", name=TERM).first.click()
    expect(shen.get_by_text("本平台默认值").first).to_be_visible()
    since = clock.today() + timedelta(days=2)
    shen.get_by_label("新值").fill("4")
    shen.get_by_label("生效日期").fill(since.isoformat())
    shen.get_by_label("修改理由").fill("市实施细则规定为四年")
    shen.get_by_role("button", name="提出").click()
    expect(shen.get_by_text("待另一人复核")).to_be_visible()
    han = site.log_in_by_form("han", PASSWORD)
    han.goto(f"{site.url}/ops/parameters")
    han.get_by_role("link", name="去复核").click()
    han.get_by_placeholder("复核意见").fill("与细则一致")
    han.get_by_role("button", name="通过").click()
    expect(han.get_by_text("已通过").first).to_be_visible()
    anyone = site.visit(f"/law?part=parameters&on={since.isoformat()}")
    row = anyone.get_by_role("row").filter(has_text=TERM).first
    expect(row).to_contain_text("4")
    expect(row).not_to_contain_text("本平台默认值")
    expect(site.visit("/law?part=parameters").get_by_role("row").filter(has_text=TERM).first).to_contain_text("本平台默认值")


@pytest.mark.duty("G1.1", "G1.2", "G1.4")
def test_anyone_reads_the_rules_of_a_day(cast: Cast, site: Site) -> None:
    """任何人都能查某一天的规则、数值和依据。"""
    page = site.visit("/")
    page.get_by_role("link", name="规则", exact=True).first.click()
    expect(page.get_by_role("heading", name="规则公开")).to_be_visible()
    notice = page.get_by_role("row").filter(has_text="关于加强职业技能等级认定规范管理有关事项的通知").first
    expect(notice).to_contain_text("2024年5月1日")
    expect(notice).to_contain_text("有效")
    page.get_by_label("查看某一天的规则").fill("2024-04-30")
    page.get_by_role("button", name="查看这一天").click()
    before = page.get_by_role("row").filter(has_text="关于加强职业技能等级认定规范管理有关事项的通知").first
    expect(before).to_contain_text("尚未施行")
    page.get_by_role("link", name="规则", exact=True).last.click()
    expect(page.get_by_role("row").filter(has_text="持四级证书").first).to_be_visible()


def test_a_wrong_password_is_told_plainly(cast: Cast, site: Site) -> None:
    """密码不对时说明，登录名还在。"""
    page = site.visit("/login")
    page.get_by_label("登录名").fill("lin")
    page.get_by_label("密码").fill("不是这个密码")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("登录名")).to_have_value("lin")


def test_totp_guards_the_log_in(cast: Cast, site: Site) -> None:
    """开启动态口令后，没有口令不能登录。"""
    page = site.log_in_by_form("you", PASSWORD)
    page.goto(f"{site.url}/account/2fa/")
    page.get_by_role("link", name="开启动态口令").click()
    page.get_by_label("密码").or_(page.locator("code")).first.wait_for()  # the password is asked for again unless it was given just now
    if page.get_by_label("密码").count():
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="继续").click()
    secret = page.locator("code").first.inner_text()
    page.get_by_label("口令").fill(_code(secret, 0))
    page.get_by_role("button", name="开启").click()
    expect(page.get_by_text("恢复码").first).to_be_visible()
    again = site.log_in_by_form("you", PASSWORD)
    expect(again.get_by_role("heading", name="动态口令")).to_be_visible()
    again.get_by_label("口令").fill("000000")
    again.get_by_role("button", name="继续").click()
    expect(again.get_by_role("alert")).to_be_visible()
    again.goto(f"{site.url}/ops/")
    expect(again.get_by_role("heading", name="动态口令")).to_be_visible()


def _code(secret: str, ahead: int) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    counter = next(iter(yield_hotp_counters_from_time())) + ahead
    return str(format_hotp_value(hotp_value(secret, counter)))
