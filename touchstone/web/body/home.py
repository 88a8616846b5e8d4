"""机构首页: what must I do, what am I filed for, which plans run?"""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.bodies.queries import model_on, own_body
from touchstone.exams.queries.plans import plans
from touchstone.filings.queries import filings, scope_in_force
from touchstone.parameters.queries import calendar
from touchstone.tasks.queries import waiting_for
from touchstone.web.body.populations import ending_lines
from touchstone.web.cases import task_url
from touchstone.web.doors import Request, body_door


@body_door
def home(request: Request) -> HttpResponseBase:
    """This page will show what waits, the filing with its term and scope, and the plans under way."""
    body, days = own_body(request.actor), calendar()
    tasks = [
        {"task": t, "url": task_url(t, request.actor), "left": days.working_days_between(request.today, t.due_on) if t.due_on else None}
        for t in waiting_for(request.actor)[:6]
    ]
    under_way = plans(request.actor).exclude(state__in=["certified", "cancelled"]).select_related("occupation").order_by("exam_on", "id")
    context = {
        "body": body,
        "model": model_on(body, request.today),
        "tasks": tasks,
        "filings": filings(request.actor).order_by("-id")[:5],
        "scope": scope_in_force(request.today, body)[:12],
        "plans": under_way[:8],
        "ending": ending_lines(body, request.today),
    }
    return render(request, "body/home.html", context)
