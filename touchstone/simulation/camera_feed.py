"""摄像头模拟: cameras of examination rooms in a process of their own, sending heartbeats and drawn stills over real HTTP.

`python -m touchstone.simulation.camera_feed ADDRESS`; the cameras come with the environment, as secrets do: TOUCHSTONE_CAMERAS, a list of
{"name", "secret"}. The last one falls silent for a while again and again, so that a gap is seen.
"""

import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from time import sleep, time
from urllib.parse import quote, urlsplit

from PIL import Image, ImageDraw

EVERY = 15.0
"""Seconds between heartbeats; every second one brings a still."""
ROUND, SILENT = 20 * 60, 6 * 60
"""The last camera is silent for so many seconds of every round."""
WIDTH, HEIGHT = 480, 270


@dataclass
class Feed:
    """A camera: its place, and the key it sends under."""

    name: str
    secret: str


def still(words: str, seed: int, moment: float) -> bytes:
    """This function will draw what a camera might show: a room with rows of desks, some of them taken, and the time in a corner. Nobody is in it."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (58, 64, 72))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 90), fill=(96, 102, 110))
    draw.rectangle((150 + seed % 3 * 20, 20, 330 + seed % 3 * 20, 74), fill=(34, 60, 48))
    for row in range(3):
        for column in range(6):
            left, top = 26 + column * 74 + row * 4, 108 + row * 52
            draw.rectangle((left, top, left + 52, top + 22), fill=(150, 120, 88))
            if (seed + row * 6 + column) % 4:
                sway = int(moment / EVERY + column + row) % 3 - 1
                draw.ellipse((left + 18 + sway, top - 16, left + 34 + sway, top), fill=(40, 42, 48))
    draw.rectangle((0, HEIGHT - 18, WIDTH, HEIGHT), fill=(0, 0, 0))
    draw.text((8, HEIGHT - 16), words, fill=(235, 235, 235))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()


def post(address: str, path: str, secret: str, content: bytes, media: str, patience: float = 10) -> tuple[int, dict[str, object]]:
    """This function will post once and give the code with what was answered; 0 where nobody answered."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=patience)
    try:
        connection.request("POST", f"/api/v1/cameras/{path}", content, {"Authorization": f"Bearer {secret}", "Content-Type": media})
        answer = connection.getresponse()
        body = answer.read()
        return answer.status, json.loads(body) if body else {}
    except (OSError, HTTPException, ValueError):
        return 0, {}
    finally:
        connection.close()


def beat(address: str, feed: Feed, sequence: int, taken_at: str = "") -> tuple[int, dict[str, object]]:
    """This function will send one heartbeat."""
    sent: dict[str, object] = {"sequence": sequence} | ({"taken_at": taken_at} if taken_at else {})
    return post(address, "beats", feed.secret, json.dumps(sent).encode(), "application/json")


def show(address: str, feed: Feed, content: bytes, taken_at: str = "") -> tuple[int, dict[str, object]]:
    """This function will send one still."""
    return post(address, f"stills?taken_at={quote(taken_at)}" if taken_at else "stills", feed.secret, content, "image/jpeg")


def is_silent(place: int, count: int, moment: float) -> bool:
    """This function will say whether a camera is silent at a moment: the last one is, at the end of every round."""
    return place == count - 1 and moment % ROUND >= ROUND - SILENT


def go_round(address: str, feeds: Sequence[Feed], turn: int, moment: float) -> int:
    """This function will send what every camera has to send in one turn, and count the heartbeats that were taken."""
    taken = 0
    for place, feed in enumerate(feeds):
        if is_silent(place, len(feeds), moment):
            continue
        code, answer = beat(address, feed, int(moment * 1000))
        taken += code == 200
        if code == 200 and turn % 2 == 0:
            now = str(answer.get("now", ""))
            show(address, feed, still(f"CAM {place + 1}  {now[:19].replace('T', ' ')}", place * 7, moment))
    return taken


def main(address: str, feeds: Sequence[Feed]) -> None:
    """This function will keep sending until the process is ended."""
    turn = 0
    while True:
        go_round(address, feeds, turn, time())
        turn += 1
        sleep(EVERY)


if __name__ == "__main__":
    main(sys.argv[1], [Feed(**one) for one in json.loads(os.environ.get("TOUCHSTONE_CAMERAS", "[]"))])
