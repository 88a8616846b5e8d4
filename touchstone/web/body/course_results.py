"""课程成绩一览: which course marks stand for whom, where do they come from, and which were taken back?"""

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
from touchstone.bodies.operations.courses import take_back_course_result
from touchstone.bodies.queries.courses import result, results_of
from touchstone.kernel.numbers import name_key
from touchstone.policy.exams.parts import plain_mark
from touchstone.web.body.courses import pilot_with_courses
from touchstone.web.body.register_page import EntryPage, crumbs_of, entry_page
from touchstone.web.doors import Request, body_door, told
from touchstone.web.paper_columns import badge
from touchstone.web.tables import Column, DayColumn, Empty, NameColumn, NumberColumn, Table, list_page
from touchstone.web.templatetags.look import day, moment


class CourseResultTable(Table):
    """Course results of a pilot."""

    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    register_number = Column("学籍号", accessor="student__register_number", order_by="student__register_number")
    name = NameColumn("姓名", accessor="student__person__name", order_by="student__person__name_key")
    unit = Column("课程单元")
    mark = NumberColumn("成绩")
    passed_on = DayColumn("考核日期")
    batch = Column("批次", accessor="batch__number", order_by="batch__number")
    state = Column("状态", empty_values=(), accessor="number", orderable=False)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:course_result", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_mark(self, value: Any) -> str:
        return plain_mark(value)

    def render_batch(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:course_batch", args=[value]), value)

    def value_batch(self, value: str) -> str:
        return value

    def render_state(self, record: Any) -> SafeString:
        return badge(*_state(record))

    def value_state(self, record: Any) -> str:
        return _state(record)[0]


class CourseResultFilter(django_filters.FilterSet):
    """Narrowing the course results."""

    name = django_filters.CharFilter(label="姓名或学籍号", method="of_student")
    unit = django_filters.CharFilter(label="课程单元", lookup_expr="icontains")
    gone = django_filters.ChoiceFilter(label="状态", choices=[("no", "有效"), ("yes", "已撤销")], method="so")

    def of_student(self, found: Any, name: str, value: str) -> Any:
        return found.filter(Q(student__person__name_key__contains=name_key(value)) | Q(student__register_number=value.strip()))

    def so(self, found: Any, name: str, value: str) -> Any:
        return found.filter(ended_at__isnull=value == "no")


def _state(row: Any) -> tuple[str, str]:
    return ("已撤销", "neutral") if row.ended_at else ("有效", "ok")


@body_door
def course_results(request: Request, number: str) -> HttpResponseBase:
    """This page will list every course result of a pilot, those taken back too. :raises Http404:"""
    pilot = pilot_with_courses(request, number)

    def on_record(kind: str, count: int) -> None:
        by = request.actor.with_key("")
        operations.record_export(body=pilot.body, what="course_results", kind=kind, count=count, by=by, at=request.now)

    address = reverse("body:courses", args=[number])
    return list_page(
        request,
        queryset=results_of(pilot),
        table=CourseResultTable,
        filterset=CourseResultFilter,
        title="课程成绩一览",
        unit="条",
        empty=Empty("还没有课程成绩", "课程成绩登记并由另一人确认后列在这里。"),
        exported=on_record,
        template="body/register.html",
        extra={
            "why_not": "",
            "actions": [("登记课程成绩", address, "upload", "btn-primary")],
            "crumbs": crumbs_of("pilots", (number, reverse("body:pilot", args=[number])), ("课程成绩", address), ("一览", "")),
            "subtitle": "已确认的课程成绩可以用于免考（通知 二(三)）。",
        },
    )


@body_door
def course_result(request: Request, number: str) -> HttpResponseBase:
    """This page will show one course result with where it comes from, and take it back. :raises Http404:"""
    body = queries.own_body(request.actor)
    found = result(number, body)
    if found is None:
        raise Http404
    if request.POST.get("act") == "take_back":
        with told(request):
            take_back_course_result(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
            messages.success(request, "课程成绩已撤销；据此免考的，请在认定计划的“课证融通”页一并撤销。")
        return redirect("body:course_result", number)
    pilot = found.pilot
    confirmed = found.batch.confirmed_by.display_name if found.batch.confirmed_by else "平台（认定考试公示期满）"
    page = EntryPage(
        number=found.batch.number,
        title=f"{found.student.person.name} {found.unit}",
        register="pilots",
        state=_state(found),
        pairs=[
            ("学籍号", found.student.register_number),
            ("课程单元", found.unit),
            ("成绩", f"{plain_mark(found.mark)}分"),
            ("考核日期", day(found.passed_on)),
            ("成绩依据", found.batch.proof),
            ("登记", f"{found.batch.entered_by.display_name if found.batch.entered_by else '平台'} {moment(found.batch.entered_at)}"),
            ("确认", f"{confirmed} {moment(found.confirmed_at)}"),
            ("撤销", f"{moment(found.ended_at)}：{found.ended_because}" if found.ended_at else "—"),
        ],
        evidence_hint="成绩单等，与同批成绩共用。",
        crumbs=crumbs_of(
            "pilots",
            (pilot.number, reverse("body:pilot", args=[pilot.number])),
            ("课程成绩一览", reverse("body:course_results", args=[pilot.number])),
            (number, ""),
        ),
        extra={"result": found, "why_not": permissions.why_not_confirm_courses(request.actor, body)},
        template="body/course_result.html",
    )
    return entry_page(request, page, body)
