"""页面服务被终止: is every objection that got a receipt there exactly once, when the page server is killed -9 under the posts?"""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Event
from time import monotonic, sleep

import psutil

from bench.campaign import stage
from bench.campaign.outcome import Outcome, Tell
from bench.campaign.visitors import Visitor
from bench.load import LOOPBACK

WORKERS = 2
LONGEST = 600.0  # seconds


class Server:
    """The product's page server on a port of its own, to be killed and started again."""

    def __init__(self) -> None:
        from touchstone.cli.supervisor import free_port

        self.port = free_port(LOOPBACK, 8400)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """This method will start the server as `touchstone serve` does."""
        from touchstone.cli.supervisor import web_server
        from touchstone.installation.place import ROOT

        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        command = web_server(LOOPBACK, self.port, WORKERS).command
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONWARNINGS": "ignore"}, **quiet)

    def kill(self) -> int:
        """This method will kill -9 the server and its workers at once, all started by us, and count those that were alive."""
        assert self.process is not None
        try:
            main = psutil.Process(self.process.pid)
            family = [main, *main.children(recursive=True)]
        except psutil.NoSuchProcess:
            return 0
        for one in family:
            try:
                one.kill()
            except psutil.NoSuchProcess:
                continue
        self.process.wait(10)
        psutil.wait_procs(family, timeout=10)
        return len(family) if self.process.returncode == -9 else 0


def run(small: bool, tell: Tell) -> Outcome:
    """This function will let visitors object while the server is killed, and then look for every receipt in the database."""
    notice, random = _notice(), Random(7)
    kills, people, each = (2, 4, 15) if small else (20, 8, 100)
    server, stop = Server(), Event()
    path = f"/notices/{notice}"
    visitors = [Visitor(server.port, path, Random(place)) for place in range(people)]
    found = Outcome()
    server.start()
    pool = ThreadPoolExecutor(people)
    try:
        begun = monotonic()
        work = [
            pool.submit(visitor.write, [f"第{place + 1}位访客的第{n + 1}条异议" for n in range(each)], stop)
            for place, visitor in enumerate(visitors)
        ]
        while not all(one.done() for one in work) and monotonic() - begun < LONGEST:
            if found.runs >= kills:
                sleep(0.1)
                continue
            there = sum(len(one.receipts) for one in visitors)
            sleep(random.uniform(0.2, 1.2))
            before, there = there, sum(len(one.receipts) for one in visitors)
            if there == before:
                continue  # it is not answering yet: a kill now would hit nothing
            found.runs += bool(server.kill())
            tell(f"第{found.runs}次终止页面服务，此前已发回执{there}张")
            server.start()
        stop.set()
        for one in work:
            one.result(timeout=30)
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)
        server.kill()
    _look(found, visitors, notice, kills, people * each)
    return found


def _notice() -> str:
    """The number of a notice of results that stands today."""
    from touchstone.notices.queries import of_case

    stage.ground()
    return of_case(stage.evaluation("announced", level=4, working_days=-4, people=4)).get().number


def _look(found: Outcome, visitors: list[Visitor], notice: str, kills: int, written: int) -> None:
    from touchstone.ledger.models import Entry
    from touchstone.notices.models import Objection

    receipts = {content: number for one in visitors for content, number in one.receipts.items()}
    there: dict[str, list[str]] = {}
    for content, number in Objection.objects.filter(notice__number=notice).values_list("content", "number"):
        there.setdefault(content, []).append(number)
    lines = Entry.objects.filter(event="objection.made", subject=notice).count()
    broken, unheard = sum(one.broken for one in visitors), sum(one.unheard for one in visitors)
    found.acknowledged = len(receipts)
    found.lost = sum(number not in there.get(content, []) for content, number in receipts.items())
    found.doubled = sum(len(numbers) - 1 for numbers in there.values())
    found.expect(found.runs == kills, f"只终止了{found.runs}次，应为{kills}次")
    found.expect(broken > 0, "没有一次终止打断了正在提交的请求")
    found.expect(unheard > 0, "没有一次提交是不等应答的")
    found.expect(len(receipts) == written, f"写了{written}条异议，只有{len(receipts)}条收到回执")
    found.expect(lines == sum(len(numbers) for numbers in there.values()), f"存证{lines}条，与异议条数不符")
    odd = [words for one in visitors for words in one.odd]
    found.expect(not odd, f"有{len(odd)}次重试没有得到回执，例如：{odd[0] if odd else ''}")
    tries = sum(one.tries for one in visitors)
    found.words.append(f"{len(visitors)}名访客写{written}条，共提交{tries}次：被终止打断{broken}次，有意不等应答{unheard}次。")
