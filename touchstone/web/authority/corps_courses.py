"""培训班: which trainings does the office hold, who is in them, how did each do, and when is one done?"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.accounts.queries import person_by_id_number
from touchstone.experts import operations, permissions, queries
from touchstone.files.operations import LARGEST
from touchstone.files.queries import of_case
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.experts.training import PASS_MARK, hours_needed
from touchstone.web.corps_view import APPLICATION_STATES, timeline
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import XLSX, send, send_attachment
from touchstone.web.filters import DayInput, DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.experts.models import Course


class CourseTable(Table):
    """Courses, the latest first."""

    number = Column("培训编号", attrs={"td": {"class": "ts-nowrap"}})
    title = Column("培训名称")
    kind = Column("对象", accessor="get_kind_display", order_by="kind")
    office = Column("举办单位", accessor="office__name")
    begins_on = DayColumn("开始")
    ends_on = DayColumn("结束")
    hours = NumberColumn("学时")
    enrolled = NumberColumn("已报名")
    seats = NumberColumn("名额")
    closed_at = Column("状态", empty_values=())

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("authority:corps_course", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_closed_at(self, value: object, record: Any) -> SafeString:
        return format_html('<span class="ts-state ts-tone-{}">{}</span>', *reversed(state_of(record, self.request.today)))

    def value_closed_at(self, value: object, record: Any) -> str:
        return state_of(record, self.request.today)[0]


class CourseFilter(django_filters.FilterSet):
    """Narrowing the list."""

    title = django_filters.CharFilter(label="培训名称", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label="对象", choices=queries.KINDS)
    begins = DayRangeFilter(label="开始日期", field_name="begins_on")
    done = django_filters.ChoiceFilter(label="状态", choices=[("open", "未办结"), ("done", "已办结")], method="done_so")

    def done_so(self, found: queries.CourseRows, name: str, value: str) -> queries.CourseRows:
        return found.filter(closed_at__isnull=value == "open")


def state_of(course: "Course", day: Any) -> tuple[str, str]:
    """This function will write how far a course is."""
    if course.closed_at:
        return "已办结", "neutral"
    if day < course.begins_on:
        return "报名中", "info"
    return ("培训中", "ok") if day <= course.ends_on else ("待办结", "warn")


@authority_door
def corps_courses(request: Request) -> HttpResponseBase:
    """This page will list the trainings of the corps."""
    permissions.check_may_plan(request.actor)
    why_not = permissions.why_not(permissions.check_may_hold_course, request.actor)
    new = [("举办培训班", reverse("authority:corps_course_new"), "plus", "btn-primary")]
    return list_page(
        request,
        queryset=queries.courses(request.actor),
        table=CourseTable,
        filterset=CourseFilter,
        title="培训班",
        unit="期",
        empty=Empty("还没有培训班", "发布培训通知以后，准予参加培训考核的人员可以报名。"),
        template="authority/corps_list.html",
        extra={
            "actions": [] if why_not else new,
            "crumbs": [{"label": "考评督导队伍", "url": reverse("authority:corps")}, {"label": "培训班", "url": ""}],
        },
    )


class CourseForm(Form):
    """A course as it is announced."""

    title = forms.CharField(label="培训名称", max_length=120, help_text="例如：2026年第一期车工考评员培训班")
    kind = forms.ChoiceField(label="对象", choices=[("", "请选择"), *queries.KINDS])
    hours = forms.IntegerField(label="学时", min_value=1, max_value=500)
    begins_on = forms.DateField(label="开始日", widget=DayInput())
    ends_on = forms.DateField(label="结束日", widget=DayInput(), help_text="含当日。")
    place = forms.CharField(label="地点", max_length=200)
    seats = forms.IntegerField(label="名额", min_value=1, max_value=5000)


@authority_door
def corps_course_new(request: Request) -> HttpResponseBase:
    """This page will announce a training."""
    permissions.check_may_hold_course(request.actor)
    form = CourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "hours", "begins_on", "ends_on", "place", "seats")}
        with told_in(form):
            made = operations.announce_course(**given, kind=MemberKind(form.cleaned_data["kind"]), by=request.actor, at=request.now)
            messages.success(request, f"培训通知已发布，编号{made.number}。")
            return redirect("authority:corps_course", made.number)
    hours = [(kind.label, hours_needed(kind, request.today).value) for kind in MemberKind]
    hint = "；".join(f"{label}不少于{needed}学时" for label, needed in hours)
    crumbs = [{"label": "培训班", "url": reverse("authority:corps_courses")}, {"label": "举办培训班", "url": ""}]
    context = {"form": form, "title": "举办培训班", "button": "发布通知", "hint": hint, "crumbs": crumbs}
    return render(request, "body/entry_new.html", context | {"back_url": reverse("authority:corps_courses")})


@authority_door
def corps_course(request: Request, number: str) -> HttpResponseBase:
    """This page will show a course with its people; enrol one, note hours and marks, take a workbook, close. :raises Http404:"""
    course = queries.courses(request.actor).filter(number=number).first()
    if course is None:
        raise Http404
    report = None
    if request.method == "POST":
        if request.POST.get("act") == "workbook":
            report = _workbook(request, number)
        else:
            _act(request, course)
            return redirect("authority:corps_course", number)
    rows = [
        {"row": row, "state": APPLICATION_STATES.get(row.application_state, ("—", "neutral"))}  # type: ignore[attr-defined]
        for row in queries.enrolments_in(course).filter(member__in=queries.members(request.actor).order_by())
    ]
    why_not = permissions.why_not(permissions.check_may_hold_course, request.actor, course)
    begun = request.today >= course.begins_on
    context = {
        "course": course,
        "state": state_of(course, request.today),
        "rows": rows,
        "report": report,
        "why_not": why_not,
        "can_note": not why_not and begun and course.closed_at is None,
        "can_enrol": not why_not and request.today <= course.begins_on and course.closed_at is None,
        "begun": begun,
        "pass_mark": PASS_MARK.on(request.today).value,
        "pairs": [
            ("对象", course.get_kind_display()),
            ("举办单位", course.office.name),
            ("时间", f"{course.begins_on:%Y年%m月%d日}至{course.ends_on:%Y年%m月%d日}"),
            ("学时", f"{course.hours}学时"),
            ("地点", course.place),
            ("名额", f"{course.seats}人"),
        ],
        "largest": LARGEST,
        "timeline": timeline(number),
        "crumbs": [{"label": "培训班", "url": reverse("authority:corps_courses")}, {"label": number, "url": ""}],
        "request_key": uuid4(),
    }
    return render(request, "authority/corps_course.html", context)


def _workbook(request: Request, number: str) -> operations.ResultsReport | None:
    sent = request.FILES.get("workbook")
    if sent is None or not sent.size:
        messages.error(request, "没有选择文件，或者文件是空的。请选择填好的成绩表。")
        return None
    with told(request):
        return operations.take_results_workbook(course=number, name=sent.name or "", content=sent.read(), by=request.actor, at=request.now)
    return None


def _act(request: Request, course: "Course") -> None:
    act = request.POST.get("act")
    with told(request):
        if act == "close":
            operations.close_course(number=course.number, by=request.actor, at=request.now)
            messages.success(request, "培训班已办结，合格人员已送审批负责人授予资格。")
        elif act == "enrol":
            member = _member_meant(request)
            if member is None:
                messages.error(request, "没有找到这个人。请填写队伍编号或者完整的证件号码。")
                return
            operations.enrol(course=course.number, member=member, by=request.actor, at=request.now)
            messages.success(request, "已报名。")
        elif act == "note":
            outcomes = operations.note_results(course=course.number, results=_results(request, course), by=request.actor, at=request.now)
            for one in outcomes:
                if not one.ok:
                    messages.error(request, f"{one.member}：{one.sentence}")
            messages.success(request, f"已登记{sum(one.ok for one in outcomes)}人的学时和成绩。")


def _member_meant(request: Request) -> str | None:
    text = request.POST.get("member", "").strip()
    found = queries.members(request.actor)
    if text.upper().startswith("DW"):
        return found.filter(number=text.upper()).values_list("number", flat=True).first()
    try:
        person = person_by_id_number(text)
    except ValueError:
        return None
    return found.filter(person=person).values_list("number", flat=True).first() if person else None


def _results(request: Request, course: "Course") -> list[operations.Result]:
    """Read the table of hours and marks; what cannot be read is handed on as a mark out of range, so that its row is told."""
    found = []
    for row in queries.enrolments_in(course):
        hours, score = (request.POST.get(f"{name}-{row.member.number}", "").strip() for name in ("hours", "score"))
        found.append(
            operations.Result(
                row.member.number,
                None if not hours else int(hours) if hours.isascii() and hours.isdigit() and len(hours) < 5 else -1,
                None if not score else Decimal(score) if score.replace(".", "", 1).isdigit() and score.isascii() and len(score) < 7 else Decimal(-1),
            )
        )
    return found


@authority_door
def corps_course_sheet(request: Request, number: str) -> HttpResponseBase:
    """This page will send the sheet for hours and marks, prefilled with the people of a course. :raises Http404:"""
    course = queries.courses(request.actor).filter(number=number).first()
    if course is None:
        raise Http404
    permissions.check_may_hold_course(request.actor, course)
    return send(operations.results_template(course), XLSX, f"培训成绩表 {number}.xlsx")


@authority_door
def corps_course_returned(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will give back a sheet with its results. :raises Http404:"""
    course = queries.courses(request.actor).filter(number=number).first()
    kept = of_case(number).filter(number=attachment).first() if course else None
    if course is None or kept is None:
        raise Http404
    permissions.check_may_hold_course(request.actor, course)
    return send_attachment(kept)
