"""在岗职工登记: one person comes into post, is shown with the contract, and leaves."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect

from touchstone.bodies import operations, permissions, queries
from touchstone.parameters.queries import in_force
from touchstone.policy.eligibility.admission import OWN_STAFF_FORMS
from touchstone.web.body.register_forms import WorkerForm
from touchstone.web.body.register_page import Ending, EntryPage, entry_page, form_page, register_of
from touchstone.web.doors import Request, body_door
from touchstone.web.entry_view import HINTS, worker_facts
from touchstone.web.refusing import told_in


@body_door
def worker_new(request: Request) -> HttpResponseBase:
    """This page will enter one person in post."""
    body = register_of(request, "workers")
    permissions.check_may_keep(request.actor, body)
    open_now = {one.number: one for one in queries.subsidiaries_of(body).filter(until__isnull=True)}
    kinds = in_force(OWN_STAFF_FORMS, request.today).value
    form = WorkerForm(request.POST or None, kinds=kinds, subsidiaries=[(one.number, one.name) for one in open_now.values()])
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if name not in {"request_key", "subsidiary"}}
        with told_in(form):
            made = operations.enter_worker(
                body=body, subsidiary=open_now.get(form.cleaned_data["subsidiary"]), **given, by=request.actor, at=request.now
            )
            messages.success(request, f"{made.person.name}已登记为在岗职工。")
            return redirect("body:worker", made.pk)
    return form_page(request, form, register="workers", title="登记在岗职工", button="登记")


@body_door
def worker(request: Request, key: int) -> HttpResponseBase:
    """This page will show one row of the register, take the contract, and note that the person left. :raises Http404:"""
    body = register_of(request, "workers")
    found = queries.workers_of(body).filter(pk=key).first()
    if found is None:
        raise Http404
    ending = None
    if found.until is None:
        ending = Ending(
            "登记离岗？",
            "离岗后不能再作为本单位在岗职工报名；此前的申报不受影响。",
            "登记离岗",
            "离岗日",
            lambda on, reason: operations.end_worker(worker_id=found.pk, on=on, by=request.actor, at=request.now),
        )
    page = EntryPage(
        number=found.number,
        title=found.person.name,
        register="workers",
        state=("已离岗", "neutral") if found.until else ("在岗", "ok"),
        pairs=worker_facts(found),
        evidence_hint=HINTS["workers"],
        ending=ending,
        entered_at=found.entered_at,
    )
    return entry_page(request, page, body)
