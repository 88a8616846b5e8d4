"""公开征集: which calls for evaluation bodies are open, under which conditions, and who was selected?"""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.accounts.actor import NotAllowed
from touchstone.calls import queries
from touchstone.calls.states import CallState
from touchstone.notices.queries import of_case
from touchstone.web import call_view
from touchstone.web.call_view import CALL_STATES
from touchstone.web.doors import Request
from touchstone.web.paging import CappedPaginator, page_size

RUNNING = [CallState.OPEN, CallState.CLOSED, CallState.RANKED, CallState.ANNOUNCED]


def calls(request: Request) -> HttpResponseBase:
    """This page will list the public calls, those that run first; searched by words of the title."""
    past, text = request.GET.get("past") == "1", request.GET.get("q", "").strip()
    found = queries.with_counts(queries.calls())
    found = found.exclude(state__in=RUNNING) if past else found.filter(state__in=RUNNING)
    if text:
        found = found.filter(title__icontains=text)
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    tabs = [
        {"label": "正在进行", "url": "?", "active": not past, "count": None},
        {"label": "已结束", "url": "?past=1", "active": past, "count": None},
    ]
    rows = [{"call": one, "tone": CALL_STATES[one.state][1]} for one in page]
    return render(request, "public/calls.html", {"page": page, "rows": rows, "tabs": tabs, "past": past, "text": text})


def call(request: Request, number: str) -> HttpResponseBase:
    """This page will show a call: its lots, conditions, how points are given, and the results. :raises Http404: when there is none."""
    try:
        found = queries.call(number)
    except NotAllowed:
        raise Http404 from None
    context = call_view.ranking_rules(found, request.today) | {
        "call": found,
        "tone": CALL_STATES[found.state][1],
        "lots": call_view.lots_shown(found),
        "conditions": found.conditions,
        "notices": list(of_case(number)),
        "selections": call_view.selections_shown(queries.selections_from(found), request.today),
        "open": found.state == CallState.OPEN and found.opens_on <= request.today,
        "crumbs": [{"label": "公开征集", "url": reverse("public:calls")}, {"label": found.number}],
    }
    return render(request, "public/call.html", context)
