"""课程成绩: the marks of a pilot's course units come in, by workbook or one by one, are tried first, and then confirmed by another."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies import permissions, queries
from touchstone.bodies.operations.courses import check_course_sheet, template_of, type_course_mark
from touchstone.bodies.queries.courses import batches_of, joins_courses, units_of
from touchstone.files.operations import LARGEST
from touchstone.sheets.courses import MOST
from touchstone.web.body.register_page import crumbs_of, register_of
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import XLSX, send
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.bodies.models import CourseBatch, Pilot

LATEST = 10
BATCH_TONES = {"checked": "info", "handed_in": "warn", "confirmed": "ok", "dropped": "neutral"}


class CourseMarkForm(Form):
    """One student's mark in one course unit."""

    register_number = forms.CharField(label="学籍号", max_length=40)
    unit = forms.ChoiceField(label="课程单元")
    mark = forms.DecimalField(label="成绩", min_value=Decimal(0), max_value=Decimal(100), decimal_places=1, max_digits=4)
    passed_on = forms.DateField(label="考核日期", widget=DayInput())
    proof = forms.CharField(label="成绩依据", max_length=120, help_text="成绩单或教务系统的记录，例如“2025学年第一学期成绩单”。")

    def __init__(self, *args: Any, units: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(one, one) for one in units]  # type: ignore[attr-defined]


def pilot_with_courses(request: Request, number: str) -> "Pilot":
    """This function will give a pilot of 课证融通 of the actor's own school. :raises Http404:"""
    body = register_of(request, "pilots")
    found = queries.pilot(number, request.actor)
    if found is None or found.body_id != body.pk or not joins_courses(found):
        raise Http404
    return found


@body_door
def courses(request: Request, number: str) -> HttpResponseBase:
    """This page will take a workbook of course marks or one mark, both only to be tried, and show what came before. :raises Http404:"""
    pilot = pilot_with_courses(request, number)
    act = request.POST.get("act", "")
    form = CourseMarkForm(request.POST if act == "type" else None, units=units_of(pilot))
    if act == "type" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "request_key"}
        with told_in(form):
            made = type_course_mark(pilot_number=number, **given, by=request.actor, at=request.now)
            return redirect("body:course_batch", made.number)
    if act == "upload":
        taken = _taken(request, number)
        return redirect("body:course_batch", taken.number) if taken is not None else redirect("body:courses", number)
    context = {
        "pilot": pilot,
        "form": form,
        "batches": [(one, BATCH_TONES[one.state]) for one in batches_of(pilot)[:LATEST]],
        "why_not": permissions.why_not_keep(request.actor, pilot.body),
        "begun": pilot.since <= request.today,
        "crumbs": crumbs_of("pilots", (number, reverse("body:pilot", args=[number])), ("课程成绩", "")),
        "largest": LARGEST,
        "most": MOST,
        "request_key": uuid4(),
    }
    return render(request, "body/courses.html", context)


def _taken(request: Request, number: str) -> "CourseBatch | None":
    file = request.FILES.get("workbook")
    if file is None or not file.size or file.size > LARGEST:
        messages.error(request, f"请选择填好的课程成绩表（.xlsx，不超过{LARGEST // 1048576}MB）。")
        return None
    with told(request):
        given = {"name": file.name or "课程成绩.xlsx", "content": file.read(), "proof": request.POST.get("proof", "")}
        return check_course_sheet(pilot_number=number, **given, by=request.actor, at=request.now)
    return None


@body_door
def course_template(request: Request, number: str) -> HttpResponseBase:
    """This page will send the workbook of a pilot: a row for each student on the register and each course unit. :raises Http404:"""
    pilot = pilot_with_courses(request, number)
    permissions.check_may_keep(request.actor, pilot.body)
    return send(template_of(pilot=pilot, day=request.today), XLSX, f"课程成绩表 {number}.xlsx")
