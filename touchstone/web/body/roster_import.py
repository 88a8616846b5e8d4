"""导入名册: the template leaves, the filled workbook comes back, and every row has an outcome."""

from typing import TYPE_CHECKING
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies import operations, permissions, queries
from touchstone.bodies.queries import ROSTER_OUTCOMES
from touchstone.files.operations import LARGEST
from touchstone.files.queries import of_case
from touchstone.jobs.rosters import defer_roster
from touchstone.sheets.rosters import MOST
from touchstone.web.body.register_page import crumbs_of, register_of
from touchstone.web.body.students import agreement_of
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import XLSX, send
from touchstone.web.tables import Column, Empty, NameColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.bodies.models import Agreement, Body, RosterImport

_TONES = {"entered": "ok", "unchanged": "neutral", "refused": "danger"}
STATES = {key: (label, _TONES[key]) for key, label in ROSTER_OUTCOMES}
LATEST = 10


class RosterRowTable(Table):
    """Rows of a workbook with their outcomes."""

    row_number = NumberColumn("行号")
    name = NameColumn("姓名", default="—")
    outcome = StateColumn(STATES, "结果")
    sentence = Column("说明", orderable=False)

    def value_outcome(self, value: str) -> str:
        return STATES.get(value, (value, ""))[0]


class RosterRowFilter(django_filters.FilterSet):
    """Narrowing the rows."""

    outcome = django_filters.ChoiceFilter(label="结果", choices=ROSTER_OUTCOMES)
    name = django_filters.CharFilter(label="姓名", lookup_expr="icontains")
    sentence = django_filters.CharFilter(label="说明中含有", lookup_expr="icontains")


@body_door
def workers_import(request: Request) -> HttpResponseBase:
    """This page will take a workbook of own staff."""
    body = register_of(request, "workers")
    return _page(request, body, None, "workers")


@body_door
def workers_template(request: Request) -> HttpResponseBase:
    """This page will send the empty workbook of own staff."""
    body = register_of(request, "workers")
    return send(operations.worker_template(body=body, day=request.today), XLSX, f"在岗职工名册 {body.name}.xlsx")


@body_door
def students_import(request: Request) -> HttpResponseBase:
    """This page will take a workbook of a school's own students."""
    return _page(request, register_of(request, "students"), None, "students")


@body_door
def students_template(request: Request) -> HttpResponseBase:
    """This page will send the empty workbook of a school's own students."""
    body = register_of(request, "students")
    return send(operations.student_template(body=body, agreement=None), XLSX, f"学生名册 {body.name}.xlsx")


@body_door
def agreement_students_import(request: Request, number: str) -> HttpResponseBase:
    """This page will take a workbook of a partner school's students. :raises Http404:"""
    return _page(request, *agreement_of(request, number), "students")


@body_door
def agreement_students_template(request: Request, number: str) -> HttpResponseBase:
    """This page will send the empty workbook of a partner school's students, with the majors agreed. :raises Http404:"""
    body, found = agreement_of(request, number)
    return send(operations.student_template(body=body, agreement=found), XLSX, f"学生名册 {found.school} {number}.xlsx")


def _page(request: Request, body: "Body", agreement: "Agreement | None", roster: str) -> HttpResponseBase:
    permissions.check_may_keep(request.actor, body)
    if request.method == "POST":
        return _take(request, body, agreement, roster)
    label, back = _where(agreement, roster)
    crumbs = crumbs_of("agreements" if agreement else roster, (label, back), ("导入名册", "")) if agreement else crumbs_of(roster, ("导入名册", ""))
    template = reverse(f"body:{roster}_template")
    if agreement is not None:
        template = reverse("body:agreement_students_template", args=[agreement.number])
    context = {
        "title": "导入在岗职工" if roster == "workers" else f"导入{agreement.school}学生" if agreement else "导入学籍",
        "crumbs": crumbs,
        "template_url": template,
        "back": back,
        "runs": queries.roster_imports_of(body, roster, agreement)[:LATEST],
        "largest": LARGEST,
        "most": MOST,
        "request_key": uuid4(),
    }
    return render(request, "body/roster_import.html", context)


def _where(agreement: "Agreement | None", roster: str) -> tuple[str, str]:
    if agreement is None:
        return ("在岗职工" if roster == "workers" else "学籍"), reverse(f"body:{roster}")
    return agreement.number, reverse("body:agreement_students", args=[agreement.number])


def _take(request: Request, body: "Body", agreement: "Agreement | None", roster: str) -> HttpResponseBase:
    file = request.FILES.get("workbook")
    if file is None or not file.size or file.size > LARGEST:
        messages.error(request, f"请选择填好的名册（.xlsx，不超过{LARGEST // 1048576}MB）。")
        return redirect(request.path)
    with told(request), transaction.atomic():
        name, content = file.name or "名册.xlsx", file.read()
        if roster == "workers":
            run = operations.import_workers(body=body, name=name, content=content, by=request.actor, at=request.now)
        else:
            run = operations.import_students(body=body, agreement=agreement, name=name, content=content, by=request.actor, at=request.now)
        defer_roster(run.number)
        return redirect("body:roster_run", run.number)
    return redirect(request.path)


@body_door
def roster_run(request: Request, number: str) -> HttpResponseBase:
    """This page will show what came of every row of a workbook, and give it back with the results. :raises Http404:"""
    run = _own_run(request, number)
    label, back = _where(run.agreement, run.roster)
    crumbs = crumbs_of("agreements", (label, back), (number, "")) if run.agreement else crumbs_of(run.roster, (number, ""))
    files = [
        {"name": one.name, "url": reverse("body:entry_file", args=[number, one.number]), "kind": one.label, "size": one.size}
        for one in of_case(number)
    ]
    counts = [("entered", "已登记", run.accepted), ("unchanged", "未变", run.unchanged), ("refused", "有误", run.refused)]
    figures = [{"key": key, "label": word, "count": count, "tone": _TONES[key]} for key, word, count in counts]
    again = reverse("body:agreement_students_import", args=[run.agreement.number]) if run.agreement else reverse(f"body:{run.roster}_import")
    return list_page(
        request,
        queryset=queries.rows_of_roster(run),
        table=RosterRowTable,
        filterset=RosterRowFilter,
        title=f"名册导入结果 {number}",
        unit="行",
        template="body/roster_run.html",
        empty=Empty("还没有处理到的行", "处理开始后，每一行的结果会出现在这里。"),
        extra={"run": run, "crumbs": crumbs, "files": files, "figures": figures, "back": back, "back_label": label, "again": again}
        | _progress(run),
    )


@body_door
def roster_progress(request: Request, number: str) -> HttpResponseBase:
    """This fragment will show the progress anew; when the work is done, the whole page is asked for. :raises Http404:"""
    run = _own_run(request, number)
    response = render(request, "body/roster_progress.html", {"run": run} | _progress(run))
    if run.finished_at or run.failed_because:
        response["HX-Refresh"] = "true"
    return response


def _own_run(request: Request, number: str) -> "RosterImport":
    run: RosterImport | None = queries.all_roster_imports_of(queries.own_body(request.actor)).filter(number=number).first()
    if run is None:
        raise Http404
    return run


def _progress(run: "RosterImport") -> dict[str, object]:
    return {"finished": bool(run.finished_at or run.failed_because), "address": reverse("body:roster_progress", args=[run.number])}
