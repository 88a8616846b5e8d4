"""本机构试点: what is my school or enterprise trying out, for which occupations, until when, and what did it report?"""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations, permissions, queries
from touchstone.bodies.queries.courses import joins_courses
from touchstone.web.body.register_page import EntryPage, crumbs_of, entry_page, register_of
from touchstone.web.doors import Request, body_door, told
from touchstone.web.pilot_view import PilotFilter, PilotTable, facts_of, state_of
from touchstone.web.tables import Empty, list_page


class OwnPilotTable(PilotTable):
    """Pilots of one body."""

    folded = ("body",)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:pilot", args=[value]), value)


@body_door
def pilots(request: Request) -> HttpResponseBase:
    """This page will list the body's pilots."""
    body = register_of(request, "pilots")

    def on_record(kind: str, count: int) -> None:
        operations.record_export(body=body, what="pilots", kind=kind, count=count, by=request.actor.with_key(""), at=request.now)

    return list_page(
        request,
        queryset=queries.pilots(request.actor).filter(body=body),
        table=OwnPilotTable,
        filterset=PilotFilter,
        title="试点",
        unit="项",
        empty=Empty("还没有试点", "新型技师学院、课证融通和一考双证试点由市职鉴中心批准；批准后在这里查看范围、期限并提交总结。"),
        exported=on_record,
        template="body/register.html",
        extra={
            "why_not": permissions.why_not_keep(request.actor, body),
            "actions": [],
            "crumbs": crumbs_of("pilots"),
            "subtitle": "新型技师学院先行先试，有条件企业探索一考双证（通知 三(二)5）；符合条件的学校试点课证融通（通知 二(三)）。",
        },
    )


@body_door
def pilot(request: Request, number: str) -> HttpResponseBase:
    """This page will show a pilot and take the body's report. :raises Http404:"""
    body = register_of(request, "pilots")
    found = queries.pilot(number, request.actor)
    if found is None or found.body_id != body.pk:
        raise Http404
    if request.method == "POST" and request.POST.get("act") == "report":
        with told(request):
            operations.report_pilot(number=number, report=request.POST.get("report", ""), by=request.actor, at=request.now)
            messages.success(request, "试点总结已提交，等待市职鉴中心决定是否复制推广。")
        return redirect("body:pilot", number)
    page = EntryPage(
        number=number,
        title=found.get_kind_display(),
        register="pilots",
        state=state_of(found, request.today),
        pairs=facts_of(found, request.today),
        evidence_hint="试点方案、课程标准、总结附件等。",
        extra={"pilot": found, "begun": found.since <= request.today,
               "courses_url": reverse("body:courses", args=[number]) if joins_courses(found) else ""},
        template="body/pilot.html",
    )
    return entry_page(request, page, body)
