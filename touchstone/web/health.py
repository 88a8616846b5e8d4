"""运行状态: what does a machine that watches this one ask: does the database answer, does the worker live?

While the database is away the answer is that of every page then: 503, in JSON.
"""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from touchstone.jobs.health import worker_alive
from touchstone.web import clock
from touchstone.web.doors import Request


@require_safe
def health_file(request: Request) -> JsonResponse:
    """This page will say in JSON how the platform is, 503 where somebody has to come; nothing about anybody or anything in it."""
    alive = worker_alive(clock.real_now())
    answer = JsonResponse({"state": "well" if alive else "worker_silent", "database": True, "worker": alive}, status=200 if alive else 503)
    answer["Cache-Control"] = "no-store"
    return answer
