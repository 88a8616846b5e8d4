"""考评人员派遣: for which sittings were people asked, whom did the draw send, and what is there to settle?"""

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.experts import operations, permissions
from touchstone.experts.queries import dispatch as queries
from touchstone.experts.states import RequestState
from touchstone.kernel.numbers import name_key
from touchstone.web.corps_view import timeline
from touchstone.web.dispatch_view import STATES, draws_of, facts_of, people_of
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.tables import Column, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.experts.models import DispatchRequest
    from touchstone.experts.queries.dispatch import RequestRows


class RequestTable(Table):
    """Requests for people."""

    number = Column("派遣编号", linkify=("authority:dispatch_request", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    title = Column("事项")
    body = Column("评价机构", accessor="body__name")
    starts_at = MomentColumn("开始")
    candidates = NumberColumn("考生")
    sent = NumberColumn("已派")
    state = StateColumn(STATES, "状态")


class RequestFilter(django_filters.FilterSet):
    """Narrowing the list."""

    body = django_filters.CharFilter(label="评价机构", method="named")
    district = django_filters.ChoiceFilter(label="所在区", choices=DISTRICT_CHOICES)
    state = django_filters.ChoiceFilter(label="状态", choices=[(key, label) for key, (label, _) in STATES.items()])

    def named(self, found: "RequestRows", name: str, value: str) -> "RequestRows":
        return found.filter(body__name_key__holds=name_key(value))


@authority_door
def dispatch_requests(request: Request) -> HttpResponseBase:
    """This page will list the requests for people on the office's ground."""
    rows = queries.requests(request.actor)
    empty = Empty("还没有派遣", "评价机构为技能考核、综合评审申请考评人员后，由平台随机派遣，会出现在这里。")
    return list_page(
        request,
        queryset=rows,
        table=RequestTable,
        filterset=RequestFilter,
        title="考评派遣",
        unit="场",
        empty=empty,
        totals=lambda found: {"无法派遣": found.filter(state=RequestState.IMPOSSIBLE).count()},
        template="authority/dispatch_requests.html",
    )


@authority_door
def dispatch_request(request: Request, number: str) -> HttpResponseBase:
    """This page will show a request, who was sent, how each draw was made, and settle what is to be settled. :raises Http404:"""
    found = queries.request(number, request.actor)
    if found is None:
        raise Http404
    if request.method == "POST":
        _act(request, number)
        return redirect("authority:dispatch_request", number)
    state, tone = STATES[found.state]
    context = {
        "asked": found,
        "pairs": facts_of(found),
        "state": state,
        "tone": tone,
        "findings": found.findings,
        "people": people_of(found, all_of_them=True),
        "draws": draws_of(found),
        "record_open": queries.record_opens(found, request.now),
        "empty": len(queries.empty_places(found)),
        "begun": found.starts_at <= request.now,
        "why_not": permissions.why_not(permissions.check_may_dispatch, request.actor, found),
        "entries": timeline(number),
        "crumbs": [{"label": "考评派遣", "url": reverse("authority:dispatch_requests")}, {"label": number, "url": ""}],
        "request_key": uuid4(),
    }
    return render(request, "authority/dispatch_request.html", context)


def _act(request: Request, number: str) -> None:
    by, at, post = request.actor, request.now, request.POST
    one, words = post.get("assignment", ""), post.get("words", "")
    acts: dict[str, Any] = {
        "replace": (lambda: operations.replace(assignment=one, reason=words, by=by, at=at), "已改派。"),
        "absent": (lambda: operations.note_absence(number=one, reason=words, by=by, at=at), "已登记未到场。"),
        "good": (lambda: operations.judge_refusal(number=one, good=True, by=by, at=at), "已认定理由正当，不计入推辞次数。"),
        "bad": (lambda: operations.judge_refusal(number=one, good=False, by=by, at=at), "已认定没有正当理由，计入推辞次数。"),
        "cancel": (lambda: operations.cancel_request(number=number, reason=words, by=by, at=at), "派遣已取消，已派的人员会收到通知。"),
    }
    if post.get("act") == "dispatch":
        with told(request):
            _say_what_came(request, operations.dispatch(number=number, by=by, at=at, reason="再次派遣"))
    chosen = acts.get(post.get("act", ""))
    if chosen is not None:
        with told(request):
            chosen[0]()
            messages.success(request, chosen[1])


def _say_what_came(request: Request, found: "DispatchRequest") -> None:
    if found.state == RequestState.IMPOSSIBLE or queries.empty_places(found):
        messages.warning(request, "仍有空缺没有补上，原因见下。")
    else:
        messages.success(request, "已派遣，人员见下。")


@authority_door
def dispatch_record(request: Request, number: str, sequence: int) -> HttpResponseBase:
    """This page will hand out the record of one draw, from which anyone can draw again, once nobody can be drawn any more. :raises Http404:"""
    found = queries.request(number, request.actor)
    drawn = queries.draws_of(found).filter(sequence=sequence).first() if found else None
    record = queries.record_of(drawn, request.now) if drawn else None
    if record is None:
        raise Http404
    content = json.dumps(record, ensure_ascii=False, indent=1)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{number}-{sequence}.json"'
    return answer
