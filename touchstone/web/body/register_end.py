"""批量离岗离校: who leaves a register, seen before it is done, with an outcome for each?"""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.accounts.actor import Actor
from touchstone.bodies import operations, permissions, queries
from touchstone.kernel.law import Refusal
from touchstone.web.body.register_page import crumbs_of, register_of
from touchstone.web.body.students import StudentFilter, agreement_of
from touchstone.web.body.workers import WorkerFilter
from touchstone.web.doors import Request, body_door
from touchstone.web.forms import day_given
from touchstone.web.tables import chosen_rows

MOST = 500
End = Callable[[int, date, Actor], object]


@body_door
def workers_end(request: Request) -> HttpResponseBase:
    """This page will note that many workers left, with an outcome for each."""
    body = register_of(request, "workers")
    permissions.check_may_keep(request.actor, body)

    def end(key: int, on: date, by: Actor) -> object:
        return operations.end_worker(worker_id=key, on=on, by=by, at=request.now)

    crumbs = crumbs_of("workers", ("登记离岗", ""))
    return _page(request, queries.workers_of(body), WorkerFilter, "登记离岗", reverse("body:workers"), crumbs, end)


@body_door
def students_end(request: Request) -> HttpResponseBase:
    """This page will note that many students of a school left, with an outcome for each."""
    body = register_of(request, "students")
    permissions.check_may_keep(request.actor, body)
    crumbs = crumbs_of("students", ("登记离校", ""))
    return _page(request, queries.students_of(body), StudentFilter, "登记离校", reverse("body:students"), crumbs, _student(request))


@body_door
def agreement_students_end(request: Request, number: str) -> HttpResponseBase:
    """This page will note that many students of a partner school left, with an outcome for each. :raises Http404:"""
    body, found = agreement_of(request, number)
    permissions.check_may_keep(request.actor, body)
    back = reverse("body:agreement_students", args=[number])
    crumbs = crumbs_of("agreements", (number, back), ("登记离校", ""))
    return _page(request, queries.students_of(body, found), StudentFilter, "登记离校", back, crumbs, _student(request))


def _student(request: Request) -> End:
    def end(key: int, on: date, by: Actor) -> object:
        return operations.end_student(student_id=key, on=on, by=by, at=request.now)

    return end


def _page(request: Request, rows: Any, filterset: type[Any], title: str, back: str, crumbs: list[dict[str, str]], end: End) -> HttpResponseBase:
    kept = f"outcomes {request.path}"
    context: dict[str, Any] = {"title": title, "back": back, "crumbs": crumbs, "today": request.today.isoformat()}
    if request.method != "POST":
        return render(request, "body/register_end.html", context | {"outcomes": request.session.pop(kept, None)})
    chosen = list(chosen_rows(request, queryset=rows, filterset=filterset)[: MOST + 1])
    if not chosen or len(chosen) > MOST:
        messages.error(request, "没有选择人员。" if not chosen else f"一次最多办理{MOST}人，请缩小查询范围。")
        return redirect(back)
    on = day_given(request.POST.get("on", ""))
    if "confirmed" not in request.POST or on is None:
        if "confirmed" in request.POST:
            messages.error(request, "请填写日期。")
        return render(request, "body/register_end.html", context | {"chosen": chosen, "request_key": uuid4()})
    request.session[kept] = [_one(request, one, on, title, end) for one in chosen]
    return redirect(request.path)


def _one(request: Request, row: Any, on: date, title: str, end: End) -> dict[str, object]:
    try:
        key = request.actor.request_key
        end(row.pk, on, request.actor.with_key(f"{key[:40]}-{row.pk}" if key else ""))
    except Refusal as refusal:
        return {"label": row.person.name, "done": False, "sentence": str(refusal)}
    return {"label": row.person.name, "done": True, "sentence": f"已{title}。"}
