"""到场督导: did external supervisors go to as many sittings of each body as its grade asks for?"""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.grading import permissions, queries
from touchstone.kernel.rules import Outcome
from touchstone.web.doors import Request, authority_door
from touchstone.web.grading.words import GRADES, tabs
from touchstone.web.paging import CappedPaginator, page_size


@authority_door
def watched_sittings(request: Request) -> HttpResponseBase:
    """This page will list the bodies the actor's office leads on with their sittings of twelve months, and those where more must be watched first."""
    permissions.check_may_see_pages(request.actor)
    found = queries.watching(request.actor, request.today)
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    rows = [{**one, "grade": GRADES[str(one["grade"])], "enough": one["finding"].outcome is Outcome.MET} for one in page]  # type: ignore[attr-defined]
    short = sum(one["finding"].outcome is not Outcome.MET for one in found)  # type: ignore[attr-defined]
    return render(request, "grading/watched.html", {"page": page, "rows": rows, "short": short, "tabs": tabs("watched")})
