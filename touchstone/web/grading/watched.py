"""到场督导: did external supervisors go to as many sittings of each body as its grade asks for?"""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.filings.queries.supervised import supervised
from touchstone.grading import permissions, queries
from touchstone.kernel.numbers import name_key
from touchstone.web.doors import Request, authority_door
from touchstone.web.grading.words import GRADES, tabs
from touchstone.web.paging import CappedPaginator, page_size


@authority_door
def watched_sittings(request: Request) -> HttpResponseBase:
    """This page will list the bodies the actor's office supervises with their sittings of twelve months, and say where more must be watched."""
    permissions.check_may_see_pages(request.actor)
    found, text = supervised(request.actor, request.today).order_by("body__number", "pk"), request.GET.get("q", "").strip()
    if text:
        found = found.filter(body__name_key__holds=name_key(text))
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    rows = [{"row": one, "grade": GRADES[one.grade.value]} for one in queries.watching(page, request.today)]
    return render(request, "grading/watched.html", {"page": page, "rows": rows, "text": text, "tabs": tabs("watched")})
