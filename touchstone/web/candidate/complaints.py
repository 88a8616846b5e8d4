"""我的投诉举报: what have I complained of under my own name, and how far is each?"""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.complaints.queries import own_leads
from touchstone.web.complaints.words import STATES
from touchstone.web.doors import Request, candidate_door
from touchstone.web.paging import CappedPaginator, page_size


@candidate_door
def complaints(request: Request) -> HttpResponseBase:
    """This page will list the person's own complaints; those made anonymously are nobody's, and open by number and code only."""
    found = own_leads(request.actor)
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    lines = [{"lead": one, "state": STATES[one.state]} for one in page]
    return render(request, "candidate/complaints.html", {"page": page, "lines": lines})
