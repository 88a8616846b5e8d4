"""公示列表: what stands before the public now, and what stood before?"""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from touchstone.notices import queries
from touchstone.web.clock import now
from touchstone.web.paging import CappedPaginator, page_size


def notices(request: HttpRequest) -> HttpResponseBase:
    """This page will list public notices, those that stand first; searched by words of the title."""
    found = queries.notices()
    past, text = request.GET.get("past") == "1", request.GET.get("q", "").strip()
    found = found.filter(closed_at__isnull=not past)
    if text:
        found = found.filter(title__icontains=text)
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    tabs = [
        {"label": "正在公示", "url": "?", "active": not past, "count": None},
        {"label": "已结束", "url": "?past=1", "active": past, "count": None},
    ]
    moment = getattr(request, "now", None) or now()
    return render(request, "public/notices.html", {"page": page, "tabs": tabs, "past": past, "text": text, "today": moment.date()})
