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
from bench.campaign.worker import end_worker, job_worker, let_the_heartbeat_grow_old, start_worker, wait_until, watch_now
from bench.exam_room import SHORT, WHOLE, Broken, Browser, lost, open_room

LONGEST = 600.0  # seconds
SMALL, FULL = (4, 30, 1), (300, 40, 4)  # candidates, changes of each, and how often each kind of process is killed
A_SECOND = 15  # how many sit down in a second
KILLED = {"web": "页面服务", "worker": "后台任务", "database": "数据库"}


def run(small: bool, tell: Tell) -> Outcome:
    """This function will let candidates write while processes are killed and started again, look for every acknowledged change, and then kill the
    worker that scores."""
    people, each, times = SMALL if small else FULL
    plan = ["web", "worker", "database"] * times
    found, random, stop = Outcome(), Random(7), Event()
    claims = open_room(people, SHORT if small else WHOLE)
    tell(f"考场已备好：{len(claims)}人")
    server = Server()
    browsers = [Browser(server.port, claim) for claim in claims]
    server.start()
    silences: dict[str, list[float]] = {}
    ended = 0
    with ThreadPoolExecutor(1) as pool:
        worker = start_worker()
        work = pool.submit(asyncio.run, _all(browsers, each, stop))
        try:
            for what in plan:
                _wait_for_more(browsers, work.done)
                sleep(random.uniform(0.2, 1.5))
                if work.done():
                    break
                if worker.poll() is not None:  # the lost database ended it; the supervisor would start it again
                    ended += 1
                    worker = start_worker()
                    sleep(2)
                begun = monotonic()
                if what == "web":
                    found.runs += bool(server.kill())
                    server.start()
                elif what == "worker":
                    worker.kill()
                    found.runs += worker.wait(10) == -9
                    worker = start_worker()
                else:
                    found.runs += _crash_database()
                seconds = _until_all_are_heard(browsers, work.done) - begun
                silences.setdefault(what, []).append(seconds)
                tell(f"第{found.runs}次终止（{KILLED[what]}），{seconds:.1f}秒后全部考生又有应答，"
                     f"此前已告知保存{sum(len(one.acknowledged) for one in browsers)}处")  # fmt: skip
            broken = work.result(timeout=LONGEST)
        finally:
            stop.set()
            server.kill()
            end_worker(worker)
    _look(found, browsers, plan, people, broken)
    slowest = "，".join(f"{KILLED[what]}{max(seconds):.1f}秒" for what, seconds in silences.items())
    found.words.append(f"从终止到全部考生又有应答（含重启），最长：{slowest}。")
    found.words.append(f"数据库被终止后，后台任务进程自行退出、由看护重启{ended}次。")
    _scoring(found, small, tell)
    return found


def _until_all_are_heard(browsers: list[Browser], over: Callable[[], bool]) -> float:
    """Return when every browser that still writes had something acknowledged since, and the moment."""
    before, end = [one.answers for one in browsers], monotonic() + 120
    while monotonic() < end and not over():
        if all(one.ended or one.answers > count for one, count in zip(browsers, before, strict=True)):
            break
        sleep(0.02)
    return monotonic()


def _wait_for_more(browsers: list[Browser], over: Callable[[], bool]) -> None:
    """Return when something was acknowledged since: a kill before that would hit nothing."""
    before, end = sum(len(one.acknowledged) for one in browsers), monotonic() + 120
    while sum(len(one.acknowledged) for one in browsers) <= before + len(browsers) // 4 and monotonic() < end and not over():
        sleep(0.05)


async def _all(browsers: list[Browser], each: int, stop: Event) -> int:
    return sum(await asyncio.gather(*(_one(one, each, Random(place), place / A_SECOND, stop) for place, one in enumerate(browsers))))


async def _one(browser: Browser, each: int, random: Random, later: float, stop: Event) -> int:
    """Write as a browser does: what is not acknowledged is sent again with its number; and count the tries that came to nothing."""
    broken = 0

    async def until(act: Callable[[], Awaitable[object]]) -> bool:
        nonlocal broken
        end = monotonic() + LONGEST
        while not stop.is_set() and monotonic() < end:
            try:
                return bool(await act())
            except (Broken, RuntimeError) as trouble:
                broken += 1
                browser.trouble = str(trouble)
                await asyncio.sleep(random.uniform(0.1, 0.4))
        return False

    await asyncio.sleep(later)
    await until(browser.sit_down)
    await until(lambda: _opened(browser))
    if not browser.paper:
        return broken
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
    browser.ended = await until(partial(browser.save, list(queue), "/exam/submit", "submit"))
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


def _scoring(found: Outcome, small: bool, tell: Tell) -> None:
    """Close the sitting, kill the worker while it does what is due, and see that another scores each script once."""
    from bench.campaign import stage
    from touchstone.exams.models import Script
    from touchstone.exams.operations.day import close_sitting
    from touchstone.exams.operations.script_scores import counted_scripts
    from touchstone.ledger.models import Entry

    at, total = stage.now(), Script.objects.count()
    sitting = Script.objects.select_related("seat__sitting")[0].seat.sitting
    close_sitting(sitting_number=sitting.number, by=stage.acting("ren"), at=at, reason="考生已全部交卷")
    for place in range(2):
        _due_now()
        with job_worker() as worker:
            hit = wait_until(lambda: _due("doing"), 60, every=0.01)
            sleep(0.05 + 0.3 * place)
            worker.kill()
            found.runs += worker.wait(10) == -9
        found.expect(hit, "没有在后台办理到期事项时终止")
    _due_now()
    with job_worker():
        done = wait_until(lambda: not Script.objects.filter(scored_at__isnull=True).exists(), 60)
        _due_now()  # what was left behind by the dead one, and once more: neither may score anew
        let_the_heartbeat_grow_old()
        watch_now()
        wait_until(lambda: not _due("todo", "doing"), 60)
    lines = Entry.objects.filter(event="script.scored")
    scripts = list(Script.objects.select_related("exam"))
    counts = counted_scripts(scripts, at)
    found.expect(done and lines.count() == total, f"{total}份答卷，评分的存证{lines.count()}条")
    found.doubled += lines.count() - lines.values("subject").distinct().count()
    wrong = [one.number for one in scripts if one.machine_points != counts[one.pk].machine]
    found.expect(not wrong, f"有{len(wrong)}份答卷的得分与重新计算的不同")
    found.words.append(f"办理到期事项的后台任务被终止两次，{total}份答卷各评分一次，得分与重新计算的一致。")
    tell(found.words[-1])


def _due_now() -> None:
    from procrastinate.exceptions import AlreadyEnqueued

    from touchstone.jobs.tasks import do_what_is_due

    try:
        do_what_is_due.defer(timestamp=0)
    except AlreadyEnqueued:
        return


def _due(*states: str) -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        wanted = "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name LIKE %s AND status::text = ANY(%s))"
        cursor.execute(wanted, ["%do_what_is_due", list(states)])
        return bool(cursor.fetchone()[0])


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
    shut = [f"{one.claim.ticket}：{one.trouble}" for one in browsers if not one.paper]
    found.expect(not shut, f"有{len(shut)}名考生打不开试卷，例如：{shut[0] if shut else ''}")
    found.expect(broken > 0, "没有一次终止打断了正在发送的请求")
    found.expect(len(scripts) == people, f"{people}名考生只有{len(scripts)}份答卷交卷")
    found.expect(len(lines) == len(scripts) == Entry.objects.filter(event="script.submitted").count(), f"交卷的存证{len(lines)}条，与答卷不符")
    wrong = [one.number for one in scripts if digest_of(list(changes(one).values_list(*columns))) != lines.get(one.number)]
    found.expect(not wrong, f"有{len(wrong)}份答卷的变更与交卷时的摘要不符")
    found.words.append(f"{people}名考生共作答{rows}处；其间有{broken}次请求没有得到应答，都已重发。页面服务进程{os.cpu_count()}核机器上2个。")
