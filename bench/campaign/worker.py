"""后台任务被终止: is a job whose worker was killed -9 taken up by a new worker and done once?"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from bench.campaign import stage
from bench.campaign.imported import committed, doubled, imported
from bench.campaign.outcome import Outcome, Tell

ATTEMPTS = 5
PATIENCE = 300.0  # seconds: the watching job comes every two minutes


@contextmanager
def job_worker(skew: int = 0) -> Iterator["subprocess.Popen[bytes]"]:
    """This context will run the product's own job worker, its clock so many seconds off, and end it."""
    process = start_worker(skew)
    try:
        yield process
    finally:
        end_worker(process)


def start_worker(skew: int = 0) -> "subprocess.Popen[bytes]":
    """This function will start the product's own job worker, its clock so many seconds off."""
    from touchstone.cli.supervisor import job_worker as described
    from touchstone.installation.place import ROOT

    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = described().command
    if skew:
        command = [sys.executable, "-m", "bench.campaign.skewed", str(skew), *command[command.index("django") + 1 :]]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONWARNINGS": "ignore"}, **quiet)


def end_worker(process: "subprocess.Popen[bytes]") -> None:
    """This function will ask a worker of ours to end, and insist when it takes too long."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def run(small: bool, tell: Tell) -> Outcome:
    """This function will kill a worker in the middle of a workbook and watch a new one finish it."""
    found = Outcome()
    rows = 1100 if small else 2000
    for _ in range(1 if small else 3):
        killed_once(rows, small, found, tell)
    return found


def lined_up(rows: int) -> str:
    """This function will hand in a workbook, its job in the same transaction, and give the upload's number."""
    from touchstone.jobs.registration import defer_processing

    return stage.upload(rows, after=defer_processing).number


def killed_once(
    rows: int, small: bool, found: Outcome, tell: Tell, *, hand_in: Callable[[int], str] = lined_up, skew: int = 0
) -> str:
    """This function will kill a worker in the middle of a workbook, let a new one go on, and look at what came of it.

    `hand_in` gives the upload's number; `skew` is how far the workers' clocks are off, in seconds.
    """
    for _ in range(ATTEMPTS):
        number = hand_in(rows)
        with job_worker(skew) as first:
            hit = wait_until(lambda number=number: 0 < len(committed(number)) < rows, 60, every=0.01)
            first.kill()
            first.wait(10)
        before = committed(number)
        if hit and first.returncode == -9 and _job(number)[0] == "doing":
            break
    else:
        found.faults.append(f"{ATTEMPTS}次都没能在处理途中终止后台任务进程")
        return number
    found.runs += 1
    tell(f"{number}处理到第{len(before)}行时终止了后台任务进程")
    if small:
        let_the_heartbeat_grow_old()
    begun = monotonic()
    with job_worker(skew):
        if small:
            watch_now()
        done = wait_until(lambda: _done(number), PATIENCE)
    seconds = monotonic() - begun
    state, attempts = _job(number)
    found.expect(done, f"{number}的任务没有办完：{state}")
    # Where the same work had been lined up again meanwhile, the watching job gives the dead one up for it.
    taken_up = (state == "succeeded" and attempts >= 2) or state == "aborted"
    found.expect(taken_up, f"{number}的任务不是由看护任务接手的：{state}，办理{attempts}次")
    found.acknowledged += len(before)
    after = committed(number)
    found.lost += sum(after.get(row) != candidate for row, candidate in before.items()) + (rows - len(after))
    found.doubled += doubled(number)
    there = imported(number)
    found.doubled += max(0, there.counts["存证 upload.finished"] - 1)
    found.expect(there.counts["存证 upload.finished"] == 1 and len(after) == rows, f"{number}没有办结：{there.counts}")
    words = f"处理到第{len(before)}行时终止；新进程启动后{seconds:.0f}秒办完"
    found.words.append(words + ("（心跳时间由试验拨早，未实等）。" if small else "，其间心跳过期和看护任务都按实际时间等待。"))
    tell(found.words[-1])
    return number


def wait_until(holds: Callable[[], bool], within: float, *, every: float = 0.1) -> bool:
    """This function will ask again and again until something holds, for so many seconds at most, and say whether it does."""
    end = monotonic() + within
    while monotonic() < end:
        if holds():
            return True
        sleep(every)
    return holds()


def _job(number: str) -> tuple[str, int]:
    """The first job of an upload: its state, and how often it was handed out."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.status::text, (SELECT count(*) FROM procrastinate_events e WHERE e.job_id = j.id AND e.type = 'started')"
            " FROM procrastinate_jobs j WHERE j.args->>'number' = %s ORDER BY j.id LIMIT 1",
            [number],
        )
        return cursor.fetchone() or ("", 0)


def _done(number: str) -> bool:
    """The workbook is finished, and no job of it waits or is under way."""
    from touchstone.exams.models import Upload

    return _job(number)[0] not in {"todo", "doing"} and Upload.objects.filter(number=number, state="finished").exists()


def let_the_heartbeat_grow_old() -> None:
    """This function will do what half a minute of waiting would do."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")


def watch_now() -> None:
    """This function will do what the schedule does every two minutes."""
    from procrastinate.exceptions import AlreadyEnqueued

    from touchstone.jobs.tasks import take_up_stalled

    try:
        take_up_stalled.defer(timestamp=0)
    except AlreadyEnqueued:
        return
