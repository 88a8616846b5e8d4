"""运行概况: is the platform well, and what waits for its operators?"""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.accounts import queries as accounts
from touchstone.jobs.health import health
from touchstone.ledger.queries import entries
from touchstone.parameters.queries import counts
from touchstone.policy.roles import Role
from touchstone.web import clock
from touchstone.web.doors import Request, operators_door


@operators_door
def home(request: Request) -> HttpResponseBase:
    """This page will show counts of offices and people, parameters waiting for a second person, and the state of the jobs."""
    found = health(request.now)
    context = {
        "offices": accounts.offices(day=request.today).count(),
        "people": accounts.people_with_log_in().count(),
        "parameters": counts(),
        "health": found,
        "alive": found.worker_alive(clock.real_now()),
        "reads_jobs": request.actor.has(Role.SYSTEM_ADMINISTRATOR),
        "latest": entries()[:8],
    }
    return render(request, "operators/home.html", context)
