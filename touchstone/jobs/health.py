"""任务健康: do the jobs run, and what is stuck?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from touchstone.jobs.adapters.sms import configured
from touchstone.notices.messages import count_waiting_texts

SILENT = timedelta(seconds=60)


@dataclass(frozen=True)
class Health:
    """Counts of jobs by state, the age in seconds of the oldest waiting one, the worker's last sign of life, and texts waiting."""

    waiting: int
    running: int
    failed: int
    oldest_waiting: int
    last_heartbeat: datetime | None
    texts_waiting: int
    gateway_configured: bool

    def worker_alive(self, at: datetime) -> bool:
        return _is_fresh(self.last_heartbeat, at)


def health(at: datetime) -> Health:
    """This function will read the queue's tables. The worker's heartbeat is on the real clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= clock_timestamp())),"
            " count(*) FILTER (WHERE status = 'doing'), count(*) FILTER (WHERE status = 'failed') FROM procrastinate_jobs"
        )
        waiting, running, failed = cursor.fetchone() or (0, 0, 0)
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(e.at)), 0)::int FROM procrastinate_jobs j"
            " JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred' WHERE j.status = 'todo' AND j.scheduled_at IS NULL"
        )
        (oldest,) = cursor.fetchone() or (0,)
    return Health(waiting, running, failed, oldest, _last_heartbeat(), count_waiting_texts(), configured() is not None)


def worker_alive(real_at: datetime) -> bool:
    """This function will say whether the worker gave a sign of life within a minute of the real clock (one query)."""
    return _is_fresh(_last_heartbeat(), real_at)


def _last_heartbeat() -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        (heartbeat,) = cursor.fetchone() or (None,)
    return heartbeat


def _is_fresh(heartbeat: datetime | None, at: datetime) -> bool:
    return heartbeat is not None and at - heartbeat < SILENT


def recent_jobs(limit: int = 100) -> list[dict[str, object]]:
    """This function will give the latest jobs: number, task, state, attempts, and when each was put in the queue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id, j.task_name, j.status::text, j.attempts, (SELECT min(at) FROM procrastinate_events e WHERE e.job_id = j.id)"
            " FROM procrastinate_jobs j ORDER BY j.id DESC LIMIT %s",
            [limit],
        )
        names = ("number", "task", "state", "attempts", "at")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
