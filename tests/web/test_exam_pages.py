"""机考页面: who gets to a seat, what a browser is told for each thing it sends, and that no right answer ever leaves the server."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.clocks import travel_to
from tests.exams.computer import END, HOUR, Room, at_the_computer
from tests.exams.test_pages import enter
from touchstone.accounts.actor import PLATFORM
from touchstone.exams.models import Answer, Script
from touchstone.exams.operations.script_submit import submit_ended
from touchstone.exams.operations.script_watch import allow_move, give_more_time
from touchstone.measurement.interchange.rich import plain
from touchstone.questions.operations.delivering import delivered_form
from touchstone.web import clock

SAVE, SUBMIT = "/exam/answers", "/exam/submit"


@pytest.fixture
def room(db: None) -> Room:
    """Give the sitting a minute after its hour."""
    return at_the_computer(door_clock=HOUR + timedelta(minutes=1))


def sits(room: Room, place: int = 0, client: Client | None = None) -> Client:
    """Give a browser (a new one, where none is given) at a seat in which the script was begun through the pages."""
    client = client or Client()
    card = client.post("/exam/", room.claim(place)).content.decode()
    found = card.split('name="claim" value="')[1].split('"')[0]
    begun = client.post("/exam/", {"claim": found})
    assert begun.status_code == 302, begun.content.decode()
    return client


def send(client: Client, *changes: dict[str, Any], to: str = SAVE) -> Any:
    """Send changes as the browser does."""
    return client.post(to, json.dumps({"changes": list(changes)}), content_type="application/json")


def change(sequence: int, place: int, value: Any, at: datetime | None = None) -> dict[str, Any]:
    """Give one change on the wire."""
    return {"s": sequence, "p": place, "v": value, "at": (at or HOUR).timestamp() * 1000, "ms": 900}


def test_a_script_is_opened_saved_reloaded_and_handed_in(room: Room) -> None:
    """进入、作答、重载还在、交卷；每一步都由服务器说剩余时间。"""
    client = sits(room)
    script = Script.objects.get()
    saved = send(client, change(1, 1, [2]), change(2, 11, [0])).json()
    assert (saved["kept"], saved["refused"]) == ([1, 2], [])
    assert saved["ends"] == END.timestamp() * 1000
    page = client.get("/exam/script").content.decode()
    data = json.loads(page.split('<script id="paper" type="application/json">')[1].split("</script>")[0])
    assert data["answers"] == {"1": [2], "11": [0]}
    assert (data["sequence"], data["number"], len(data["questions"])) == (2, script.number, 20)
    assert send(client, change(3, 2, [1]), to=SUBMIT).json()["kept"] == [3]
    assert send(client, change(4, 3, [1])).json()["state"] == "handed_in"
    assert "3题，共20题" in client.get("/exam/done").content.decode()
    assert client.get("/exam/script").status_code == 302


def test_the_browser_that_holds_the_script_goes_on_when_the_button_is_pressed_again(room: Room) -> None:
    """“开始作答”的应答之后页面没有打开，同一浏览器再点一次就继续作答，不必监考人员允许换机；别的浏览器仍要允许。"""
    client = sits(room)
    assert sits(room, client=client).get("/exam/script").status_code == 200
    script = Script.objects.get()
    assert (script.holder, script.move_asked_at) == (1, None)
    assert send(client, change(1, 1, [2])).json()["kept"] == [1]
    card = Client().post("/exam/", room.claim(0)).content.decode()
    assert "已在另一台计算机上打开" in Client().post("/exam/", {"claim": card.split('name="claim" value="')[1].split('"')[0]}).content.decode()


def test_no_right_answer_ever_reaches_the_browser(room: Room) -> None:
    """逐个读全部应答：没有选项键、答案、反馈、评分要点；对错不同的作答，应答一模一样。"""
    client, told = sits(room), []
    script = Script.objects.get()
    for place in room.places(script):
        for right in (False, True):
            sent = room.change(script, place * 2 + right, place, right=right)
            told.append(send(client, change(sent.sequence, place, sent.value)))
    assert {json.dumps({**one.json(), "kept": [], "now": 0, "saved_at": ""}, sort_keys=True) for one in told} == {
        json.dumps({"kept": [], "refused": [], "now": 0, "ends": END.timestamp() * 1000, "saved_at": ""}, sort_keys=True)
    }
    pages = [client.get("/exam/script"), client.get("/exam/"), *told, send(client, to=SUBMIT), client.get("/exam/done")]
    form = delivered_form(script.exam.paper_id, script.letter, HOUR)
    for response in pages:
        body = response.content.decode()
        for word in ('"key"', '"weights"', "criteria", "feedback", '"rules"', '"method"', "correct"):
            assert word not in body, word
        assert "true" not in [str(one) for one in _values(body)]
    data = json.loads(pages[0].content.decode().split('<script id="paper" type="application/json">')[1].split("</script>")[0])
    for (position, orders), question in zip(script.layout, data["questions"], strict=True):
        content = form.placed[position].content
        assert set(question) == {"kind", "points", "stem", "materials", "parts"}
        assert len(question["parts"][0]["options"]) == len(content.options)
        assert [plain(content.options[place].content) for place in orders[0]] == question["parts"][0]["options"]


def _values(body: str) -> list[Any]:
    """Every text a JSON answer holds."""
    try:
        found = json.loads(body)
    except ValueError:
        return []
    return [value for value in found.values() if isinstance(value, str)]


def test_a_browser_that_holds_no_script_gets_nothing(room: Room) -> None:
    """没有进入的浏览器、伪造凭据的、被换下的：看不到题，存不了作答。"""
    stranger = Client()
    assert send(stranger, change(1, 1, [0])).status_code == 403
    for address in ("/exam/script", "/exam/done"):
        assert stranger.get(address).headers["Location"] == "/exam/"
    assert stranger.get("/exam/media/1/0").status_code == 404
    client = sits(room)
    forged = Client()
    forged.cookies["ts_seat"] = f"{Script.objects.get().pk}-1:AAAA:BBBB"
    assert send(forged, change(1, 1, [0])).status_code == 403
    again = Client()
    card = again.post("/exam/", room.claim()).content.decode()
    claim = card.split('name="claim" value="')[1].split('"')[0]
    assert "已在另一台计算机上打开" in again.post("/exam/", {"claim": claim}).content.decode()
    allow_move(script_number=Script.objects.get().number, reason="死机", by=room.stage.cast.sun, at=HOUR)
    assert again.post("/exam/", {"claim": claim}).status_code == 302
    assert send(client, change(1, 1, [0])).json()["state"] == "elsewhere"
    assert client.get("/exam/script").status_code == 403
    assert send(again, change(1, 1, [0])).json()["kept"] == [1]
    assert Answer.objects.count() == 1


def test_a_machine_is_known_again_by_a_random_mark_of_its_browser(room: Room) -> None:
    """核对页写明存一个随机标识；同一浏览器开的两份答卷标识相同，另一台的不同，伪造的不认，只在机考页发送，当日有效。"""
    assert "随机标识" in Client().post("/exam/", room.claim()).content.decode()
    one = sits(room, 0)
    kept = one.cookies["ts_machine"]
    assert (kept["path"], bool(kept["httponly"]), kept["max-age"]) == ("/exam", True, 12 * 3600)
    sits(room, 1, one)
    forged = Client()
    forged.cookies["ts_machine"] = "0" * 32
    sits(room, 2, forged)
    first, second, third = Script.objects.order_by("number").values_list("devices", flat=True)
    assert first == second
    assert len(first[0]) == 32
    assert third not in (first, ["0" * 32])


def test_what_cannot_be_read_is_refused_and_the_claim_must_be_ours(room: Room) -> None:
    """读不懂的请求：400 和一句话；伪造的进入凭据：重新填写。"""
    client = sits(room)
    for body in ("", "[]", "{}", '{"changes": 3}', '{"changes": [{"s": "1"}]}', '{"changes": [{"s": true, "p": 1, "v": [0]}]}', "[" * 5000):
        assert client.post(SAVE, body, content_type="application/json").status_code == 400, body[:30]
    many = [change(n, 1, [0]) for n in range(1, 402)]
    assert "一次最多保存400处" in send(client, *many).json()["sentence"]
    strange = send(client, {**change(1, 1, [0]), "at": 1e300}, {**change(2, 2, [0]), "at": "昨天"}).json()
    assert strange["kept"] == [2] or strange["kept"] == [1, 2]
    assert Client().post("/exam/", {"claim": "1:2:3"}).headers["Location"] == "/exam/"
    assert client.get(SAVE).status_code == 405


def test_a_save_asks_the_database_little(room: Room, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """一次保存的查询数有上限：三百人每十五秒一次。"""
    client = sits(room)
    send(client, change(1, 1, [0]))
    with django_assert_max_num_queries(10):
        send(client, change(2, 2, [0]), change(3, 3, [1]))
    with django_assert_max_num_queries(8):
        send(client)


def test_more_time_lets_a_handed_in_script_go_on(room: Room) -> None:
    """到时自动交卷后延长：从“已交卷”页继续，存在本机的作答还能送到。"""
    client = sits(room)
    script = Script.objects.get()
    travel_to(END + timedelta(minutes=2))
    assert submit_ended(by=PLATFORM, at=clock.now()) == 1
    assert "继续作答" in client.get("/exam/done").content.decode()
    assert send(client, change(1, 1, [0], END)).json()["state"] == "handed_in"
    sun = room.stage.cast.sun
    give_more_time(sitting_number=room.sitting.number, scripts=[script.number], minutes=10, reason="停电", by=sun, at=clock.now())
    assert client.get("/exam/done").headers["Location"] == "/exam/script"
    assert send(client, change(1, 1, [0], END)).json()["kept"] == [1]


@pytest.mark.parametrize(("who", "code"), [("sun", 200), ("qian", 200), ("shi", 403), ("wang", 403), ("zhu", 403)])
def test_the_room_is_watched_by_its_own_body_only(room: Room, who: str, code: int) -> None:
    """监考页只有本机构打得开；其中没有作答内容。"""
    sits(room)
    for name in ("computer_exam", "computer_exam_progress"):
        response = enter(who).get(reverse(f"body:{name}", args=[room.stage.plan.number, room.sitting.number]))
        assert response.status_code == code
        if code == 200:
            assert "作答中" in response.content.decode()


def test_a_logged_out_visitor_is_sent_to_log_in(room: Room) -> None:
    """未登录：去登录页。"""
    address = reverse("body:computer_exam", args=[room.stage.plan.number, room.sitting.number])
    assert Client().get(address).headers["Location"].startswith("/login")


def test_the_room_costs_the_same_for_many_seats(room: Room, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """监考页的查询数与人数无关。"""
    client = enter("sun")
    sits(room, 0)
    sits(room, 1)
    address = reverse("body:computer_exam_progress", args=[room.stage.plan.number, room.sitting.number])
    client.get(address)
    with django_assert_max_num_queries(14):
        client.get(address)
