"""公告: what have the offices announced?"""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from touchstone.notices import queries
from touchstone.web.paging import CappedPaginator, page_size


def announcements(request: HttpRequest) -> HttpResponseBase:
    """This page will list the announcements that stand, newest first."""
    found = queries.announcements()
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    return render(request, "public/announcements.html", {"page": page})


def announcement(request: HttpRequest, number: str) -> HttpResponseBase:
    """This page will show one announcement. :raises Http404: when there is none of this number, or it was withdrawn."""
    found = queries.announcements().filter(number=number).first()
    if found is None:
        raise Http404
    return render(request, "public/announcement.html", {"announcement": found})
