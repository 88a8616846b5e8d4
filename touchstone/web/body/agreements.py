"""合作协议: with which schools does my body work together, for which majors, until when, and whose students are they?"""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations, permissions, queries
from touchstone.web.body.register_forms import AgreementForm
from touchstone.web.body.register_page import Ending, EntryPage, crumbs_of, entry_page, form_page, register_of
from touchstone.web.doors import Request, body_door
from touchstone.web.entry_view import HINTS, agreement_facts
from touchstone.web.paper_columns import LastDayColumn, PaperFilter, badge, file_paper, period_state
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, Table, list_page


class AgreementTable(Table):
    """Agreements of one body."""

    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    school = Column("合作院校")
    majors = Column("专业", orderable=False)
    students = NumberColumn("在册学生", accessor="students_now", orderable=False)
    signed_on = DayColumn("签订日")
    since = DayColumn("有效期自")
    until = LastDayColumn("有效期至")
    state = Column("状态", empty_values=(), accessor="number", orderable=False)
    folded = ("signed_on",)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:agreement", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_majors(self, value: list[str]) -> str:
        return "、".join(value)

    def render_state(self, record: Any) -> SafeString:
        return badge(*period_state(record.since, record.until, self.request.today, ended="已到期", ended_on=record.ended_on))

    def value_state(self, record: Any) -> str:
        return period_state(record.since, record.until, self.request.today, ended="已到期", ended_on=record.ended_on)[0]


class AgreementFilter(PaperFilter):
    """Narrowing the list of agreements."""

    school = django_filters.CharFilter(label="合作院校", lookup_expr="icontains")
    major = django_filters.CharFilter(label="专业", method="with_major")

    def with_major(self, found: Any, name: str, value: str) -> Any:
        return found.filter(Q(majors__contains=[value.strip()]))


@body_door
def agreements(request: Request) -> HttpResponseBase:
    """This page will list the body's cooperation agreements; the export is put on record."""
    body = register_of(request, "agreements")
    why_not = permissions.why_not_keep(request.actor, body)

    def on_record(kind: str, count: int) -> None:
        operations.record_export(body=body, what="agreements", kind=kind, count=count, by=request.actor.with_key(""), at=request.now)

    new = () if why_not else ("登记协议", reverse("body:agreement_new"))
    return list_page(
        request,
        queryset=queries.agreements_with_students(body),
        table=AgreementTable,
        filterset=AgreementFilter,
        title="合作协议",
        unit="份",
        empty=Empty("还没有校企合作协议", "登记协议并上传原件后，协议院校的毕业学年学生才能报名。", *new),
        exported=on_record,
        template="body/register.html",
        extra={
            "why_not": why_not,
            "actions": [(*new, "plus", "btn-primary")] if new else [],
            "crumbs": crumbs_of("agreements"),
            "subtitle": "有校企合作协议的院校，其毕业学年学生可以由本单位评价（通知 二(一)）。",
        },
    )


@body_door
def agreement_new(request: Request) -> HttpResponseBase:
    """This page will enter an agreement, with its paper."""
    body = register_of(request, "agreements")
    permissions.check_may_keep(request.actor, body)
    form = AgreementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("school", "school_uscc", "majors", "signed_on", "since")}
        with told_in(form):
            made = operations.enter_agreement(body=body, **given, until=form.until, by=request.actor, at=request.now)
            messages.success(request, f"协议{made.number}已登记，请登记或导入协议院校的学生。")
            file_paper(request, made.number, "协议", form.cleaned_data["paper"])
            return redirect("body:agreement", made.number)
    return form_page(request, form, register="agreements", title="登记协议", button="登记")


@body_door
def agreement(request: Request, number: str) -> HttpResponseBase:
    """This page will show an agreement with paper and students, and end it early. :raises Http404:"""
    body = register_of(request, "agreements")
    found = queries.agreements_with_students(body).filter(number=number).first()
    if found is None:
        raise Http404
    state = period_state(found.since, found.until, request.today, ended="已到期", ended_on=found.ended_on)
    ending = None
    if found.ended_on is None and found.until > request.today:
        ending = Ending(
            f"提前终止协议{number}？",
            "终止之日起协议院校的学生不能再据此报名；此前申报的不受影响。终止后不能恢复。",
            "提前终止",
            "终止日",
            lambda on, reason: operations.end_agreement(number=number, on=on, reason=reason, by=request.actor, at=request.now),
            with_reason=True,
        )
    page = EntryPage(
        number=number,
        title=found.school,
        register="agreements",
        state=state,
        pairs=agreement_facts(found),
        evidence_hint=HINTS["agreements"],
        ending=ending,
        extra={
            "students": queries.students_of(body, found).filter(left_on__isnull=True).count(),
            "students_url": reverse("body:agreement_students", args=[number]),
        },
        template="body/agreement.html",
    )
    return entry_page(request, page, body)

