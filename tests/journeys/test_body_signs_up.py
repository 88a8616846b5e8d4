"""旅程: a body comes onto the platform by itself, says where and by whom it evaluates, and is not yet filed."""

import pytest
from playwright.sync_api import Page, expect

from tests.bodies.people import id_number
from tests.cast import Cast
from tests.journeys.conftest import Site
from touchstone.simulation.identity import uscc

NAME = "上海新来智能装备有限公司"


def fill(page: Page, **values: str) -> None:
    """Write into fields by their labels."""
    for label, value in values.items():
        page.get_by_label(label, exact=True).fill(value)


@pytest.mark.django_db(transaction=True)
def test_a_body_signs_up_by_itself(cast: Cast, site: Site) -> None:
    """机构自助入驻：信用代码即时校验，写错一处内容不丢，入驻后登记考核点、考场和考评人员；名录说明它尚未备案。"""
    page = site.visit("/")
    page.get_by_role("link", name="评价机构入驻").click()
    fill(page, 机构名称=NAME, 统一社会信用代码=uscc(700)[:-1])
    expect(page.locator("#uscc-part")).to_contain_text("应为18位，现为17位")
    page.get_by_label("统一社会信用代码").fill(uscc(1))
    expect(page.locator("#uscc-part")).to_contain_text("已经入驻")
    page.get_by_label("统一社会信用代码").fill(uscc(700))
    expect(page.locator("#uscc-part")).to_contain_text("校验位正确")
    for label, option in (("机构类别", "企业职业技能等级评价机构"), ("所有制", "民营企业"), ("注册地所在区", "杨浦区"), ("所属行业", "装备制造")):
        page.get_by_label(label).select_option(label=option)
    fill(page, 注册地址="虚构路7号", 法定代表人="何新", 联系人="何新", 联系电话="021-7000", 成立日期="2010-01-01")
    wrong = id_number(970)[:-1] + ("0" if id_number(970)[-1] != "0" else "1")
    fill(page, 经办人姓名="何新来", 居民身份证号码=wrong, 手机号码="13800000000", 登录名="he_xin")
    fill(page, 密码="quiet-lantern-47", 再次输入密码="quiet-lantern-47")
    page.get_by_role("button", name="入驻").click()
    expect(page.get_by_role("alert").first).to_contain_text("证件号码校验位不符")
    expect(page.get_by_label("注册地址")).to_have_value("虚构路7号")
    fill(page, 居民身份证号码=id_number(970), 密码="quiet-lantern-47", 再次输入密码="quiet-lantern-47")
    page.get_by_role("button", name="入驻").click()
    expect(page.get_by_role("heading", name="机构信息", level=1)).to_be_visible()

    menu = page.get_by_role("navigation", name="主菜单")
    menu.get_by_role("link", name="考核点", exact=True).click()
    page.get_by_role("link", name="新增考核点").first.click()
    fill(page, 考核点名称="总部实训中心", 详细地址="虚构路7号2楼")
    page.get_by_label("所在区").select_option(label="杨浦区")
    page.get_by_role("button", name="登记", exact=True).click()
    fill(page, 考场名称="101机房", 座位或工位数="40")
    page.get_by_role("button", name="登记考场").click()
    expect(page.get_by_role("cell", name="101机房")).to_be_visible()

    menu.get_by_role("link", name="人员队伍").click()
    page.get_by_role("link", name="添加人员").first.click()
    fill(page, 姓名="毛一新", 居民身份证号码=id_number(971), 资格证书编号="KP77")
    page.get_by_label("职责").select_option(label="考评人员")
    page.get_by_label("考评职业").press_sequentially("chegong")
    expect(page.locator("#occupation-options option").first).to_have_attribute("value", "6-18-01-01 车工")
    page.get_by_label("考评职业").fill("6-18-01-01 车工")
    page.get_by_label("可考评最高等级").select_option(label="三级/高级工")
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.get_by_role("row", name="毛一新")).to_contain_text("三级/高级工")
    page.get_by_label("选择第1行").check()
    page.get_by_role("button", name="结束职责").click()
    page.get_by_label("原因").fill("登记有误")
    page.get_by_role("button", name="确认结束").click()
    expect(page.get_by_role("row", name="毛一新")).to_contain_text("自今天起结束")

    visitor = site.visit("/register")
    visitor.get_by_label("机构名称或信用代码").fill(NAME)
    visitor.get_by_role("button", name="查询").click()
    expect(visitor.locator(".ts-register")).to_contain_text("没有有效备案")
    visitor.get_by_role("link", name=NAME).click()
    expect(visitor.locator("main")).to_contain_text("从未备案")
