"""我的任务: where am I sent, when, and how far is it?"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.queries.assessors import ASSESSOR
from touchstone.exams.queries.marks import has_sheet
from touchstone.exams.queries.panel import is_panel
from touchstone.experts import operations, queries
from touchstone.experts.queries.dispatch import RESERVE
from touchstone.parameters.queries import in_force
from touchstone.policy.experts.dispatch import SIGN_IN_BEFORE
from touchstone.web.corps_view import ASSIGNMENT_STATES, timeline
from touchstone.web.doors import Request, told
from touchstone.web.expert.home import member_page
from touchstone.web.tables import Column, Empty, MomentColumn, StateColumn, Table, list_page
from touchstone.web.templatetags.look import moment

if TYPE_CHECKING:
    from touchstone.experts.models import Member


_GONE = {"offered", "refused", "replaced", "cancelled", "absent"}
"""The states of an assignment in which there is nothing to read yet, or any more."""
REPORT_ITEMS = {
    "identity": "考生身份逐一核对",
    "equipment": "设备、工具、材料符合要求",
    "order": "考场秩序正常",
    "standard": "按评分细则评分，没有受到干预",
    "records": "记录齐全，影像正常",
}
"""What the one sent confirms of a sitting; what is not ticked is an irregularity, to be told in words."""


class AssignmentTable(Table):
    """My assignments; before the set hour the body's name is not hidden from me, mine is from it."""

    number = Column("任务")
    starts = MomentColumn("开始", accessor="request__starts_at")
    body = Column("评价机构", accessor="request__body__name")
    place = Column("考核点", accessor="request__venue__name", default="—")
    state = StateColumn(ASSIGNMENT_STATES, "状态")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("expert:assignment", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value


class AssignmentFilter(django_filters.FilterSet):
    """Narrowing the list."""

    state = django_filters.ChoiceFilter(label="状态", choices=[(key, label) for key, (label, _) in ASSIGNMENT_STATES.items()])


@member_page
def assignments(request: Request, member: "Member") -> HttpResponseBase:
    """This page will list where I was and am sent."""
    empty = Empty("还没有任务", "被派往考评或督导时，会在这里和站内信里告诉您。")
    rows = queries.assignments_of(member)
    return list_page(request, queryset=rows, table=AssignmentTable, filterset=AssignmentFilter, title="我的任务", unit="次", empty=empty)


@member_page
def assignment(request: Request, member: "Member", number: str) -> HttpResponseBase:
    """This page will show one assignment and take the answer, the signing-in and the report. :raises Http404: for somebody else's."""
    found = queries.assignments_of(member).filter(number=number).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        _act(request, number)
        return redirect("expert:assignment", number)
    asked = found.request
    pairs = [
        ("事项", asked.title),
        ("评价机构", asked.body.name),
        ("考核点", f"{asked.venue.name}，{asked.venue.address}" if asked.venue else "—"),
        ("开始", moment(asked.starts_at)),
        ("结束", moment(asked.ends_at)),
        ("考生", f"{asked.candidates}名"),
        ("岗位", "备用（复评）" if found.slot == RESERVE else "组长" if found.leads else "督导" if found.slot == "supervisor" else "成员"),
    ]
    opens = asked.starts_at - timedelta(minutes=in_force(SIGN_IN_BEFORE, request.today).value)
    context = {
        "assignment": found,
        "pairs": pairs,
        "state": ASSIGNMENT_STATES[found.state],
        "crumbs": [{"label": "我的任务", "url": reverse("expert:assignments")}, {"label": number, "url": ""}],
        "may_sign_in": opens <= request.now < asked.ends_at,
        "opens": opens,
        "begun": asked.starts_at <= request.now,
        "over": asked.ends_at <= request.now,
        "items": list(REPORT_ITEMS.items()),
        "panel": found.state not in _GONE and found.slot in {ASSESSOR, RESERVE} and is_panel(asked.case),
        "marks": (found.signed_in_at is not None or (found.slot == RESERVE and found.state != "offered")) and has_sheet(asked.case),
        "entries": timeline(number),
        "request_key": uuid4(),
    }
    return render(request, "expert/assignment.html", context)


def _act(request: Request, number: str) -> None:
    by, at, post = request.actor, request.now, request.POST
    ticked = {key: key in post for key in REPORT_ITEMS}
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "accept": (lambda: operations.accept_assignment(number=number, by=by, at=at), "已接受。请按时到场签到。"),
        "refuse": (lambda: operations.refuse_assignment(number=number, reason=post.get("words", ""), by=by, at=at), "已推辞，平台会另派他人。"),
        "sign_in": (lambda: operations.sign_in(number=number, place=post.get("place", ""), by=by, at=at), "已签到。"),
        "report": (lambda: operations.report(number=number, text=post.get("words", ""), items=ticked, by=by, at=at), "报告已提交。"),
    }
    chosen = acts.get(post.get("act", ""))
    if chosen is not None:
        with told(request):
            chosen[0]()
            messages.success(request, chosen[1])
