"""检查任务与回避页: where am I sent, from when do I know it, and from which bodies must I stay away?"""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.inspections import operations, permissions, queries
from touchstone.inspections.queries import visiting
from touchstone.inspections.states import TaskState
from touchstone.kernel.numbers import name_key
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.inspections import FORMER_EMPLOYER_YEARS, Ground
from touchstone.policy.roles import Role
from touchstone.policy.supervision.publication import RESULT_WITHIN, result_due
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.events import told_with_receipt
from touchstone.web.forms import Form
from touchstone.web.inspections.begun import shown
from touchstone.web.inspections.plans import tabs
from touchstone.web.inspections.words import TASK_STATES, VISIT_STATES, items_of, visits_shown
from touchstone.web.paging import CappedPaginator, page_size
from touchstone.web.refusing import told_in


@authority_door
def inspection_visits(request: Request) -> HttpResponseBase:
    """This page will list the visits the person is sent on, and the checks without a draw they take part in. :raises NotAllowed: for others."""
    permissions.check_may_declare(request.actor)
    context = {
        "lines": visits_shown(queries.own_visits(request.actor, request.now)),
        "checks": [{"visit": one, "state": VISIT_STATES[one.state]} for one in visiting.checks_begun(request.actor)],
        "tabs": tabs(request, "visits"),
    }
    return render(request, "inspections/visits.html", context)


@authority_door
def inspection_visit(request: Request, number: str) -> HttpResponseBase:
    """This page will show an inspection: of a drawn one before its hour the day and the district, then the body, and once it is begun how far it is.

    :raises NotAllowed: for another's.
    """
    if visiting.is_begun(number):
        return shown(request, number)
    one = queries.own_visit(number, request.actor, request.now)
    if request.method == "POST":
        with told(request):
            operations.open_visit(number=number, by=request.actor, at=request.now)
            return redirect("authority:inspection_answers", number)
        return redirect("authority:inspection_visit", number)
    found = queries.draw(one.draw, request.actor)
    label, tone = TASK_STATES[one.state]
    context = {
        "visit": one,
        "state_label": label,
        "tone": tone,
        "may_begin": one.body is not None and one.state == TaskState.SENT,
        "due": result_due(one.visit_on, calendar()),
        "within": RESULT_WITHIN.on(one.visit_on).value,
        "entries": [told_with_receipt(line) for line in history(number)],
        "request_key": uuid4(),
        "line": visits_shown([one])[0],
        "items": items_of(found.plan.items, request.today),
        "draw": found,
        "crumbs": [{"label": "我的检查", "url": reverse("authority:inspection_visits")}, {"label": number}],
    }
    return render(request, "inspections/visit.html", context)


class RecusalForm(Form):
    """From whom one stays away, and why."""

    body = forms.CharField(label="机构编号", max_length=24, help_text="在评价机构页面或名录中查看。")
    ground = forms.ChoiceField(label="事由", choices=[("", "请选择"), *((one.value, one.label) for one in Ground)])
    words = forms.CharField(label="说明", max_length=200, required=False)


@authority_door
def inspection_recusals(request: Request) -> HttpResponseBase:
    """This page will list the recusals of the office's inspectors, take one's own, and let the director end one."""
    form = RecusalForm(request.POST if request.POST.get("act") == "declare" else None)
    if request.method == "POST" and request.POST.get("act") == "end":
        key, words = request.POST.get("key", ""), request.POST.get("words", "")
        with told(request):
            operations.end_recusal(key=int(key) if key.isdigit() else 0, reason=words, by=request.actor, at=request.now)
            messages.success(request, "回避已解除，下次冻结名单时生效。")
        return redirect("authority:inspection_recusals")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with told_in(form):
            operations.declare_recusal(
                body_number=given["body"], ground=given["ground"], words=given["words"], by=request.actor, at=request.now
            )
            messages.success(request, "回避已申报，下次冻结名单时生效。")
            return redirect("authority:inspection_recusals")
    found, text = queries.recusals(request.actor), request.GET.get("q", "").strip()
    if text:
        key = name_key(text)
        found = found.filter(Q(person__name_key__holds=key) | Q(body__name_key__holds=key) | Q(body__number=text))
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "may_declare": request.actor.has(Role.SUPERVISOR) and request.actor.office_kind in permissions.DRAWING,
        "may_end": request.actor.has(Role.DIRECTOR),
        "page": page,
        "rows": list(page),
        "text": text,
        "years": FORMER_EMPLOYER_YEARS.on(request.today).value,
        "tabs": tabs(request, "recusals"),
        "request_key": uuid4(),
    }
    return render(request, "inspections/recusals.html", context)
