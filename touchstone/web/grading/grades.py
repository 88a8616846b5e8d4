"""机构等级清单: which grades were computed, how far is each, and what can be done with many at once?"""

from typing import Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_tables2 import A

from touchstone.bodies.queries import named
from touchstone.exams.operations.exports import record_export
from touchstone.grading import operations, permissions, queries
from touchstone.grading.states import GradeState
from touchstone.jobs.grading import defer_grades
from touchstone.policy.roles import OfficeKind, Role
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.grading.batch import AT_ONCE, one_by_one
from touchstone.web.grading.words import GRADE_CHOICES, GRADE_STATES, GRADES, rules_shown, tabs
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, NumberColumn, StateColumn, Table, chosen_rows, list_page


class GradeTable(Table):
    """Proposed and confirmed grades."""

    number = Column("定级", linkify=("authority:grade_line", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    body = Column("评价机构", accessor="body__name", order_by=("body_id", "-pk"))
    kind = Column("机构类别", accessor="body__get_kind_display", orderable=False)
    computed = StateColumn(GRADES, "计算等级")
    points = NumberColumn("得分", default="—")
    given = StateColumn(GRADES, "等级")
    state = StateColumn(GRADE_STATES, "状态", order_by=("state", "-pk"))
    office = Column("复核单位", accessor="office__short_name", order_by=("office_id", "-run_id", "number"))
    run = Column(
        "批次", accessor="run__number", order_by=("-run_id", "number"), linkify=("authority:grade_run", [A("run__number")]),
        attrs={"td": {"class": "ts-nowrap"}},
    )  # fmt: skip
    because = Column("调整理由", default="—", orderable=False)
    confirmed_at = DayColumn("确认日期", default="—")
    folded = ("kind", "because")


class GradeFilter(django_filters.FilterSet):
    """Narrowing the grades."""

    body = django_filters.CharFilter(label="评价机构", method="of_body")
    given = django_filters.ChoiceFilter(label="等级", choices=GRADE_CHOICES)
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in GradeState])
    run = django_filters.CharFilter(label="批次", field_name="run__number")
    district = django_filters.ChoiceFilter(label="复核的区", field_name="office__district", choices=DISTRICT_CHOICES)

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(named(value))


@authority_door
def grades(request: Request) -> HttpResponseBase:
    """This page will list the grades on the actor's ground, and begin a run where the actor may."""
    permissions.check_may_see_pages(request.actor)
    if request.method == "POST":
        with told(request), transaction.atomic():
            run = operations.begin_grade_run(by=request.actor, at=request.now)
            defer_grades(run.number)
            messages.success(request, "已开始计算，可以离开本页。")
            return redirect("authority:grade_run", run.number)
        return redirect("authority:grades")
    actor = request.actor
    of_centre = actor.office_kind is OfficeKind.CITY_CENTRE
    reviews = actor.has(Role.SUPERVISOR) or (of_centre and actor.has(Role.INTAKE_CLERK))
    batch = [BatchAction("review", "按计算结果复核", "primary")] if reviews else []
    batch += [BatchAction("confirm", "确认等级", "primary")] if of_centre and actor.has(Role.DIRECTOR) else []
    return list_page(
        request,
        queryset=queries.lines(actor),
        table=GradeTable,
        filterset=GradeFilter,
        title="考核与分级",
        unit="件",
        template="grading/grades.html",
        empty=Empty("还没有定级", "市职鉴中心开始计算以后，各机构的等级会出现在这里，由负责监管的单位复核，市职鉴中心确认。"),
        batch=batch,
        batch_url=reverse("authority:grades_batch") if batch else "",
        exported=lambda kind, count: record_export(case="grades", what="机构等级", kind=kind, count=count, by=actor, at=request.now),
        extra={
            "tabs": tabs("grades"),
            "may_open": permissions.can_open(actor),
            "running": queries.runs().filter(state="running").first(),
            "request_key": uuid4(),
        },
    )


@authority_door
def grade_run(request: Request, number: str) -> HttpResponseBase:
    """This page will show a run: how far it is, how many of each grade, and how grades are reckoned. :raises Http404:"""
    permissions.check_may_see_pages(request.actor)
    found = queries.run(number)
    if found is None:
        raise Http404
    counted = queries.standing_of_run(found)
    context = {
        "run": found,
        "address": reverse("authority:grade_run_progress", args=[number]),
        "by_grade": [(label, counted["grades"].get(key, 0), key) for key, (label, _) in GRADES.items()],
        "by_state": [(label, counted["states"].get(key, 0), key) for key, (label, _) in GRADE_STATES.items()],
        "rules": rules_shown(request.today),
        "crumbs": [{"label": "机构等级", "url": reverse("authority:grades")}, {"label": number}],
    }
    return render(request, "grading/run.html", context)


@authority_door
def grade_run_progress(request: Request, number: str) -> HttpResponseBase:
    """This page will give the bar of a run anew. :raises Http404:"""
    found = queries.run(number)
    if found is None:
        raise Http404
    address = reverse("authority:grade_run_progress", args=[number])
    response = render(request, "grading/progress.html", {"run": found, "address": address, "label": "计算等级"})
    if found.is_finished:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@authority_door
def grades_batch(request: Request) -> HttpResponseBase:
    """This page will review or confirm the chosen grades, with an outcome for each."""
    act = request.POST.get("action", "")
    rows = chosen_rows(request, queryset=queries.lines(request.actor), filterset=GradeFilter).order_by("number")
    chosen = list(rows[:AT_ONCE])
    if act not in {"review", "confirm"} or not chosen:
        messages.error(request, "没有选择。请勾选后再办理。")
        return redirect("authority:grades")
    by, at = request.actor.with_key(""), request.now

    def do(row: Any) -> object:
        if act == "review":
            return operations.review_grade(number=row.number, grade=row.computed, because="", by=by, at=at)
        return operations.confirm_grade(number=row.number, by=by, at=at)

    title, done = ("复核等级", "已复核") if act == "review" else ("确认等级", "已确认")
    return one_by_one(request, chosen, do, title=title, done=done, page="authority:grade_line", back=reverse("authority:grades"))
