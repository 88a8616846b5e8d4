"""课程成绩批次: what would come of each row, what shows it, who handed it in, and who confirms?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from touchstone.bodies import operations as registers
from touchstone.bodies import permissions, queries
from touchstone.bodies.operations import courses as operations
from touchstone.bodies.queries.courses import ROW_OUTCOMES, batch, rows_of_batch
from touchstone.files.queries import of_case
from touchstone.ledger.queries import history
from touchstone.policy.exams.parts import plain_mark
from touchstone.web.body.courses import BATCH_TONES
from touchstone.web.body.register_page import crumbs_of
from touchstone.web.doors import Request, body_door, told
from touchstone.web.events import told_lines
from touchstone.web.tables import Column, DayColumn, Empty, NameColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.bodies.models import CourseBatch

_TONES = {"ready": "info", "unchanged": "neutral", "refused": "danger", "entered": "ok"}
_OUTCOMES = {key: (label, _TONES[key]) for key, label in ROW_OUTCOMES}


class CourseRowTable(Table):
    """Rows of a batch with their outcomes."""

    row_number = NumberColumn("行号")
    register_number = Column("学籍号", default="—")
    name = NameColumn("姓名", default="—")
    unit = Column("课程单元", default="—")
    mark = NumberColumn("成绩", default="—")
    passed_on = DayColumn("考核日期")
    outcome = StateColumn(_OUTCOMES, "结果")
    sentence = Column("说明", orderable=False)

    def render_mark(self, value: Any) -> str:
        return plain_mark(value)

    def value_outcome(self, value: str) -> str:
        return _OUTCOMES.get(value, (value, ""))[0]


class CourseRowFilter(django_filters.FilterSet):
    """Narrowing the rows."""

    outcome = django_filters.ChoiceFilter(label="结果", choices=ROW_OUTCOMES)
    name = django_filters.CharFilter(label="姓名", lookup_expr="icontains")
    unit = django_filters.CharFilter(label="课程单元", lookup_expr="icontains")


@body_door
def course_batch(request: Request, number: str) -> HttpResponseBase:
    """This page will show a batch of course marks row by row, take documents, and carry it on: hand in, confirm, drop. :raises Http404:"""
    found = batch(number, queries.own_body(request.actor))
    if found is None:
        raise Http404
    if request.method == "POST":
        _act(request, found)
        return redirect("body:course_batch", number)
    pilot, rows = found.pilot, rows_of_batch(found)
    crumbs = crumbs_of(
        "pilots",
        (pilot.number, reverse("body:pilot", args=[pilot.number])),
        ("课程成绩", reverse("body:courses", args=[pilot.number])),
        (number, ""),
    )
    why_not_confirm = permissions.why_not_confirm_courses(request.actor, pilot.body)
    if found.entered_by_id == request.actor.user_id:
        why_not_confirm = "登记人自己不能确认，请由另一名机构负责人确认。"
    counts = [(key, label, rows.filter(outcome=key).count()) for key, label in ROW_OUTCOMES]
    return list_page(
        request,
        queryset=rows,
        table=CourseRowTable,
        filterset=CourseRowFilter,
        title=f"课程成绩 {number}",
        unit="行",
        template="body/course_batch.html",
        empty=Empty("没有这样的行", "请清空查询条件。"),
        extra={
            "found": found,
            "tone": BATCH_TONES[found.state],
            "crumbs": crumbs,
            "figures": [{"key": key, "label": label, "count": count, "tone": _TONES[key]} for key, label, count in counts if count],
            "ready": next(count for key, _, count in counts if key == "ready"),
            "files": [
                {"name": one.name, "url": reverse("body:entry_file", args=[number, one.number]), "kind": one.label, "size": one.size}
                for one in of_case(number)
            ],
            "why_not": permissions.why_not_keep(request.actor, pilot.body),
            "why_not_confirm": why_not_confirm,
            "entries": told_lines(history(number)),
            "key": uuid4(),
        },
    )


def _act(request: Request, found: "CourseBatch") -> None:
    number, by, at, reason = found.number, request.actor, request.now, request.POST.get("reason", "")
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "hand_in": (lambda: operations.hand_in_courses(number=number, by=by, at=at), "已提交，等待机构负责人确认。"),
        "confirm": (lambda: operations.confirm_courses(number=number, by=by, at=at), "已确认，这些课程成绩可以用于免考。"),
        "drop": (lambda: operations.drop_courses(number=number, reason=reason, by=by, at=at), "这批课程成绩已作废。"),
        "attach": (lambda: _attach(request, number), "材料已上传。"),
    }
    act = acts.get(request.POST.get("act", ""))
    if act is not None:
        with told(request):
            act[0]()
            messages.success(request, act[1])


def _attach(request: Request, number: str) -> None:
    for file in request.FILES.getlist("file"):
        label, by = request.POST.get("label", "") or "成绩单", request.actor.with_key("")
        registers.file_evidence(number=number, label=label, name=file.name or "成绩单", content=file.read(), by=by, at=request.now)
