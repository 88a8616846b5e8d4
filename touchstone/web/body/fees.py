"""缴费名单: who of those who registered themselves has paid, what was given back, and what is waived?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams import permissions
from touchstone.exams.operations.exports import record_export
from touchstone.exams.operations.outcomes import counted
from touchstone.exams.operations.payments import waive_many
from touchstone.exams.queries import plans as plan_queries
from touchstone.exams.queries.payments import payments
from touchstone.exams.states import PaymentState
from touchstone.web.candidate.words import PAYMENT_TONES
from touchstone.web.doors import Request, body_door
from touchstone.web.tables import (
    BatchAction,
    Column,
    Empty,
    MomentColumn,
    NameColumn,
    NumberColumn,
    StateColumn,
    Table,
    chosen_rows,
    list_page,
)

if TYPE_CHECKING:
    from touchstone.exams.models import Plan

AT_ONCE = 200


class FeeTable(Table):
    """Fees by candidate."""

    number = Column("缴费单号")
    candidate_number = Column("考生编号", accessor="candidate__number")
    name = NameColumn("姓名", accessor="candidate__name", order_by="candidate__name_key")
    amount = NumberColumn("金额（元）")
    state = StateColumn({one.value: (one.label, PAYMENT_TONES[one.value]) for one in PaymentState}, "状态")
    paid_at = MomentColumn("支付时间", default="—")
    ended_at = MomentColumn("了结时间", default="—")

    def render_candidate_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:candidate", args=[value]), value)

    def value_candidate_number(self, value: str) -> str:
        return value


class FeeFilter(django_filters.FilterSet):
    """Narrowing the list of fees."""

    name = django_filters.CharFilter(label="姓名", field_name="candidate__name", lookup_expr="contains")
    state = django_filters.MultipleChoiceFilter(label="状态", choices=[(s.value, s.label) for s in PaymentState])


@body_door
def fees(request: Request, number: str) -> HttpResponseBase:
    """This page will list the fees of a plan; the export is put on record."""
    plan = plan_queries.plan(number, request.actor)
    permissions.check_may(request.actor, "register", plan)
    if request.method == "POST":
        return _waive(request, plan)

    def on_record(kind: str, count: int) -> None:
        record_export(case=number, what="payments", kind=kind, count=count, by=request.actor, at=request.now)

    crumbs = [
        {"label": "认定计划", "url": reverse("body:plans")},
        {"label": number, "url": reverse("body:plan", args=[number])},
        {"label": "缴费", "url": ""},
    ]
    return list_page(
        request,
        queryset=payments(plan),
        table=FeeTable,
        filterset=FeeFilter,
        title="缴费名单",
        unit="笔",
        empty=Empty("没有缴费", "考生本人报名、计划收费的，缴费情况会显示在这里。"),
        totals=lambda rows: {"已缴费": rows.filter(state=PaymentState.PAID).count(), "待缴费": rows.filter(state__in=["due", "waiting"]).count()},
        exported=on_record,
        batch=[BatchAction("waive", "免缴")],
        extra={"crumbs": crumbs},
    )


def _waive(request: Request, plan: "Plan") -> HttpResponseBase:
    """The first post shows whose fee is meant and asks for the reason; the second waives and shows an outcome for each."""
    chosen = list(chosen_rows(request, queryset=payments(plan), filterset=FeeFilter)[:AT_ONCE])
    context: dict[str, Any] = {
        "plan": plan,
        "chosen": chosen,
        "crumbs": [
            {"label": "认定计划", "url": reverse("body:plans")},
            {"label": plan.number, "url": reverse("body:plan", args=[plan.number])},
            {"label": "缴费", "url": reverse("body:fees", args=[plan.number])},
            {"label": "免缴", "url": ""},
        ],
    }
    if request.POST.get("confirmed"):
        reason, numbers = request.POST.get("words", ""), [one.number for one in chosen]
        results = waive_many(numbers=numbers, reason=reason, by=request.actor, at=request.now)
        context |= {"results": results, "figures": counted(results), "words": reason}
    return render(request, "body/fees_waive.html", context)
