"""协办页: what was our authority asked about which case, by when, and what did we say? The summary of that one case, and nothing else of it."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.enforcement import operations, queries
from touchstone.exams.operations.exports import record_export
from touchstone.web.doors import Request, adviser_door, told
from touchstone.web.enforcement.words import STATES
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import Column, DayColumn, Empty, Table, list_page

if TYPE_CHECKING:
    from touchstone.enforcement.models import Case


class AskedTable(Table):
    """What an authority was asked."""

    number = Column("案件", accessor="case__number", order_by="case_id", linkify=("adviser:case", [A("case__number")]))
    party_name = Column("当事机构", accessor="case__party_name", orderable=False)
    question = Column("请提出意见的事项", orderable=False)
    office = Column("承办单位", accessor="case__office__name", orderable=False)
    asked_at = DayColumn("征求日期", order_by="pk")
    due_on = DayColumn("答复期限")
    answered_at = DayColumn("答复日期", default="待答复")


class AskedFilter(django_filters.FilterSet):
    """Narrowing what was asked."""

    number = django_filters.CharFilter(label="案件编号", field_name="case__number", lookup_expr="startswith")
    party = django_filters.CharFilter(label="当事机构", field_name="case__party_name", lookup_expr="holds")
    answered = django_filters.ChoiceFilter(label="答复", choices=[("no", "待答复"), ("yes", "已提出意见")], method="that_is_answered")
    due = DayRangeFilter(label="答复期限", field_name="due_on")

    def that_is_answered(self, found: Any, name: str, value: str) -> Any:
        return found.filter(answered_at__isnull=value == "no")


@adviser_door
def home(request: Request) -> HttpResponseBase:
    """This page will list what the authority was asked, those not answered first."""
    return list_page(
        request,
        queryset=queries.helps_asked(request.actor),
        table=AskedTable,
        filterset=AskedFilter,
        title="协办案件",
        unit="件",
        template="enforcement/asked.html",
        empty=Empty("没有征求意见的案件", "承办单位征求意见以后，会出现在这里。"),
        exported=lambda kind, count: record_export(case="helps", what="协办案件", kind=kind, count=count, by=request.actor, at=request.now),
    )


@adviser_door
def case(request: Request, number: str) -> HttpResponseBase:
    """This page will show the summary of a case and take the opinion. :raises NotAllowed: for one it was not asked about."""
    found = queries.case(number, request.actor)
    if request.method == "POST":
        with told(request):
            operations.give_opinion(number=number, opinion=request.POST.get("words", ""), by=request.actor, at=request.now)
            messages.success(request, "意见已提交。")
        return redirect("adviser:case", number)
    return render(request, "enforcement/summary.html", summary_of(request, found, reverse("adviser:home")))


def summary_of(request: Request, found: "Case", back: str) -> dict[str, Any]:
    """This function will give what an authority that was asked sees of a case."""
    label, tone = STATES[found.state]
    return {
        "case": found,
        "state_label": label,
        "tone": tone,
        "acts": list(found.acts.order_by("id")),
        "asked": queries.helps_of(found).filter(office_id=request.actor.office_id).first(),
        "crumbs": [{"label": "协办", "url": back}, {"label": found.number}],
        "request_key": uuid4(),
    }
