"""我的任务: where am I sent, when, and how far is it?"""

from typing import TYPE_CHECKING

import django_filters
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.experts import queries
from touchstone.web.corps_view import ASSIGNMENT_STATES
from touchstone.web.doors import Request
from touchstone.web.expert.home import member_page
from touchstone.web.tables import Column, Empty, MomentColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.experts.models import Member


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
    """This page will show one assignment. :raises Http404: for somebody else's."""
    found = queries.assignments_of(member).filter(number=number).first()
    if found is None:
        raise Http404
    asked = found.request
    pairs = [
        ("事项", asked.title),
        ("评价机构", asked.body.name),
        ("考核点", f"{asked.venue.name}，{asked.venue.address}" if asked.venue else "—"),
        ("开始", f"{asked.starts_at.astimezone():%Y年%m月%d日 %H:%M}"),
        ("结束", f"{asked.ends_at.astimezone():%Y年%m月%d日 %H:%M}"),
        ("岗位", "组长" if found.leads else "成员"),
    ]
    crumbs = [{"label": "我的任务", "url": reverse("expert:assignments")}, {"label": number, "url": ""}]
    context = {"assignment": found, "pairs": pairs, "state": ASSIGNMENT_STATES[found.state], "crumbs": crumbs}
    return render(request, "expert/assignment.html", context)
