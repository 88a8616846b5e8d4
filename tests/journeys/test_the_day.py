"""旅程: a day of exams on phones: the supervisor opens, candidates sign in, what happens is told, papers change hands, the district looks on."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.exams.test_the_day import desk_of, watching
from tests.journeys.conftest import PHONE, Site
from touchstone.accounts.models import User
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give a plan whose sittings are settled, on its day, at twenty to nine."""
    mark_synthetic(seed=1)
    cast: Cast = set_up()
    travel_to(cast.at)
    stage = Stage(cast).reviewed().with_sittings().arranged()
    travel_to(moment(EXAM_ON, 8, 40))
    return stage


def username_of(stage: Stage, name: str) -> str:
    """Give somebody of the staff a log-in and name it."""
    return User.objects.get(pk=desk_of(stage, name).user_id or 0).username


def sign_by_hand(page: Page) -> None:
    """Draw a line in the box for a signature."""
    place = page.get_by_label("手写签名区")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 90, steps=5)
    page.mouse.up()


@pytest.mark.duty("D5.3", "D7.1")
def test_a_day_on_phones(stage: Stage, site: Site) -> None:
    """督导员到场开考，考生签到，记录违纪，两人交接试卷，区里看今日场次，本场结束。"""
    ticket, number = stage.tickets()[0], stage.sittings()[0].number
    supervisor = site.log_in(username_of(stage, "督导甲"), PASSWORD, viewport=PHONE)
    watcher = site.log_in(username_of(stage, watching(stage)), PASSWORD, viewport=PHONE)

    watcher.goto(f"{site.url}/expert/today")
    watcher.get_by_role("link", name="理论知识考试").click()
    expect(watcher.get_by_text("到场后才能开考（逢考必督）")).to_be_visible()
    expect(watcher.get_by_role("button", name="开考")).to_have_count(0)
    watcher.get_by_role("link", name="试卷交接").click()
    watcher.get_by_label("密封袋数").fill("1")
    watcher.get_by_label("试卷份数").fill("2")
    watcher.get_by_role("button", name="签字交接").click()
    expect(watcher.get_by_text("应到3人，试卷只有2份")).to_be_visible()
    watcher.get_by_label("密封袋数").fill("1")
    watcher.get_by_label("试卷份数").fill("3")
    watcher.get_by_label("另一人").select_option(label="督导甲，当场手写签名")
    sign_by_hand(watcher)
    watcher.get_by_role("button", name="签字交接").click()
    expect(watcher.get_by_alt_text("督导甲的手写签名")).to_be_visible()

    supervisor.goto(f"{site.url}/expert/today")
    supervisor.get_by_role("link", name="理论知识考试").click()
    supervisor.get_by_role("button", name="我已到场，开考").click()
    expect(supervisor.get_by_role("heading", name="进行中")).to_be_visible()

    watcher.get_by_role("link", name="座位").click()
    watcher.get_by_label("核验考生身份的证件").select_option(label="居民身份证")
    watcher.get_by_label("准考证号", exact=True).fill("123")
    watcher.get_by_role("button", name="签到", exact=True).click()
    expect(watcher.get_by_text("没有准考证号为“123”的考生")).to_be_visible()
    watcher.get_by_label("准考证号", exact=True).fill(ticket)
    watcher.get_by_role("button", name="签到", exact=True).click()
    expect(watcher.get_by_text("已签到，")).to_be_visible()

    watcher.get_by_role("link", name="考场情况").click()
    picture = io.BytesIO()
    Image.new("RGB", (120, 90), "#dde").save(picture, "JPEG")
    watcher.get_by_label("类别").select_option(label="考生违纪")
    watcher.get_by_label("涉及的考生").select_option(value=ticket)
    watcher.get_by_label("情况", exact=True).fill("桌面留有写有公式的纸条，已收存。")
    watcher.get_by_label("现场照片").set_input_files({"name": "纸条.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()})
    watcher.get_by_role("button", name="记录", exact=True).click()
    expect(watcher.get_by_alt_text("现场照片1")).to_be_visible()

    planner = site.log_in("sun", PASSWORD)
    planner.goto(f"{site.url}/body/today")
    planner.get_by_role("link", name="理论知识考试").click()
    planner.get_by_role("link", name="试卷交接").click()
    planner.get_by_label("环节").select_option(label="启封")
    planner.get_by_label("密封袋数").fill("1")
    planner.get_by_label("试卷份数").fill("3")
    planner.get_by_role("button", name="签字交接").click()
    expect(planner.get_by_text("还缺另一人签字")).to_be_visible()
    supervisor.get_by_role("link", name="试卷交接").click()
    supervisor.get_by_role("button", name="我已核对，签字").click()
    expect(supervisor.get_by_text("孙景明和督导甲签字")).to_be_visible()

    wang = site.log_in("wang", PASSWORD)
    for watches in (wang, site.log_in("han", PASSWORD)):  # the district that supervises, and the city centre
        watches.goto(f"{site.url}/desk/today")
        row = watches.get_by_role("row", name=number)
        expect(row.get_by_text("进行中")).to_be_visible()
        expect(row.locator("td[data-label=到考]")).to_have_text("1")
        expect(row.locator("td[data-label=应到]")).to_have_text("3")
        expect(row.locator("td[data-label=考场情况]")).to_have_text("1")
        watches.get_by_role("link", name=number).click()
        expect(watches.get_by_role("heading", name="进行中")).to_be_visible()
    expect(wang.get_by_role("heading", name="进行中")).to_be_visible()
    wang.get_by_role("link", name="考场情况").click()
    expect(wang.get_by_text("桌面留有写有公式的纸条")).to_be_visible()
    expect(wang.get_by_role("button", name="记录", exact=True)).to_have_count(0)
    foreign = site.log_in("du", PASSWORD)
    foreign.goto(f"{site.url}/desk/sittings/{number}")
    expect(foreign.get_by_text("不归您查看")).to_be_visible()

    supervisor.get_by_role("link", name="座位").click()
    supervisor.get_by_role("button", name="其余缺考").click()
    supervisor.get_by_role("dialog").get_by_role("button", name="登记缺考").click()
    expect(supervisor.get_by_text("已登记缺考2人")).to_be_visible()
    travel_to(moment(EXAM_ON, 11, 5))
    supervisor.reload()
    supervisor.get_by_role("button", name="本场结束").click()
    supervisor.get_by_role("dialog").get_by_role("button", name="确认结束").click()
    expect(supervisor.get_by_role("heading", name="本场已结束")).to_be_visible()
