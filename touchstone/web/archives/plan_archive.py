"""计划的档案: where is the archive of this plan, and may it be begun?"""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams import permissions
from touchstone.exams.operations.archive import begin_archive
from touchstone.exams.queries.archive import archives_of
from touchstone.web.body.evaluation import own_plan
from touchstone.web.doors import Request, body_door, told


@body_door
def plan_archive(request: Request, number: str) -> HttpResponseBase:
    """This page will lead on to the plan's archive, the last version of several; where none was begun, it offers to begin one."""
    plan = own_plan(request, number)
    if request.method == "POST":
        with told(request):
            begin_archive(plan_number=number, by=request.actor, at=request.now)
            messages.success(request, "已建立档号，请汇编五卷。")
    last = archives_of(plan).last()
    if last is not None:
        return redirect("body:archive", last.number)
    crumbs = [
        {"label": "认定计划", "url": reverse("body:plans")},
        {"label": number, "url": reverse("body:plan", args=[number])},
        {"label": "评价档案", "url": ""},
    ]
    why_not = permissions.why_not(request.actor, "keep_archive", plan)
    return render(request, "archives/plan_archive.html", {"plan": plan, "crumbs": crumbs, "why_not": why_not})
