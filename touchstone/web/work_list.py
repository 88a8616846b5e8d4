"""工作台: what waits for this person, and what has been done, for every audience that has work?"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.kernel.periods import Calendar
from touchstone.parameters.queries import calendar
from touchstone.tasks import queries
from touchstone.tasks.operations import hand_on, sign_for
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, told
from touchstone.web.forms import Form
from touchstone.web.paging import CappedPaginator, page_size
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.tasks.models import Task


def show(request: Request, *, done: bool, audience: str) -> HttpResponse:
    """This function will show 待办 (the most urgent first) or 已办 (newest first), searched by number or title."""
    tasks = queries.done_by(request.actor) if done else queries.waiting_for(request.actor)
    if text := request.GET.get("q", "").strip():
        tasks = tasks.filter(Q(case=text) | Q(title__icontains=text))
    page = CappedPaginator(tasks, tasks, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    waiting = queries.count_waiting(request.actor)
    tabs = [
        {"label": "待办", "url": reverse(f"{audience}:inbox"), "active": not done, "count": waiting},
        {"label": "已办", "url": reverse(f"{audience}:done"), "active": done, "count": None},
    ]
    days = calendar()
    context = {"page": page, "lines": [_line(request, task, days) for task in page], "tabs": tabs, "done": done, "text": text, "audience": audience}
    return render(request, "work_list.html", context)


def _line(request: Request, task: "Task", days: Calendar) -> dict[str, Any]:
    left = days.working_days_between(request.today, task.due_on) if task.due_on and not task.closed_at else None
    return {"task": task, "url": case_url(task.case, request.actor), "left": left, "mine": task.taken_by_id in (None, request.actor.user_id)}


def take(request: Request, task_id: int, audience: str) -> HttpResponseBase:
    """This function will sign for a task and lead to its case."""
    with told(request):
        task = sign_for(task_id=task_id, by=request.actor, at=request.now)
        return redirect(case_url(task.case, request.actor) or reverse(f"{audience}:inbox"))
    return redirect(f"{audience}:inbox")


class HandOnForm(Form):
    """Who of the office takes the task, and why."""

    colleague = forms.TypedChoiceField(label="转给", coerce=int, widget=forms.RadioSelect, empty_value=None)
    reason = forms.CharField(label="转办原因", max_length=500, widget=forms.Textarea({"rows": 2}))


def hand_over(request: Request, task_id: int, audience: str) -> HttpResponseBase:
    """This function will show who of the same office and role could have a task, and hand it on (转办) to one of them."""
    task = queries.task(task_id, request.actor)
    people = queries.colleagues(task, request.actor, request.today)
    form = HandOnForm(request.POST or None)
    form.fields["colleague"].choices = [(person.user.pk, person.name) for person in people]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            to, reason = form.cleaned_data["colleague"], form.cleaned_data["reason"]
            hand_on(task_id=task_id, to_user_id=to, words=reason, by=request.actor, at=request.now)
            messages.success(request, f"已转给{next(person.name for person in people if person.user.pk == to)}办理。")
            return redirect(f"{audience}:inbox")
    context = {"task": task, "form": form, "people": people, "case_url": case_url(task.case, request.actor), "back": reverse(f"{audience}:inbox")}
    return render(request, "hand_over.html", context)
