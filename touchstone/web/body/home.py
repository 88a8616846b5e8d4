"""机构首页: what must I do, what am I filed for, which plans run?"""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.bodies.models import Body
from touchstone.exams.models import Plan
from touchstone.filings.models import Filing, ScopeItem
from touchstone.parameters.queries import calendar
from touchstone.tasks.queries import waiting_for
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, body_door


@body_door
def home(request: Request) -> HttpResponseBase:
    """This page will show what waits, the filing with its term and scope, and the plans under way."""
    body = Body.objects.get(office_id=request.actor.office_id)
    days = calendar()
    tasks = [
        {"task": t, "url": case_url(t.case, request.actor), "left": days.working_days_between(request.today, t.due_on) if t.due_on else None}
        for t in waiting_for(request.actor)[:6]
    ]
    filings = Filing.objects.filter(body=body).order_by("-id")[:5]
    scope = ScopeItem.objects.filter(filing__body=body, since__lte=request.today, until__gt=request.today).select_related(
        "occupation", "trade", "standard", "venue"
    )
    plans = Plan.objects.filter(body=body).exclude(state__in=["certified", "cancelled"]).select_related("occupation").order_by("exam_on", "id")[:8]
    context = {"body": body, "tasks": tasks, "filings": filings, "scope": scope[:12], "plans": plans}
    return render(request, "body/home.html", context)
