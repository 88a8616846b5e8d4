"""核实说明页: what is my body asked to say, in the office's own words, and what did it say? Nothing here tells of whoever complained."""

from typing import Any

import django_filters
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.complaints import permissions, queries
from touchstone.complaints.operations import answer_for_body
from touchstone.exams.operations.exports import record_export
from touchstone.files import queries as files
from touchstone.files.operations import LARGEST
from touchstone.parameters.queries import calendar
from touchstone.policy.roles import Role
from touchstone.web.complaints.words import files_sent
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import send_from_case
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import Column, DayColumn, Empty, Table, list_page


class WordTable(Table):
    """What a body was asked to say."""

    number = Column("编号", linkify=lambda record: reverse("body:lead_word", args=[record.number]), attrs={"td": {"class": "ts-nowrap"}})
    facts = Column("请说明的事项", orderable=False)
    office = Column("承办单位", accessor="office__name", orderable=False)
    asked_at = DayColumn("请说明日期", order_by="pk")
    due_on = DayColumn("说明期限")
    answered_at = DayColumn("说明日期", default="—", orderable=False)

    def render_facts(self, value: str) -> str:
        return value[:60] + ("…" if len(value) > 60 else "")


class WordFilter(django_filters.FilterSet):
    """Narrowing what was asked."""

    number = django_filters.CharFilter(label="编号", lookup_expr="startswith")
    answered = django_filters.ChoiceFilter(label="说明", choices=[("no", "还没有说明"), ("yes", "已经说明")], method="that_is_answered")
    due = DayRangeFilter(label="说明期限", field_name="due_on")

    def that_is_answered(self, found: Any, name: str, value: str) -> Any:
        return found.filter(answered_at__isnull=value == "no")


@body_door
def lead_words(request: Request) -> HttpResponseBase:
    """This page will list what the body was asked to say."""
    return list_page(
        request, queryset=queries.own_words(request.actor), table=WordTable, filterset=WordFilter, title="核实说明", unit="件",
        exported=lambda kind, count: record_export(case="lead-words", what="核实说明", kind=kind, count=count, by=request.actor, at=request.now),
        empty=Empty("没有请贵机构说明的事项", "主管部门核实线索需要贵机构说明的，会出现在这里，同时有待办和消息。"),
    )


@body_door
def lead_word(request: Request, number: str) -> HttpResponseBase:
    """This page will show what is asked and take the body's word, once. :raises NotAllowed: for another's."""
    found = queries.own_word(number, request.actor)
    if request.method == "POST":
        with told(request):
            answer_for_body(number=number, words=request.POST.get("words", ""), files=files_sent(request), by=request.actor, at=request.now)
            messages.success(request, "说明已提交。")
        return redirect("body:lead_word", number)
    held: list[dict[str, Any]] = [
        {"name": one.name, "url": reverse("body:lead_word_file", args=[number, one.number]), "size": one.size} for one in files.of_case(number)
    ]
    context = {
        "word": found,
        "files": held,
        "left": calendar().working_days_between(request.today, found.due_on) if found.answered_at is None else None,
        "may_answer": found.answered_at is None and not permissions.why_not(permissions.check_may_answer, request.actor, found),
        "roles": "、".join(role.label for role in (Role.BODY_PLANNER, Role.BODY_LEADER, Role.BODY_FILER)),
        "largest": LARGEST,
        "crumbs": [{"label": "核实说明", "url": reverse("body:lead_words")}, {"label": number}],
    }
    return render(request, "complaints/word.html", context)


@body_door
def lead_word_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send one file of the body's own word. :raises NotAllowed: :raises Http404:"""
    return send_from_case(queries.own_word(number, request.actor).number, attachment)
