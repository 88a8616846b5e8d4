"""报名表处理: how far is it, and what came of each row?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from touchstone.exams import permissions
from touchstone.exams.operations.registration_upload import stop_upload
from touchstone.exams.queries import registration as queries
from touchstone.policy.eligibility.admission import Ground
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import send_attachment
from touchstone.web.tables import Column, Empty, NameColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.exams.models import Upload


class RowTable(Table):
    """Rows of a workbook with their outcomes."""

    row_number = NumberColumn("行号")
    name = NameColumn("姓名", default="—")
    accepted = StateColumn({"True": ("已登记", "ok"), "False": ("有误", "danger")}, "结果")
    sentences = Column("说明", orderable=False)
    candidate = Column("考生编号", accessor="candidate__number", default="—", orderable=False)

    def render_sentences(self, value: list[str]) -> SafeString:
        return format_html('<ul class="ts-sentences">{}</ul>', format_html_join("", "<li>{}</li>", ((one,) for one in value)))

    def value_sentences(self, value: list[str]) -> str:
        return "；".join(value)

    def render_candidate(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:candidate", args=[value]), value)

    def value_candidate(self, value: str) -> str:
        return value


class RowFilter(django_filters.FilterSet):
    """Narrowing the rows."""

    accepted = django_filters.ChoiceFilter(label="结果", choices=[("True", "已登记"), ("False", "有误")])
    name = django_filters.CharFilter(label="姓名", lookup_expr="icontains")
    words = django_filters.CharFilter(label="说明中含有", method="with_words")

    def with_words(self, found: Any, name: str, value: str) -> Any:
        return found.filter(sentences__icontains=value)


@body_door
def upload(request: Request, number: str) -> HttpResponseBase:
    """This page will show an upload's progress, its rows with their outcomes, and the workbook to take back."""
    found = queries.upload(number, request.actor)
    if request.method == "POST":
        with told(request):
            stop_upload(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
            messages.success(request, "已停止处理，已登记的考生保留。")
        return redirect("body:upload", number)
    crumbs = [
        {"label": "认定计划", "url": reverse("body:plans")},
        {"label": found.plan.number, "url": reverse("body:plan", args=[found.plan.number])},
        {"label": "报名", "url": reverse("body:registration", args=[found.plan.number])},
        {"label": "报名表", "url": ""},
    ]
    can_stop = permissions.can(request.actor, "register", found.plan)
    extra = _progress(found) | {"upload": found, "crumbs": crumbs, "ground": Ground(found.ground).label, "can_stop": can_stop}
    return list_page(
        request,
        queryset=queries.rows(found),
        table=RowTable,
        filterset=RowFilter,
        title=f"报名表 {number}",
        unit="行",
        empty=Empty("还没有处理到的行", "处理开始后，每一行的结果会出现在这里。"),
        template="body/upload.html",
        extra=extra,
    )


@body_door
def upload_progress(request: Request, number: str) -> HttpResponseBase:
    """This fragment will show the progress anew; when the work is done, the whole page is asked for."""
    found = queries.upload(number, request.actor)
    response = render(request, "body/upload_progress.html", _progress(found) | {"upload": found})
    if queries.is_done(found):
        response["HX-Refresh"] = "true"
    return response


@body_door
def upload_file(request: Request, number: str, which: str) -> HttpResponseBase:
    """This page will send the workbook as it came, or with the column of results."""
    found = queries.upload(number, request.actor)
    kept = found.returned if which == "returned" else found.attachment
    return send_attachment(kept) if kept else redirect("body:upload", number)


def _progress(found: "Upload") -> dict[str, Any]:
    return {"finished": queries.is_done(found), "address": reverse("body:upload_progress", args=[found.number])}
