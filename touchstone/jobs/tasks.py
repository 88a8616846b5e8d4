"""定时任务: what does the worker run, and when?

A worker killed outright leaves its job "doing": `take_up_stalled` finds such jobs by their missing heartbeat and has them retried.
"""

import logging
from datetime import UTC, datetime
from importlib import import_module

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status

from touchstone.certificates.operations import publish_lists
from touchstone.jobs.insight import count_desks
from touchstone.jobs.monitoring import begin_what_is_due, take_up_left
from touchstone.jobs.schedule import AREAS, run_what_is_due
from touchstone.parameters.facts import apply_later_values
from touchstone.web import clock

log = logging.getLogger(__name__)

AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
"""The queue compares with the database's clock; by the worker's own, an hour ahead, a job would lie for an hour."""

# A worker knows a job only once its module is read.
for _area in (*AREAS, "touchstone.jobs.certificates"):
    import_module(_area)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="due", pass_context=False)
def do_what_is_due(timestamp: int) -> dict[str, int]:
    """This job will, every minute, close ripe notices, remind of overdue consents and send messages."""
    return run_what_is_due()


@app.periodic(cron="* * * * * */20")
@app.task(queueing_lock="status_lists", pass_context=False)
def publish_status_lists(timestamp: int) -> int:
    """This job will publish, every twenty seconds, the lists that do not yet say what was revoked."""
    return publish_lists(at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="compare_when_due", pass_context=False)
def compare_when_due(timestamp: int) -> str:
    """This job will, every minute, begin the comparison that is due: by night of everything, through the day of what changed."""
    apply_later_values()
    at = clock.now()
    take_up_left(at)
    return begin_what_is_due(at)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="count_desks", pass_context=False)
def count_desks_when_due(timestamp: int) -> int:
    """This job will count the leaders' desks that were not counted for a while."""
    apply_later_values()
    return count_desks(clock.now())


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> int:
    """This job will put the jobs of workers that died back into the queue and count them; what keeps back one keeps back no other."""
    jobs = context.app.job_manager
    taken_up = 0
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=30):
        log.warning("taking up stalled job %s", job.id)
        try:
            await jobs.retry_job(job, retry_at=AT_ONCE)
            taken_up += 1
        except UniqueViolation:  # the same work waits in the queue already: it will do what this one began
            await jobs.finish_job(job, Status.ABORTED, delete_job=False)
        except ConnectorException as trouble:  # its worker was only slow, and has come to an end with it meanwhile
            log.warning("job %s: %s", job.id, trouble)
    return taken_up
