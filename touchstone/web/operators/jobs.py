"""后台任务: do the jobs run, and what is stuck?"""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.accounts.actor import NotAllowed
from touchstone.jobs.health import health, recent_jobs
from touchstone.policy.roles import Role
from touchstone.web import clock
from touchstone.web.doors import Request, operators_door


@operators_door
def jobs(request: Request) -> HttpResponseBase:
    """This page will show the worker's last sign of life, the queue, and the latest jobs, to the system administrator."""
    if not request.actor.has(Role.SYSTEM_ADMINISTRATOR):
        raise NotAllowed("后台任务由系统管理员查看。", None, f"您当前身份为“{request.actor.label}”，请联系系统管理员。")
    found = health(request.now)
    return render(request, "operators/jobs.html", {"health": found, "alive": found.worker_alive(clock.real_now()), "jobs": recent_jobs()})
