"""定时任务: what does the worker run, and when?

A worker killed outright leaves its job "doing": `take_up_stalled` finds such jobs by their missing heartbeat and has them retried.
"""

import logging
from importlib import import_module

from procrastinate import JobContext
from procrastinate.contrib.django import app

from touchstone.jobs.schedule import AREAS, run_what_is_due

log = logging.getLogger(__name__)

# A worker knows a job only once its module is read.
for _area in (*AREAS, "touchstone.jobs.certificates"):
    import_module(_area)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="due", pass_context=False)
def do_what_is_due(timestamp: int) -> dict[str, int]:
    """This job will, every minute, close ripe notices, remind of overdue consents and send messages."""
    return run_what_is_due()


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> int:
    """This job will put the jobs of workers that died back into the queue and count them."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=30))
    for job in stalled:
        log.warning("taking up stalled job %s", job.id)
        await app.job_manager.retry_job(job)
    return len(stalled)
