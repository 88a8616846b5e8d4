"""工作台: what waits for this person, and what has been done, for every audience that has work?"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.kernel.periods import Calendar
from touchstone.parameters.queries import calendar
from touchstone.policy.roles import Role
from touchstone.tasks import queries
from touchstone.tasks.operations import hand_on, read_copy, sign_for
from touchstone.web.cases import case_url, task_url
from touchstone.web.doors import Request, told
from touchstone.web.forms import Form
from touchstone.web.paging import CappedPaginator, page_size
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.tasks.models import Copy, Task


VIEWS = {"inbox": "待办", "done": "已办", "asked": "我发起的", "copies": "抄送"}
_EMPTY = {
    "inbox": ("目前没有待办", "有新的事项需要您办理时，会出现在这里，并显示剩余工作日。"),
    "done": ("还没有办结的事项", "办结的事项会留在这里备查。"),
    "asked": ("还没有由您发起的事项", "您提交、征求、指派、退回、加签给别人的事项，会列在这里，可以看到由谁办理、办到哪一步。"),
    "copies": ("没有抄送给本单位的事项", "抄送只供知悉，不需要办理。"),
}


def show(request: Request, view: str, audience: str) -> HttpResponse:
    """This function will show 待办 (the most urgent first), 已办 (newest first), 我发起的 (what is open first) or 抄送 (what nobody has read first),
    searched by number or title."""
    rows: QuerySet[Any] = _ROWS[view](request.actor)
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(Q(case=text) | Q(title__holds=text))
    paginator = CappedPaginator(rows, rows, page_size(request.GET.get("per_page")))
    page = paginator.get_page(request.GET.get("page"))
    # counted once for the page, its tab and the bar at the top
    request.waiting = paginator.found if view == "inbox" and not text else queries.count_waiting(request.actor)
    counts = {"inbox": request.waiting, "copies": queries.count_unread_copies(request.actor) or None}
    tabs = [
        {"label": label, "url": reverse(f"{audience}:{name}"), "active": name == view, "count": counts.get(name)} for name, label in VIEWS.items()
    ]
    days = calendar()
    context = {
        "page": page,
        "lines": [_copy(request, copy) for copy in page] if view == "copies" else [_line(request, task, days, audience) for task in page],
        "tabs": tabs,
        "view": view,
        "title": VIEWS[view],
        "empty": ("没有找到相符的事项", "请换一个编号或标题。") if text else _EMPTY[view],
        "text": text,
        "audience": audience,
    }
    return render(request, "work_list.html", context)


_ROWS = {"inbox": queries.waiting_for, "done": queries.done_by, "asked": queries.asked_by, "copies": queries.copies_to}


def _line(request: Request, task: "Task", days: Calendar, audience: str) -> dict[str, Any]:
    left = days.working_days_between(request.today, task.due_on) if task.due_on and not task.closed_at else None
    mine = task.taken_by_id in (None, request.actor.user_id)
    urls = {name: reverse(f"{audience}:{name}", args=[task.pk]) for name in ("take", "hand_over")}
    return {"task": task, "url": task_url(task, request.actor), "left": left, "mine": mine, "role": Role(task.role).label} | urls


def _copy(request: Request, copy: "Copy") -> dict[str, Any]:
    return {"copy": copy, "url": case_url(copy.case, request.actor)}


def read(request: Request, copy_id: int, audience: str) -> HttpResponseBase:
    """This function will note that what the office was shown has been read, and lead to its case."""
    with told(request):
        copy = read_copy(copy_id=copy_id, by=request.actor, at=request.now)
        return redirect(case_url(copy.case, request.actor) or reverse(f"{audience}:copies"))
    return redirect(f"{audience}:copies")


def take(request: Request, task_id: int, audience: str) -> HttpResponseBase:
    """This function will sign for a task and lead to its case."""
    with told(request):
        task = sign_for(task_id=task_id, by=request.actor, at=request.now)
        return redirect(task_url(task, request.actor) or reverse(f"{audience}:inbox"))
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
    context = {"task": task, "form": form, "people": people, "case_url": task_url(task, request.actor), "back": reverse(f"{audience}:inbox")}
    return render(request, "hand_over.html", context)
