"""机考: three hundred candidates begin within ten seconds, save every fifteen, and hand in within ten: how long do they wait, and is anything lost?

`python -m bench.sitting [candidates] [minutes]`: against the page server as it is served, the generator on the same machine, beside a view that
does nothing behind the same middleware, and beside the server alone, at the same pace in the same run.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from random import Random
from time import perf_counter

from bench import place
from bench.exam_room import WHOLE, Broken, Browser, lost, open_room
from bench.in_django import start_django
from bench.load import Answers
from bench.section import put_section

QUESTIONS = sum(count for count, _, _ in WHOLE.values())
WORKERS = 2
RUSH = 10.0  # seconds in which everybody begins, and hands in
EVERY = 15.0  # seconds between two saves of one candidate
TARGET = 300.0  # milliseconds
Taken = dict[str, list[float]]


def main() -> int:
    """Measure and put the section into the report; 1 when the target was missed or something was lost."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    minutes = float(sys.argv[2]) if len(sys.argv) > 2 else 3.0
    with place.own_database():
        start_django()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        claims = open_room(people)
        print(f"考场已备好：{len(claims)}人", flush=True)
        load = os.getloadavg()[0]
        with place.server(WORKERS) as (port, _):
            browsers = [Browser(port, claim) for claim in claims]
            taken, troubles = asyncio.run(_sitting(browsers, minutes * 60))
        gone, total = lost(browsers)
        submitted = _submitted()
        connection.close()
        connection.close_pool()
    lines = _section(len(claims), minutes, taken, troubles, gone, total, submitted, load)
    print("\n".join(lines))
    if people >= 300:
        put_section(lines)
    worst = max(_percentile(taken[what], 0.95) for what in ("begin", "questions", "save", "submit"))
    return 0 if worst < TARGET and not gone and not troubles and submitted == len(claims) else 1


async def _sitting(browsers: list[Browser], seconds: float) -> tuple[Taken, list[str]]:
    troubles: list[str] = []
    random = Random(1)
    for start in range(0, len(browsers), 20):
        await asyncio.gather(*(one.sit_down() for one in browsers[start : start + 20]))
    await _spread(browsers, RUSH, lambda one: one.begin(), troubles)
    print("都已开始", flush=True)
    await asyncio.gather(*(_writes(one, seconds, random.uniform(0, EVERY), troubles) for one in browsers))
    print("开始交卷", flush=True)
    await _spread(browsers, RUSH, lambda one: one.hand_in(), troubles)
    await asyncio.gather(*(_idles(one, 30.0, random.uniform(0, EVERY), troubles) for one in browsers))
    for one in browsers:
        one.hang_up()
    taken: Taken = {}
    for one in browsers:
        for what, found in one.taken.items():
            taken.setdefault(what, []).extend(found)
    return taken, troubles


async def _spread(browsers: list[Browser], within: float, act: Callable[[Browser], Awaitable[None]], troubles: list[str]) -> None:
    """Everybody does the same once, each at their own moment, whatever the others wait for."""

    async def one(place: int, browser: Browser) -> None:
        await asyncio.sleep(within * place / len(browsers))
        try:
            await act(browser)
        except Broken as trouble:
            troubles.append(str(trouble))

    await asyncio.gather(*(one(place, browser) for place, browser in enumerate(browsers)))


async def _writes(browser: Browser, seconds: float, first: float, troubles: list[str]) -> None:
    begun, turn = perf_counter(), 0
    while (due := first + turn * EVERY) < seconds:
        await asyncio.sleep(max(0.0, begun + due - perf_counter()))
        places = [(turn * 2 + n) % QUESTIONS + 1 for n in range(2)]
        try:
            await browser.save([browser.change(place, turn + n) for n, place in enumerate(places)])
        except Broken as trouble:
            troubles.append(str(trouble))
        turn += 1


async def _idles(browser: Browser, seconds: float, first: float, troubles: list[str]) -> None:
    """At the pace of the saves: the view that does nothing, and the server alone."""
    begun, turn = perf_counter(), 0
    while (due := first + turn * EVERY) < seconds:
        await asyncio.sleep(max(0.0, begun + due - perf_counter()))
        try:
            await browser.ask("hello", "GET", "/bench/hello")
            await browser.ask("bare", "GET", "/bench/bare")
        except Broken as trouble:
            troubles.append(str(trouble))
        turn += 1


def _submitted() -> int:
    from touchstone.exams.models import Script
    from touchstone.ledger.models import Entry

    rows = Script.objects.filter(submitted_by="candidate").count()
    return rows if Entry.objects.filter(event="script.submitted").count() == rows else -1


def _percentile(seconds: list[float], share: float) -> float:
    return Answers(seconds, 0.0, 0).percentile(share) if seconds else 0.0


_NAMES = {
    "begin": "开始作答",
    "questions": f"打开{QUESTIONS}题的答题页",
    "save": "保存作答",
    "submit": "交卷",
    "hello": "对照：同样中间件之后的空页",
    "bare": "对照：页面服务本身",
}


def _row(name: str, seconds: list[float]) -> str:
    figures = " | ".join(f"{_percentile(seconds, share):.0f}" for share in (0.5, 0.95, 0.99, 1.0))
    return f"| {name} | {len(seconds):,} | {figures} |"


def _section(people: int, minutes: float, taken: Taken, troubles: list[str], gone: int, total: int, submitted: int, load: float) -> list[str]:
    rows = [_row(name, taken.get(what, [])) for what, name in _NAMES.items()]
    return [
        "## 机考",
        "",
        f"{people}人：{RUSH:.0f}秒内全部开始，每人每{EVERY:.0f}秒保存两处作答，持续{minutes:g}分钟，{RUSH:.0f}秒内全部交卷。"
        f"granian {WORKERS} 个进程，发出请求的程序、页面服务和数据库同在这台机器（{place.machine()}）上，开始时系统负载 {load:.1f}。"
        "对照在同一次运行里、同样的节奏下测得。",
        "",
        "| | 次数 | p50 ms | p95 ms | p99 ms | 最长 ms |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        f"没有得到应答或应答有误的请求{len(troubles)}次；已告知保存的作答{total:,}处，丢失{gone}处；交卷{submitted}份。"
        + (f"例如：{troubles[0][:120]}" if troubles else ""),
    ]


if __name__ == "__main__":
    sys.exit(main())
