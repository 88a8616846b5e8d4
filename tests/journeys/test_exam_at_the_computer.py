"""旅程: theory at the computer: a candidate answers offline, reloads, changes machines and hands in, while the invigilator watches the room."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.clocks import travel_to
from tests.exams.computer import END, HOUR, Room, at_the_computer
from tests.journeys.conftest import PHONE, Site
from touchstone.exams.models import Answer, Script
from touchstone.exams.operations.day import close_sitting
from touchstone.exams.operations.script_answers import Change
from touchstone.exams.operations.script_submit import submit_script
from touchstone.exams.queries.scripts import standing
from touchstone.jobs.schedule import run_what_is_due
from touchstone.simulation.cast import PASSWORD
from touchstone.web import away


@pytest.fixture
def room(transactional_db: None) -> Room:
    """Give the sitting ten minutes before its hour: everybody signed in, the paper opened."""
    return at_the_computer(door_clock=HOUR - timedelta(minutes=10))


def enters(page: Page, room: Room, place: int) -> None:
    """Fill in what stands on ticket, card and blackboard, and look at the card."""
    said = room.claim(place)
    page.get_by_label("准考证号").fill(said["ticket"])
    page.get_by_label("身份证件号码后6位").fill(said["digits"])
    page.get_by_label("考场口令").fill(said["code"].lower())
    page.get_by_role("button", name="下一步，核对信息").click()
    expect(page.get_by_role("heading", name="核对信息")).to_be_visible()


def answer(page: Page, question: int, option: int) -> None:
    """Go to a question by its number on the sheet, and choose an option."""
    page.get_by_role("button", name=f"第{question}题，", exact=False).click()
    page.locator(".ts-exam-option").nth(option).click()


@pytest.mark.duty("D5.5")
def test_a_candidate_writes_through_a_broken_line(room: Room, site: Site) -> None:
    """早到被挡，到点开始；断网照答，重载不丢，连上补送；换机由监考允许；时间到自动交卷；监考页看得到每一步。"""
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{room.stage.plan.number}/arrangement")
    sun.get_by_role("link", name="机考").click()
    expect(sun.get_by_text(room.exam.code)).to_be_visible()
    expect(sun.get_by_text("已签到")).to_have_count(3)

    page = site.visit("/exam/")
    page.get_by_label("准考证号").fill(room.claim(0)["ticket"])
    page.get_by_label("身份证件号码后6位").fill("000000")
    page.get_by_label("考场口令").fill(room.exam.code)
    page.get_by_role("button", name="下一步，核对信息").click()
    expect(page.get_by_text("对不上").first).to_be_visible()
    enters(page, room, 0)
    page.get_by_role("button", name="开始作答").click()
    expect(page.get_by_text("09:00开始，现在08:50")).to_be_visible()
    travel_to(HOUR + timedelta(minutes=1))
    page.get_by_role("button", name="开始作答").click()
    expect(page.get_by_role("heading", name="第1题")).to_be_visible()
    expect(page.locator("[data-left]")).to_contain_text("1:5")
    answer(page, 1, 0)
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    script = Script.objects.get()
    assert len(standing(script)) == 1

    expect(page.locator("html[data-away]")).to_be_attached()
    page.context.set_offline(True)
    answer(page, 2, 1)
    answer(page, 3, 2)
    answer(page, 2, 3)
    expect(page.locator("[data-saved]")).to_contain_text("已存在本机")
    assert Answer.objects.count() == 1
    page.reload()
    expect(page.get_by_role("heading", name="网络中断，作答没有丢失")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-question]")).to_be_visible()
    expect(page.get_by_text("已答3／20")).to_be_visible()
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    kept = standing(script)
    assert len(kept) == 3
    assert Answer.objects.count() == 4
    position, orders = script.layout[1]
    content = room.question(script, 2)[0].content
    assert kept[position] == content.options[orders[0][3]].key

    other = site.visit("/exam/", viewport=PHONE)
    enters(other, room, 0)
    other.get_by_role("button", name="开始作答").click()
    expect(other.get_by_text("您的答卷已在另一台计算机上打开")).to_be_visible()
    sun.reload()
    sun.get_by_role("link", name="换机").click()
    move = sun.locator("#move")
    expect(move.get_by_label("考生")).to_have_value(script.number)
    move.get_by_label("理由").fill("主机死机")
    move.get_by_role("button", name="允许换机").click()
    expect(sun.get_by_text("已允许换机").first).to_be_visible()
    other.get_by_role("button", name="开始作答").click()
    expect(other.get_by_role("heading", name="第1题")).to_be_visible()
    other.get_by_text("答题卡").click()
    expect(other.get_by_text("已答3／20")).to_be_visible()
    answer(page, 4, 0)
    expect(page.get_by_role("dialog")).to_contain_text("换到另一台计算机")
    answer(other, 5, 1)
    expect(other.locator("[data-saved]")).to_contain_text("已保存")
    other.get_by_role("button", name="交卷").click()
    expect(other.get_by_role("dialog")).to_contain_text("还没有作答：第4、6、7")
    other.get_by_role("button", name="确认交卷").click()
    expect(other.get_by_role("heading", name="已交卷")).to_be_visible()
    expect(other.get_by_text("4题，共20题")).to_be_visible()

    second = site.visit("/exam/")
    enters(second, room, 1)
    second.get_by_role("button", name="开始作答").click()
    answer(second, 11, 1)
    expect(second.locator("[data-saved]")).to_contain_text("已保存")
    expect(sun.get_by_text("考生交卷")).to_be_visible(timeout=10_000)
    expect(sun.get_by_text("作答中").first).to_be_visible()
    sun.set_viewport_size({"width": 390, "height": 844})
    travel_to(END - timedelta(seconds=10))  # far enough from the end that a slow machine has the page again before it
    second.reload()
    expect(second.get_by_role("dialog")).to_contain_text("时间到", timeout=30_000)
    expect(second.get_by_role("heading", name="已交卷")).to_be_visible(timeout=20_000)
    third = site.visit("/exam/")
    enters(third, room, 2)
    third.get_by_role("button", name="开始作答").click()
    expect(third.get_by_text("已经结束")).to_be_visible()
    run_what_is_due(END + timedelta(minutes=2))
    assert sorted(Script.objects.values_list("submitted_by", flat=True)) == ["candidate", "candidate"]


@pytest.fixture
def server_away() -> Iterator[Callable[[bool], None]]:
    """Let the server say that its database is away, as it does while somebody else is looking whether it is back."""

    def put(is_away: bool) -> None:
        away._known.away = is_away
        if is_away:
            away._known.looking.acquire()
        else:
            away._known.looking.release()

    yield put
    if away._known.away:
        put(False)


@pytest.mark.duty("D5.5")
def test_a_candidate_writes_on_while_the_server_is_away(room: Room, site: Site, server_away: Callable[[bool], None]) -> None:
    """服务器中断时照常作答，页面说明情况，时间照走；重载看到的是说明页，不是浏览器的错误页；恢复后自动回来、自动补送。"""
    travel_to(HOUR + timedelta(minutes=1))
    page = site.visit("/exam/")
    enters(page, room, 0)
    page.get_by_role("button", name="开始作答").click()
    answer(page, 1, 0)
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    server_away(True)
    answer(page, 2, 1)
    answer(page, 3, 1)
    expect(page.locator("[data-saved]")).to_contain_text("2处作答已存在本机")
    expect(page.locator("[data-warning]")).to_contain_text("与服务器失去联系。可以继续作答", timeout=10_000)
    before = page.locator("[data-left]").text_content()
    expect(page.locator("[data-left]")).not_to_have_text(before or "")
    assert Answer.objects.count() == 1

    page.reload()
    expect(page.get_by_role("heading", name="系统正在恢复")).to_be_visible()
    expect(page.get_by_text("没有送到的存在本机")).to_be_visible()
    server_away(False)
    expect(page.get_by_text("已答3／20")).to_be_visible(timeout=15_000)
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    assert Answer.objects.count() == 3

    server_away(True)
    answer(page, 4, 1)
    page.get_by_role("button", name="交卷").click()
    page.get_by_role("button", name="确认交卷").click()
    expect(page.get_by_role("dialog")).to_contain_text("正在重新交卷")
    server_away(False)
    expect(page.get_by_role("heading", name="已交卷")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("4题，共20题")).to_be_visible()


def gives(page: Page, first: str, second: str) -> None:
    """Give an answer its points, and go on to the next."""
    page.get_by_label("要点一", exact=False).fill(first)
    page.get_by_label("要点二", exact=False).fill(second)
    page.get_by_role("button", name="提交，评下一题").click()


@pytest.mark.duty("D5.5")
def test_what_people_mark_is_marked_blind_by_two_and_a_third(room: Room, site: Site) -> None:
    """结束前看不到答卷；结束后指定三名评卷人，两人盲评，相差大的第三人评定，自动评分；区督导员看得到得分和作答记录。"""
    travel_to(HOUR)
    held = room.begins(0)
    answers = [room.change(held.script, n, place) for n, place in enumerate(room.places(held.script)[:6], 1)]
    words = [Change(50 + n, place, [f"我的作答{n}"], HOUR, 65_000) for n, place in enumerate(room.places(held.script, by_people=True))]
    submit_script(script_id=held.script.pk, holder=1, changes=[*answers, *words], at=HOUR + timedelta(minutes=50))
    plan, sitting = room.stage.plan.number, room.sitting.number
    address = f"{site.url}/body/plans/{plan}/sittings/{sitting}"
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{address}/scripts")
    expect(sun.get_by_text("考试结束以前，谁都不能查看")).to_be_visible()
    evening = END + timedelta(minutes=5)
    travel_to(evening)
    close_sitting(sitting_number=sitting, by=room.stage.cast.sun, at=evening)
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{address}/computer")
    sun.get_by_role("link", name="答卷与评分").click()
    expect(sun.get_by_role("table").get_by_text("待评卷2题")).to_be_visible()
    for label, name in (("一评", "林知夏"), ("二评", "孙景明"), ("三评", "钱书瑶")):
        sun.get_by_label(label).select_option(label=name)
    sun.get_by_role("button", name="指定评卷人").click()
    expect(sun.get_by_text("评卷人已指定")).to_be_visible()
    sun.get_by_role("link", name="去评卷").click()
    expect(sun.get_by_text("我的作答")).to_be_visible()
    expect(sun.get_by_text(held.script.seat.candidate.name)).to_have_count(0)
    gives(sun, "3", "2")
    gives(sun, "3", "1")
    expect(sun.get_by_text("没有待评的作答")).to_be_visible()
    lin = site.log_in("lin", PASSWORD, viewport=PHONE)
    lin.goto(f"{address}/marking")
    gives(lin, "2.5", "2")
    gives(lin, "0", "0")
    expect(lin.get_by_text("没有待评的作答")).to_be_visible()
    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{address}/marking")
    expect(qian.get_by_text("两名评卷人给分相差较大，由您评定")).to_be_visible()
    gives(qian, "2", "1")
    expect(qian.get_by_text("没有待评的作答")).to_be_visible()
    run_what_is_due(evening)
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/plans/{plan}")
    wang.get_by_role("link", name="理论一室").click()
    expect(wang.get_by_role("row", name=held.script.seat.candidate.name)).to_contain_text("已评分")
    wang.get_by_role("link", name="作答记录").click()
    expect(wang.get_by_text("文字5字").first).to_be_visible()
    wang.set_viewport_size({"width": 390, "height": 844})
