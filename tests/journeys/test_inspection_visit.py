"""旅程: a drawn visit is answered on phones without a line, signed by both inspectors and the body, corrected, checked off, and told the public."""

import base64
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import set_up
from tests.clocks import travel_to
from tests.inspections.stage import Stage
from tests.inspections.test_corrections import body_leader
from tests.journeys.conftest import PHONE, Site, confirm, shows
from touchstone.inspections.models import Answer, Visit, VisitFinding
from touchstone.inspections.queries import visiting
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD

PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
SCOPE, VIDEO = "评价的职业（工种）、等级在备案范围之内", "考试录像完整，可以按时间调取"


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give a district with four filed bodies, of which some are drawn."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    return Stage(cast, bodies=4).drawn()


def question(page: Page, words: str):
    """Give the part of the page that asks one question."""
    return page.locator(f"[data-check][data-label='{words}']")


def answer_all(page: Page, but: dict[str, str]) -> None:
    """Answer every question with yes, but some with no and these words."""
    for box in page.locator("[data-check]").all():
        words = but.get(box.get_attribute("data-label") or "")
        box.get_by_label("不符合" if words else "符合", exact=True).check()
        if words:
            box.get_by_label("情况说明").fill(words)


def on_the_phone(site: Site, username: str, number: str) -> Page:
    """Open the record on a phone, and wait until the phone has kept it for when there is no line."""
    where = {"latitude": 31.2, "longitude": 121.5, "accuracy": 9}
    page = site.log_in(username, PASSWORD, viewport=PHONE, geolocation=where, permissions=["geolocation"])
    page.goto(f"{site.url}/desk/inspections/visits/{number}/sheet")
    expect(page.locator("[data-inspection-page][data-kept=yes]")).to_be_attached()
    return page


@pytest.mark.duty("E2.1", "E2.2", "E3.2", "F2.1")
def test_a_visit_from_the_phone_to_the_public(stage: Stage, site: Site) -> None:
    """断网逐项填写、拍照、重新打开，有网自动同步一次；另一人的结论不同，两份对照由人选定；三方签字、封存；机构改正，两人复查销号；公众看到已改正。"""
    task = stage.first_task()
    leader = body_leader(stage, task)
    assert leader.user_id
    names = [sent.person.user.username for sent in task.inspectors.order_by("place")]
    travel_to(task.opens_at)
    first = site.log_in(names[0], PASSWORD, viewport=PHONE)
    first.goto(f"{site.url}/desk/inspections/visits")
    first.get_by_role("link", name=f"{task.visit_on:%Y年%-m月%-d日} 浦东新区").click()
    first.get_by_role("button", name="开始检查").click()
    shows(first, "还有5项没有结论")
    first.context.close()
    first, second = (on_the_phone(site, name, task.number) for name in names)

    first.get_by_role("button", name="取定位").click()
    shows(first, "没有该机构已知的地点")
    expect(first.locator("[data-inspection-page][data-kept=yes]")).to_be_attached()
    first.context.set_offline(True)
    answer_all(first, {VIDEO: "3月2日录像缺一小时。"})
    question(first, VIDEO).locator("input[type=file]").set_input_files({"name": "录像.png", "mimeType": "image/png", "buffer": PICTURE})
    expect(question(first, VIDEO).locator("img")).to_have_count(1)
    first.reload()
    expect(question(first, VIDEO).get_by_label("情况说明")).to_have_value("3月2日录像缺一小时。")
    expect(question(first, VIDEO).locator("img")).to_have_count(1)
    first.get_by_role("button", name="保存结论").click()
    expect(question(first, VIDEO).get_by_text("已存本机，未同步")).to_be_visible()
    first.reload()
    shows(first, "离线，可以照常填写")
    expect(question(first, VIDEO).get_by_text("已存本机，未同步")).to_be_visible()
    assert not Answer.objects.exists()
    first.context.set_offline(False)
    shows(first, "5项都有结论", "在线 · 全部已同步")
    assert Answer.objects.count() == 5

    question(second, SCOPE).get_by_label("不符合", exact=True).check()
    question(second, SCOPE).get_by_label("情况说明").fill("公告中有备案范围以外的等级。")
    second.get_by_role("button", name="保存结论").click()
    expect(second.get_by_text("有冲突")).to_be_visible()
    row = second.get_by_role("row").filter(has_text="结论")
    expect(row).to_contain_text("符合")
    second.get_by_role("button", name="以本机的为准").click()
    expect(question(second, SCOPE).get_by_text("的结论不一致，核对后更改")).to_be_visible()
    stands = visiting.answers_of(Visit.objects.get())["filing.scope"]
    assert (stands.answer, stands.revision) == ("no", 2)

    second.get_by_role("link", name="核对和签字").last.click()
    shows(second, "原为“符合”", "3月2日录像缺一小时。")
    expect(second.get_by_alt_text(f"{VIDEO}的照片")).to_be_visible()
    second.get_by_role("button", name="我已核对，签字").click()
    first.goto(second.url)
    first.get_by_role("button", name="我已核对，签字").click()
    first.get_by_label("姓名").fill("陆负责")
    first.get_by_label("职务").fill("机构负责人")
    draw_a_name(first)
    first.get_by_role("button", name="机构签字").click()
    shows(first, "陆负责（机构负责人）")
    confirm(first, "封存检查记录", "封存")
    shows(first, "检查记录已封存", "发现问题，待后续处理", "检查记录的SHA-256")

    first.get_by_role("button", name="要求立行立改").first.wait_for()
    for problem in VisitFinding.objects.order_by("pk"):
        box = first.locator(f"#problem-{problem.pk}")
        box.get_by_label("改正要求").fill("改正并说明原因。")
        box.get_by_role("button", name="要求立行立改").click()
        expect(first.locator(f"#problem-{problem.pk}").get_by_text("立行立改，待机构改正")).to_be_visible()

    travel_to(task.opens_at + timedelta(days=1))
    body = site.log_in("leader", PASSWORD)
    body.get_by_role("link", name="监督检查").click()
    body.get_by_role("link", name=task.number).click()
    shows(body, "公告中有备案范围以外的等级。", "改正期限")
    for problem in VisitFinding.objects.order_by("pk"):
        box = body.locator(f"#problem-{problem.pk}")
        box.get_by_label("改正情况").fill("已更正公告，说明见附件。")
        box.locator("input[type=file]").set_input_files({"name": "说明.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 x"})
        box.get_by_role("button", name="报告改正情况").click()
        expect(body.locator(f"#problem-{problem.pk}").get_by_role("link", name="说明.pdf")).to_be_visible()

    for problem in VisitFinding.objects.order_by("pk"):
        second.goto(f"{site.url}/desk/inspections/visits/{task.number}")
        second.locator(f"#problem-{problem.pk}").get_by_label("复查意见").fill("公告已更正。")
        second.locator(f"#problem-{problem.pk}").get_by_role("button", name="复查合格").click()
        shows(second, "等待另一名督导员复查销号")
        first.goto(second.url)
        first.locator(f"#problem-{problem.pk}").get_by_role("button", name="第二人复查合格，销号").click()
        expect(first.locator(f"#problem-{problem.pk}").get_by_text("已改正销号")).to_be_visible()
    stranger = site.visit("/inspections/results")
    shows(stranger, task.body.name, "发现问题，已改正", "1项不符合")
    expect(stranger.get_by_text("录像缺一小时")).to_have_count(0)


def draw_a_name(page: Page) -> None:
    """Draw something on the canvas as a finger would."""
    canvas = page.locator("[data-signature] canvas")
    canvas.scroll_into_view_if_needed()
    frame = canvas.bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + 40, frame["y"] + 40)
    page.mouse.down()
    for n in range(1, 6):
        page.mouse.move(frame["x"] + 40 + 30 * n, frame["y"] + (80 if n % 2 else 30))
    page.mouse.up()


def test_a_daily_check_is_begun_on_the_desk(stage: Stage, site: Site) -> None:
    """日常检查：从检查清单发起，别区的机构不能检查；本区的开始以后和抽查同一张记录，清单里看得到。"""
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/inspections/checks")
    wang.get_by_role("link", name="发起日常检查").click()
    wang.get_by_label("机构编号").fill(stage.cast.body_b.number)
    wang.get_by_label("质量管理体系").check()
    wang.get_by_label("同去的检查人员").select_option(index=1)
    wang.get_by_role("button", name="开始检查").click()
    shows(wang, "监管职责")
    wang.get_by_label("机构编号").fill(stage.first_task().body.number)
    wang.get_by_role("button", name="开始检查").click()
    shows(wang, "共3项，还有3项没有结论")
    wang.goto(f"{site.url}/desk/inspections/checks")
    expect(wang.get_by_role("row").filter(has_text="日常督导")).to_contain_text("正在检查")
