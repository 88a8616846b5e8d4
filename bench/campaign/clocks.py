"""时钟与重复: do clocks that disagree, and jobs delivered twice, late or out of order, have the effect of one?"""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from itertools import count
from random import Random
from typing import Any

from bench.campaign import children, importer, race, stage, worker
from bench.campaign.imported import committed, doubled, imported
from bench.campaign.outcome import Outcome, Tell
from bench.campaign.skewed import set_off

HOUR = 3600
_turns = count(50)


def run(small: bool, tell: Tell) -> Outcome:
    """This function will let clocks disagree, deliver jobs several times and out of order, and let everything due be done eight times at once."""
    found = Outcome()
    _clocks(found, small, tell)
    _deliveries(found, small, tell)
    _due(found, tell)
    _printing(found, tell)
    return found


def _clocks(found: Outcome, small: bool, tell: Tell) -> None:
    """The one who hands in is an hour off one way, the one who works an hour the other way, and is killed meanwhile."""
    rows = 1100 if small else 2000
    undisturbed, _ = importer.never_killed(importer.REGISTRATION, rows, 0)
    for ahead in (HOUR, -HOUR):
        number = worker.killed_once(rows, small, found, tell, hand_in=partial(_handed_in, ahead), skew=-ahead)
        there = imported(number)
        found.expect(there == undisturbed, f"时钟不一致时{number}的结果不同：{there.counts}，应为{undisturbed.counts}")
        found.words[-1] = f"收表一方时钟{ahead // HOUR:+d}小时、办理一方{-ahead // HOUR:+d}小时：{found.words[-1]}"


def _handed_in(ahead: int, rows: int) -> str:
    child = children.start(hand_in, ahead, rows, next(_turns))
    if child.end() != 0:
        raise RuntimeError(str(child.heard))
    return child.heard[-1]


def hand_in(tell: Callable[[Any], None], ahead: int, rows: int, turn: int) -> None:
    """This function will hand in a workbook by a clock that is off."""
    from touchstone.jobs.registration import defer_processing

    set_off(ahead)
    tell(stage.upload(rows, after=defer_processing, turn=turn).number)


def _deliveries(found: Outcome, small: bool, tell: Tell) -> None:
    """Each job delivered several times, in any order, to two workers whose clocks disagree, and once more when all is done."""
    from touchstone.jobs.registration import process_upload
    from touchstone.ledger.models import Entry

    rows, uploads, times = 600, 2 if small else 4, 4
    undisturbed, _ = importer.never_killed(importer.REGISTRATION, rows, 0)
    numbers = [stage.upload(rows).number for _ in range(uploads)]
    jobs = numbers * times
    Random(7).shuffle(jobs)
    for number in jobs:
        process_upload.defer(number=number)
    with ExitStack() as stack:
        for skew in (HOUR, -HOUR):
            stack.enter_context(worker.job_worker(skew))
        done = worker.wait_until(lambda: not _waiting(), 300)
        for number in numbers:
            process_upload.defer(number=number)
        done &= worker.wait_until(lambda: not _waiting(), 60)
    found.expect(done, f"重复投递的任务没有办完：还剩{_waiting()}项")
    found.expect(_failed() == 0, f"重复投递的任务有{_failed()}项失败")
    for number in numbers:
        found.runs += times + 1
        found.acknowledged += rows
        found.lost += rows - len(committed(number))
        found.doubled += doubled(number)
        found.doubled += max(0, Entry.objects.filter(event="upload.finished", detail__upload=number).count() - 1)
        there = imported(number)
        found.expect(there == undisturbed, f"重复投递后{number}的结果不同：{there.counts}，应为{undisturbed.counts}")
    found.words.append(f"{uploads}份报名表的任务各投递{times + 1}次，打乱次序，由时钟相差两小时的两个进程同时办理。")
    tell(found.words[-1])


def _due(found: Outcome, tell: Tell) -> None:
    """What the clock does every minute, done by eight processes at the same moment, twice."""
    from touchstone.ledger.models import Entry
    from touchstone.notices.models import Message
    from touchstone.parameters.queries import calendar
    from touchstone.simulation import small as small_city
    from touchstone.simulation.evaluation import at_hour

    stage.ground()
    plans = [stage.evaluation("announced", level=4, working_days=-20 - n, people=4) for n in range(3)]
    at = at_hour(calendar().add_working_days(stage.now().date(), -15), 9)
    filing = small_city._file("announced", stage.body_of("lin"), stage.acting("lin"), at=at)
    before = _told(Message)
    for _ in range(2):
        race.together(do_what_is_due, [0] * race.PROCESSES, found)
        worker.wait_until(lambda: False, 6, every=6)  # messages wait until lines still being committed have come
    race.together(do_what_is_due, [0], found, alone=True)
    found.runs += 2 * race.PROCESSES + 1
    for event, cases in (("plan.results_confirmed", plans), ("filing.accepted", [filing])):
        for case in cases:
            times = Entry.objects.filter(event=event, subject=case).count()
            found.acknowledged += 1
            found.lost += times == 0
            found.doubled += max(0, times - 1)
    messages = _told(Message)
    found.doubled += sum(times - 1 for times in messages.values() if times > 1)
    found.expect(len(messages) > len(before), "没有发出一条消息")
    found.words.append(f"到期事项由八个进程同时办理：公示期满{len(plans)}份计划、1件备案，各办一次；消息{len(messages)}条，没有重复。")
    tell(found.words[-1])


def do_what_is_due(tell: Callable[[Any], None], gate: int, _: int) -> None:
    """This function will do what is due, as the worker does every minute."""
    from touchstone.jobs.schedule import run_what_is_due

    race.wait_at(gate, tell)
    tell(run_what_is_due())


def _told(messages: Any) -> dict[tuple[int, int], int]:
    """How often each person was told of each line of the ledger."""
    found: dict[tuple[int, int], int] = {}
    for key in messages.objects.values_list("to_id", "entry_id"):
        found[key] = found.get(key, 0) + 1
    return found


def _printing(found: Outcome, tell: Tell) -> None:
    """The job that prints a plan's certificates, delivered to eight at once."""
    from touchstone.certificates.queries import of_plan
    from touchstone.jobs.certificates import printed_parts

    plan = stage.evaluation("certified", level=5, working_days=-30, people=12)
    race.together(print_plan, [plan] * race.PROCESSES, found)
    parts, issued = printed_parts(plan), of_plan(plan).filter(state="issued").count()
    found.runs += race.PROCESSES
    found.acknowledged += issued
    found.lost += max(0, issued - sum(part.count for part in parts))
    found.doubled += max(0, sum(part.count for part in parts) - issued)
    found.words.append(f"打印证书的任务由八个进程同时办理：{issued}本证书，打印件{len(parts)}份。")
    tell(found.words[-1])


def print_plan(tell: Callable[[Any], None], gate: int, plan: str) -> None:
    """This function will print a plan's certificates as the job does."""
    from touchstone.jobs.certificates import print_next

    at = stage.now()
    race.wait_at(gate, tell)
    while print_next(plan, at=at):
        pass
    tell("printed")


def _waiting() -> int:
    return _count("status IN ('todo', 'doing') AND task_name = 'registration.process_upload'")


def _failed() -> int:
    return _count("status = 'failed' AND task_name = 'registration.process_upload'")


def _count(which: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM procrastinate_jobs WHERE {which}")
        return cursor.fetchone()[0]
