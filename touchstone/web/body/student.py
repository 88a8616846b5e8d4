"""学籍登记: one student comes onto a register, is shown with diploma and certificates, and leaves."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from touchstone.bodies import operations, permissions, queries
from touchstone.certificates.queries import certificates
from touchstone.web.body.register_forms import StudentForm
from touchstone.web.body.register_page import Ending, EntryPage, crumbs_of, entry_page, form_page, register_of
from touchstone.web.body.students import agreement_of, state_of
from touchstone.web.doors import Request, body_door, told
from touchstone.web.entry_view import HINTS, student_facts
from touchstone.web.levels import level_label
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.bodies.models import Agreement, Body


@body_door
def student_new(request: Request) -> HttpResponseBase:
    """This page will enter one student of a school's own."""
    return _new(request, register_of(request, "students"), None)


@body_door
def agreement_student_new(request: Request, number: str) -> HttpResponseBase:
    """This page will enter one student of a partner school. :raises Http404:"""
    return _new(request, *agreement_of(request, number))


def _new(request: Request, body: "Body", agreement: "Agreement | None") -> HttpResponseBase:
    permissions.check_may_keep(request.actor, body)
    form = StudentForm(request.POST or None, majors=agreement.majors if agreement else [])
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "request_key"}
        with told_in(form):
            made = operations.enter_student(body=body, agreement=agreement, **given, by=request.actor, at=request.now)
            messages.success(request, f"{made.person.name}已登记。")
            return redirect("body:student", made.pk)
    register = "agreements" if agreement else "students"
    back = reverse("body:agreement_students", args=[agreement.number]) if agreement else ""
    hint = f"依据协议{agreement.number}" if agreement else ""
    return form_page(request, form, register=register, title="登记学生", button="登记", hint=hint, back=back)


@body_door
def student(request: Request, key: int) -> HttpResponseBase:
    """This page will show one student with diploma and certificates, and note the diploma or that the student left. :raises Http404:"""
    body = queries.own_body(request.actor)
    found = queries.student(key, body)
    if found is None:
        raise Http404
    if request.method == "POST" and request.POST.get("act") == "diploma":
        with told(request):
            operations.note_diploma(student_id=found.pk, diploma_number=request.POST.get("diploma_number", ""), by=request.actor, at=request.now)
            messages.success(request, "学历证书编号已登记。")
        return redirect("body:student", found.pk)
    ending = None
    if found.left_on is None:
        ending = Ending(
            "登记离校？",
            "离校后不能再据此报名；此前的申报不受影响。",
            "登记离校",
            "离校日",
            lambda on, reason: operations.end_student(student_id=found.pk, on=on, by=request.actor, at=request.now),
        )
    paper = found.agreement
    name = found.person.name
    crumbs = crumbs_of("students", (name, ""))
    if paper is not None:
        crumbs = crumbs_of("agreements", (paper.number, reverse("body:agreement_students", args=[paper.number])), (name, ""))
    page = EntryPage(
        number=found.number,
        title=name,
        register="agreements" if paper else "students",
        state=state_of(found, request.today),
        pairs=student_facts(found),
        evidence_hint=HINTS["students"],
        ending=ending,
        entered_at=found.entered_at,
        crumbs=crumbs,
        extra={
            "student": found,
            "graduated": found.graduates_on <= request.today,
            "certificates": [
                {
                    "number": one.number,
                    "what": f"{one.occupation_name} {level_label(int(one.level)) if one.level.isdigit() else one.level}",
                    "issued_on": one.issued_on,
                    "url": reverse("body:certificate", args=[one.number]),
                }
                for one in certificates(request.actor).filter(holder_id=found.person_id)
            ],
        },
        template="body/student.html",
    )
    return entry_page(request, page, body)
