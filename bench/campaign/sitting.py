"""机考中进程被终止: is every answer that was told as saved there, when page server, job worker and database are killed -9 under a sitting?"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random
from threading import Event
from time import monotonic, sleep

from bench.campaign.outcome import Outcome, Tell
from bench.campaign.web import Server
from bench.campaign.worker import job_worker
from bench.exam_room import SHORT, WHOLE, Broken, Browser, lost, open_room

LONGEST = 600.0  # seconds
KILLED = {"web": "页面服务", "worker": "后台任务", "database": "数据库"}


def run(small: bool, tell: Tell) -> Outcome:
    """This function will let candidates write while processes are killed and started again, and then look for every acknowledged change."""
    people, each = (4, 25) if small else (300, 40)
    plan = ["web", "web"] if small else ["web", "worker", "database"] * 4
    found, random, stop = Outcome(), Random(7), Event()
    claims = open_room(people, SHORT if small else WHOLE)
    tell(f"考场已备好：{len(claims)}人")
    server = Server()
    browsers = [Browser(server.port, claim) for claim in claims]
    server.start()
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(asyncio.run, _all(browsers, each, stop))
        try:
            for what in plan:
                _wait_for_more(browsers, work.done)
                sleep(random.uniform(0.2, 1.5))
                if work.done():
                    break
                if what == "web":
                    found.runs += bool(server.kill())
                    server.start()
                elif what == "worker":
                    with job_worker() as worker:
                        sleep(random.uniform(2, 5))
                        worker.kill()
                        found.runs += worker.wait(10) == -9
                else:
                    found.runs += _crash_database()
                tell(f"第{found.runs}次终止（{KILLED[what]}），此前已告知保存{sum(len(one.acknowledged) for one in browsers)}处")
            broken = work.result(timeout=LONGEST)
        finally:
            stop.set()
            server.kill()
    _look(found, browsers, plan, people, broken)
    return found


def _wait_for_more(browsers: list[Browser], over: Callable[[], bool]) -> None:
    """Return when something was acknowledged since: a kill before that would hit nothing."""
    before, end = sum(len(one.acknowledged) for one in browsers), monotonic() + 120
    while sum(len(one.acknowledged) for one in browsers) <= before + len(browsers) // 4 and monotonic() < end and not over():
        sleep(0.05)


async def _all(browsers: list[Browser], each: int, stop: Event) -> int:
    return sum(await asyncio.gather(*(_one(one, each, Random(place), stop) for place, one in enumerate(browsers))))


async def _one(browser: Browser, each: int, random: Random, stop: Event) -> int:
    """Write as a browser does: what is not acknowledged is sent again with its number; and count the tries that came to nothing."""
    broken = 0

    async def until(act: Callable[[], Awaitable[object]]) -> bool:
        nonlocal broken
        end = monotonic() + LONGEST
        while not stop.is_set() and monotonic() < end:
            try:
                return bool(await act())
            except (Broken, RuntimeError):
                broken += 1
                await asyncio.sleep(random.uniform(0.1, 0.4))
        return False

    await until(browser.sit_down)
    await until(lambda: _opened(browser))
    queue: list[dict[str, object]] = []
    for turn in range(each):
        queue.append(browser.change(random.randrange(len(browser.paper["questions"])) + 1, random.randrange(4)))
        if random.random() < 0.3:
            continue  # answered, and the line was down for a moment
        await until(partial(browser.save, list(queue)))
        queue = [one for one in queue if one["s"] not in browser.acknowledged]
        if turn % 10 == 9:
            await until(browser.read)
        await asyncio.sleep(random.uniform(0.05, 0.3))
    await until(partial(browser.save, list(queue), "/exam/submit", "submit"))
    browser.hang_up()
    return broken


async def _opened(browser: Browser) -> None:
    """Begin, or go on where the answer to the beginning was lost: the cookie did not come then, and the invigilator's word is needed."""
    try:
        await browser.begin()
    except Broken as trouble:
        if "已在另一台计算机上打开" in str(trouble):
            await asyncio.to_thread(_allow, browser)
        raise


def _allow(browser: Browser) -> None:
    from django.db import connection

    from bench.campaign import stage
    from touchstone.exams.models import Script
    from touchstone.exams.operations.script_watch import allow_move

    try:
        number = Script.objects.get(seat__candidate__ticket_number=browser.claim.ticket).number
        allow_move(script_number=number, reason="页面服务重启，凭据没有收到", by=stage.acting("ren"), at=stage.now())
    finally:
        connection.close()


def _crash_database() -> int:
    from bench.campaign.database import _crash, _start_again

    if not _crash():
        raise RuntimeError("the server was not running")
    _start_again()
    return 1


def _look(found: Outcome, browsers: list[Browser], plan: list[str], people: int, broken: int) -> None:
    from touchstone.exams.models import Answer, Script
    from touchstone.exams.operations.script_submit import digest_of
    from touchstone.exams.queries.scripts import changes
    from touchstone.ledger.models import Entry

    found.lost, found.acknowledged = lost(browsers)
    scripts = list(Script.objects.filter(submitted_by="candidate"))
    lines = {one.subject: one.detail["sha256"] for one in Entry.objects.filter(event="script.submitted")}
    columns = ("holder", "sequence", "position", "response", "said_at", "at", "spent_ms")
    rows = Answer.objects.count()
    found.doubled = rows - Answer.objects.values("script", "holder", "sequence").distinct().count()
    found.expect(found.runs == len(plan), f"只终止了{found.runs}次，应为{len(plan)}次")
    found.expect(broken > 0, "没有一次终止打断了正在发送的请求")
    found.expect(len(scripts) == people, f"{people}名考生只有{len(scripts)}份答卷交卷")
    found.expect(len(lines) == len(scripts) == Entry.objects.filter(event="script.submitted").count(), f"交卷的存证{len(lines)}条，与答卷不符")
    wrong = [one.number for one in scripts if digest_of(list(changes(one).values_list(*columns))) != lines.get(one.number)]
    found.expect(not wrong, f"有{len(wrong)}份答卷的变更与交卷时的摘要不符")
    found.words.append(f"{people}名考生共作答{rows}处；其间有{broken}次请求没有得到应答，都已重发。页面服务进程{os.cpu_count()}核机器上2个。")
