"""页面行为: in a real browser under the strict policy, does typing survive, do dialogs and batches work, does axe agree?"""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.web import look_pages
from touchstone.accounts.models import Office

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.web.look_pages")]
AXE = settings.WEB.parents[1] / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical", "moderate"}


@pytest.fixture
def blocked(page: Page):
    """Everything the content policy blocked and every script error; must stay empty."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    yield told
    assert told == []


@pytest.fixture
def saved():
    look_pages.saved.clear()
    look_pages.refusing.clear()
    yield look_pages.saved
    look_pages.refusing.clear()


def test_typing_is_saved_by_itself(page: Page, live_server, saved, blocked):
    """填写的内容自动保存，并写明时间。"""
    page.goto(f"{live_server.url}/sample/form")
    page.get_by_label("单位名称").press_sequentially("上海宏达·机电")
    expect(page.locator("[data-saved]")).to_have_text("已保存 14:03")
    assert saved[-1]["name"] == "上海宏达·机电"
    assert saved[-1]["request_key"]
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_could_not_be_saved_comes_back(page: Page, live_server, saved, blocked):
    """未能保存时说明原因，重新打开后内容还在，能保存时自动补存。"""
    look_pages.refusing.append("该申请已提交。")
    page.goto(f"{live_server.url}/sample/form")
    page.get_by_label("单位名称").fill("上海宏达")
    page.get_by_label("五级").check()
    expect(page.locator("[data-saved]")).to_contain_text("未能保存：该申请已提交。")
    assert saved == []
    look_pages.refusing.clear()
    page.reload()
    expect(page.get_by_label("单位名称")).to_have_value("上海宏达")
    expect(page.get_by_label("五级")).to_be_checked()
    expect(page.locator("[data-saved]")).to_have_text("已保存 14:03")
    assert saved[-1]["name"] == "上海宏达"


def test_network_gone_loses_nothing(page: Page, live_server, saved):
    """断网时内容留在本机。"""
    page.goto(f"{live_server.url}/sample/form")
    page.route("**/sample/save", lambda route: route.abort())
    page.get_by_label("单位名称").fill("断网时填的")
    expect(page.locator("[data-saved]")).to_contain_text("未能保存：网络不通")
    page.unroute("**/sample/save")
    page.reload()
    expect(page.get_by_label("单位名称")).to_have_value("断网时填的")


def test_wrong_form_leads_to_its_errors(page: Page, live_server, saved, blocked):
    """提交有错时焦点落在错误汇总，点一条到那个格子。"""
    page.goto(f"{live_server.url}/sample/form")
    page.get_by_role("button", name="提交").click()
    summary = page.locator(".ts-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="单位名称").click()
    assert page.url.endswith("#id_name")


def test_batch_bar_counts_what_is_chosen(page: Page, live_server, blocked):
    """勾选几行，批量栏写几行。"""
    for number in range(3):
        Office.objects.create(number=f"T{number}", kind="operator", name=f"第{number}处", short_name="处", since="2026-01-01")
    page.goto(f"{live_server.url}/sample/offices")
    bar = page.locator("[data-batch-bar]")
    expect(bar).to_be_hidden()
    page.get_by_label("选择第1行").check()
    page.get_by_label("选择第3行").check()
    expect(bar).to_contain_text("已选2家")
    page.get_by_label("选择本页全部").check()
    expect(bar).to_contain_text("已选3家")
    with page.expect_response(lambda response: response.request.method == "POST") as answered:
        page.get_by_role("button", name="批量打印").click()
    assert len(answered.value.json()["names"]) == 3


def test_irreversible_act_opens_a_dialog(page: Page, live_server, blocked):
    """不能撤回的事先弹出确认，Esc 可以放弃。"""
    page.goto(f"{live_server.url}/sample")
    page.get_by_role("button", name="终止备案").click()
    dialog = page.get_by_role("dialog", name="终止备案？")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="终止备案").click()
    dialog.get_by_role("button", name="取消").click()
    expect(dialog).to_be_hidden()


def test_keyboard_reaches_the_matter_first(page: Page, live_server, blocked):
    """键盘第一下就能跳到正文。"""
    page.goto(f"{live_server.url}/sample")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_large_type_and_dark_colours_are_remembered(page: Page, live_server, blocked):
    """长者版和深色显示换页后仍在。"""
    page.goto(f"{live_server.url}/sample")
    page.locator("summary[aria-label='显示设置']").click()
    page.get_by_role("button", name="长者版").click()
    page.get_by_role("button", name="深色显示").click()
    page.goto(f"{live_server.url}/sample/form")
    expect(page.locator("html")).to_have_class(re.compile("ts-large"))
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


@pytest.mark.parametrize("colours", [pytest.param("", id="浅色"), pytest.param("dark", id="深色")])
@pytest.mark.parametrize("width", [pytest.param(1366, id="办公屏"), pytest.param(390, id="手机")])
@pytest.mark.parametrize("address", ["/sample", "/sample/form", "/sample/offices", "/sample/public"], ids=["案卷", "表单", "列表", "公众"])
def test_axe_finds_nothing(page: Page, live_server, blocked, address, width, colours):
    """无障碍检查没有问题，也没有横向滚动。"""
    Office.objects.create(number="T1", kind="operator", name="第一处", short_name="处", since="2026-01-01")
    page.set_viewport_size({"width": width, "height": 800})
    if colours:
        page.context.add_cookies([{"name": "ts_theme", "value": colours, "url": live_server.url}])
    page.goto(live_server.url + address)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found if each["impact"] in GRAVE] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_print_shows_what_is_folded_and_no_buttons(page: Page, live_server, blocked):
    """打印时收起的内容展开，按钮和导航不印。"""
    page.goto(f"{live_server.url}/sample")
    folded = page.locator("details.ts-chart-table")
    expect(folded.get_by_text("表", exact=True)).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(folded.get_by_text("表", exact=True)).to_be_visible()
    for left_out in (page.locator("#ts-nav"), page.locator(".ts-top"), page.get_by_role("button", name="终止备案")):
        expect(left_out).to_be_hidden()


def test_public_page_is_light(page: Page, live_server, blocked):
    """公众页连同样式、脚本、图标不超过150 KB，手机上也快。"""
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    page.goto(f"{live_server.url}/sample/public", wait_until="networkidle")
    assert len(sizes) > 4
    assert sum(sizes.values()) <= 150_000, sizes


def test_what_was_typed_before_the_script_ran_is_saved_too(page: Page, live_server, blocked, saved):
    """脚本还没有装入时已经输入的内容，也会保存。"""
    held = []
    page.route("**/autosave.js", lambda route: held.append(route))
    page.goto(f"{live_server.url}/sample/form", wait_until="commit")
    field = page.locator("form[data-autosave] input[type=text]").first
    field.fill("早早输入的名称")
    page.wait_for_timeout(100)
    for route in held:
        route.continue_()
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
