"""工作台: what waits for this person, and what has been done, for every audience that has work?"""

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.kernel.periods import Calendar
from touchstone.parameters.queries import calendar
from touchstone.tasks import queries
from touchstone.tasks.operations import sign_for
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, told
from touchstone.web.paging import CappedPaginator, page_size

if TYPE_CHECKING:
    from touchstone.tasks.models import Task


def show(request: Request, *, done: bool, audience: str) -> HttpResponse:
    """This function will show 待办 (the most urgent first) or 已办 (newest first), searched by number or title."""
    tasks = queries.done_by(request.actor) if done else queries.waiting_for(request.actor)
    if text := request.GET.get("q", "").strip():
        tasks = tasks.filter(Q(case=text) | Q(title__icontains=text))
    paginator = CappedPaginator(tasks, tasks, page_size(request.GET.get("per_page")))
    page = paginator.get_page(request.GET.get("page"))
    waiting = paginator.found if not (done or text) else queries.count_waiting(request.actor)
    request.waiting = waiting  # counted once for the page, its tab and the bar at the top
    tabs = [
        {"label": "待办", "url": reverse(f"{audience}:inbox"), "active": not done, "count": waiting},
        {"label": "已办", "url": reverse(f"{audience}:done"), "active": done, "count": None},
    ]
    days = calendar()
    context = {"page": page, "lines": [_line(request, task, days) for task in page], "tabs": tabs, "done": done, "text": text, "audience": audience}
    return render(request, "work_list.html", context)


def _line(request: Request, task: "Task", days: Calendar) -> dict[str, Any]:
    left = days.working_days_between(request.today, task.due_on) if task.due_on and not task.closed_at else None
    return {"task": task, "url": case_url(task.case, request.actor), "left": left}


def take(request: Request, task_id: int, audience: str) -> HttpResponseBase:
    """This function will sign for a task and lead to its case."""
    with told(request):
        task = sign_for(task_id=task_id, by=request.actor, at=request.now)
        return redirect(case_url(task.case, request.actor) or reverse(f"{audience}:inbox"))
    return redirect(f"{audience}:inbox")
