"""失联任务: a worker that died leaves jobs behind; each is taken up at once, and what keeps back one keeps back no other."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from procrastinate import utils

from touchstone.jobs.tasks import do_what_is_due, take_up_stalled

pytestmark = pytest.mark.django_db(transaction=True)


def left_behind(lock: str = "") -> int:
    """Put a job in the queue that a worker took and died with, and give its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, queueing_lock)"
            " VALUES ('default', %s, '{\"timestamp\": 0}', 'doing', nullif(%s, '')) RETURNING id",
            [do_what_is_due.name, lock],
        )
        (number,) = cursor.fetchone() or (0,)
    return int(number)


def state(number: int) -> str:
    """Give the state of a job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [number])
        (found,) = cursor.fetchone() or ("",)
    return str(found)


def test_a_job_left_behind_is_taken_up(work_off_jobs: Callable[[], None]) -> None:
    """办理进程失联，它的任务放回队列并办完。"""
    number = left_behind()
    take_up_stalled.defer(timestamp=0)
    work_off_jobs()
    assert state(number) == "succeeded"


def test_one_that_waits_again_already_keeps_back_no_other(work_off_jobs: Callable[[], None]) -> None:
    """同样的任务已经重新排队的，失联的那一项作罢；其他失联任务照样接手。"""
    doubled, other = left_behind("due"), left_behind()
    take_up_stalled.defer(timestamp=0)
    waiting = do_what_is_due.defer(timestamp=1)
    work_off_jobs()
    assert [state(number) for number in (doubled, other, waiting)] == ["aborted", "succeeded", "succeeded"]


def test_a_clock_ahead_does_not_make_it_wait(work_off_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """办理进程的时钟快一小时，接手的任务也不必等一小时。"""
    ahead = datetime.now(UTC) + timedelta(hours=1)
    monkeypatch.setattr(utils, "utcnow", lambda: ahead)
    number = left_behind()
    take_up_stalled.defer(timestamp=0)
    work_off_jobs()
    assert state(number) == "succeeded"
