"""入选机构: which bodies are or were selected for which projects, until when, and which selection ends before its time?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies.queries import bodies
from touchstone.calls import operations, permissions, queries
from touchstone.filings.queries import filings, filings_in_force
from touchstone.filings.states import WAITING_ON, State
from touchstone.kernel.moves import Side
from touchstone.kernel.numbers import name_key
from touchstone.policy.calls.ending import GROUNDS_TO_END, clause_of_ground
from touchstone.web import call_view
from touchstone.web.authority.filing_acts import opinion_field
from touchstone.web.authority.projects import tabs
from touchstone.web.call_view import SELECTION_STATES
from touchstone.web.columns import Column, DayColumn
from touchstone.web.doors import Request, authority_door
from touchstone.web.forms import Form
from touchstone.web.paper_columns import LastDayColumn, badge
from touchstone.web.refusing import told_in
from touchstone.web.tables import Empty, Table, list_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from touchstone.calls.models import Selection

UNDER_WAY = [state for state in State if WAITING_ON[state] is not Side.NOBODY and state is not State.SUSPENDED]


class SelectionTable(Table):
    """Selections, those of the past included."""

    body = Column("入选机构", accessor="body__name", order_by="body__name_key")
    project = Column("评价项目", accessor="project__occupation__name")
    district = Column("区", empty_values=())
    selected_on = DayColumn("确定日")
    until = LastDayColumn("有效期至")
    state = Column("状态", empty_values=(), accessor="until", orderable=False)
    ground = Column("依据", orderable=False)
    ended_because = Column("取消理由", orderable=False, default="—")
    folded = ("ground", "district")

    def render_body(self, value: str, record: "Selection") -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("authority:selection", args=[record.pk]), value)

    def value_body(self, value: str) -> str:
        return value

    def render_project(self, record: "Selection") -> str:
        return str(record.project)

    def value_project(self, record: "Selection") -> str:
        return str(record.project)

    def render_district(self, value: str) -> str:
        return call_view.where(value or "")

    def render_state(self, record: "Selection") -> SafeString:
        return badge(*call_view.selection_state(record, self.request.today))

    def value_state(self, record: "Selection") -> str:
        return call_view.selection_state(record, self.request.today)[0]


class SelectionFilter(django_filters.FilterSet):
    """Narrowing the selections."""

    body = django_filters.CharFilter(label="入选机构", method="named")
    project = django_filters.CharFilter(label="评价项目（职业、编码）", method="of_project")
    standing = django_filters.ChoiceFilter(label="状态", choices=SELECTION_STATES, method="standing_so")

    def named(self, found: "QuerySet[Selection]", name: str, value: str) -> "QuerySet[Selection]":
        return found.filter(body__name_key__contains=name_key(value))

    def of_project(self, found: "QuerySet[Selection]", name: str, value: str) -> "QuerySet[Selection]":
        return found.filter(Q(project__occupation__name__icontains=value) | Q(project__occupation__code__startswith=value))

    def standing_so(self, found: "QuerySet[Selection]", name: str, value: str) -> "QuerySet[Selection]":
        if value == "ended":
            return found.filter(ended_on__isnull=False)
        found = found.filter(ended_on__isnull=True)
        return found.filter(until__gt=self.request.today) if value == "good" else found.filter(until__lte=self.request.today)


class EndForm(Form):
    """On which ground a selection ends, and why."""

    ground = forms.ChoiceField(label="取消的情形", widget=forms.RadioSelect)
    reason = opinion_field("查实的情况和理由（告知该机构，并向社会公布）")

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = GROUNDS_TO_END.on(day).value
        self.fields["ground"].choices = [(key, f"{label}（依据：{clause_of_ground(key)}）") for key, label in grounds.items()]  # type: ignore[attr-defined]


@authority_door
def selections(request: Request) -> HttpResponseBase:
    """This page will list who is or was selected for what."""
    return list_page(
        request, queryset=queries.selections(request.actor), table=SelectionTable, filterset=SelectionFilter, title="入选机构", unit="项",
        empty=Empty("还没有入选的机构", "征集结果公示期满后，入选机构会出现在这里。"), template="authority/selections.html",
        totals=lambda rows: {"有效": rows.filter(ended_on__isnull=True, until__gt=request.today).count()}, extra={"tabs": tabs("selections")},
    )  # fmt: skip


@authority_door
def selection(request: Request, key: int) -> HttpResponseBase:
    """This page will show a selection with what was filed on it, and end it before its time. :raises Http404:"""
    found = queries.selections(request.actor).filter(pk=key).first()
    if found is None:
        raise Http404
    good = found.ended_on is None and request.today < found.until
    why_not = permissions.why_not(request.actor, "end_selection")
    if request.method == "POST":
        permissions.check_may(request.actor, "end_selection")
    form = EndForm(request.POST or None, day=request.today) if not why_not else None
    if request.method == "POST" and form is not None and form.is_valid():
        with told_in(form):
            operations.end_selection(
                selection_id=key, ground=form.cleaned_data["ground"], reason=form.cleaned_data["reason"], by=request.actor, at=request.now
            )
            messages.success(request, f"已取消{found.body.name}的入选资格，已告知该机构。")
            return redirect("authority:selection", key)
    state, tone = call_view.selection_state(found, request.today)
    application = queries.applications(request.actor).filter(pk=found.application_id or 0).first()
    of_body = filings(request.actor).filter(body=found.body)
    context = {
        "selection": found,
        "state": state,
        "tone": tone,
        "where": call_view.where(found.district),
        "form": form,
        "good": good,
        "why_not": why_not,
        "call": found.application.lot.call if found.application else None,
        "sees_body": bodies(request.actor).filter(pk=found.body_id).exists(),
        "application": application,
        "filed": list(of_body.filter(pk__in=filings_in_force(request.today, found.body).order_by().values("pk"))),
        "under_way": list(of_body.filter(state__in=UNDER_WAY)),
        "timeline": call_view.timeline(application.number) if application else [],
        "crumbs": [{"label": "入选机构", "url": reverse("authority:selections")}, {"label": found.body.name}],
    }
    return render(request, "authority/selection.html", context)
