"""配合督导页: which visits are known, which industry authority was asked to assist at one, does it come, and what did it see?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.bodies.queries import named
from touchstone.exams.operations.exports import record_export
from touchstone.inspections.operations import assisting as operations
from touchstone.inspections.queries import assisting as queries
from touchstone.inspections.states import TaskState
from touchstone.ledger.queries import history
from touchstone.policy.inspections import VisitOutcome
from touchstone.policy.roles import OfficeKind, Role
from touchstone.web.doors import Request, authority_door
from touchstone.web.events import told_with_receipt
from touchstone.web.filters import DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.inspections.plans import tabs
from touchstone.web.inspections.words import TASK_STATES
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.inspections.models import Assistance, Task


class KnownTable(Table):
    """Visits that are known."""

    number = Column("任务", linkify=("authority:known_visit", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    visit_on = DayColumn("检查日期")
    body = Column("评价机构", accessor="body__name", order_by="body_id")
    office = Column("抽查单位", accessor="draw__plan__office__name", orderable=False)
    state = StateColumn(TASK_STATES, "状态", order_by=("state", "-pk"))
    outcome = Column("检查结果", empty_values=(), orderable=False)
    confirmed_at = MomentColumn("公布时间", default="—")
    assistance = Column("配合督导", empty_values=(), orderable=False)

    def render_outcome(self, record: "Task") -> str:
        return record.get_outcome_display() if record.state == TaskState.CONFIRMED else "—"

    value_outcome = render_outcome

    def render_assistance(self, record: "Task") -> str:
        return "；".join(f"{one.office.short_name}：{_stands(one)[0]}" for one in record.assistance.all()) or "—"

    value_assistance = render_assistance


class KnownFilter(django_filters.FilterSet):
    """Narrowing the visits."""

    body = django_filters.CharFilter(label="评价机构", method="of_body")
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in TaskState if one is not TaskState.CANCELLED])
    outcome = django_filters.ChoiceFilter(label="检查结果", choices=[(one.value, one.label) for one in VisitOutcome], method="came_to")
    district = django_filters.ChoiceFilter(label="抽查的区", choices=DISTRICT_CHOICES, field_name="draw__plan__office__district")
    visited = DayRangeFilter(label="检查日期", field_name="visit_on")

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(named(value))

    def came_to(self, found: Any, name: str, value: str) -> Any:
        return found.filter(state=TaskState.CONFIRMED, outcome=value)


def _stands(one: "Assistance") -> tuple[str, str]:
    """How far an authority's assistance is, in a word and a tone."""
    if one.answered_at is None:
        return "待答复", "warn"
    if not one.comes:
        return "不能派人", "neutral"
    return ("已提出意见", "ok") if one.opined_at else ("派人配合", "info")


@authority_door
def known_visits(request: Request) -> HttpResponseBase:
    """This page will list the visits that are known: of the office, of the city, or of the field of an industry authority."""

    def exported(kind: str, count: int) -> None:
        record_export(case="known-visits", what="双随机抽查任务", kind=kind, count=count, by=request.actor, at=request.now)

    of_field = request.actor.office_kind is OfficeKind.INDUSTRY_AUTHORITY
    sentence = "本行业的机构被抽查，揭晓以后会出现在这里，结果公布后看得到结果。" if of_field else "抽取的任务在检查当日揭晓以后，会出现在这里。"
    return list_page(
        request,
        queryset=queries.known_visits(request.actor, request.now),
        table=KnownTable,
        filterset=KnownFilter,
        title="本行业的督导检查" if of_field else "双随机抽查",
        unit="项任务",
        template="inspections/known_visits.html",
        empty=Empty("还没有揭晓的任务", sentence),
        exported=exported,
        extra={"tabs": [] if of_field else tabs(request, "known"), "unanswered": queries.unanswered(request.actor)[:10] if of_field else []},
    )


class AskForm(Form):
    """Whom to ask to assist, and for what."""

    office = forms.ChoiceField(label="行业主管部门")
    words = forms.CharField(label="请求配合的内容", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, offices: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(one.number, one.name) for one in offices]  # type: ignore[attr-defined]


class AnswerForm(Form):
    """Whether somebody comes, and who."""

    comes = forms.ChoiceField(label="是否派人", choices=[("yes", "派人配合"), ("no", "不能派人")])
    people = forms.CharField(label="配合人员", max_length=120, required=False, help_text="写明姓名和职务。")
    words = forms.CharField(label="说明", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class OpinionForm(Form):
    """What was seen."""

    opinion = forms.CharField(label="配合意见", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


@authority_door
def known_visit(request: Request, number: str) -> HttpResponseBase:
    """This page will show one known visit, ask an authority of the field to assist, and take its answer and opinion.

    :raises NotAllowed: for another's, and before its hour.
    """
    task = queries.known_visit(number, request.actor, request.now)
    asked = queries.assistance_at(task, request.actor)
    own = next((one for one in asked if one.office_id == request.actor.office_id), None)
    may = _may(request, task, own)
    form = _form(request, task, may)
    if request.method == "POST" and form is not None and form.is_valid():
        with told_in(form):
            _act(request, task, own, may, form)
            return redirect("authority:known_visit", number)
    label, tone = TASK_STATES[task.state]
    public = task.state == TaskState.CONFIRMED
    context = {
        "task": task,
        "state_label": label,
        "tone": tone,
        "public": public,
        "asked": [{"row": one, "state": _stands(one)} for one in asked],
        "may": may,
        "form": form,
        "entries": [told_with_receipt(line) for line in history(*(one.number for one in asked))] if asked else [],
        "crumbs": [{"label": "揭晓的任务", "url": reverse("authority:known_visits")}, {"label": number}],
        "request_key": uuid4(),
    }
    return render(request, "inspections/known_visit.html", context)


def _may(request: Request, task: "Task", own: "Assistance | None") -> str:
    """What the actor can do here now: ask, answer, give an opinion, or nothing."""
    if own is not None and request.actor.has(Role.CONSENT_OFFICER, Role.SUPERVISOR, Role.DIRECTOR):
        return "answer" if own.answered_at is None else "opine" if own.comes and own.opined_at is None else ""
    return "ask" if task.state == TaskState.SENT and queries.may_ask(request.actor, task) and queries.offices_to_ask(task) else ""


def _form(request: Request, task: "Task", may: str) -> Form | None:
    given = request.POST if request.method == "POST" else None
    if may == "ask":
        return AskForm(given, offices=queries.offices_to_ask(task))
    return {"answer": AnswerForm, "opine": OpinionForm}[may](given) if may else None


def _act(request: Request, task: "Task", own: "Assistance | None", may: str, form: Form) -> None:
    """Carry out what the form is for. :raises Refusal:"""
    given, by, at = form.cleaned_data, request.actor.with_key(str(form.cleaned_data["request_key"])), request.now
    if may == "ask":
        operations.ask_to_assist(visit=task.number, office=given["office"], words=given["words"], by=by, at=at)
        messages.success(request, "已邀请，该部门收到待办。")
        return
    assert own is not None
    if may == "answer":
        comes = given["comes"] == "yes"
        operations.answer_assistance(number=own.number, comes=comes, people=given["people"], words=given["words"], by=by, at=at)
        messages.success(request, "已答复，抽查单位收到抄送。")
    else:
        operations.note_opinion(number=own.number, words=given["opinion"], by=by, at=at)
        messages.success(request, "配合意见已提交，抽查单位收到抄送。")


@authority_door
def assistance(request: Request, number: str) -> HttpResponseBase:
    """This page will lead from the number of an authority's assistance to its visit. :raises Http404: where there is none."""
    visit = queries.visit_of(number)
    if not visit:
        raise Http404
    return redirect("authority:known_visit", visit)
