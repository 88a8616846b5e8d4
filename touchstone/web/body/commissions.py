"""委托: which firms without the conditions have commissioned my body, for which occupations, how many people, and how many came?"""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations, permissions, queries
from touchstone.catalogue.queries import names_of
from touchstone.exams.queries.registration import places_taken
from touchstone.web.body.register_forms import CommissionForm
from touchstone.web.body.register_page import Ending, EntryPage, crumbs_of, entry_page, form_page, register_of
from touchstone.web.doors import Request, body_door
from touchstone.web.entry_view import HINTS, commission_facts
from touchstone.web.paper_columns import LastDayColumn, PaperFilter, badge, file_paper, period_state
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, Table, list_page


class CommissionTable(Table):
    """Commissions of one body, with the places taken."""

    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    client = Column("委托单位")
    occupations = Column("职业", orderable=False)
    people = NumberColumn("约定人数")
    used = NumberColumn("已接受", accessor="number", orderable=False)
    signed_on = DayColumn("签订日")
    since = DayColumn("有效期自")
    until = LastDayColumn("有效期至")
    state = Column("状态", empty_values=(), accessor="number", orderable=False)
    folded = ("signed_on",)

    @cached_property
    def taken(self) -> Mapping[str, int]:
        """Places taken, read once for all rows."""
        return places_taken(self.data.data.values_list("number", flat=True))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of occupations, read once for all rows."""
        return names_of({code for codes in self.data.data.values_list("occupations", flat=True) for code in codes}, self.request.today)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:commission", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_occupations(self, value: list[str]) -> str:
        return "、".join(self.names.get(code, code) for code in value)

    def render_used(self, value: str) -> str:
        return f"{self.taken.get(value, 0):,}"

    def value_used(self, value: str) -> int:
        return self.taken.get(value, 0)

    def render_state(self, record: Any) -> SafeString:
        return badge(*period_state(record.since, record.until, self.request.today, ended="已到期", ended_on=record.ended_on))

    def value_state(self, record: Any) -> str:
        return period_state(record.since, record.until, self.request.today, ended="已到期", ended_on=record.ended_on)[0]


class CommissionFilter(PaperFilter):
    """Narrowing the list of commissions."""

    client = django_filters.CharFilter(label="委托单位", lookup_expr="icontains")
    occupation = django_filters.CharFilter(label="职业编码", method="with_occupation")

    def with_occupation(self, found: Any, name: str, value: str) -> Any:
        return found.filter(occupations__contains=[value.strip()])


@body_door
def commissions(request: Request) -> HttpResponseBase:
    """This page will list the commissions with the places taken; the export is put on record."""
    body = register_of(request, "commissions")
    why_not = permissions.why_not_keep(request.actor, body)

    def on_record(kind: str, count: int) -> None:
        operations.record_export(body=body, what="commissions", kind=kind, count=count, by=request.actor.with_key(""), at=request.now)

    new = () if why_not else ("登记委托", reverse("body:commission_new"))
    return list_page(
        request,
        queryset=queries.commissions_of(body).order_by("-since", "-number"),
        table=CommissionTable,
        filterset=CommissionFilter,
        title="委托",
        unit="份",
        empty=Empty("还没有委托", "登记委托并上传协议后，委托单位的职工才能报名；超出约定职业和人数的不予接受。", *new),
        exported=on_record,
        template="body/register.html",
        extra={
            "why_not": why_not,
            "actions": [(*new, "plus", "btn-primary")] if new else [],
            "crumbs": crumbs_of("commissions"),
            "subtitle": "不具备自主评价条件的企业，可以委托本单位评价其职工（通知 二(一)）。",
        },
    )


@body_door
def commission_new(request: Request) -> HttpResponseBase:
    """This page will enter a commission, with its paper."""
    body = register_of(request, "commissions")
    permissions.check_may_keep(request.actor, body)
    form = CommissionForm(request.POST or None, request.FILES or None, day=request.today)
    if request.method == "POST" and form.is_valid():
        names = ("client", "client_uscc", "lacks", "occupations", "people", "signed_on", "since")
        given = {name: form.cleaned_data[name] for name in names}
        with told_in(form):
            made = operations.enter_commission(body=body, **given, until=form.until, by=request.actor, at=request.now)
            messages.success(request, f"委托{made.number}已登记。")
            file_paper(request, made.number, "委托协议", form.cleaned_data["paper"])
            return redirect("body:commission", made.number)
    return form_page(request, form, register="commissions", title="登记委托", button="登记")


@body_door
def commission(request: Request, number: str) -> HttpResponseBase:
    """This page will show a commission with the places taken, and end it early. :raises Http404:"""
    body = register_of(request, "commissions")
    found = queries.commissions_of(body).filter(number=number).first()
    if found is None:
        raise Http404
    ending = None
    if found.ended_on is None and found.until > request.today:
        ending = Ending(
            f"提前终止委托{number}？",
            "终止之日起委托单位的职工不能再据此报名；此前申报的不受影响。终止后不能恢复。",
            "提前终止",
            "终止日",
            lambda on, reason: operations.end_commission(number=number, on=on, reason=reason, by=request.actor, at=request.now),
            with_reason=True,
        )
    page = EntryPage(
        number=number,
        title=found.client,
        register="commissions",
        state=period_state(found.since, found.until, request.today, ended="已到期", ended_on=found.ended_on),
        pairs=commission_facts(found, places_taken([number]).get(number, 0), request.today),
        evidence_hint=HINTS["commissions"],
        ending=ending,
    )
    return entry_page(request, page, body)
