"""摄像头接口测试: what do cameras that are slow, doubled, strangers, or gone get to hear, and does the simulated feed come through real HTTP?"""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.clocks import travel_to
from tests.inspections.test_watching import NINE, camera, opened_at_nine, picture
from touchstone.inspections.models import Camera, CameraGap, CameraStill
from touchstone.inspections.operations.feeding import note_silent_cameras
from touchstone.inspections.queries import cameras as queries
from touchstone.simulation import camera_feed
from touchstone.simulation.camera_feed import Feed

MINUTE = timedelta(minutes=1)


@pytest.fixture
def one(cast: Cast) -> Camera:
    """Give a camera of a room in which the theory is under way at nine."""
    made = camera(opened_at_nine(cast))
    travel_to(NINE)
    return made


def send(path: str, content: Any, secret: str = "tsc_one", media: str = "application/json", query: str = "") -> Any:
    """Send as a camera does."""
    client = Client(headers={"host": "127.0.0.1", "Authorization": f"Bearer {secret}"})
    body = content if isinstance(content, bytes) else json.dumps(content)
    return client.post(f"/api/v1/cameras/{path}{query}", body, content_type=media)


def test_a_heartbeat_and_a_doubled_one(one: Camera) -> None:
    """第一次收下，同一序号再来只说收过；回答带平台时间。"""
    first, second = send("beats", {"sequence": 1}), send("beats", {"sequence": 1})
    assert (first.status_code, first.json()["repeated"], first.json()["camera"]) == (200, False, one.number)
    assert (second.status_code, second.json()["repeated"]) == (200, True)
    one.refresh_from_db()
    assert one.beats == 1 and first.json()["now"].startswith("2026-03-20T09:00")


def test_a_slow_one_is_taken_and_does_not_say_it_is_alive(one: Camera) -> None:
    """十分钟前发出、现在才到的，收下、标明迟到，不改变最近信号。"""
    answer = send("beats", {"sequence": 5, "taken_at": (NINE - 10 * MINUTE).isoformat()})
    assert answer.status_code == 200 and answer.json()["late"] is True
    one.refresh_from_db()
    assert one.last_beat_at is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"sequence": 0}, 422),
        ({"sequence": True}, 422),
        ({"sequence": "1"}, 422),
        ({"sequence": 2**70}, 422),
        ({}, 422),
        ([], 422),
        (b"{", 422),
        ({"sequence": 1, "taken_at": "昨天"}, 422),
        ({"sequence": 1, "taken_at": "2026-03-20T09:00:00"}, 422),
        ({"sequence": 1, "taken_at": "2026-03-20T09:30:00+08:00"}, 422),
    ],
)
def test_what_cannot_be_read_has_no_effect(one: Camera, content: Any, code: int) -> None:
    """读不懂的、没有时区的、比平台快的，写明原因，没有效果。"""
    answer = send("beats", content)
    assert answer.status_code == code and answer.json()["detail"]
    one.refresh_from_db()
    assert one.beats == 0


def test_a_stranger_and_one_too_often(one: Camera) -> None:
    """密钥不对的401，太频繁的429，用GET的405；一个摄像头的密钥不能冒充另一个。"""
    stranger = send("beats", {"sequence": 1}, secret="tsc_other")
    assert stranger.status_code == 401 and stranger["WWW-Authenticate"].startswith("Bearer")
    assert send("beats", {"sequence": 1}, secret="").status_code == 401
    assert Client(headers={"host": "127.0.0.1"}).get("/api/v1/cameras/beats").status_code == 405
    Camera.objects.filter(pk=one.pk).update(minute=NINE, in_minute=60)
    often = send("beats", {"sequence": 1})
    assert often.status_code == 429 and int(often["Retry-After"]) > 0


def test_stills(one: Camera) -> None:
    """JPEG收下，给出指纹；同一时刻再来是同一张；不是JPEG的、太大的不收。"""
    query = "?taken_at=2026-03-20T08:59:00%2B08:00"
    first, second = (send("stills", picture(), media="image/jpeg", query=query) for _ in range(2))
    assert first.status_code == 200 and first.json()["sha256"] == second.json()["sha256"] and CameraStill.objects.count() == 1
    assert send("stills", picture(), media="image/png").status_code == 422
    assert send("stills", b"\xff\xd8\xff" + b"0" * 400_000, media="image/jpeg").status_code == 422
    assert send("stills", b"\xff\xd8\xff broken", media="image/jpeg").status_code == 422
    assert send("stills", picture(), media="image/jpeg", secret="x").status_code == 401


@pytest.mark.django_db(transaction=True)
def test_the_simulated_feed_over_real_http(one: Camera, live_server) -> None:
    """模拟的摄像头经HTTP发来心跳和画面；约定的时段停发，恢复以后留下一段有始有终的缺口；没有人应答时不出错。"""
    feed = Feed(one.name, "tsc_one")
    began = 1_000 * camera_feed.ROUND
    assert camera_feed.go_round(live_server.url, [feed], 0, began) == 1
    assert queries.stills_of(one).count() == 1
    silent = began + camera_feed.ROUND - camera_feed.SILENT
    assert camera_feed.go_round(live_server.url, [feed], 1, silent) == 0, "约定停发的时段"
    travel_to(NINE + 6 * MINUTE)
    assert note_silent_cameras(NINE + 6 * MINUTE) == 1
    travel_to(NINE + 8 * MINUTE)
    assert camera_feed.go_round(live_server.url, [feed], 2, began + camera_feed.ROUND) == 1
    gap = CameraGap.objects.get()
    assert gap.ends_at is not None and gap.ends_at >= NINE + 8 * MINUTE
    assert camera_feed.beat(live_server.url, Feed("x", "wrong"), 1)[0] == 401
    assert camera_feed.beat("http://127.0.0.1:9", feed, 1) == (0, {})
