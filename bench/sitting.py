"""机考: three hundred candidates begin within ten seconds, save every fifteen, and hand in within ten: how long do they wait, and is anything lost?

`python -m bench.sitting [candidates] [minutes] [repeats]`: against the page server as it is served, the generator on the same machine, beside a view
that does nothing behind the same middleware, and beside the server alone, at the same pace in the same run; then how many a second are answered of
each when nobody pauses. The room is built once, and each repeat begins from a copy of it with a server and a generator of its own.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench import place
from bench.exam_room import WHOLE, Broken, Browser, Claim, lost, open_room
from bench.in_django import start_django
from bench.load import Answers
from bench.section import put_section

QUESTIONS = sum(count for count, _, _ in WHOLE.values())
WORKERS = 2
RUSH = 10.0  # seconds in which everybody begins, and hands in
EVERY = 15.0  # seconds between two saves of one candidate
TARGET = 300.0  # milliseconds
FLOOD, IMPATIENT = 5.0, 16  # seconds, and how many at once
SHARES = (0.5, 0.95, 0.99, 1.0)
WHATS = ("begin", "questions", "save", "submit")
Taken = dict[str, list[float]]


def main() -> int:
    """Measure and put the section into the report; 1 when the target was missed or something was lost."""
    if sys.argv[1:2] == ["--once"]:
        return _once(Path(sys.argv[2]))
    given = dict(enumerate(sys.argv))
    people, minutes, repeats = int(given.get(1, 300)), float(given.get(2, 3)), int(given.get(3, 3))
    with place.own_database(), TemporaryDirectory() as folder:
        start_django()
        from touchstone.cli import leave_django
        from touchstone.cli.tables import bring_tables_up_to_date

        bring_tables_up_to_date()
        claims = open_room(people)
        leave_django()
        print(f"考场已备好：{len(claims)}人", flush=True)
        told = Path(folder) / "room.json"
        told.write_text(json.dumps({"claims": [asdict(one) for one in claims], "seconds": minutes * 60}), encoding="utf-8")
        found = []
        for turn in range(repeats):
            print(f"第{turn + 1}次", flush=True)
            with place.copied():
                command = [sys.executable, "-W", "ignore", "-m", "bench.sitting", "--once", str(told)]
                done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
            found.append(json.loads(done.stdout))
            print("\n".join(_rows(found[-1:])), flush=True)
    lines = _section(len(claims), minutes, found)
    print("\n".join(lines))
    if people >= 300:
        put_section(lines)
    worst = max(median(one["times"][what][1] for one in found) for what in WHATS)
    whole = all(not one["gone"] and not one["troubles"] and one["submitted"] == len(claims) for one in found)
    return 0 if worst < TARGET and whole else 1


def _once(told: Path) -> int:
    """One repeat, in a process and a database of its own; what was found goes out as JSON."""
    given = json.loads(told.read_text(encoding="utf-8"))
    start_django()
    from touchstone.cli import leave_django

    load = os.getloadavg()[0]
    with place.server(WORKERS) as (port, _):
        browsers = [Browser(port, Claim(**one)) for one in given["claims"]]
        taken, rates, troubles = asyncio.run(_sitting(browsers, given["seconds"]))
    gone, total = lost(browsers)
    times = {what: [_percentile(seconds, share) for share in SHARES] for what, seconds in taken.items()}
    counts = {what: len(seconds) for what, seconds in taken.items()}
    found = {"times": times, "counts": counts, "rates": rates, "troubles": troubles, "gone": gone, "total": total, "load": load}
    print(json.dumps(found | {"submitted": _submitted()}, ensure_ascii=False))
    leave_django()
    return 0


async def _sitting(browsers: list[Browser], seconds: float) -> tuple[Taken, dict[str, float], list[str]]:
    troubles: list[str] = []
    random = Random(1)
    for start in range(0, len(browsers), 20):
        await asyncio.gather(*(one.sit_down() for one in browsers[start : start + 20]))
    await _spread(browsers, RUSH, lambda one: one.begin(), troubles)
    await asyncio.gather(*(_writes(one, seconds, random.uniform(0, EVERY), troubles) for one in browsers))
    paced = [{what: list(found) for what, found in one.taken.items()} for one in browsers]
    writing = [one for one in browsers if one.paper]
    rates = {"save": await _flood(writing, "save", lambda one, turn: one.save([one.change(turn % QUESTIONS + 1, turn)]), troubles)}
    for one, before in zip(browsers, paced, strict=True):
        one.taken = before
    await _spread(writing, RUSH, lambda one: one.hand_in(), troubles)
    await asyncio.gather(*(_idles(one, 30.0, random.uniform(0, EVERY), troubles) for one in browsers))
    taken: Taken = {}
    for one in browsers:
        for what, found in one.taken.items():
            taken.setdefault(what, []).extend(found)
    for what in ("hello", "bare"):
        rates[what] = await _flood(browsers, what, lambda one, turn, what=what: one.ask(what, "GET", f"/bench/{what}"), troubles)
    for one in browsers:
        one.hang_up()
    return taken, rates, troubles


async def _flood(browsers: list[Browser], what: str, act: Callable[[Browser, int], Awaitable[Any]], troubles: list[str]) -> float:
    """How many a second are answered when some ask again as soon as they are answered."""
    begun, answered = perf_counter(), 0

    async def one(browser: Browser) -> None:
        nonlocal answered
        turn = 0
        while perf_counter() - begun < FLOOD:
            try:
                await act(browser, turn)
                answered += 1
            except Broken as trouble:
                troubles.append(str(trouble))
            turn += 1

    await asyncio.gather(*(one(browser) for browser in browsers[:IMPATIENT]))
    return answered / (perf_counter() - begun)


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
    while browser.paper and (due := first + turn * EVERY) < seconds:  # one that could not begin is among the troubles already
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


def _rows(found: list[dict[str, Any]]) -> list[str]:
    """Each figure is the median of the repeats; beside the 95th of a hundred, its lowest and highest."""
    lines = []
    for what, name in _NAMES.items():
        if any(what not in one["times"] for one in found):
            continue
        figures = [median(one["times"][what][place] for one in found) for place in range(len(SHARES))]
        tail = [one["times"][what][1] for one in found]
        middle = f"{figures[1]:.0f}（{min(tail):.0f}–{max(tail):.0f}）"
        rate = f"{median(one['rates'][what] for one in found):,.0f}" if what in found[0]["rates"] else ""
        lines.append(f"| {name} | {found[0]['counts'][what]:,} | {figures[0]:.0f} | {middle} | {figures[2]:.0f} | {figures[3]:.0f} | {rate} |")
    return lines


def _section(people: int, minutes: float, found: list[dict[str, Any]]) -> list[str]:
    troubles = [trouble for one in found for trouble in one["troubles"]]
    gone, total, submitted = (sum(one[name] for one in found) for name in ("gone", "total", "submitted"))
    loads = "、".join(f"{one['load']:.1f}" for one in found)
    return [
        "## 十、机考",
        "",
        f"{people}人：{RUSH:.0f}秒内全部开始，每人每{EVERY:.0f}秒保存两处作答，持续{minutes:g}分钟，{RUSH:.0f}秒内全部交卷。"
        f"granian {WORKERS} 个进程，发出请求的程序、页面服务和数据库同在这台机器（{place.machine()}）上，开始时系统负载 {loads}。"
        f"重复{len(found)}次，各换新的数据库副本、页面服务和进程，列中位数（95% 一列另列最低–最高）；对照在同一次运行里、同样的节奏下测得。"
        f"每秒：{IMPATIENT}人不停地发，{FLOOD:.0f}秒里每秒得到的应答。",
        "",
        "| | 次数 | p50 ms | p95 ms | p99 ms | 最长 ms | 每秒 |",
        "|---|---|---|---|---|---|---|",
        *_rows(found),
        "",
        f"没有得到应答或应答有误的请求{len(troubles)}次；已告知保存的作答{total:,}处，丢失{gone}处；"
        f"交卷{submitted}份（应为{people * len(found)}份）。"
        + (f"例如：{troubles[0][:120]}" if troubles else ""),
    ]


if __name__ == "__main__":
    sys.exit(main())
